using System.Globalization;
using System.Text.RegularExpressions;

namespace Serge.Bot.Platforms;

/// <summary>Counts a post as a Mastodon server does: never less, sometimes a little more.</summary>
/// <remarks>Source: Mastodon 4.5.7, <c>status_length_validator.rb</c>: the graphemes of the content warning and the text together. In the
/// text each recognised link counts as a fixed number, however long or short it is, and a mention loses its domain.
/// <para>Which links a server recognises hangs on a long list of rules and top-level domains. We need not know it: a link that every
/// version takes whole gets its discount, any other counts in full and as a link besides. Mentions count in full too.</para></remarks>
public static partial class MastodonLength
{
    /// <summary>The length of a post on this server, in its characters.</summary>
    public static int Of(MastodonStatus status, MastodonInstance instance)
    {
        ArgumentNullException.ThrowIfNull(status);
        ArgumentNullException.ThrowIfNull(instance);

        var text = status.Text;
        var link = instance.CharactersReservedPerUrl;
        if (link == 0)
        {
            return Graphemes(status.Warning ?? "") + Graphemes(text);
        }

        // The server too puts a placeholder of that length where the link was, so what stands around it joins up in the same way.
        var shortened = PlainLink().Replace(text, new string('x', link));
        return Graphemes(status.Warning ?? "") + Graphemes(shortened) + (link * Scheme().Count(shortened));
    }

    /// <summary>Graphemes as the runtime knows them. An older Unicode than the server's splits more, and so counts more.</summary>
    private static int Graphemes(string text) => new StringInfo(text).LengthInTextElements;

    /// <summary>Every recognised link has one of these; a link that is not a <see cref="PlainLink"/> keeps it.</summary>
    [GeneratedRegex("://", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Scheme();

    /// <summary>A link between spaces, brackets or closing punctuation, on a host of plain letters under a well-known top-level domain,
    /// with nothing in its path that any rule could stumble over.</summary>
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
        1000
    )]
    private static partial Regex PlainLink();
}
