namespace Serge.Bot.Catalogue.Reading;

/// <summary>Reads and checks the quote files.</summary>
/// <remarks>
/// <para>The files are <c>quotes.yaml</c>, <c>events.yaml</c> and <c>sources.yaml</c>, each a list of entries, and
/// <c>author.yaml</c>, in UTF-8, at most 5 MiB, with or without a byte order mark. All problems are reported at once,
/// except that a syntax error ends the reading of its file. Anchors, aliases and tags are not allowed.</para>
/// <para>Topics are words in kebab-case. The allowed ones are in <c>schema/quotes.schema.json</c> beside the files,
/// where editors that support JSON Schema find them, too; without a schema, a topic that is used once and is spelt
/// nearly like another is an error.</para>
/// </remarks>
public static class CatalogueReader
{
    /// <summary>The names of the four files.</summary>
    public static IReadOnlyList<string> FileNames { get; } =
    ["quotes.yaml", "events.yaml", "sources.yaml", "author.yaml"];

    /// <summary>Gets the paths of all files that are read: the four, and the schema with the topics.</summary>
    public static IEnumerable<string> GetPaths(string quotesFolder)
    {
        var names = FileNames.Append(TopicList.SchemaPath);
        return names.Select(name => Path.Combine(quotesFolder, name));
    }

    /// <summary>Reads each file once and reports every problem.</summary>
    /// <param name="quotesFolder">The folder of the files. The file names in problems are paths that begin with
    /// it.</param>
    public static CatalogueReadResult Read(string quotesFolder) => ReadWithReplacement(quotesFolder, "", "");

    /// <summary>Reads the author only.</summary>
    /// <returns>Null when the file cannot be read or has an error.</returns>
    public static Author? ReadAuthor(string quotesFolder)
    {
        ProblemList problems = new();
        var path = Path.Combine(quotesFolder, FileNames[3]);
        QuoteFile file = new(path, TextFileReader.Read(path, problems), problems);
        AuthorReader reader = new(file);
        var author = reader.Read();
        return problems.HasErrors ? null : author;
    }

    /// <summary>Reads the files as if one of them had another text, to check an edit before it is saved.</summary>
    /// <param name="quotesFolder">As for <see cref="Read"/>.</param>
    /// <param name="fileName">One of <see cref="FileNames"/>.</param>
    /// <param name="text">The text to read instead of that file.</param>
    public static CatalogueReadResult ReadWithReplacement(string quotesFolder, string fileName, string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(quotesFolder);
        ProblemList problems = new();
        if (!Directory.Exists(quotesFolder))
        {
            var names = string.Join(", ", FileNames);
            FileLocation location = new(quotesFolder, 1, 1);
            problems.AddError(location, "The folder does not exist.", $"Create it with {names}.");
            return new(null, problems.GetSorted());
        }

        var files = new QuoteFile[FileNames.Count];
        Parallel.For(0, files.Length, index => files[index] = ReadFile(FileNames[index]));
        var topics = TopicList.Read(quotesFolder, problems);
        return Build(files, topics, problems);

        QuoteFile ReadFile(string name)
        {
            var path = Path.Combine(quotesFolder, name);
            ProblemList ofFile = new();
            var isReplaced = name == fileName;
            var content = isReplaced ? TextFileReader.NormalizeLineBreaks(text) : TextFileReader.Read(path, ofFile);
            return new QuoteFile(path, content, ofFile);
        }
    }

    /// <summary>Reads the texts of the four files, without a schema.</summary>
    internal static CatalogueReadResult Parse(string quotes, string events, string sources, string author)
    {
        QuoteFile[] files =
        [
            new(FileNames[0], quotes, new()),
            new(FileNames[1], events, new()),
            new(FileNames[2], sources, new()),
            new(FileNames[3], author, new()),
        ];
        return Build(files, topics: null, new());
    }

    private static CatalogueReadResult Build(QuoteFile[] files, TopicList? topics, ProblemList problems)
    {
        SourceList sources = new(files[2]);
        sources.Read();
        AuthorReader authorReader = new(files[3]);
        var author = authorReader.Read();
        QuoteReader quotes = new(files[0], sources, author, topics);
        EventReader events = new(files[1], sources);
        Parallel.Invoke(quotes.Read, events.Read);
        quotes.Duplicates.CheckIdsOf(events.Duplicates);
        events.Duplicates.CheckIdsOf(quotes.Duplicates);
        if (!files[0].Problems.HasErrors)
        {
            events.CheckQuotes(quotes.Quotes);
        }

        // Comparing all texts takes as long as building the catalogue, so both run in parallel.
        var hasErrors = problems.HasErrors || files.Any(file => file.Problems.HasErrors);
        QuoteCatalogue? catalogue = null;
        Parallel.Invoke(BuildCatalogue, quotes.Duplicates.CheckTexts, events.Duplicates.CheckTexts);
        problems.AddAll(files.Select(file => file.Problems));
        var paths = files.Select(file => file.Path);
        var sorted = problems.GetSorted(paths);
        return new(problems.HasErrors ? null : catalogue, sorted);

        void BuildCatalogue()
        {
            if (!hasErrors && author is not null)
            {
                catalogue = new(author, quotes.Quotes, events.Events, sources.Sources);
            }
        }
    }
}

/// <summary>The result of reading the quote files.</summary>
/// <param name="Catalogue">Null when there is an error among the problems.</param>
/// <param name="Problems">In the order quotes, events, sources, author, and from the top of each file to its
/// end.</param>
public sealed record CatalogueReadResult(QuoteCatalogue? Catalogue, IReadOnlyList<Problem> Problems);
