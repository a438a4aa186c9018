namespace Serge.Bot.Catalogue.Reading;

/// <summary>Reads the values of one entry of a quote file and reports what is wrong with them.</summary>
/// <remarks>A missing or invalid value is replaced by a placeholder, so that the rest of the entry can be checked. A
/// placeholder is never served: its error has been reported, and no catalogue is built from files with an
/// error.</remarks>
internal sealed class EntryReader
{
    private readonly YamlMapping _mapping;
    private readonly ProblemList _problems;

    private EntryReader(YamlMapping mapping, ProblemList problems)
    {
        _mapping = mapping;
        _problems = problems;
    }

    /// <summary>Replaces a date that is missing or wrong.</summary>
    public static EdtfDate DatePlaceholder { get; } = EdtfDate.Parse("0001");

    /// <summary>Where the entry begins.</summary>
    public FileLocation Location => _mapping.Location;

    /// <summary>Reads the entries of a file; items that are not entries are reported and skipped.</summary>
    /// <param name="root">Null when the file cannot be read, which has been reported.</param>
    /// <param name="keys">The keys that an entry may have.</param>
    /// <param name="problems">The problems of the file.</param>
    public static IEnumerable<EntryReader> ReadAll(YamlNode? root, IReadOnlyList<string> keys, ProblemList problems)
    {
        if (root is not (null or YamlList))
        {
            problems.AddError(root.Location, "The file is not a list.", "Begin each entry with a dash: '- id: …'.");
        }

        var items = (root as YamlList)?.Items ?? [];
        foreach (var item in items)
        {
            if (item is not YamlMapping mapping)
            {
                var names = string.Join(", ", keys.Skip(1));
                problems.AddError(item.Location, "This entry has no keys.", $"Write '- id: …' and below it {names}.");
                continue;
            }

            EntryReader entry = new(mapping, problems);
            entry.CheckKeys(keys);
            yield return entry;
        }
    }

    /// <summary>Gets the location of a key's value, or of the entry when it has no such key.</summary>
    public FileLocation GetLocation(string key) => Find(key)?.Location ?? Location;

    /// <summary>Whether a list is missing or empty; false when the value is not a list.</summary>
    public bool IsMissingOrEmpty(string key) => Find(key) is null or YamlList { Items.Count: 0 };

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
        if (Find(key) is { } node)
        {
            return ReadValue(key, node, rule);
        }

        var fix = key == "id" ? "Begin the entry with '- id: …'." : $"Add it below the id: '{key}: …'.";
        AddError(key, $"The key '{key}' is missing.", fix);
        return "";
    }

    public string? ReadOptionalText(string key, TextRule rule)
    {
        return Find(key) is { } node ? ReadValue(key, node, rule) : null;
    }

    /// <summary>Reads the distinct texts of a list; none when the key is missing.</summary>
    public IReadOnlyList<LocatedText> ReadList(string key)
    {
        if (Find(key) is not { } node)
        {
            return [];
        }

        if (node is not YamlList list)
        {
            var example = node is YamlScalar { Value: var value } && TextRule.IsKebabCase(value) ? value : "a, b";
            AddError(
                key,
                $"The key '{key}' requires a list.",
                $"Write '{key}: [{example}]'; an empty list is written []."
            );
            return [];
        }

        HashSet<string> known = [];
        List<LocatedText> texts = [];
        foreach (var item in list.Items)
        {
            var text = ReadValue(key, item, TextRule.Id);
            if (text.Length == 0)
            {
                continue;
            }

            if (known.Add(text))
            {
                texts.Add(new(text, item.Location));
            }
            else
            {
                _problems.AddError(item.Location, $"'{text}' is listed twice in '{key}'.", "Remove one of the two.");
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
            _problems.AddWarning(
                texts[max].Location,
                $"The list '{key}' has {texts.Count} items.",
                $"Keep the {max} that fit best."
            );
        }

        return texts;
    }

    /// <summary>Reads true or false; false when the key is missing.</summary>
    public bool ReadFlag(string key)
    {
        var node = Find(key);
        var value = node is YamlScalar { IsPlain: true } scalar ? scalar.Value : null;
        if (node is not null && value is not ("true" or "false"))
        {
            AddError(
                key,
                $"The key '{key}' requires true or false.",
                $"Write '{key}: true', without quotation marks, or remove the line."
            );
        }

        return value == "true";
    }

    /// <returns>Null when it is missing or wrong.</returns>
    public EdtfDate? ReadDate(string key) => ParseDate(key, ReadText(key, TextRule.Line(40)));

    public EdtfDate? ReadOptionalDate(string key) => ParseDate(key, ReadOptionalText(key, TextRule.Line(40)));

    /// <returns>Null when it is missing or unknown.</returns>
    public T? ReadKeyword<T>(string key)
        where T : struct, Enum
    {
        var text = ReadText(key, TextRule.Id);
        var value = Keyword.Find<T>(text);
        if (value is null && text.Length > 0)
        {
            var keywords = Keyword.GetAll<T>();
            var hint = _problems.CreateHint(GetLocation(key), text, keywords);
            var known = string.Join(", ", keywords);
            AddError(key, $"The {key} '{text}' is not known.", $"{hint}Write one of {known}.");
        }

        return value;
    }

    public Source ReadSource(string key, SourceList sources, SourceKind kind)
    {
        LocatedText id = new(ReadText(key, TextRule.Id), GetLocation(key));
        return sources.Find(key, id, _problems, kind);
    }

    public Source? ReadOptionalSource(string key, SourceList sources, SourceKind kind)
    {
        return Find(key) is null ? null : ReadSource(key, sources, kind);
    }

    public IReadOnlyList<Source> ReadSources(string key, SourceList sources, params SourceKind[] kinds)
    {
        var ids = ReadList(key);
        return [.. ids.Select(id => sources.Find(key, id, _problems, kinds))];
    }

    private YamlNode? Find(string key) => _mapping.Fields.FirstOrDefault(field => field.Key.Value == key)?.Value;

    private string ReadValue(string key, YamlNode node, TextRule rule)
    {
        if (node is not YamlScalar scalar)
        {
            var (kind, bracket) = node is YamlList ? ("list", '[') : ("mapping", '{');
            _problems.AddError(
                node.Location,
                $"The key '{key}' requires text, not a {kind}.",
                $"Put text that begins with {bracket} in double quotation marks."
            );
            return "";
        }

        if (scalar.IsNull || string.IsNullOrWhiteSpace(scalar.Value))
        {
            _problems.AddError(
                node.Location,
                $"The key '{key}' has no value.",
                "Add a value, or remove the line if the key is optional."
            );
            return "";
        }

        return rule.CheckAndNormalize(key, scalar, _problems);
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

    private void CheckKeys(IReadOnlyList<string> keys)
    {
        foreach (var (key, _) in _mapping.Fields)
        {
            if (!keys.Contains(key.Value))
            {
                var hint = _problems.CreateHint(key.Location, key.Value, keys);
                var known = string.Join(", ", keys);
                _problems.AddError(
                    key.Location,
                    $"The key '{key.Value}' is not known.",
                    $"{hint}An entry of this file has {known}."
                );
            }
        }
    }

    private void AddError(string key, string message, string fix) => _problems.AddError(GetLocation(key), message, fix);
}
