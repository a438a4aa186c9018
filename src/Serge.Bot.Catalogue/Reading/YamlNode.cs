namespace Serge.Bot.Catalogue.Reading;

/// <summary>A value in a quote file and its position.</summary>
internal abstract record YamlNode(FileLocation Location);

/// <summary>A text; <paramref name="IsPlain"/> when it has no quotation marks and is not a block.</summary>
internal sealed record YamlScalar(FileLocation Location, string Value, bool IsPlain) : YamlNode(Location)
{
    /// <summary>Whether YAML reads it as null.</summary>
    public bool IsNull => IsPlain && Value is "" or "~" or "null" or "Null" or "NULL";
}

/// <summary>A list, written with dashes or in brackets.</summary>
internal sealed record YamlList(FileLocation Location, IReadOnlyList<YamlNode> Items) : YamlNode(Location);

/// <summary>Keys with their values; each key is unique.</summary>
internal sealed record YamlMapping(FileLocation Location, IReadOnlyList<YamlField> Fields) : YamlNode(Location);

/// <summary>A key with its value.</summary>
internal sealed record YamlField(YamlScalar Key, YamlNode Value);
