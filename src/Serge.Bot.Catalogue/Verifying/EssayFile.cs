namespace Serge.Bot.Catalogue.Verifying;

/// <summary>A text file that holds one or more essays.</summary>
internal static class EssayFile
{
    /// <summary>Finds the essays of the catalogue in a file.</summary>
    /// <remarks>An essay begins with a line that is its title, or begins with it, followed by a line "by" its author. The first line of
    /// the file may be a title alone.</remarks>
    public static IReadOnlyList<Essay> Split(string text, IEnumerable<Source> essays)
    {
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        var heads = essays
            .Select(essay => (Essay: essay, Head: FindHead(lines, essay)))
            .Where(static found => found.Head is not null)
            .Select(static found => (found.Essay, Head: found.Head!.Value))
            .OrderBy(static found => found.Head.Title)
            .ToList();
        return [.. heads.Select((found, i) => new Essay(
            found.Essay,
            lines[found.Head.Body..(i + 1 < heads.Count ? heads[i + 1].Head.Title : lines.Length)]))];
    }

    /// <summary>The line of the title and the first line below title and author.</summary>
    private static (int Title, int Body)? FindHead(string[] lines, Source essay)
    {
        var title = FoldedText.Letters(essay.Title);
        var author = FoldedText.Letters(essay.Author ?? "");
        var first = NextWritten(lines, 0);
        for (var i = first; i < lines.Length; i = NextWritten(lines, i + 1))
        {
            if (!IsTitle(FoldedText.Letters(lines[i]), title))
            {
                continue;
            }

            var next = NextWritten(lines, i + 1);
            var isByAuthor = next < lines.Length && author.Length > 0
                && new[] { author, "by" + author }.Contains(FoldedText.Letters(lines[next]), StringComparer.Ordinal);
            if (isByAuthor || i == first)
            {
                return (i, isByAuthor ? next + 1 : i + 1);
            }
        }

        return null;
    }

    /// <summary>The catalogue may have the title without its subtitle, or the file may.</summary>
    private static bool IsTitle(string line, string title) =>
        line.Length >= Math.Min(title.Length, 10)
        && (line.StartsWith(title, StringComparison.Ordinal) ? line.Length < 2 * title.Length + 40 : title.StartsWith(line, StringComparison.Ordinal));

    private static int NextWritten(string[] lines, int from)
    {
        while (from < lines.Length && string.IsNullOrWhiteSpace(lines[from]))
        {
            from++;
        }

        return from;
    }
}
