using System.Globalization;

namespace Serge.Bot.Tests.Publishing;

public sealed class MannersTests
{
    private static readonly MastodonAccount Account = new("1", "serge", null, Bot: true, "Run by @ada@example.org");

    [Theory]
    [InlineData("Run by @ada@example.org", true)]
    [InlineData("Questions: ada@example.org", true)]
    [InlineData("About this bot: https://example.org/serge", true)]
    [InlineData("Quotations.\nRun by: @ada", true)] // a field below the bio
    [InlineData("Ask Ada Lovelace in Brussels", true)] // the operator's name, as About:Operator has it
    [InlineData("Quotations of Victor Serge.", false)]
    [InlineData("", false)]
    public void Of_ABio_NeedsSomebodyToTurnTo(string bio, bool isGood)
    {
        var settings = Settings(Some.Schedule()) with { About = new AboutSettings { Operator = "Ada Lovelace" } };

        Assert.Equal(isGood, Breaches(settings, Account with { Note = bio }).Length == 0);
    }

    [Fact]
    public void Of_AnAccountThatIsNotMarked_SaysWhatToMark() =>
        Assert.Contains(
            "not marked as automated",
            Assert.Single(Breaches(Settings(Some.Schedule()), Account with { Bot = false })),
            StringComparison.Ordinal
        );

    /// <summary>Cron expressions, the cap, and what is said of them.</summary>
    [Theory]
    [InlineData("0 9 * * *", 5, null)]
    [InlineData("0 8-12 * * *", 5, null)] // five a day
    [InlineData("0 8-13 * * *", 5, "up to 6 posts a day, of which only 5 go out")]
    [InlineData("0 8-13 * * *", 6, "Up to 6 posts a day are too many")]
    [InlineData("* * * * *", 1440, "Up to 1440 posts a day are too many")]
    [InlineData("0 8-10 1 * *", 2, "up to 3 posts a day, of which only 2 go out")]
    public void Of_HowMuchIsPosted_GoesByTheBusiestDay(string cron, int cap, string? expected)
    {
        var settings = Settings(Some.Schedule(cron));

        var breaches = Breaches(settings with { Mastodon = settings.Mastodon! with { PostsPerDay = cap } });

        Assert.Equal(expected is null ? 0 : 1, breaches.Length);
        Assert.All(breaches, breach => Assert.Contains(expected!, breach, StringComparison.Ordinal));
    }

    [Fact]
    public void Of_SeveralSchedules_CountTogetherAndOthersDoNot()
    {
        var settings = Settings(
            Some.Schedule("0 8-10 * * *"),
            Some.Schedule("30 8-10 * * *", name: "more"),
            Some.Schedule("* * * * *", name: "elsewhere", to: "discord:1")
        );

        Assert.Contains("up to 6 posts a day", Assert.Single(Breaches(settings)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0 9,12 * * *", "Unlisted", "00:00:00", true)]
    [InlineData("0 9,12 * * *", "Public", "06:00:00", true)] // the second is unlisted then
    [InlineData("0 9,12 * * *", "Public", "05:59:00", false)]
    [InlineData("0 9,15 * * *", "Public", "00:00:00", true)] // six hours apart by themselves
    [InlineData("0 9,12 * * *", "Private", "00:00:00", true)]
    public void Of_PublicPosts_AreSixHoursApart(string cron, string visibility, string every, bool isGood)
    {
        var settings = Settings(Some.Schedule(cron) with { Visibility = Enum.Parse<MastodonVisibility>(visibility) });

        var breaches = Breaches(
            settings with
            {
                Mastodon = settings.Mastodon! with
                {
                    MinPublicInterval = TimeSpan.Parse(every, CultureInfo.InvariantCulture),
                },
            }
        );

        Assert.Equal(isGood, breaches.Length == 0);
        Assert.All(
            breaches,
            breach => Assert.Contains("Mastodon:MinPublicInterval to 06:00:00", breach, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Of_AGoodCitizen_SaysInOneLineWhatWasLookedAt()
    {
        var settings = Settings(Some.Schedule("0 9,15 * * *") with { Visibility = MastodonVisibility.Public });

        var good = Assert.Single(
            PolicyChecks.Of(settings, settings.Mastodon! with { RequiredTags = ["hachybots"] }, Account, Some.Noon)
        );

        Assert.Equal(DiagnosticKind.Ok, good.Kind);
        Assert.Equal(
            "good manners: marked as automated, the bio says whom to turn to, at most 2 posts a day, public at most every 6 hours, #VictorSerge #hachybots",
            good.Message
        );
    }

    /// <summary>What a server does not do, where it matters to these settings.</summary>
    [Theory]
    [InlineData("4.5.7", MastodonSoftware.Mastodon, true, "Unlisted", 0)]
    [InlineData("4.2.10", MastodonSoftware.Mastodon, false, "Unlisted", 1, "looks whether the post is there")]
    [InlineData("4.1.3", MastodonSoftware.Mastodon, false, "Unlisted", 2, "older than 4.2")]
    [InlineData("3.5.0", MastodonSoftware.Mastodon, false, "Unlisted", 2, "older than 4.2")]
    [InlineData("0.20.1", MastodonSoftware.GoToSocial, false, "Unlisted", 1, "looks whether the post is there")]
    [InlineData("2.7.2 (compatible; Akkoma 3.5.0)", MastodonSoftware.Akkoma, true, "Unlisted", 0)]
    [InlineData(
        "4.2.1 (compatible; Iceshrimp.NET/2025.1)",
        MastodonSoftware.Other,
        false,
        "Unlisted",
        2,
        "none that the bot has been tried with",
        "Iceshrimp"
    )]
    [InlineData(
        "4.0.0 (not true; really snac/2.75)",
        MastodonSoftware.Snac,
        false,
        "Unlisted",
        3,
        "they become public there",
        "does not delete"
    )]
    [InlineData(
        "4.0.0 (not true; really snac/2.96)",
        MastodonSoftware.Snac,
        false,
        "Unlisted",
        2,
        "they become public there"
    )]
    [InlineData("4.0.0 (not true; really snac/2.96)", MastodonSoftware.Snac, false, "Private", 2, "for followers only")]
    [InlineData("4.0.0 (not true; really snac/2.95)", MastodonSoftware.Snac, false, "Private", 3, "does not delete")]
    [InlineData(
        "4.0.0 (not true; really snac/3.1)",
        MastodonSoftware.Snac,
        true,
        "Public",
        1,
        "they become public there"
    )]
    [InlineData("4.2.0", MastodonSoftware.Mastodon, true, "Unlisted", 0)]
    [InlineData("4.1", MastodonSoftware.Mastodon, true, "Unlisted", 1, "Mastodon 4.1 is older than 4.2")]
    [InlineData("4.1-nightly", MastodonSoftware.Mastodon, true, "Unlisted", 1, "older than 4.2")]
    [InlineData("5.0.0", MastodonSoftware.Mastodon, true, "Unlisted", 0)]
    [InlineData("4", MastodonSoftware.Mastodon, true, "Unlisted", 0)]
    [InlineData("4.x", MastodonSoftware.Mastodon, true, "Unlisted", 0)]
    [InlineData("x.1", MastodonSoftware.Mastodon, true, "Unlisted", 0)]
    [InlineData("3.9.0", MastodonSoftware.GoToSocial, true, "Unlisted", 0)] // older than 4.2 by its own counting
    public void Notes_OfAServer_SayWhatItDoesNotDo(
        string version,
        MastodonSoftware software,
        bool honoursKey,
        string visibility,
        int count,
        params string[] words
    )
    {
        var settings = Settings(Some.Schedule());
        settings = settings with
        {
            Mastodon = settings.Mastodon! with { Visibility = Enum.Parse<MastodonVisibility>(visibility) },
        };

        var notes = ServerNotes
            .Of(
                new MastodonInstance { Version = version, Software = software },
                new Capabilities(honoursKey, TimeSpan.Zero, SupportsLookup: true),
                settings
            )
            .ToArray();

        Assert.Equal(count, notes.Length);
        Assert.All(notes, note => Assert.Equal(DiagnosticKind.Note, note.Kind));
        Assert.All(words, word => Assert.Contains(notes, note => note.Message.Contains(word, StringComparison.Ordinal)));
    }

    [Fact]
    public void Notes_OfAServerWithoutUnlistedPosts_CountTheSchedulesVisibilities()
    {
        var settings = Settings(Some.Schedule() with { Visibility = MastodonVisibility.Private });
        MastodonInstance snac = new()
        {
            Version = "4.0.0 (not true; really snac/2.96)",
            Software = MastodonSoftware.Snac,
        };
        Capabilities capabilities = new(SupportsIdempotency: true, TimeSpan.Zero, SupportsLookup: true);

        Assert.Equal(
            [
                "snac has no unlisted posts: they become public there.",
                "snac does not list posts for followers only, so the bot cannot look for one whose answer was lost. It then stays unknown until a person has looked.",
            ],
            ServerNotes.Of(snac, capabilities, settings).Select(note => note.Message)
        );
        Assert.Equal(
            ["snac has no unlisted posts: they become public there."],
            ServerNotes
                .Of(snac, capabilities, Settings(Some.Schedule()) with { Mastodon = null })
                .Select(note => note.Message)
        );
    }

    /// <summary>Each row: when the only post of the coming time is due, counted from now, and whether it is seen.</summary>
    [Theory]
    [InlineData("0 12 4 3 *", 1)] // 31 days ahead
    [InlineData("1 12 4 3 *", 0)]
    [InlineData("0 12 1 2 *", 0)] // now
    public void Of_WhatIsFarAhead_IsNotCounted(string cron, int posts) =>
        Assert.Contains(
            $"at most {posts} posts a day, none of them in public timelines",
            Assert.Single(PolicyChecks.Of(Settings(Some.Schedule(cron)), Some.Mastodon(), Account, Some.Noon)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Of_TheBusiestDay_IsADayOfTheSchedulesZone()
    {
        // Six posts on one day of UTC are two and four on two days of Tokyo.
        var settings = Settings(
            Some.Schedule("0 22-23 1 2 *", zone: "Asia/Tokyo"),
            Some.Schedule("0 0-3 2 2 *", zone: "Asia/Tokyo", name: "more")
        );

        Assert.Empty(Breaches(settings));
    }

    /// <summary>Each row: a second schedule beside one of 09:00, and whether their public posts are far enough from each other.</summary>
    [Theory]
    [InlineData("0 21 * * *", true)]
    [InlineData("0 3 * * *", true)]
    [InlineData("0 15 * * *", true)]
    [InlineData("1 3 * * *", false)]
    [InlineData("59 14 * * *", false)]
    public void Of_PublicPostsOfTwoSchedules_AreSixHoursApart(string cron, bool isGood)
    {
        var settings = Settings(
            Some.Schedule("0 9 * * *") with
            {
                Visibility = MastodonVisibility.Public,
            },
            Some.Schedule(cron, name: "more") with
            {
                Visibility = MastodonVisibility.Public,
            }
        );

        var breaches = Breaches(settings with { Mastodon = settings.Mastodon! with { MinPublicInterval = TimeSpan.Zero } });

        Assert.Equal(isGood ? 0 : 1, breaches.Length);
    }

    [Fact]
    public void Of_AContactOfTheSettings_CountsInAnyCapitals()
    {
        var settings = Settings(Some.Schedule());
        var account = Account with { Note = "Ask in room 42 at the LIBRARY." };

        Assert.Single(Breaches(settings, account));
        Assert.Empty(Breaches(settings with { About = new AboutSettings { Contact = "the Library" } }, account));
        Assert.Single(
            Breaches(
                settings with
                {
                    About = new AboutSettings { Contact = "", Operator = "" },
                },
                account
            )
        );
    }

    [Fact]
    public void Of_EverythingWrong_SaysEachThingWithItsRemedy()
    {
        var settings = Settings(
            Some.Schedule("0 8-13 * * *") with
            {
                Visibility = MastodonVisibility.Public,
            },
            Some.Schedule("0 9 * * *", name: "elsewhere", to: "discord:7")
        );

        Assert.Equal(
            [
                "The account serge is not marked as automated. Mark it in the account's preferences: readers and moderators expect it of a bot.",
                "The bio of serge names nobody to turn to. Add who runs the bot: an account such as @you@example.org, an e-mail address or a page.",
                "Up to 6 posts a day are too many: servers that welcome bots ask for 5 at most. Thin out the schedules, or set Mastodon:PostsPerDay to 5.",
                "Public posts would follow each other within 6 hours, and the public timelines are everybody's. Set Mastodon:MinPublicInterval to 06:00:00, or Mastodon:Visibility to unlisted.",
            ],
            Breaches(
                settings with
                {
                    Mastodon = settings.Mastodon! with { PostsPerDay = 6, MinPublicInterval = TimeSpan.Zero },
                },
                Account with
                {
                    Bot = false,
                    Note = "Quotations.",
                }
            )
        );
    }

    private static BotSettings Settings(params Schedule[] schedules) =>
        new()
        {
            LedgerPath = "",
            TimeZone = TimeZoneInfo.Utc,
            Mastodon = Some.Mastodon(),
            Schedules = schedules,
        };

    private static string[] Breaches(BotSettings settings, MastodonAccount? account = null) =>
        [
            .. PolicyChecks
                .Of(settings, settings.Mastodon!, account ?? Account, Some.Noon)
                .Where(finding => finding.Kind == DiagnosticKind.Warning)
                .Select(finding => finding.Message),
        ];
}
