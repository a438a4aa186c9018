namespace Serge.Bot.Catalogue.Reading;

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
    public static IEnumerable<string> GetPaths(string quotesFolder) =>
        FileNames.Append(TopicList.SchemaPath).Select(name => Path.Combine(quotesFolder, name));

    /// <summary>Reads each file once, whole, and reports every problem.</summary>
    /// <param name="quotesFolder">The folder that holds the files. Problems name a file by its path as it follows from this.</param>
    public static CatalogueReadResult Read(string quotesFolder) => ReadWithReplacement(quotesFolder, "", "");

    /// <summary>The same as if one of the files had another text: what would be wrong if somebody saved it.</summary>
    /// <param name="quotesFolder">As for <see cref="Read"/>.</param>
    /// <param name="fileName">Which of <see cref="FileNames"/>.</param>
    /// <param name="text">The text in its place.</param>
    public static CatalogueReadResult ReadWithReplacement(string quotesFolder, string fileName, string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(quotesFolder);
        ProblemList problems = new();
        if (!Directory.Exists(quotesFolder))
        {
            problems.AddError(
                new(quotesFolder, 1, 1),
                "There is no such folder.",
                $"It should hold {string.Join(", ", FileNames)}."
            );
            return new(null, problems.GetSorted());
        }

        var paths = FileNames.Select(name => Path.Combine(quotesFolder, name)).ToArray();
        return Build(
            paths,
            (path, ofFile) =>
                Path.GetFileName(path) == fileName ? text.ReplaceLineEndings("\n") : TextFileReader.Read(path, ofFile),
            TopicList.Read(quotesFolder, problems),
            problems
        );
    }

    /// <summary>The same from the text of the files, without a schema.</summary>
    internal static CatalogueReadResult Parse(string quotes, string events, string sources)
    {
        Dictionary<string, string> texts = new(StringComparer.Ordinal)
        {
            [FileNames[0]] = quotes,
            [FileNames[1]] = events,
            [FileNames[2]] = sources,
        };
        return Build(FileNames, (path, _) => texts[path], topics: null, new ProblemList());
    }

    private static CatalogueReadResult Build(
        IReadOnlyList<string> paths,
        Func<string, ProblemList, string?> textOf,
        TopicList? topics,
        ProblemList problems
    )
    {
        // Sources first: the others name them. When their file is broken, names are not held against it.
        ProblemList[] ofFile = [new(), new(), new()];
        var sources = NodeOf(2) is { } sourcesNode ? SourceList.Read(sourcesNode, ofFile[2]) : null;

        // Each file has its own list of problems, so that the two large ones can be read side by side.
        (IReadOnlyList<Quote> Entries, DuplicateCheck? Texts) quotes = ([], null);
        (IReadOnlyList<Event> Entries, DuplicateCheck? Texts) events = ([], null);
        Parallel.Invoke(
            () => quotes = NodeOf(0) is { } node ? QuoteReader.Read(node, sources, topics, ofFile[0]) : quotes,
            () => events = NodeOf(1) is { } node ? EventReader.Read(node, sources, ofFile[1]) : events
        );

        // To compare all texts takes as long as to get the catalogue ready, and neither needs the other.
        QuoteCatalogue? catalogue = null;
        var mayBeServed = !problems.HasErrors && ofFile.All(static file => !file.HasErrors);
        Parallel.Invoke(
            () => catalogue = mayBeServed ? new(quotes.Entries, events.Entries, sources?.Sources ?? []) : null,
            () => quotes.Texts?.CheckTexts(),
            () => events.Texts?.CheckTexts()
        );
        problems.AddAll(ofFile);
        return new(problems.HasErrors ? null : catalogue, problems.GetSorted(paths));

        YamlNode? NodeOf(int file) =>
            textOf(paths[file], ofFile[file]) is { } text ? YamlReader.Read(paths[file], text, ofFile[file]) : null;
    }
}

/// <summary>What came of reading the quote files.</summary>
/// <param name="Catalogue">What may be served; null when there is an error among the problems.</param>
/// <param name="Problems">In the order quotes, events, sources, and from the top of each file to its end.</param>
public sealed record CatalogueReadResult(QuoteCatalogue? Catalogue, IReadOnlyList<Problem> Problems);
