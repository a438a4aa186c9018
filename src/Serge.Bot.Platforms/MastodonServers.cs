using System.Net;
using System.Text.RegularExpressions;

namespace Serge.Bot.Platforms;

/// <summary>What a server with Mastodon's API is, and what it can do about a post sent twice, by what it says of itself.</summary>
/// <remarks>Most that are not Mastodon say so in brackets. GoToSocial gives a plain version of its own counting, and where its source is.</remarks>
public static partial class MastodonServers
{
    /// <summary>Before a server has been read, and for any that we do not know.</summary>
    public static Capabilities Unknown { get; } =
        new(SupportsIdempotency: false, KeyWindow: TimeSpan.Zero, SupportsLookup: true);

    /// <summary>What a server runs on.</summary>
    /// <param name="version">Its <c>version</c>.</param>
    /// <param name="sourceUrl">Its <c>source_url</c>, in version 2 of its description.</param>
    public static MastodonSoftware SoftwareOf(string version, string? sourceUrl)
    {
        ArgumentNullException.ThrowIfNull(version);
        return version.Contains("snac/", StringComparison.Ordinal) ? MastodonSoftware.Snac
            : PleromaVersion().Match(version) is { Success: true } pleroma
                ? (pleroma.Groups["name"].Value == "Akkoma" ? MastodonSoftware.Akkoma : MastodonSoftware.Pleroma)
            : sourceUrl?.Contains("gotosocial", StringComparison.OrdinalIgnoreCase) == true
            || GoToSocialVersion().IsMatch(version)
                ? MastodonSoftware.GoToSocial
            : PlainVersion().IsMatch(version) ? MastodonSoftware.Mastodon
            : MastodonSoftware.Other;
    }

    /// <summary>What a server can do about a post sent twice.</summary>
    /// <remarks>Mastodon keeps keys for one hour (4.5.7, <c>post_status_service.rb</c>), Pleroma and Akkoma for six
    /// (<c>idempotency_plug.ex</c>). GoToSocial promises minutes, yet posted twice when tried (0.20); so did snac (2.75, 2.96).
    /// Pixelfed has none.</remarks>
    /// <param name="software">What it runs on.</param>
    /// <param name="apiVersion">Its <c>api_versions.mastodon</c>. Before 4.3 there was none, and nothing that tells Mastodon from others for certain.</param>
    public static Capabilities CapabilitiesOf(MastodonSoftware software, int? apiVersion) =>
        software switch
        {
            MastodonSoftware.Mastodon when apiVersion > 0 => new(
                SupportsIdempotency: true,
                TimeSpan.FromHours(1),
                SupportsLookup: true
            ),
            MastodonSoftware.Pleroma or MastodonSoftware.Akkoma => new(
                SupportsIdempotency: true,
                TimeSpan.FromHours(6),
                SupportsLookup: true
            ),
            _ => Unknown,
        };

    /// <summary>Whether an account's list lacks its followers-only and direct posts, whoever asks.</summary>
    /// <remarks>Seen on snac 2.75, whose version reads <c>4.0.0 (not true; really snac/2.75)</c>.</remarks>
    public static bool HidesWhatIsNotPublic(MastodonSoftware software) => software == MastodonSoftware.Snac;

    /// <summary>HTML as a person reads it, without its links and colours.</summary>
    public static string PlainText(string html) =>
        WebUtility.HtmlDecode(Tag().Replace(Break().Replace(html, "\n"), "")).Trim();

    /// <summary><c>4.5.7</c>, <c>4.6.0-nightly.2026-01-01</c>, <c>4.5.7+glitch</c>; others add in brackets what they are.</summary>
    [GeneratedRegex(@"^\d+\.\d+\.\d+([-+]\S+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PlainVersion();

    [GeneratedRegex(
        @"\(compatible; (?<name>Pleroma|Akkoma)\b",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex PleromaVersion();

    /// <summary><c>0.20.1+git-3a1c5b8</c>, <c>0.20-local</c>: Mastodon left the zeros behind in 2017.</summary>
    [GeneratedRegex(@"^0\.\d+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex GoToSocialVersion();

    [GeneratedRegex("<br ?/?>|</p>", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Break();

    [GeneratedRegex("<[^<>]*>", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Tag();
}
