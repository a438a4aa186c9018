using System.Globalization;

namespace Serge.Bot.Tests.Publishing;

/// <summary>The policy for bots on Mastodon: the account is marked as automated, names a contact, and posts
/// little.</summary>
public sealed class PolicyChecksTests
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
    public void Of_ABio_MustNameAContact(string bio, bool passes)
    {
        var settings = Settings(Some.Schedule()) with { About = new AboutSettings { Operator = "Ada Lovelace" } };

        Assert.Equal(passes, GetWarnings(settings, Account with { Note = bio }).Length == 0);
    }

    [Fact]
    public void Of_AnAccountThatIsNotMarkedAsAutomated_StatesHowToFixIt() =>
        Assert.Contains(
            "not marked as automated",
            Assert.Single(GetWarnings(Settings(Some.Schedule()), Account with { Bot = false })),
            StringComparison.Ordinal
        );

    /// <summary>Each row: a cron expression, the limit of posts per day, and the warning.</summary>
    [Theory]
    [InlineData("0 9 * * *", 5, null)]
    [InlineData("0 8-12 * * *", 5, null)] // five a day
    [InlineData("0 8-13 * * *", 5, "up to 6 posts per day, of which at most 5 can be sent")]
    [InlineData("0 8-13 * * *", 6, "Up to 6 posts per day are too many")]
    [InlineData("* * * * *", 1440, "Up to 1440 posts per day are too many")]
    [InlineData("0 8-10 1 * *", 2, "up to 3 posts per day, of which at most 2 can be sent")]
    public void Of_PostsPerDay_AreThoseOfTheBusiestDay(string cron, int cap, string? expected)
    {
        var settings = Settings(Some.Schedule(cron));

        var warnings = GetWarnings(settings with { Mastodon = settings.Mastodon! with { PostsPerDay = cap } });

        Assert.Equal(expected is null ? 0 : 1, warnings.Length);
        Assert.All(warnings, warning => Assert.Contains(expected!, warning, StringComparison.Ordinal));
    }

    [Fact]
    public void Of_SeveralSchedules_CountsTogetherThoseThatPostToMastodon()
    {
        var settings = Settings(
            Some.Schedule("0 8-10 * * *"),
            Some.Schedule("30 8-10 * * *", name: "more"),
            Some.Schedule("* * * * *", name: "elsewhere", to: "discord:1")
        );

        Assert.Contains("up to 6 posts per day", Assert.Single(GetWarnings(settings)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0 9,12 * * *", "Unlisted", "00:00:00", true)]
    [InlineData("0 9,12 * * *", "Public", "06:00:00", true)] // the second is unlisted then
    [InlineData("0 9,12 * * *", "Public", "05:59:00", false)]
    [InlineData("0 9,15 * * *", "Public", "00:00:00", true)] // six hours apart without the setting
    [InlineData("0 9,12 * * *", "Private", "00:00:00", true)]
    public void Of_PublicPosts_MustBeSixHoursApart(string cron, string visibility, string every, bool passes)
    {
        var settings = Settings(Some.Schedule(cron) with { Visibility = Enum.Parse<PostVisibility>(visibility) });

        var warnings = GetWarnings(
            settings with
            {
                Mastodon = settings.Mastodon! with
                {
                    MinPublicInterval = TimeSpan.Parse(every, CultureInfo.InvariantCulture),
                },
            }
        );

        Assert.Equal(passes, warnings.Length == 0);
        Assert.All(
            warnings,
            warning => Assert.Contains("Mastodon:MinPublicInterval to 06:00:00", warning, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Of_AnAccountThatPasses_IsOneDiagnosticWithWhatWasChecked()
    {
        var settings = Settings(Some.Schedule("0 9,15 * * *") with { Visibility = PostVisibility.Public });

        var diagnostic = Assert.Single(
            PolicyChecks.Run(settings, settings.Mastodon! with { RequiredTags = ["hachybots"] }, Account, Some.Noon)
        );

        Assert.Equal(DiagnosticKind.Ok, diagnostic.Kind);
        Assert.Equal(
            "policy checks passed: marked as automated, contact in the bio, at most 2 posts per day, public posts at least 6 h apart, the author's tag #hachybots",
            diagnostic.Message
        );
    }

    /// <summary>Each row: when the only post of the schedule is due, and how many posts are counted.</summary>
    [Theory]
    [InlineData("0 12 4 3 *", "1 post")] // 31 days ahead
    [InlineData("1 12 4 3 *", "0 posts")]
    [InlineData("0 12 1 2 *", "0 posts")] // now
    public void Of_PostsMoreThan31DaysAhead_AreNotCounted(string cron, string posts) =>
        Assert.Contains(
            $"at most {posts} per day, none of them in public timelines",
            Assert.Single(PolicyChecks.Run(Settings(Some.Schedule(cron)), Some.Mastodon(), Account, Some.Noon)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Of_TheBusiestDay_IsADayInTheTimeZoneOfTheSchedule()
    {
        // Six posts on one day in UTC are two and four on two days in Tokyo.
        var settings = Settings(
            Some.Schedule("0 22-23 1 2 *", zone: "Asia/Tokyo"),
            Some.Schedule("0 0-3 2 2 *", zone: "Asia/Tokyo", name: "more")
        );

        Assert.Empty(GetWarnings(settings));
    }

    /// <summary>Each row: a second schedule besides one at 09:00, and whether their public posts are far enough
    /// apart.</summary>
    [Theory]
    [InlineData("0 21 * * *", true)]
    [InlineData("0 3 * * *", true)]
    [InlineData("0 15 * * *", true)]
    [InlineData("1 3 * * *", false)]
    [InlineData("59 14 * * *", false)]
    public void Of_PublicPostsOfTwoSchedules_MustBeSixHoursApart(string cron, bool passes)
    {
        var settings = Settings(
            Some.Schedule("0 9 * * *") with
            {
                Visibility = PostVisibility.Public,
            },
            Some.Schedule(cron, name: "more") with
            {
                Visibility = PostVisibility.Public,
            }
        );

        var warnings = GetWarnings(
            settings with
            {
                Mastodon = settings.Mastodon! with { MinPublicInterval = TimeSpan.Zero },
            }
        );

        Assert.Equal(passes ? 0 : 1, warnings.Length);
    }

    [Fact]
    public void Of_TheContactOfTheSettings_IsFoundInTheBioIgnoringCase()
    {
        var settings = Settings(Some.Schedule());
        var account = Account with { Note = "Ask in room 42 at the LIBRARY." };

        Assert.Single(GetWarnings(settings, account));
        Assert.Empty(GetWarnings(settings with { About = new AboutSettings { Contact = "the Library" } }, account));
        Assert.Single(
            GetWarnings(
                settings with
                {
                    About = new AboutSettings { Contact = "", Operator = "" },
                },
                account
            )
        );
    }

    [Fact]
    public void Of_AnAccountWithEveryProblem_StatesEachWithItsFix()
    {
        var settings = Settings(
            Some.Schedule("0 8-13 * * *") with
            {
                Visibility = PostVisibility.Public,
            },
            Some.Schedule("0 9 * * *", name: "elsewhere", to: "discord:7")
        );

        Assert.Equal(
            [
                "The account serge is not marked as automated. Mark it in the account's preferences: readers and moderators expect it of a bot.",
                "The bio of serge names no contact. Add who runs the bot: an account such as @you@example.org, an e-mail address or a page.",
                "Up to 6 posts per day are too many: servers that accept bots ask for at most 5. Reduce the schedules, or set Mastodon:PostsPerDay to 5.",
                "Public posts would follow each other within 6 h and crowd the public timelines. Set Mastodon:MinPublicInterval to 06:00:00, or Mastodon:Visibility to unlisted.",
            ],
            GetWarnings(
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

    private static string[] GetWarnings(BotSettings settings, MastodonAccount? account = null) =>
        [
            .. PolicyChecks
                .Run(settings, settings.Mastodon!, account ?? Account, Some.Noon)
                .Where(diagnostic => diagnostic.Kind == DiagnosticKind.Warning)
                .Select(diagnostic => diagnostic.Message),
        ];
}
