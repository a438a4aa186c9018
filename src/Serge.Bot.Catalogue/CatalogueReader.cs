using Serge.Bot.Catalogue.Reading;

namespace Serge.Bot.Catalogue;

/// <summary>Reads and checks the quote files.</summary>
/// <remarks>
/// <para>The files are <c>quotes.yaml</c>, <c>events.yaml</c> and <c>sources.yaml</c>, each a list of entries, in UTF-8, at most 5 MiB, with
/// or without a byte order mark. Every problem of meaning is reported at once; a mistake of form ends its file, and the other files are
/// checked all the same. Anchors, aliases and tags are refused.</para>
/// <para>Topics are words in kebab-case. Those that may be used stand in <c>schema/quotes.schema.json</c> beside the files, where
/// editors that know JSON Schema look for them too; without a schema, a topic that is used once and is nearly another is an error.</para>
/// </remarks>
public static class CatalogueReader
{
    /// <summary>The names of the three files.</summary>
    public static IReadOnlyList<string> FileNames { get; } = ["quotes.yaml", "events.yaml", "sources.yaml"];

    /// <summary>The paths of all files that are read: the three, and the schema with the topics.</summary>
    public static IEnumerable<string> PathsIn(string quotesFolder) =>
        FileNames.Append(TopicList.SchemaPath).Select(name => Path.Combine(quotesFolder, name));

    /// <summary>Reads each file once, whole, and reports every problem.</summary>
    /// <param name="quotesFolder">The folder that holds the files. Problems name a file by its path as it follows from this.</param>
    public static CatalogueReading Read(string quotesFolder) => ReadWith(quotesFolder, "", "");

    /// <summary>The same as if one of the files had another text: what would be wrong if somebody saved it.</summary>
    /// <param name="quotesFolder">As for <see cref="Read"/>.</param>
    /// <param name="fileName">Which of <see cref="FileNames"/>.</param>
    /// <param name="text">The text in its place.</param>
    public static CatalogueReading ReadWith(string quotesFolder, string fileName, string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(quotesFolder);
        ProblemList problems = new();
        if (!Directory.Exists(quotesFolder))
        {
            problems.Error(new(quotesFolder, 1, 1), "There is no such folder.", $"It should hold {string.Join(", ", FileNames)}.");
            return new(null, problems.Sorted());
        }

        var paths = FileNames.Select(name => Path.Combine(quotesFolder, name)).ToArray();
        var nodes = FileNames
            .Zip(paths, (name, path) => (Path: path, Text: name == fileName ? text.ReplaceLineEndings("\n") : QuoteFile.Read(path, problems)))
            .Select(file => file.Text is null ? null : YamlReader.Read(file.Path, file.Text, problems))
            .ToArray();
        return Build(paths, nodes, TopicList.Read(quotesFolder, problems), problems);
    }

    /// <summary>The same from the text of the files, without a schema.</summary>
    internal static CatalogueReading Parse(string quotes, string events, string sources)
    {
        ProblemList problems = new();
        YamlNode?[] nodes =
        [
            YamlReader.Read(FileNames[0], quotes, problems),
            YamlReader.Read(FileNames[1], events, problems),
            YamlReader.Read(FileNames[2], sources, problems),
        ];
        return Build(FileNames, nodes, topics: null, problems);
    }

    private static CatalogueReading Build(IReadOnlyList<string> paths, YamlNode?[] nodes, TopicList? topics, ProblemList problems)
    {
        // Sources first: the others name them. When their file is broken, names are not held against it.
        var sources = nodes[2] is { } sourcesNode ? SourceList.Read(sourcesNode, problems) : null;
        var quotes = nodes[0] is { } quotesNode ? QuoteList.Read(quotesNode, sources, topics, problems) : [];
        var events = nodes[1] is { } eventsNode ? EventList.Read(eventsNode, sources, problems) : [];
        return new(problems.HasErrors ? null : new(quotes, events, sources?.Sources ?? []), problems.Sorted(paths));
    }
}

/// <summary>What came of reading the quote files.</summary>
/// <param name="Catalogue">What may be served; null when there is an error among the problems.</param>
/// <param name="Problems">In the order quotes, events, sources, and from the top of each file to its end.</param>
public sealed record CatalogueReading(QuoteCatalogue? Catalogue, IReadOnlyList<Problem> Problems);
