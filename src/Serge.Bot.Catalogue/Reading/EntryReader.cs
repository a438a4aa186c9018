namespace Serge.Bot.Catalogue.Reading;

/// <summary>Reads the values of one entry of a quote file and reports what is wrong with them.</summary>
/// <remarks>A missing or invalid value is replaced by a placeholder, so that the rest of the entry can be checked. A
/// placeholder is never served: its error has been reported, and no catalogue is built from files with an
/// error.</remarks>
internal sealed class EntryReader(YamlMapping mapping, ProblemList problems)
{
    /// <summary>Replaces a date that is missing or wrong.</summary>
    public static EdtfDate DatePlaceholder { get; } = EdtfDate.Parse("0001");

    /// <summary>Where the entry begins.</summary>
    public FileLocation Location => mapping.Location;

    /// <summary>Gets the location of a key's value, or of the entry when it has no such key.</summary>
    public FileLocation GetLocation(string key) => Find(key)?.Location ?? Location;

    public bool Has(string key)
    {
        return Find(key) is not null;
    }

    /// <summary>Reports keys that are not allowed.</summary>
    public void CheckKeys(IReadOnlyList<string> keys)
    {
        foreach (var (key, _) in mapping.Fields)
        {
            if (!keys.Contains(key.Value))
            {
                var hint = problems.CreateHint(key.Location, key.Value, keys);
                var known = string.Join(", ", keys);
                problems.AddError(
                    key.Location,
                    $"The key '{key.Value}' is not known.",
                    $"{hint}An entry of this file has {known}."
                );
            }
        }
    }

    /// <summary>Whether a list is missing or empty; false when the value is not a list.</summary>
    public bool IsMissingOrEmpty(string key)
    {
        return Find(key) is null or YamlList { Items.Count: 0 };
    }

    public string ReadId()
    {
        var id = ReadText("id", TextRule.Id);
        if (id.Length == 0 || TextRule.IsKebabCase(id))
        {
            return id;
        }

        var suggested = string.Join('-', FoldedText.GetWords(id));
        var fix = TextRule.IsKebabCase(suggested) ? $"Write '{suggested}'." : TextRule.KebabCaseFix;
        AddError("id", $"The id '{id}' is not in kebab-case.", fix);
        return id;
    }

    public string ReadText(string key, TextRule rule)
    {
        var text = ReadOptionalText(key, rule);
        if (text is not null)
        {
            return text;
        }

        var fix = key == "id" ? "Begin the entry with '- id: …'." : $"Add the line '{key}: …'.";
        AddError(key, $"The key '{key}' is missing.", fix);
        return "";
    }

    public string? ReadOptionalText(string key, TextRule rule)
    {
        var node = Find(key);
        return node is null ? null : ReadValue(key, node, rule);
    }

    /// <summary>Reads the distinct texts of a list; none when the key is missing.</summary>
    public IReadOnlyList<LocatedText> ReadList(string key)
    {
        List<LocatedText> texts = [];
        HashSet<string> known = [];
        foreach (var item in FindItems(key))
        {
            var text = ReadValue(key, item, TextRule.Id);
            if (text.Length > 0 && !known.Add(text))
            {
                var message = $"'{text}' is listed twice in '{key}'.";
                problems.AddError(item.Location, message, "Remove one of the two.");
            }
            else if (text.Length > 0)
            {
                texts.Add(new(text, item.Location));
            }
        }

        return texts;
    }

    /// <summary>Reads the distinct texts of a list that must have at least one.</summary>
    /// <param name="key">The key of the list.</param>
    /// <param name="example">A possible text, for the message.</param>
    /// <param name="max">More texts than these cause a warning.</param>
    public IReadOnlyList<LocatedText> ReadRequiredList(string key, string example, int max)
    {
        if (IsMissingOrEmpty(key))
        {
            AddError(
                key,
                $"The list '{key}' is missing or empty.",
                $"Write '{key}: [{example}]' with at least one item."
            );
        }

        var texts = ReadList(key);
        if (texts.Count > max)
        {
            problems.AddWarning(
                texts[max].Location,
                $"The list '{key}' has {texts.Count} items.",
                $"Keep the {max} that fit best."
            );
        }

        return texts;
    }

    /// <summary>Reads true or false.</summary>
    /// <param name="key">The key.</param>
    /// <param name="whenMissing">The value when the key is missing or wrong.</param>
    public bool ReadFlag(string key, bool whenMissing = false)
    {
        switch (Find(key))
        {
            case null:
                return whenMissing;
            case YamlScalar { IsPlain: true, Value: "true" }:
                return true;
            case YamlScalar { IsPlain: true, Value: "false" }:
                return false;
        }

        var other = whenMissing ? "false" : "true";
        AddError(
            key,
            $"The key '{key}' requires true or false.",
            $"Write '{key}: {other}', without quotation marks, or remove the line."
        );
        return whenMissing;
    }

    /// <summary>Gets a reader for keys below a key; null when it is missing or has none.</summary>
    /// <param name="key">The key.</param>
    /// <param name="example">A possible value, for the message.</param>
    public EntryReader? ReadMapping(string key, string example)
    {
        var node = Find(key);
        if (node is YamlMapping below)
        {
            return new(below, problems);
        }

        if (node is not null)
        {
            AddError(key, $"The key '{key}' requires keys of its own.", $"Write '{key}: {example}'.");
        }

        return null;
    }

    /// <summary>Reads the distinct texts of a list as they are; none when the key is missing.</summary>
    public IReadOnlyList<string> ReadTexts(string key, TextRule rule)
    {
        var texts = FindItems(key).Select(item => ReadValue(key, item, rule));
        return [.. texts.Where(text => text.Length > 0).Distinct()];
    }

    /// <returns>Null when it is missing or wrong.</returns>
    public EdtfDate? ReadDate(string key)
    {
        var text = ReadText(key, TextRule.Date);
        return ParseDate(key, text);
    }

    public EdtfDate? ReadOptionalDate(string key)
    {
        var text = ReadOptionalText(key, TextRule.Date);
        return ParseDate(key, text);
    }

    /// <returns>Null when it is missing or unknown.</returns>
    public T? ReadKeyword<T>(string key)
        where T : struct, Enum
    {
        var text = ReadText(key, TextRule.Id);
        var value = Keyword.Find<T>(text);
        if (value is null && text.Length > 0)
        {
            var keywords = Keyword.GetAll<T>();
            var hint = problems.CreateHint(GetLocation(key), text, keywords);
            var known = string.Join(", ", keywords);
            var message = $"The {key} '{text}' is not known.";
            AddError(key, message, $"{hint}Write one of {known}.");
        }

        return value;
    }

    public Source ReadSource(string key, SourceList sources, SourceKind kind)
    {
        var id = ReadText(key, TextRule.Id);
        var location = GetLocation(key);
        return sources.Find(key, new(id, location), problems, kind);
    }

    public Source? ReadOptionalSource(string key, SourceList sources, SourceKind kind)
    {
        if (Find(key) is null)
        {
            return null;
        }

        return ReadSource(key, sources, kind);
    }

    public IReadOnlyList<Source> ReadSources(string key, SourceList sources, params SourceKind[] kinds)
    {
        var ids = ReadList(key);
        var found = ids.Select(id => sources.Find(key, id, problems, kinds));
        return [.. found];
    }

    private YamlNode? Find(string key)
    {
        var field = mapping.Fields.FirstOrDefault(field => field.Key.Value == key);
        return field?.Value;
    }

    private IReadOnlyList<YamlNode> FindItems(string key)
    {
        var node = Find(key);
        if (node is YamlList list)
        {
            return list.Items;
        }

        if (node is not null)
        {
            var value = (node as YamlScalar)?.Value ?? "";
            var example = TextRule.IsKebabCase(value) ? value : "a, b";
            AddError(
                key,
                $"The key '{key}' requires a list.",
                $"Write '{key}: [{example}]'; an empty list is written []."
            );
        }

        return [];
    }

    private string ReadValue(string key, YamlNode node, TextRule rule)
    {
        if (node is not YamlScalar scalar)
        {
            var kind = node is YamlList ? "list" : "mapping";
            problems.AddError(
                node.Location,
                $"The key '{key}' requires text, not a {kind}.",
                "Put text that begins with [ or { in double quotation marks."
            );
            return "";
        }

        if (scalar.IsNull || string.IsNullOrWhiteSpace(scalar.Value))
        {
            problems.AddError(
                node.Location,
                $"The key '{key}' has no value.",
                "Add a value, or remove the line if the key is optional."
            );
            return "";
        }

        return rule.CheckAndNormalize(key, scalar, problems);
    }

    private EdtfDate? ParseDate(string key, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (!EdtfDate.TryParse(text, out var date, out var error))
        {
            AddError(key, error, $"Correct '{key}'.");
        }

        return date;
    }

    private void AddError(string key, string message, string fix)
    {
        problems.AddError(GetLocation(key), message, fix);
    }
}
