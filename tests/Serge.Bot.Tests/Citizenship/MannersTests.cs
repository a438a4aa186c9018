using System.Globalization;
using Serge.Bot.Citizenship;
using Serge.Bot.Tests.Support;

namespace Serge.Bot.Tests.Citizenship;

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
                    PublicEvery = TimeSpan.Parse(every, CultureInfo.InvariantCulture),
                },
            }
        );

        Assert.Equal(isGood, breaches.Length == 0);
        Assert.All(
            breaches,
            breach => Assert.Contains("Mastodon:PublicEvery to 06:00:00", breach, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Of_AGoodCitizen_SaysInOneLineWhatWasLookedAt()
    {
        var settings = Settings(Some.Schedule("0 9,15 * * *") with { Visibility = MastodonVisibility.Public });

        var good = Assert.Single(
            Manners.Of(settings, settings.Mastodon! with { RequiredTags = ["hachybots"] }, Account, Some.Noon)
        );

        Assert.Equal(FindingKind.Good, good.Kind);
        Assert.Equal(
            "good manners: marked as automated, the bio says whom to turn to, at most 2 posts a day, public at most every 6 hours, #VictorSerge #hachybots",
            good.Says
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
                new Capabilities(honoursKey, TimeSpan.Zero, CanLook: true),
                settings
            )
            .ToArray();

        Assert.Equal(count, notes.Length);
        Assert.All(notes, note => Assert.Equal(FindingKind.Note, note.Kind));
        Assert.All(words, word => Assert.Contains(notes, note => note.Says.Contains(word, StringComparison.Ordinal)));
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
            .. Manners
                .Of(settings, settings.Mastodon!, account ?? Account, Some.Noon)
                .Where(finding => finding.Kind == FindingKind.Breach)
                .Select(finding => finding.Says),
        ];
}
