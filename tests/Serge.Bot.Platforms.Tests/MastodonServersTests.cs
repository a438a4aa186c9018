namespace Serge.Bot.Platforms.Tests;

public sealed class MastodonServersTests
{
    private const string GoToSocialSource = "https://codeberg.org/superseriousbusiness/gotosocial";

    [Theory]
    [InlineData("4.5.7", null, MastodonSoftware.Mastodon)]
    [InlineData("4.5.7", "https://github.com/mastodon/mastodon", MastodonSoftware.Mastodon)]
    [InlineData("14.15.17", null, MastodonSoftware.Mastodon)]
    [InlineData("4.5.7+glitch", null, MastodonSoftware.Mastodon)]
    [InlineData("4.6.0-nightly.2026-01-01", null, MastodonSoftware.Mastodon)]
    [InlineData("4.5", null, MastodonSoftware.Other)]
    [InlineData("v4.5.7", null, MastodonSoftware.Other)]
    [InlineData("4.5.7 something", null, MastodonSoftware.Other)]
    [InlineData("4.5.7.1", null, MastodonSoftware.Other)]
    [InlineData("4.5.7-", null, MastodonSoftware.Other)]
    [InlineData("", null, MastodonSoftware.Other)]
    [InlineData("unknown", null, MastodonSoftware.Other)]
    [InlineData("0.20.1+git-3a1c5b8", null, MastodonSoftware.GoToSocial)]
    [InlineData("0.20-local", null, MastodonSoftware.GoToSocial)]
    [InlineData("0.20.1+git-3a1c5b8", "https://codeberg.org/somebody/fork", MastodonSoftware.GoToSocial)]
    [InlineData("0.10.2", "https://github.com/fedify-dev/hollo", MastodonSoftware.Hollo)]
    [InlineData("0.6.0-dev.12", "https://github.com/dahlia/hollo", MastodonSoftware.Hollo)]
    [InlineData("1.0.0", "https://github.com/fedify-dev/hollo", MastodonSoftware.Hollo)]
    [InlineData("0.3.1", "https://example.org/another-server", MastodonSoftware.Other)]
    [InlineData("10.20.1", null, MastodonSoftware.Mastodon)]
    [InlineData("1.0.0", GoToSocialSource, MastodonSoftware.GoToSocial)]
    [InlineData("1.0.0", "https://example.org/GoToSocial", MastodonSoftware.GoToSocial)]
    [InlineData("2.7.2 (compatible; Pleroma 2.9.1)", null, MastodonSoftware.Pleroma)]
    [InlineData("2.7.2 (compatible; Akkoma 3.15.2-0-gabc)", null, MastodonSoftware.Akkoma)]
    [InlineData("2.7.2 (compatible; Pleromatic 1.0)", null, MastodonSoftware.Other)]
    [InlineData("2.7.2 (compatible; Akkomatic 1.0)", null, MastodonSoftware.Other)]
    [InlineData("0.1.0 (compatible; Pleroma 2.9.1)", null, MastodonSoftware.Pleroma)]
    [InlineData("4.0.0 (not true; really snac/2.75)", null, MastodonSoftware.Snac)]
    [InlineData("0.0.0 snac/2.96", GoToSocialSource, MastodonSoftware.Snac)]
    [InlineData("3.5.3 (compatible; Pixelfed 0.12.4)", null, MastodonSoftware.Other)]
    [InlineData("4.2.1 (compatible; Iceshrimp.NET/2025.1)", null, MastodonSoftware.Other)]
    public void DetectSoftware_Version_IsWhatTheServerRunsOn(
        string version,
        string? source,
        MastodonSoftware software
    ) => Assert.Equal(software, MastodonServers.DetectSoftware(version, source));

    [Theory]
    [InlineData(MastodonSoftware.Mastodon, 1, true, 1)]
    [InlineData(MastodonSoftware.Mastodon, 11, true, 1)]
    [InlineData(MastodonSoftware.Mastodon, 0, false, 0)]
    [InlineData(MastodonSoftware.Mastodon, -1, false, 0)]
    [InlineData(MastodonSoftware.Mastodon, null, false, 0)]
    [InlineData(MastodonSoftware.Pleroma, null, true, 6)]
    [InlineData(MastodonSoftware.Akkoma, null, true, 6)]
    [InlineData(MastodonSoftware.Akkoma, 0, true, 6)]
    [InlineData(MastodonSoftware.GoToSocial, 2, false, 0)]
    [InlineData(MastodonSoftware.Hollo, 2, true, 1)]
    [InlineData(MastodonSoftware.Snac, 2, false, 0)]
    [InlineData(MastodonSoftware.Other, 2, false, 0)]
    public void GetCapabilities_Software_AreWhatItIsKnownToKeep(
        MastodonSoftware software,
        int? apiVersion,
        bool supportsIdempotency,
        int hours
    ) =>
        Assert.Equal(
            new Capabilities(
                supportsIdempotency,
                TimeSpan.FromHours(hours),
                SupportsLookup: true,
                HidesAmbiguity: false
            ),
            MastodonServers.GetCapabilities(software, apiVersion)
        );

    [Fact]
    public void Unknown_BeforeAServerIsRead_PromisesNothingButALookup() =>
        Assert.Equal(
            new Capabilities(SupportsIdempotency: false, TimeSpan.Zero, SupportsLookup: true),
            MastodonServers.UnknownCapabilities
        );

    [Theory]
    [InlineData(MastodonSoftware.Snac, true)]
    [InlineData(MastodonSoftware.Mastodon, false)]
    [InlineData(MastodonSoftware.GoToSocial, false)]
    [InlineData(MastodonSoftware.Hollo, false)]
    [InlineData(MastodonSoftware.Pleroma, false)]
    [InlineData(MastodonSoftware.Akkoma, false)]
    [InlineData(MastodonSoftware.Other, false)]
    public void HidesNonPublicPosts_Software_IsTrueForSnacOnly(MastodonSoftware software, bool hides) =>
        Assert.Equal(hides, MastodonServers.HidesNonPublicPosts(software));

    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("  plain  ", "plain")]
    [InlineData("<p>One</p><p>Two</p>", "One\nTwo")]
    [InlineData("One<br>Two<br/>Three<br />Four", "One\nTwo\nThree\nFour")]
    [InlineData("<p>&amp; &lt;b&gt; &#39;x&#39; &eacute;</p>", "& <b> 'x' é")]
    [InlineData("<a href=\"https://m.example/@ada\">@<span>ada</span></a>", "@ada")]
    [InlineData("1 < 2", "1 < 2")]
    [InlineData("<br>", "")]
    public void ToPlainText_Html_IsWhatAPersonReads(string html, string text) =>
        Assert.Equal(text, MastodonServers.ToPlainText(html));
}
