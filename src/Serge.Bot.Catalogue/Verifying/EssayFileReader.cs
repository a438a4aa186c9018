namespace Serge.Bot.Catalogue.Verifying;

/// <summary>Reads a text file with one or more essays, and reports where it differs from the catalogue.</summary>
/// <remarks>An essay begins with a line that is its title and, next, a line "by" its author. Either the catalogue or
/// the file may omit a subtitle. The first line of the file may be a title without an author.</remarks>
/// <param name="name">The file's name, for problems.</param>
/// <param name="text">The file's text.</param>
/// <param name="sources">The essays of the catalogue.</param>
/// <param name="problems">The list to which differences are added.</param>
internal sealed class EssayFileReader(string name, string text, List<Source> sources, List<Problem> problems)
{
    private const int MaxAuthorWords = 6;
    private const int MinTitleLetters = 10;
    private const StringSplitOptions Trimmed = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    private readonly string[] _lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');

    public List<Essay> Read()
    {
        List<Essay> essays = [];
        var end = _lines.Length;
        foreach (var (source, title, body) in FindHeadings().AsEnumerable().Reverse())
        {
            if (source is not null)
            {
                essays.Add(new(source, _lines[body..end]));
            }

            end = title;
        }

        essays.Reverse();
        return essays;
    }

    /// <summary>Finds the lines where essays begin, also of unknown essays, because they end the one before.</summary>
    private List<Heading> FindHeadings()
    {
        List<Heading> headings = [];
        var first = FindLine(0);
        var title = first;
        while (title < _lines.Length)
        {
            var next = FindLine(title + 1);
            if (IsAuthorLine(next))
            {
                var source = FindSource(title, next);
                headings.Add(new(source, title, next + 1));
                // A line "by" is not the title of the next essay, even if another one follows.
                while (IsAuthorLine(next))
                {
                    next = FindLine(next + 1);
                }
            }
            else if (title == first && FindByTitle(title) is { } source)
            {
                headings.Add(new(source, title, title + 1));
            }

            title = next;
        }

        return headings;
    }

    /// <summary>Finds the source with a title and an author; when only one of them is right, the other is
    /// reported.</summary>
    private Source? FindSource(int titleLine, int authorLine)
    {
        var title = _lines[titleLine].Trim();
        var author = _lines[authorLine].Trim()[2..].Trim();
        var byTitle = FindByTitle(titleLine);
        if (byTitle is not null)
        {
            CheckAuthor(byTitle, author);
            return byTitle;
        }

        var byAuthor = sources.FirstOrDefault(source => HasSameLetters(source.Author ?? "", author));
        if (byAuthor is not null)
        {
            var message = $"The essay '{byAuthor.Id}' by {author} has the title '{title}', not '{byAuthor.Title}'.";
            AddError(byAuthor.Location, message, "Correct its title.");
            return byAuthor;
        }

        AddError(
            new(name, titleLine + 1, 1),
            $"No essay in sources.yaml has the title '{title}'.",
            "Add it there, or remove it from this file."
        );
        return null;
    }

    private void CheckAuthor(Source essay, string author)
    {
        if (!HasSameLetters(essay.Author ?? "", author))
        {
            var message = $"The essay '{essay.Id}' is by '{author}', not by '{essay.Author}'.";
            AddError(essay.Location, message, "Correct its author.");
        }
    }

    /// <summary>Finds the essay whose title is on the line; of several, such as one with a subtitle, the one nearest in
    /// length.</summary>
    private Source? FindByTitle(int line)
    {
        var written = FoldedText.GetLetters(_lines[line]);
        Source? nearest = null;
        var least = int.MaxValue;
        foreach (var source in sources)
        {
            var title = FoldedText.GetLetters(source.Title);
            var difference = Math.Abs(title.Length - written.Length);
            if (difference < least && IsSameTitle(title, written))
            {
                nearest = source;
                least = difference;
            }
        }

        return nearest;
    }

    private static bool IsSameTitle(string title, string written)
    {
        if (written.Length < Math.Min(title.Length, MinTitleLetters))
        {
            return false;
        }

        return written.StartsWith(title, StringComparison.Ordinal)
            || title.StartsWith(written, StringComparison.Ordinal);
    }

    /// <summary>Whether a line is "by" and a name: a few capitalized words, particles or "and", without a full
    /// stop.</summary>
    private bool IsAuthorLine(int line)
    {
        if (line >= _lines.Length)
        {
            return false;
        }

        var words = _lines[line].Split(' ', Trimmed);
        if (words is not ["by" or "By" or "BY", .. var author] || author.Length is 0 or > MaxAuthorWords)
        {
            return false;
        }

        var isSentence = author[^1] is [.., '.' or '!' or '?'];
        return !isSentence && Array.TrueForAll(author, IsPartOfName);
    }

    private static bool IsPartOfName(string word)
    {
        return char.IsUpper(word[0]) || word is "and" || ReportingWords.NameParticles.Contains(word);
    }

    /// <summary>Finds the first line from a position that is not blank.</summary>
    private int FindLine(int from)
    {
        while (from < _lines.Length && string.IsNullOrWhiteSpace(_lines[from]))
        {
            from++;
        }

        return from;
    }

    private void AddError(FileLocation location, string message, string fix)
    {
        problems.Add(new(location, ProblemSeverity.Error, message, fix));
    }

    private static bool HasSameLetters(string a, string b)
    {
        return FoldedText.GetLetters(a) == FoldedText.GetLetters(b);
    }

    /// <param name="Source">Null when the catalogue does not have the essay.</param>
    /// <param name="Title">The index of the line with the title.</param>
    /// <param name="Body">The index of the line after the heading.</param>
    private sealed record Heading(Source? Source, int Title, int Body);
}
