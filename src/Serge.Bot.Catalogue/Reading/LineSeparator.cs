namespace Serge.Bot.Catalogue.Reading;

/// <summary>The characters U+0085, U+2028 and U+2029, which the YAML parser reads as line breaks, although editors show
/// them within a line. They come from word processors and web pages.</summary>
internal static class LineSeparator
{
    /// <summary>Reports each of them and replaces it by a space, so that the parser counts the lines as an editor
    /// does.</summary>
    /// <returns>The numbers of the lines that have one, from 1.</returns>
    public static HashSet<int> ReplaceAll(string file, string[] lines, ProblemList problems)
    {
        HashSet<int> numbers = [];
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].AsSpan().ContainsAny('\u0085', '\u2028', '\u2029'))
            {
                numbers.Add(i + 1);
                FileLocation start = new(file, i + 1, 1);
                lines[i] = ReplaceInLine(lines[i], start, problems);
            }
        }

        return numbers;
    }

    private static string ReplaceInLine(string line, FileLocation start, ProblemList problems)
    {
        var characters = line.ToCharArray();
        for (var i = 0; i < characters.Length; i++)
        {
            if (characters[i] is '\u0085' or '\u2028' or '\u2029')
            {
                problems.AddError(
                    start with
                    {
                        Column = i + 1,
                    },
                    $"This is {InvisibleCharacter.Describe(characters[i])}, which is not an ordinary line break.",
                    "Replace it with an ordinary line break or a space."
                );
                characters[i] = ' ';
            }
        }

        return new(characters);
    }
}
