namespace Serge.Bot.Tests.Publishing;

/// <summary>Notes about features that a Mastodon server lacks and the settings require.</summary>
public sealed class ServerNotesTests
{
    /// <summary>Each row: version and software of a server, whether it supports idempotency keys, the visibility of the
    /// settings, the number of notes, and words of them.</summary>
    [Theory]
    [InlineData("4.5.7", MastodonSoftware.Mastodon, true, "Unlisted", 0)]
    [InlineData("4.2.10", MastodonSoftware.Mastodon, false, "Unlisted", 1, "looks the post up")]
    [InlineData("4.1.3", MastodonSoftware.Mastodon, false, "Unlisted", 2, "older than 4.2")]
    [InlineData("3.5.0", MastodonSoftware.Mastodon, false, "Unlisted", 2, "older than 4.2")]
    [InlineData("0.20.1", MastodonSoftware.GoToSocial, false, "Unlisted", 1, "looks the post up")]
    [InlineData("2.7.2 (compatible; Akkoma 3.5.0)", MastodonSoftware.Akkoma, true, "Unlisted", 0)]
    [InlineData(
        "4.2.1 (compatible; Iceshrimp.NET/2025.1)",
        MastodonSoftware.Other,
        false,
        "Unlisted",
        2,
        "has not been tested with this server's software",
        "Iceshrimp"
    )]
    [InlineData(
        "4.0.0 (not true; really snac/2.75)",
        MastodonSoftware.Snac,
        false,
        "Unlisted",
        3,
        "it publishes them as public",
        "does not delete"
    )]
    [InlineData(
        "4.0.0 (not true; really snac/2.96)",
        MastodonSoftware.Snac,
        false,
        "Unlisted",
        2,
        "it publishes them as public"
    )]
    [InlineData("4.0.0 (not true; really snac/2.96)", MastodonSoftware.Snac, false, "Private", 2, "for followers only")]
    [InlineData("4.0.0 (not true; really snac/2.95)", MastodonSoftware.Snac, false, "Private", 3, "does not delete")]
    [InlineData(
        "4.0.0 (not true; really snac/3.1)",
        MastodonSoftware.Snac,
        true,
        "Public",
        1,
        "it publishes them as public"
    )]
    [InlineData("4.2.0", MastodonSoftware.Mastodon, true, "Unlisted", 0)]
    [InlineData("4.1", MastodonSoftware.Mastodon, true, "Unlisted", 1, "Mastodon 4.1 is older than 4.2")]
    [InlineData("4.1-nightly", MastodonSoftware.Mastodon, true, "Unlisted", 1, "older than 4.2")]
    [InlineData("5.0.0", MastodonSoftware.Mastodon, true, "Unlisted", 0)]
    [InlineData("4", MastodonSoftware.Mastodon, true, "Unlisted", 0)]
    [InlineData("4.x", MastodonSoftware.Mastodon, true, "Unlisted", 0)]
    [InlineData("x.1", MastodonSoftware.Mastodon, true, "Unlisted", 0)]
    [InlineData("3.9.0", MastodonSoftware.GoToSocial, true, "Unlisted", 0)] // version numbers differ from Mastodon's
    public void Of_AServer_NamesWhatItDoesNotSupport(
        string version,
        MastodonSoftware software,
        bool supportsIdempotency,
        string visibility,
        int count,
        params string[] words
    )
    {
        var settings = CreateSettings(Some.Schedule());
        settings = settings with
        {
            Mastodon = settings.Mastodon! with { Visibility = Enum.Parse<PostVisibility>(visibility) },
        };

        var notes = ServerNotes
            .Find(
                new MastodonInstance { Version = version, Software = software },
                new Capabilities(supportsIdempotency, TimeSpan.Zero, SupportsLookup: true),
                settings
            )
            .ToArray();

        Assert.Equal(count, notes.Length);
        Assert.All(notes, note => Assert.Equal(DiagnosticKind.Note, note.Kind));
        Assert.All(
            words,
            word => Assert.Contains(notes, note => note.Message.Contains(word, StringComparison.Ordinal))
        );
    }

    [Fact]
    public void Of_AServerWithoutUnlistedPosts_ConsidersTheVisibilityOfSchedules()
    {
        var settings = CreateSettings(Some.Schedule() with { Visibility = PostVisibility.Private });
        MastodonInstance snac = new()
        {
            Version = "4.0.0 (not true; really snac/2.96)",
            Software = MastodonSoftware.Snac,
        };
        Capabilities capabilities = new(SupportsIdempotency: true, TimeSpan.Zero, SupportsLookup: true);

        Assert.Equal(
            [
                "snac has no unlisted posts: it publishes them as public.",
                "snac does not list posts for followers only, so the bot cannot look up one whose response was lost. Such a post stays unknown until an operator decides.",
            ],
            ServerNotes.Find(snac, capabilities, settings).Select(note => note.Message)
        );
        Assert.Equal(
            ["snac has no unlisted posts: it publishes them as public."],
            ServerNotes
                .Find(snac, capabilities, CreateSettings(Some.Schedule()) with { Mastodon = null })
                .Select(note => note.Message)
        );
    }

    private static BotSettings CreateSettings(params Schedule[] schedules) =>
        new()
        {
            LedgerPath = "",
            TimeZone = TimeZoneInfo.Utc,
            Mastodon = Some.Mastodon(),
            Schedules = schedules,
        };
}
