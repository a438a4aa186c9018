using System.Net;
using System.Text.RegularExpressions;

namespace Serge.Bot.Platforms;

/// <summary>Detects the software of a server with the Mastodon API, and what it supports against duplicate
/// posts.</summary>
/// <remarks>Most servers other than Mastodon name themselves in brackets. GoToSocial and Hollo send their own version
/// number and the address of their source code.</remarks>
public static partial class MastodonServers
{
    /// <summary>The capabilities of an unknown server.</summary>
    public static Capabilities UnknownCapabilities { get; } =
        new(SupportsIdempotency: false, KeyWindow: TimeSpan.Zero, SupportsLookup: true);

    /// <summary>Checks the options of a client.</summary>
    /// <exception cref="ArgumentException">The address is not one of HTTP, or the token has an invalid
    /// character.</exception>
    public static void ThrowIfInvalid(Uri address, string token)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException(
                "The address of a Mastodon server begins with http:// or https://.",
                nameof(address)
            );
        }

        if (token.Length == 0 || token.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            // The message of .NET would contain the token.
            throw new ArgumentException(
                "The access token is empty, or has spaces or other characters that no token has.",
                nameof(token)
            );
        }
    }

    /// <summary>Detects the software of a server.</summary>
    /// <param name="version">The field <c>version</c>.</param>
    /// <param name="sourceUrl">The field <c>source_url</c> of version 2 of the description.</param>
    public static MastodonSoftware DetectSoftware(string version, string? sourceUrl)
    {
        ArgumentNullException.ThrowIfNull(version);
        if (version.Contains("snac/", StringComparison.Ordinal))
        {
            return MastodonSoftware.Snac;
        }

        var pleroma = PleromaVersion().Match(version);
        if (pleroma.Success)
        {
            return pleroma.Groups["name"].Value == "Akkoma" ? MastodonSoftware.Akkoma : MastodonSoftware.Pleroma;
        }

        if (IsSource("gotosocial"))
        {
            return MastodonSoftware.GoToSocial;
        }

        if (IsSource("/hollo"))
        {
            return MastodonSoftware.Hollo;
        }

        if (VersionBelowOne().IsMatch(version))
        {
            // Much software has a version below 1. GoToSocial adds the commit, and version 1 has no address.
            var isGoToSocial = sourceUrl is null || version.Contains("+git-", StringComparison.Ordinal);
            return isGoToSocial ? MastodonSoftware.GoToSocial : MastodonSoftware.Other;
        }

        return PlainVersion().IsMatch(version) ? MastodonSoftware.Mastodon : MastodonSoftware.Other;

        bool IsSource(string name) => sourceUrl?.Contains(name, StringComparison.OrdinalIgnoreCase) == true;
    }

    /// <summary>What a server supports against duplicate posts.</summary>
    /// <remarks>Mastodon keeps keys for one hour (4.5.7, <c>post_status_service.rb</c>), Pleroma and Akkoma for six
    /// (<c>idempotency_plug.ex</c>), Hollo for one (<c>src/api/v1/statuses.ts</c>, and 24 of 24 lost responses in a
    /// test of 0.10). GoToSocial documents minutes, but posted twice in a test (0.20), as did snac
    /// (2.75, 2.96). Pixelfed has no keys.</remarks>
    /// <param name="software">The server's software.</param>
    /// <param name="apiVersion">The field <c>api_versions.mastodon</c>. Mastodon sends it from 4.3 on; without it
    /// Mastodon cannot be distinguished from other software with certainty.</param>
    public static Capabilities GetCapabilities(MastodonSoftware software, int? apiVersion) =>
        software switch
        {
            MastodonSoftware.Mastodon when apiVersion > 0 => WithKeys(hours: 1),
            MastodonSoftware.Hollo => WithKeys(hours: 1),
            MastodonSoftware.Pleroma or MastodonSoftware.Akkoma => WithKeys(hours: 6),
            _ => UnknownCapabilities,
        };

    /// <summary>Whether an account's list lacks its followers-only and direct posts, even for the author.</summary>
    /// <remarks>Seen on snac 2.75, whose version reads <c>4.0.0 (not true; really snac/2.75)</c>. GoToSocial 0.20 and
    /// Hollo 0.10 list them.</remarks>
    public static bool HidesNonPublicPosts(MastodonSoftware software) => software == MastodonSoftware.Snac;

    /// <summary>Converts HTML to plain text, without links and colours.</summary>
    public static string ToPlainText(string html)
    {
        var lines = Break().Replace(html, "\n");
        var text = Tag().Replace(lines, "");
        return WebUtility.HtmlDecode(text).Trim();
    }

    private static Capabilities WithKeys(int hours) =>
        new(SupportsIdempotency: true, KeyWindow: TimeSpan.FromHours(hours), SupportsLookup: true);

    /// <summary><c>4.5.7</c>, <c>4.6.0-nightly.2026-01-01</c>, <c>4.5.7+glitch</c>; other software adds its name in
    /// brackets.</summary>
    [GeneratedRegex(@"^\d+\.\d+\.\d+([-+]\S+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex PlainVersion();

    [GeneratedRegex(
        @"\(compatible; (?<name>Pleroma|Akkoma)\b",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex PleromaVersion();

    /// <summary><c>0.20.1+git-3a1c5b8</c>, <c>0.20-local</c>: Mastodon released 1.0 in 2017.</summary>
    [GeneratedRegex(@"^0\.\d+", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex VersionBelowOne();

    [GeneratedRegex("<br ?/?>|</p>", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex Break();

    [GeneratedRegex("<[^<>]*>", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex Tag();
}
