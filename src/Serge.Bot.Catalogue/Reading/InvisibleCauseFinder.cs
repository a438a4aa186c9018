using System.Globalization;
using YamlDotNet.Core;

namespace Serge.Bot.Catalogue.Reading;

/// <summary>Finds the invisible character that caused a syntax error.</summary>
/// <remarks>Invisible characters are allowed in texts and comments, so one near an error need not be its cause. It is
/// the cause if the parser reads further without it.</remarks>
internal static class InvisibleCauseFinder
{
    /// <summary>The parser runs once for each, so only those nearest to the error are tried.</summary>
    private const int MaxTried = 20;

    /// <param name="lines">The lines from the beginning of an entry or file to the error, which is in the last
    /// one.</param>
    /// <returns>The index of the line, and of the character in it; null when no invisible character is the
    /// cause.</returns>
    public static (int Line, int Index)? Find(string[] lines)
    {
        List<Gap> gaps = [.. FindGaps(lines).TakeLast(MaxTried).Reverse()];
        if (gaps.Count == 0 || FindError(lines) is not { } error)
        {
            return null;
        }

        // Several characters may cause one error together, so those replaced before stay replaced.
        string[] corrected = [.. lines];
        foreach (var gap in gaps)
        {
            corrected[gap.Line] = ReplaceBySpaces(corrected[gap.Line], gap);
            if (FindError(corrected) is not { } next || next.CompareTo(error) > 0)
            {
                var text = lines[gap.Line].AsSpan(gap.Start);
                return (gap.Line, gap.Start + text.IndexOfAnyExcept(' '));
            }
        }

        return null;
    }

    private static IEnumerable<Gap> FindGaps(string[] lines)
    {
        for (var line = 0; line < lines.Length; line++)
        {
            foreach (var gap in FindGaps(lines[line], line))
            {
                yield return gap;
            }
        }
    }

    /// <summary>Finds invisible characters where YAML needs ordinary spaces or nothing: in the indentation, after a
    /// dash, after the first colon and at the end of the line.</summary>
    private static IEnumerable<Gap> FindGaps(string text, int line)
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

            var isStructure = start < indentation || start == afterColon || end == text.Length || text[end] == '#';
            if (isStructure && text.AsSpan(start, end - start).ContainsAnyExcept(' '))
            {
                yield return new(line, start, end);
            }

            start = end + 1;
        }
    }

    private static bool IsBlank(char character)
    {
        return character == ' ' || InvisibleCharacter.IsInvisible(character);
    }

    /// <summary>Replaces each character of a gap that is as wide as a space by a space, and removes the
    /// others.</summary>
    private static string ReplaceBySpaces(string text, Gap gap)
    {
        var count = text[gap.Start..gap.End].Count(IsWide);
        // At the beginning of a line there is nothing to separate.
        if (count == 0 && gap.Start > 0)
        {
            count = 1;
        }

        string spaces = new(' ', count);
        return text[..gap.Start] + spaces + text[gap.End..];
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
            while (parser.MoveNext())
            {
                // What is read does not matter here.
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
    private readonly record struct Gap(int Line, int Start, int End);
}
