namespace Serge.Bot.Catalogue.Reading;

/// <summary>One of the quote files and its problems, so that several files can be read in parallel. The constructor
/// parses the YAML, which takes most of the time.</summary>
/// <param name="path">The path that problems name.</param>
/// <param name="text">Null when the file could not be read, which has been reported.</param>
/// <param name="problems">The problems of this file.</param>
internal sealed class QuoteFile(string path, string? text, ProblemList problems)
{
    /// <summary>Null when the file could not be parsed, which has been reported.</summary>
    private readonly YamlNode? _root = text is null ? null : YamlReader.Read(path, text, problems);

    public string Path => path;

    public ProblemList Problems => problems;

    /// <summary>Whether the file is known to be a list of entries.</summary>
    public bool IsList => _root is YamlList;

    /// <summary>Reads the entries of the file; items that are not entries are reported and skipped.</summary>
    /// <param name="keys">The keys that an entry may have.</param>
    public IEnumerable<EntryReader> ReadEntries(IReadOnlyList<string> keys)
    {
        foreach (var item in ReadItems())
        {
            if (item is YamlMapping mapping)
            {
                EntryReader entry = new(mapping, problems);
                entry.CheckKeys(keys);
                yield return entry;
            }
            else
            {
                var names = string.Join(", ", keys.Skip(1));
                problems.AddError(item.Location, "This entry has no keys.", $"Write '- id: …' and below it {names}.");
            }
        }
    }

    /// <summary>Reads a file that is one entry; null when it is not, which has been reported.</summary>
    /// <param name="keys">The keys that it may have.</param>
    public EntryReader? ReadEntry(IReadOnlyList<string> keys)
    {
        if (_root is YamlMapping mapping)
        {
            EntryReader entry = new(mapping, problems);
            entry.CheckKeys(keys);
            return entry;
        }

        if (_root is not null)
        {
            var names = string.Join(", ", keys);
            problems.AddError(_root.Location, "The file has no keys.", $"Write {names}, each on its own line.");
        }

        return null;
    }

    private IReadOnlyList<YamlNode> ReadItems()
    {
        if (_root is YamlList list)
        {
            return list.Items;
        }

        if (_root is not null)
        {
            problems.AddError(_root.Location, "The file is not a list.", "Begin each entry with a dash: '- id: …'.");
        }

        return [];
    }
}
