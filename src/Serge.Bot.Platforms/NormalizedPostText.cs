using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Serge.Bot.Platforms;

/// <summary>A message reduced to what every platform leaves alone, so that two renderings of one text are equal.</summary>
/// <remarks>Kept are letters and digits, case folded and without accents; HTML tags and entities, markdown signs, punctuation, spacing and
/// invisible characters are dropped, and so are the domains of mentions. Two different posts of one bot can hardly fold alike; a look also
/// compares author and time. A text without any letter or digit folds to nothing, and nothing can be looked for.</remarks>
public static partial class NormalizedPostText
{
    /// <summary>Folds plain text or markdown.</summary>
    public static string FromText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var folded = new StringBuilder(text.Length);

        // Rune by rune: half a surrogate pair becomes a replacement character here, where a whole string would throw.
        foreach (var rune in Mention().Replace(text, "${name}").EnumerateRunes())
        {
            // U+FFFE is no character, and normalising it throws.
            if (rune.IsAscii || rune.Value == 0xFFFE)
            {
                Append(folded, rune);
                continue;
            }

            foreach (var part in rune.ToString().Normalize(NormalizationForm.FormKD).EnumerateRunes())
            {
                Append(folded, part);
            }
        }

        return folded.ToString();
    }

    /// <summary>Folds a status as a Mastodon server returns it.</summary>
    public static string FromHtml(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        // Links and spans stand inside words; every other tag parts them.
        return FromText(WebUtility.HtmlDecode(Tag().Replace(InlineTag().Replace(html, ""), " ")));
    }

    private static void Append(StringBuilder folded, Rune rune)
    {
        if (Rune.IsLetterOrDigit(rune))
        {
            folded.Append(Rune.ToLowerInvariant(rune));
        }
    }

    [GeneratedRegex(@"</?(?:a|span)\b[^<>]*>", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex InlineTag();

    /// <summary>What a browser takes for a tag: a bare "less than" before a space or a digit is text.</summary>
    [GeneratedRegex("</?[a-zA-Z][^<>]*>", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Tag();

    /// <summary>A server shows the mention of a member as <c>@bob</c>, wherever that member lives.</summary>
    [GeneratedRegex(
        @"(?<![\w=/])(?<name>@[a-zA-Z0-9_]+(?:[.-]+[a-zA-Z0-9_]+)*)@[\w.-]+\w",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Mention();
}
