namespace Serge.Bot.Catalogue.Reading;

/// <summary>One of the quote files and its problems, so that several files can be read in parallel.</summary>
/// <param name="path">The path that problems name.</param>
/// <param name="text">Null when the file could not be read, which has been reported.</param>
/// <param name="problems">The problems of this file.</param>
internal sealed class QuoteFile(string path, string? text, ProblemList problems)
{
    public string Path => path;

    public ProblemList Problems => problems;

    /// <summary>Whether the file is known to be a list of entries.</summary>
    public bool IsList { get; private set; }

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
        var root = ReadRoot();
        if (root is YamlMapping mapping)
        {
            EntryReader entry = new(mapping, problems);
            entry.CheckKeys(keys);
            return entry;
        }

        if (root is not null)
        {
            var names = string.Join(", ", keys);
            problems.AddError(root.Location, "The file has no keys.", $"Write {names}, each on its own line.");
        }

        return null;
    }

    private YamlNode? ReadRoot()
    {
        if (text is null)
        {
            return null;
        }

        return YamlReader.Read(path, text, problems);
    }

    private IReadOnlyList<YamlNode> ReadItems()
    {
        var root = ReadRoot();
        if (root is YamlList list)
        {
            IsList = true;
            return list.Items;
        }

        if (root is not null)
        {
            problems.AddError(root.Location, "The file is not a list.", "Begin each entry with a dash: '- id: …'.");
        }

        return [];
    }
}
