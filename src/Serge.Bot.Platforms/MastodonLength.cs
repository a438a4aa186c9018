using System.Globalization;
using System.Text.RegularExpressions;

namespace Serge.Bot.Platforms;

/// <summary>Counts the characters of a post as a Mastodon server does: never fewer, sometimes a few more.</summary>
/// <remarks>Source: Mastodon 4.5.7, <c>status_length_validator.rb</c>: the graphemes of the content warning and of the
/// text. Each recognised link in the text counts as a fixed number, and a mention loses its domain.
/// <para>Which links a server recognises depends on a long list of rules and top-level domains, which is not copied
/// here: a link that every version recognises counts as the fixed number, any other counts in full plus the fixed
/// number. Mentions count in full.</para></remarks>
public static partial class MastodonLength
{
    /// <summary>The number of characters of a post on this server.</summary>
    public static int Count(MastodonStatus status, MastodonInstance instance)
    {
        ArgumentNullException.ThrowIfNull(status);
        ArgumentNullException.ThrowIfNull(instance);

        var warning = CountGraphemes(status.Warning ?? "");
        var linkLength = instance.CharactersReservedPerUrl;
        if (linkLength == 0)
        {
            return warning + CountGraphemes(status.Text);
        }

        // The server replaces a link by a placeholder of this length, too, so graphemes join around it in the same way.
        var placeholder = new string('x', linkLength);
        var shortened = PlainLink().Replace(status.Text, placeholder);
        var otherLinks = Scheme().Count(shortened);
        return warning + CountGraphemes(shortened) + (linkLength * otherLinks);
    }

    /// <remarks>An older Unicode version than the server's counts more graphemes, never fewer.</remarks>
    private static int CountGraphemes(string text) => new StringInfo(text).LengthInTextElements;

    /// <summary>Part of every recognised link; only a <see cref="PlainLink"/> is replaced.</summary>
    [GeneratedRegex("://", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex Scheme();

    /// <summary>A link between spaces, brackets or closing punctuation, with a host of ASCII letters under a well-known
    /// top-level domain and a path that every version recognises.</summary>
    [GeneratedRegex(
        """
            (?<=^|[\s(“])
            https?://
            (?![^/\s]{64})                                                              # no overlong host
            ([a-z0-9]+(-[a-z0-9]+)*\.)+(com|org|net|info|social|edu|fr|be|de|uk|es|it|mx)
            (/([A-Za-z0-9/_.~-]{0,400}[A-Za-z0-9/])?)?
            (?=[.,;:!?)”]*(\s|$))
            """,
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace,
        60_000
    )]
    private static partial Regex PlainLink();
}
