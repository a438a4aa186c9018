using System.Globalization;
using System.Text;

namespace Serge.Bot.Platforms;

/// <summary>Shows the characters of a text that a terminal executes or hides, so that text from outside cannot forge a
/// line, move the cursor or change the order of what is read.</summary>
/// <remarks>Written as in JSON: <c>\u001b</c>. Zero-width joiners remain, because emoji and some scripts need
/// them.</remarks>
public static class VisibleText
{
    private const char ZeroWidthNonJoiner = '\u200C';
    private const char ZeroWidthJoiner = '\u200D';

    /// <summary>Shows control characters, directional marks and other invisible characters, and halves of surrogate
    /// pairs. Line feeds remain.</summary>
    public static string OfLines(string text) => Replace(text, static character => character != '\n');

    /// <summary>Like <see cref="OfLines"/>, and shows line feeds too.</summary>
    public static string OfLine(string text) => Replace(text, static _ => true);

    /// <summary>Like <see cref="OfLine"/>, and shows spaces other than U+0020, which look like it.</summary>
    public static string OfInput(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var line = OfLine(text);
        if (!line.Any(IsUnusualSpace))
        {
            return line;
        }

        StringBuilder shown = new();
        foreach (var character in line)
        {
            Append(shown, character, isShown: IsUnusualSpace(character));
        }

        return shown.ToString();
    }

    private static string Replace(string text, Func<char, bool> mayReplace)
    {
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder? shown = null;
        for (var i = 0; i < text.Length; i++)
        {
            var isShown = MustShow(text, i) && mayReplace(text[i]);
            if (isShown)
            {
                shown ??= new StringBuilder(text, 0, i, text.Length + 16);
            }

            if (shown is not null)
            {
                Append(shown, text[i], isShown);
            }
        }

        return shown?.ToString() ?? text;
    }

    private static void Append(StringBuilder shown, char character, bool isShown)
    {
        if (isShown)
        {
            shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
        }
        else
        {
            shown.Append(character);
        }
    }

    private static bool MustShow(string text, int i)
    {
        var character = text[i];
        if (char.IsAscii(character))
        {
            return char.IsControl(character);
        }

        if (char.IsSurrogate(character))
        {
            return !IsInSurrogatePair(text, i);
        }

        var isInvisible =
            char.GetUnicodeCategory(character)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;
        return isInvisible && character is not (ZeroWidthNonJoiner or ZeroWidthJoiner);
    }

    private static bool IsInSurrogatePair(string text, int i)
    {
        if (char.IsHighSurrogate(text[i]))
        {
            return i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
        }

        return i > 0 && char.IsHighSurrogate(text[i - 1]);
    }

    private static bool IsUnusualSpace(char character) =>
        character is not ' ' && char.GetUnicodeCategory(character) == UnicodeCategory.SpaceSeparator;
}
