namespace Serge.Bot.Catalogue.Verifying;

/// <summary>A text file that holds one or more essays, and what of it does not agree with the catalogue.</summary>
/// <remarks>An essay begins with its title on a line and, next, a line "by" its author. The title in the catalogue may lack the subtitle that
/// the file has, or the other way round. The first line of the file may be a title alone.</remarks>
internal sealed class EssayFileReader
{
    private const int MaxWordsOfAuthor = 6;

    private readonly string _name;
    private readonly string[] _lines;
    private readonly IReadOnlyList<Source> _sources;
    private readonly List<Problem> _problems = [];

    private EssayFileReader(string name, string text, IReadOnlyList<Source> sources)
    {
        _name = name;
        _lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        _sources = sources;
    }

    /// <summary>Finds the essays in a file.</summary>
    /// <param name="name">The file's name, for problems.</param>
    /// <param name="text">What is in it.</param>
    /// <param name="sources">The essays of the catalogue.</param>
    public static (IReadOnlyList<Essay> Essays, IReadOnlyList<Problem> Problems) Read(
        string name,
        string text,
        IReadOnlyList<Source> sources
    )
    {
        EssayFileReader file = new(name, text, sources);
        var heads = file.Heads();
        List<Essay> essays = [];
        for (var i = 0; i < heads.Count; i++)
        {
            if (heads[i].Source is { } source)
            {
                var end = i + 1 < heads.Count ? heads[i + 1].Title : file._lines.Length;
                essays.Add(new(source, file._lines[heads[i].Body..end]));
            }
        }

        return (essays, file._problems);
    }

    /// <summary>Where essays begin, also those that the catalogue does not know, since they end the one before.</summary>
    private List<(Source? Source, int Title, int Body)> Heads()
    {
        List<(Source? Source, int Title, int Body)> heads = [];
        var title = NextWritten(0);
        if (title < _lines.Length && !IsByline(NextWritten(title + 1)) && ByTitle(title) is { } only)
        {
            heads.Add((only, title, title + 1));
        }

        for (; title < _lines.Length; title = NextWritten(title + 1))
        {
            var byline = NextWritten(title + 1);
            if (IsByline(byline))
            {
                heads.Add((Recognise(title, byline), title, byline + 1));
            }
        }

        return heads;
    }

    private Source? Recognise(int titleLine, int byline)
    {
        var (title, author) = (_lines[titleLine].Trim(), _lines[byline].Trim()[2..].Trim());
        if (ByTitle(titleLine) is { } source)
        {
            if (!Alike(source.Author ?? "", author))
            {
                _problems.Add(
                    new(
                        source.Location,
                        ProblemSeverity.Error,
                        $"The essay '{source.Id}' is by '{author}', not by '{source.Author}'.",
                        "Correct its author."
                    )
                );
            }

            return source;
        }

        if (_sources.FirstOrDefault(essay => Alike(essay.Author ?? "", author)) is { } byAuthor)
        {
            _problems.Add(
                new(
                    byAuthor.Location,
                    ProblemSeverity.Error,
                    $"The essay '{byAuthor.Id}' by {author} has the title '{title}', not '{byAuthor.Title}'.",
                    "Correct its title."
                )
            );
            return byAuthor;
        }

        _problems.Add(
            new(
                new(_name, titleLine + 1, 1),
                ProblemSeverity.Error,
                $"No essay in sources.yaml has the title '{title}'.",
                "Add it there, or leave it out of this file."
            )
        );
        return null;
    }

    /// <summary>The essay whose title the line has; of several the one whose title is nearest in length, such as one with a subtitle.</summary>
    private Source? ByTitle(int line)
    {
        var written = FoldedText.GetLetters(_lines[line]);
        return _sources
            .Select(source => (Source: source, Title: FoldedText.GetLetters(source.Title)))
            .Where(essay =>
                written.Length >= Math.Min(essay.Title.Length, 10)
                && (
                    written.StartsWith(essay.Title, StringComparison.Ordinal)
                    || essay.Title.StartsWith(written, StringComparison.Ordinal)
                )
            )
            .OrderBy(essay => Math.Abs(essay.Title.Length - written.Length))
            .Select(static essay => essay.Source)
            .FirstOrDefault();
    }

    /// <summary>Whether a line is "by" and a name: few words, of which none begins small but particles, and no full stop.</summary>
    private bool IsByline(int line)
    {
        if (
            line >= _lines.Length
            || _lines[line].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                is not [var by, .. var name]
        )
        {
            return false;
        }

        return by is "by" or "By" or "BY"
            && name is [.., [.., not ('.' or '!' or '?')]]
            && name.Length <= MaxWordsOfAuthor
            && Array.TrueForAll(
                name,
                static word => char.IsUpper(word[0]) || ReportingWords.NameParticles.Contains(word) || word is "and"
            );
    }

    private int NextWritten(int from)
    {
        while (from < _lines.Length && string.IsNullOrWhiteSpace(_lines[from]))
        {
            from++;
        }

        return from;
    }

    private static bool Alike(string a, string b) =>
        string.Equals(FoldedText.GetLetters(a), FoldedText.GetLetters(b), StringComparison.Ordinal);
}
