using System.Globalization;
using System.Text.RegularExpressions;

namespace Serge.Bot.Platforms;

/// <summary>Counts a post as a Mastodon server does: never less, sometimes a little more.</summary>
/// <remarks>Source: Mastodon 4.5.7, <c>status_length_validator.rb</c>: graphemes of the content warning and the text together;
/// in the text each recognised link counts as a fixed number and a mention without its domain. Where the server would
/// recognise a link and we do not, or a newer Unicode joins what we count apart, our figure is higher.</remarks>
public static partial class MastodonLength
{
    /// <summary>The length of a post on this server.</summary>
    public static int Of(MastodonStatus status, MastodonInstance instance)
    {
        ArgumentNullException.ThrowIfNull(status);
        ArgumentNullException.ThrowIfNull(instance);

        var text = status.Text;
        var links = 0;
        if (instance.CharactersReservedPerUrl > 0)
        {
            text = Link().Replace(text, match =>
            {
                // A link shorter than its allowance may or may not be recognised by the server: count the larger.
                var own = Graphemes(match.Value);
                links += Math.Max(instance.CharactersReservedPerUrl, IsSurelyRecognised(match.Value) ? 0 : own);
                return "";
            });
        }

        return Graphemes(status.Warning ?? "") + Graphemes(text) + links;
    }

    /// <summary>Graphemes as the platform's runtime knows them.</summary>
    private static int Graphemes(string text) => new StringInfo(text.ReplaceLineEndings("\n")).LengthInTextElements;

    /// <summary>Only an address that every version of the server's pattern takes whole earns the discount.</summary>
    private static bool IsSurelyRecognised(string link) => PlainLink().IsMatch(link);

    [GeneratedRegex(@"(?<![\w@/])https?://[^\s<>“”""]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"^https?://([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+(com|org|net|social|info|edu|fr|be|de|uk|es|it|mx)(/[a-z0-9/_.~-]*[a-z0-9/])?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PlainLink();
}
