namespace Serge.Bot.Catalogue.Reading;

/// <summary>A value in a quote file and where it stands.</summary>
internal abstract record YamlNode(FileLocation Location);

/// <summary>A piece of text; <paramref name="IsPlain"/> when it stands without quotation marks and is no block.</summary>
internal sealed record YamlScalar(FileLocation At, string Value, bool IsPlain) : YamlNode(At)
{
    /// <summary>Whether YAML takes it for "no value".</summary>
    public bool IsNull => IsPlain && Value is "" or "~" or "null" or "Null" or "NULL";
}

/// <summary>A list, written with dashes or in brackets.</summary>
internal sealed record YamlList(FileLocation At, IReadOnlyList<YamlNode> Items) : YamlNode(At);

/// <summary>Keys with their values; no key comes twice.</summary>
internal sealed record YamlMapping(FileLocation At, IReadOnlyList<YamlField> Fields) : YamlNode(At);

/// <summary>A key with its value.</summary>
internal sealed record YamlField(YamlScalar Key, YamlNode Value);
