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
        var version = instance.Version ?? "";
        var isMastodon = PlainVersion().IsMatch(version) && instance.ApiVersions?.Mastodon > 0;
        return isMastodon ? new(HonoursKey: true, TimeSpan.FromHours(1), CanLook: true)
            : PleromaVersion().IsMatch(version) ? new(HonoursKey: true, TimeSpan.FromHours(6), CanLook: true)
            : Unknown;
    }

    /// <summary>Whether an account's list lacks its followers-only and direct posts, whoever asks.</summary>
    /// <remarks>Seen on snac 2.75, whose version reads <c>4.0.0 (not true; really snac/2.75)</c>.</remarks>
    public static bool HidesWhatIsNotPublic(Instance instance) => instance.Version?.Contains("snac/", StringComparison.Ordinal) == true;

    /// <summary><c>4.5.7</c>, <c>4.6.0-nightly.2026-01-01</c>, <c>4.5.7+glitch</c>; others add in brackets what they are.</summary>
    [GeneratedRegex(@"^\d+\.\d+\.\d+([-+]\S+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PlainVersion();

    [GeneratedRegex(@"\(compatible; (Pleroma|Akkoma)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PleromaVersion();
}
