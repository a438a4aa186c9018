using System.Globalization;
using YamlDotNet.Core;

namespace Serge.Bot.Catalogue.Reading;

/// <summary>Finds the invisible character that caused a syntax error.</summary>
/// <remarks>Invisible characters are allowed in texts and comments, so one near an error need not be its cause. It is
/// the cause if the parser reads further without it.</remarks>
internal static class InvisibleCauseFinder
{
    /// <summary>The parser runs once for each run of blanks, so only the runs nearest to the error are tried.</summary>
    private const int MaxTried = 20;

    /// <summary>Longer than any entry that a person writes. It limits the time that a hostile file costs.</summary>
    private const int MaxCharacters = 100_000;

    /// <summary>More than <see cref="YamlReader"/> reads. The time of the parser grows with the square of the
    /// depth.</summary>
    private const int MaxDepth = 20;

    /// <param name="lines">The lines from the beginning of an entry or file to the error, which is in the last
    /// one.</param>
    /// <returns>The index of the line, and of the character in it; null when no invisible character is the
    /// cause.</returns>
    public static (int Line, int Index)? Find(string[] lines)
    {
        if (lines.Sum(line => line.Length) > MaxCharacters)
        {
            return null;
        }

        List<BlankRun> runs = [.. FindRuns(lines).TakeLast(MaxTried).Reverse()];
        if (runs.Count == 0 || FindError(lines) is not { } error)
        {
            return null;
        }

        // Several characters may cause one error together, so those replaced before stay replaced.
        string[] corrected = [.. lines];
        foreach (var run in runs)
        {
            corrected[run.Line] = ReplaceBySpaces(corrected[run.Line], run);
            if (FindError(corrected) is not { } next || next.CompareTo(error) > 0)
            {
                var text = lines[run.Line].AsSpan(run.Start);
                return (run.Line, run.Start + text.IndexOfAnyExcept(' '));
            }
        }

        return null;
    }

    private static IEnumerable<BlankRun> FindRuns(string[] lines)
    {
        for (var line = 0; line < lines.Length; line++)
        {
            foreach (var run in FindRuns(lines[line], line))
            {
                yield return run;
            }
        }
    }

    /// <summary>Finds invisible characters where YAML needs ordinary spaces or nothing: in the indentation, after a
    /// dash, after the first colon and at the end of the line.</summary>
    private static IEnumerable<BlankRun> FindRuns(string text, int line)
    {
        var indentation = text.TakeWhile(character => character == '-' || IsBlank(character)).Count();
        var afterColon = text.IndexOf(':') + 1;
        var start = 0;
        while (start < text.Length)
        {
            var end = start;
            while (end < text.Length && IsBlank(text[end]))
            {
                end++;
            }

            var isAtEnd = end == text.Length || (text[end] == '#' && EndsValue(text, start));
            var isStructure = start < indentation || start == afterColon || isAtEnd;
            if (isStructure && text.AsSpan(start, end - start).ContainsAnyExcept(' '))
            {
                yield return new(line, start, end);
            }

            start = end + 1;
        }
    }

    /// <summary>Whether a value has ended before a comment. In a text without quotation marks, a number sign after a
    /// no-break space is part of the text: <c>Combat #12</c>.</summary>
    private static bool EndsValue(string text, int end)
    {
        return end > 0 && text[end - 1] is '"' or '\'' or ']' or '}' or '|' or '>' or '-' or '+';
    }

    private static bool IsBlank(char character)
    {
        return character == ' ' || InvisibleCharacter.IsInvisible(character);
    }

    /// <summary>Replaces each character of a run that is as wide as a space by a space, and removes the
    /// others.</summary>
    private static string ReplaceBySpaces(string text, BlankRun run)
    {
        var count = text[run.Start..run.End].Count(IsWide);
        // At the beginning of a line there is nothing to separate.
        if (count == 0 && run.Start > 0)
        {
            count = 1;
        }

        string spaces = new(' ', count);
        return text[..run.Start] + spaces + text[run.End..];
    }

    private static bool IsWide(char character)
    {
        return char.GetUnicodeCategory(character) == UnicodeCategory.SpaceSeparator;
    }

    /// <returns>Where the first syntax error is; null when there is none.</returns>
    private static Mark? FindError(string[] lines)
    {
        var text = string.Join('\n', lines);
        Parser parser = new(new StringReader(text));
        try
        {
            var depth = 0;
            while (parser.MoveNext())
            {
                depth += parser.Current!.NestingIncrease;
                if (depth > MaxDepth)
                {
                    return parser.Current.Start;
                }
            }

            return null;
        }
        catch (YamlException exception)
        {
            return YamlErrorExplainer.GetMark(exception);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Some of the parser's exceptions have no location.
            return parser.Current?.End ?? Mark.Empty;
        }
    }

    /// <summary>A run of spaces and invisible characters in a line.</summary>
    /// <param name="Line">The index of the line.</param>
    /// <param name="Start">The index of the first character.</param>
    /// <param name="End">The index after the last character.</param>
    private readonly record struct BlankRun(int Line, int Start, int End);
}
