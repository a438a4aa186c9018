using System.Text;
using System.Xml;

namespace Serge.Bot.Site.Content;

/// <summary>Replaces what neither HTML nor XML can contain: control characters and halves of surrogate pairs.</summary>
internal static class SafeText
{
    public static string Clean(string text)
    {
        return IsClean(text) ? text : Replace(text);
    }

    public static string? CleanOptional(string? text) => text is null ? null : Clean(text);

    private static bool IsClean(string text)
    {
        return text.All(letter => IsAllowed(letter) && !char.IsSurrogate(letter));
    }

    private static string Replace(string text)
    {
        StringBuilder clean = new(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // EnumerateRunes replaces half of a surrogate pair by U+FFFD.
            var isAllowed = !rune.IsBmp || IsAllowed((char)rune.Value);
            clean.Append(isAllowed ? rune.ToString() : "\uFFFD");
        }

        return clean.ToString();
    }

    /// <summary>Excludes also C1 control characters and non-characters, which XML allows and HTML does not.</summary>
    private static bool IsAllowed(char letter)
    {
        var isXml = XmlConvert.IsXmlChar(letter) || char.IsSurrogate(letter);
        return isXml && letter is not (>= '\u007F' and <= '\u009F') and not (>= '\uFDD0' and <= '\uFDEF');
    }
}
