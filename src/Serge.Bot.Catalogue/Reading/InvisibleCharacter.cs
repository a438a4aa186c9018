using System.Globalization;
using System.Text;

namespace Serge.Bot.Catalogue.Reading;

/// <summary>Characters that look like a space or like nothing, and are neither to the reader of a file.</summary>
internal static class InvisibleCharacter
{
    /// <summary>Shows such characters in a message, as <c>&lt;U+200B&gt;</c>.</summary>
    public static string Show(string message)
    {
        if (!message.Any(IsInvisible))
        {
            return message;
        }

        StringBuilder shown = new();
        foreach (var character in message)
        {
            if (IsInvisible(character))
            {
                shown.Append('<').Append(GetCode(character)).Append('>');
            }
            else
            {
                shown.Append(character);
            }
        }

        return shown.ToString();
    }

    /// <summary>Its kind and code, such as <c>a no-break space (U+00A0)</c>.</summary>
    public static string Describe(char character)
    {
        var kind = character switch
        {
            '\u00A0' or '\u202F' => "a no-break space",
            '\uFEFF' => "a byte order mark",
            '\u0085' => "a next line character",
            '\u2028' => "a line separator",
            '\u2029' => "a paragraph separator",
            _ when char.GetUnicodeCategory(character) == UnicodeCategory.SpaceSeparator => "an unusual space",
            _ => "an invisible character",
        };
        return $"{kind} ({GetCode(character)})";
    }

    public static bool IsInvisible(char character) =>
        character > '\u007F'
        && char.GetUnicodeCategory(character)
            is UnicodeCategory.SpaceSeparator
                or UnicodeCategory.Format
                or UnicodeCategory.Control
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;

    private static string GetCode(char character) =>
        string.Create(CultureInfo.InvariantCulture, $"U+{(int)character:X4}");
}
