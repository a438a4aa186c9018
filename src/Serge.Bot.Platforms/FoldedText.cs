using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Serge.Bot.Platforms;

/// <summary>A message reduced to what every platform leaves alone, so that two renderings of one text are equal.</summary>
/// <remarks>Kept are letters and digits, case folded and without accents; HTML tags and entities, markdown signs, punctuation, spacing and
/// invisible characters are dropped. Two different posts of one bot can hardly fold alike; a look also compares author and time.</remarks>
public static partial class FoldedText
{
    /// <summary>Folds plain text or markdown.</summary>
    public static string FromText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                folded.Append(Rune.ToLowerInvariant(rune).ToString());
            }
        }

        return folded.ToString();
    }

    /// <summary>Folds a status as a Mastodon server returns it.</summary>
    public static string FromHtml(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        return FromText(WebUtility.HtmlDecode(Tag().Replace(html, " ")));
    }

    [GeneratedRegex("<[^>]*>", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Tag();
}
