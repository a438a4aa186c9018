using System.Text.RegularExpressions;

namespace Serge.Bot.Mastodon.Model;

/// <summary>What a server can do about a post sent twice, by what it says it is.</summary>
internal static partial class Software
{
    /// <summary>Before the server has been read, and for any server that we do not know.</summary>
    public static readonly Capabilities Unknown = new(HonoursKey: false, KeyWindow: TimeSpan.Zero, CanLook: true);

    /// <remarks>Mastodon keeps keys for one hour (4.5.7, <c>post_status_service.rb</c>), Pleroma and Akkoma for six
    /// (<c>idempotency_plug.ex</c>). GoToSocial promises minutes, yet posted twice when tried (0.20); so did snac (2.75, 2.96).
    /// Pixelfed has none.</remarks>
    public static Capabilities CapabilitiesOf(Instance instance)
    {
        return Of(instance) switch
        {
            // Before 4.3 there was no api_versions, and nothing that tells Mastodon from others for certain.
            MastodonSoftware.Mastodon when instance.ApiVersions?.Mastodon > 0 => new(HonoursKey: true, TimeSpan.FromHours(1), CanLook: true),
            MastodonSoftware.Pleroma or MastodonSoftware.Akkoma => new(HonoursKey: true, TimeSpan.FromHours(6), CanLook: true),
            _ => Unknown,
        };
    }

    /// <summary>What the server runs on.</summary>
    /// <remarks>Most that are not Mastodon say so in brackets. GoToSocial gives a plain version of its own counting, and where its source is.</remarks>
    public static MastodonSoftware Of(Instance instance)
    {
        var version = instance.Version ?? "";
        return version.Contains("snac/", StringComparison.Ordinal) ? MastodonSoftware.Snac
            : PleromaVersion().Match(version) is { Success: true } pleroma ? (pleroma.Groups["name"].Value == "Akkoma" ? MastodonSoftware.Akkoma : MastodonSoftware.Pleroma)
            : instance.SourceUrl?.Contains("gotosocial", StringComparison.OrdinalIgnoreCase) == true || GoToSocialVersion().IsMatch(version) ? MastodonSoftware.GoToSocial
            : PlainVersion().IsMatch(version) ? MastodonSoftware.Mastodon
            : MastodonSoftware.Other;
    }

    /// <summary>Whether an account's list lacks its followers-only and direct posts, whoever asks.</summary>
    /// <remarks>Seen on snac 2.75, whose version reads <c>4.0.0 (not true; really snac/2.75)</c>.</remarks>
    public static bool HidesWhatIsNotPublic(Instance instance) => Of(instance) == MastodonSoftware.Snac;

    /// <summary><c>4.5.7</c>, <c>4.6.0-nightly.2026-01-01</c>, <c>4.5.7+glitch</c>; others add in brackets what they are.</summary>
    [GeneratedRegex(@"^\d+\.\d+\.\d+([-+]\S+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PlainVersion();

    [GeneratedRegex(@"\(compatible; (?<name>Pleroma|Akkoma)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PleromaVersion();

    /// <summary><c>0.20.1+git-3a1c5b8</c>, <c>0.20-local</c>: Mastodon left the zeros behind in 2017.</summary>
    [GeneratedRegex(@"^0\.\d+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex GoToSocialVersion();
}
