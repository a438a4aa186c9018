using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Serge.Bot.Platforms;

/// <summary>Reduces a message to what no platform changes, so that two renderings of one text are equal.</summary>
/// <remarks>It keeps letters and digits, in lower case and without accents. It removes HTML tags and entities,
/// markdown, punctuation, spacing, invisible characters and the domains of mentions. Different posts of one bot differ
/// afterwards, too; a lookup also compares author and time. A text without letter or digit becomes empty and cannot be
/// looked for.</remarks>
public static partial class NormalizedPostText
{
    /// <summary>Normalizes plain text or markdown.</summary>
    public static string FromText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var normalized = new StringBuilder(text.Length);
        var withoutDomains = Mention().Replace(text, "${name}");

        // Rune by rune: half a surrogate pair is replaced here, while Normalize of a whole string would throw.
        foreach (var rune in withoutDomains.EnumerateRunes())
        {
            // U+FFFE is not a character; Normalize throws for it.
            if (rune.IsAscii || rune.Value == 0xFFFE)
            {
                Append(normalized, rune);
                continue;
            }

            var decomposed = rune.ToString().Normalize(NormalizationForm.FormKD);
            foreach (var part in decomposed.EnumerateRunes())
            {
                Append(normalized, part);
            }
        }

        return normalized.ToString();
    }

    /// <summary>Normalizes a status as a Mastodon server returns it.</summary>
    public static string FromHtml(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        // Links and spans may be part of a word; every other tag separates words.
        var withoutInlineTags = InlineTag().Replace(html, "");
        var withoutTags = Tag().Replace(withoutInlineTags, " ");
        return FromText(WebUtility.HtmlDecode(withoutTags));
    }

    private static void Append(StringBuilder normalized, Rune rune)
    {
        if (Rune.IsLetterOrDigit(rune))
        {
            normalized.Append(Rune.ToLowerInvariant(rune));
        }
    }

    [GeneratedRegex(@"</?(?:a|span)\b[^<>]*>", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex InlineTag();

    /// <summary>A tag as browsers read it: "less than" before a space or a digit is text.</summary>
    [GeneratedRegex("</?[a-zA-Z][^<>]*>", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex Tag();

    /// <summary>Servers show a mention as <c>@bob</c>, whatever its domain.</summary>
    [GeneratedRegex(
        @"(?<![\w=/])(?<name>@[a-zA-Z0-9_]+(?:[.-]+[a-zA-Z0-9_]+)*)@[\w.-]+\w",
        RegexOptions.CultureInvariant,
        60_000
    )]
    private static partial Regex Mention();
}
