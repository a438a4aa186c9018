using System.Collections.Frozen;
using System.Globalization;

namespace Serge.Bot.Catalogue.Reading;

/// <summary>One entry of a quote file: takes values out of it by key and notes what is wrong with them.</summary>
/// <remarks>In place of a value that is missing or wrong it gives a harmless stand-in. An error has then been noted, and with an error no
/// catalogue is built, so that a stand-in is never served; but all that follows can be checked in the same go.</remarks>
internal sealed class EntryReader
{
    private static readonly Source NoSource = new()
    {
        Id = "",
        Kind = SourceKind.Reference,
        Title = "",
        Location = default,
    };

    private readonly YamlMapping _mapping;
    private readonly ProblemList _problems;

    private EntryReader(YamlMapping mapping, ProblemList problems) => (_mapping, _problems) = (mapping, problems);

    /// <summary>Stands in for a date that is missing or wrong.</summary>
    public static EdtfDate NoDate { get; } = EdtfDate.Parse("0001");

    /// <summary>Where it stands.</summary>
    public FileLocation At => _mapping.Location;

    /// <summary>Where the value of a key stands; the entry itself when it has no such key.</summary>
    public FileLocation AtOf(string key) => Find(key)?.Location ?? At;

    /// <summary>The entries of a file; what is no entry is noted and passed over.</summary>
    public static IEnumerable<EntryReader> All(YamlNode root, IReadOnlyList<string> keys, ProblemList problems)
    {
        if (root is not YamlList list)
        {
            problems.AddError(root.Location, "The file is not a list.", "Begin each entry with a dash: '- id: …'.");
            yield break;
        }

        foreach (var item in list.Items)
        {
            if (item is YamlMapping mapping)
            {
                EntryReader entry = new(mapping, problems);
                entry.CheckKeys(keys);
                yield return entry;
            }
            else
            {
                problems.AddError(
                    item.Location,
                    "This entry holds no keys.",
                    $"Write '- id: …' and below it {string.Join(", ", keys.Skip(1))}."
                );
            }
        }
    }

    /// <summary>Whether a list is missing or empty, as opposed to wrong.</summary>
    public bool NamesNothing(string key) => Find(key) is null or YamlList { Items.Count: 0 };

    /// <summary>The entry's id, in kebab-case.</summary>
    public string Id()
    {
        var id = Text("id", TextRule.Id);
        if (id.Length > 0 && !TextRule.IsKebabCase(id))
        {
            _problems.AddError(AtOf("id"), $"The id '{id}' is not in kebab-case.", Kebab(id));
        }

        return id;
    }

    /// <summary>Text that must be there.</summary>
    public string Text(string key, TextRule rule)
    {
        if (Find(key) is { } node)
        {
            return Read(key, node, rule);
        }

        _problems.AddError(
            At,
            $"The key '{key}' is missing.",
            key == "id" ? "Begin the entry with '- id: …'." : $"Add it below the id: '{key}: …'."
        );
        return "";
    }

    /// <summary>Text that may be there.</summary>
    public string? OptionalText(string key, TextRule rule) => Find(key) is { } node ? Read(key, node, rule) : null;

    /// <summary>The texts of a list, none twice; none when the key is not there.</summary>
    public IReadOnlyList<(string Text, FileLocation At)> List(string key)
    {
        if (Find(key) is not { } node)
        {
            return [];
        }

        if (node is not YamlList list)
        {
            var example = node is YamlScalar { Value: var value } && TextRule.IsKebabCase(value) ? value : "a, b";
            _problems.AddError(
                node.Location,
                $"The key '{key}' wants a list.",
                $"Write '{key}: [{example}]'; an empty list is written []."
            );
            return [];
        }

        OrderedDictionary<string, FileLocation> texts = new(StringComparer.Ordinal);
        foreach (var item in list.Items)
        {
            var text = Read(key, item, TextRule.Id);
            if (text.Length > 0 && !texts.TryAdd(text, item.Location))
            {
                _problems.AddError(item.Location, $"'{text}' stands twice in '{key}'.", "Take one away.");
            }
        }

        return [.. texts.Select(static text => (text.Key, text.Value))];
    }

    /// <summary>The texts of a list that must be there and hold at least one, none twice.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="example">What it may hold, for the remedy.</param>
    /// <param name="most">More than so many are worth a warning.</param>
    public IReadOnlyList<(string Text, FileLocation At)> RequiredList(string key, string example, int most)
    {
        if (NamesNothing(key))
        {
            _problems.AddError(AtOf(key), $"'{key}' names nothing.", $"Write '{key}: [{example}]' with at least one.");
        }

        var texts = List(key);
        if (texts.Count > most)
        {
            _problems.AddWarning(
                texts[most].At,
                string.Create(CultureInfo.InvariantCulture, $"'{key}' names {texts.Count}."),
                string.Create(CultureInfo.InvariantCulture, $"Keep the {most} that fit best.")
            );
        }

        return texts;
    }

    /// <summary>True or false, false when the key is not there.</summary>
    public bool Flag(string key)
    {
        switch (Find(key))
        {
            case null:
                return false;
            case YamlScalar { IsPlain: true, Value: "true" }:
                return true;
            case YamlScalar { IsPlain: true, Value: "false" }:
                return false;
            case { } other:
                _problems.AddError(
                    other.Location,
                    $"The key '{key}' wants true or false.",
                    $"Write '{key}: true', without quotation marks, or take the line away."
                );
                return false;
        }
    }

    /// <summary>An EDTF date that must be there; null when it is missing or wrong.</summary>
    public EdtfDate? Date(string key) => AsDate(key, Text(key, TextRule.Line(40)));

    /// <summary>An EDTF date that may be there.</summary>
    public EdtfDate? OptionalDate(string key) => AsDate(key, OptionalText(key, TextRule.Line(40)));

    /// <summary>One of the known words, that must be there; null when it is missing or wrong.</summary>
    public T? Choice<T>(string key, FrozenDictionary<string, T> words)
        where T : struct, Enum
    {
        var text = Text(key, TextRule.Id);
        if (text.Length > 0 && !words.ContainsKey(text))
        {
            var meant = _problems.FindNearest(AtOf(key), text, words.Keys) is { } near
                ? $"Did you mean {near}? It is"
                : "Write";
            _problems.AddError(
                AtOf(key),
                $"The {key} '{text}' is not known.",
                $"{meant} one of {string.Join(", ", words.Keys.Order(StringComparer.Ordinal))}."
            );
        }

        return words.TryGetValue(text, out var value) ? value : null;
    }

    /// <summary>The source that a key names, which must be of one of these kinds.</summary>
    /// <param name="key">The key that names it.</param>
    /// <param name="id">The id it gives.</param>
    /// <param name="at">Where the id stands.</param>
    /// <param name="sources">Those that are known; null when their file cannot be read, which is problem enough.</param>
    /// <param name="kinds">The kinds that may stand here.</param>
    public Source SourceCalled(
        string key,
        string id,
        FileLocation at,
        SourceList? sources,
        params ReadOnlySpan<SourceKind> kinds
    )
    {
        if (sources is null || id.Length == 0)
        {
            return NoSource;
        }

        if (!sources.TryFind(id, out var source))
        {
            var meant = _problems.FindNearest(at, id, sources.Ids) is { } near
                ? $"Did you mean {near}? Otherwise add"
                : "Correct it, or add";
            _problems.AddError(at, $"There is no source '{id}'.", $"{meant} an entry with this id to sources.yaml.");
            return NoSource;
        }

        if (!sources.IsOf(source, kinds))
        {
            _problems.AddError(
                at,
                $"The source '{id}' is of kind {KeywordTable.GetKeyword(source.Kind)}, which does not belong under '{key}'.",
                $"Name one of kind {KeywordTable.GetKeyword(kinds[0])}, or correct its kind in line {source.Location.Line.ToString(CultureInfo.InvariantCulture)} of sources.yaml."
            );
        }

        return source;
    }

    private YamlNode? Find(string key) =>
        _mapping.Fields.SingleOrDefault(field => string.Equals(field.Key.Value, key, StringComparison.Ordinal))?.Value;

    private string Read(string key, YamlNode node, TextRule rule)
    {
        switch (node)
        {
            case YamlScalar scalar when scalar.IsNull || string.IsNullOrWhiteSpace(scalar.Value):
                _problems.AddError(
                    node.Location,
                    $"The key '{key}' has no value.",
                    "Give it one, or take the line away if it may be missing."
                );
                return "";
            case YamlScalar scalar:
                return rule.CheckAndNormalize(key, scalar, _problems);
            default:
                var kind = node is YamlList ? "list" : "mapping";
                var sign = node is YamlList ? '[' : '{';
                _problems.AddError(
                    node.Location,
                    $"The key '{key}' wants text, not a {kind}.",
                    $"Put text that begins with {sign} in double quotation marks."
                );
                return "";
        }
    }

    private EdtfDate? AsDate(string key, string? text)
    {
        if (!string.IsNullOrEmpty(text) && !EdtfDate.TryParse(text, out _, out var error))
        {
            _problems.AddError(AtOf(key), error, $"Correct '{key}'.");
        }

        return EdtfDate.TryParse(text, out var date, out _) ? date : null;
    }

    private void CheckKeys(IReadOnlyList<string> keys)
    {
        foreach (var field in _mapping.Fields)
        {
            if (!keys.Contains(field.Key.Value, StringComparer.Ordinal))
            {
                var mend = _problems.FindNearest(field.Key.Location, field.Key.Value, keys) is { } near
                    ? $"Did you mean '{near}'?"
                    : $"An entry of this file has {string.Join(", ", keys)}.";
                _problems.AddError(field.Key.Location, $"The key '{field.Key.Value}' is not known.", mend);
            }
        }
    }

    private static string Kebab(string id)
    {
        var kebab = string.Join('-', FoldedText.GetWords(id));
        return TextRule.IsKebabCase(kebab)
            ? $"Write '{kebab}'."
            : "Write small letters a to z and digits, with single hyphens between words.";
    }
}
