using System.Globalization;

namespace Serge.Bot.Tests.Scheduling;

/// <summary>Rules that depend on other posts: the visibility of a post, and the maximum number of posts per
/// day.</summary>
public sealed class ManyPostsTests : IDisposable
{
    private readonly TestCatalogue _catalogue = new();

    public void Dispose() => _catalogue.Dispose();

    /// <summary>Each row: the hours of other public posts, the hour of this post, and its visibility.</summary>
    [Theory]
    [InlineData("", 12, "Public")]
    [InlineData("6", 12, "Public")] // six hours later, to the minute
    [InlineData("7", 12, "Unlisted")]
    [InlineData("1,7", 12, "Unlisted")]
    [InlineData("12", 12, "Unlisted")] // a post of another schedule, at the same minute
    [InlineData("15", 12, "Unlisted")] // a later post: the clock was set back
    [InlineData("18", 12, "Public")]
    public void Visibility_PublicAtMostEverySixHours_ElseUnlisted(string publicHours, int hour, string expected)
    {
        var settings = new BotSettings
        {
            LedgerPath = "",
            TimeZone = TimeZoneInfo.Utc,
            Mastodon = Some.Mastodon() with { Visibility = PostVisibility.Public },
        };
        var known = publicHours
            .Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(text => Sent(int.Parse(text, CultureInfo.InvariantCulture), PostVisibility.Public));

        Assert.Equal(expected, Plan(settings, Some.Schedule(), hour, known).Payload!.Visibility.ToString());
    }

    [Theory]
    [InlineData("Sent", "Unlisted")]
    [InlineData("Planned", "Unlisted")]
    [InlineData("Sending", "Unlisted")]
    [InlineData("Unknown", "Unlisted")] // it may be published
    [InlineData("Missed", "Public")]
    [InlineData("Refused", "Public")]
    [InlineData("Cancelled", "Public")]
    public void Visibility_AfterAPublicPost_DependsOnWhetherItMayBeOut(string state, string expected)
    {
        var settings = new BotSettings
        {
            LedgerPath = "",
            TimeZone = TimeZoneInfo.Utc,
            Mastodon = Some.Mastodon() with { Visibility = PostVisibility.Public },
        };

        Assert.Equal(
            expected,
            Plan(
                settings,
                Some.Schedule(),
                12,
                [Sent(9, PostVisibility.Public) with { State = Enum.Parse<PostState>(state) }]
            )
                .Payload!.Visibility.ToString()
        );
    }

    [Theory]
    [InlineData(null, "Public", "Public")]
    [InlineData("Unlisted", "Public", "Unlisted")]
    [InlineData("Public", "Unlisted", "Public")]
    [InlineData("Private", "Public", "Private")]
    public void Visibility_OfTheSchedule_GoesBeforeThatOfTheAccount(string? schedules, string accounts, string expected)
    {
        var settings = new BotSettings
        {
            LedgerPath = "",
            TimeZone = TimeZoneInfo.Utc,
            Mastodon = Some.Mastodon() with { Visibility = Enum.Parse<PostVisibility>(accounts) },
        };
        var schedule = Some.Schedule() with
        {
            Visibility = schedules is null ? null : Enum.Parse<PostVisibility>(schedules),
        };

        Assert.Equal(expected, Plan(settings, schedule, 12, []).Payload!.Visibility.ToString());
    }

    [Fact]
    public void Visibility_MinPublicIntervalZero_IsAlwaysPublic()
    {
        var settings = new BotSettings
        {
            LedgerPath = "",
            TimeZone = TimeZoneInfo.Utc,
            Mastodon = Some.Mastodon() with { Visibility = PostVisibility.Public, MinPublicInterval = TimeSpan.Zero },
        };

        Assert.Equal(
            PostVisibility.Public,
            Plan(settings, Some.Schedule(), 12, [Sent(12, PostVisibility.Public)]).Payload!.Visibility
        );
    }

    [Theory]
    [InlineData("mastodon", 4, true)]
    [InlineData("mastodon", 5, false)]
    [InlineData("discord:1", 23, true)]
    [InlineData("discord:1", 24, false)]
    public void DailyLimit_MoreThanTheDaysPosts_IsCancelledAndStatesWhy(string to, int before, bool posted)
    {
        var known = Enumerable
            .Range(0, before)
            .Select(i =>
                Some.Post(
                    key: $"{i}",
                    to: to,
                    state: PostState.Sent,
                    occurrence: Some.At("2027-02-01 00:00").AddMinutes(i)
                )
            );

        var content = Plan(Plain(), Some.Schedule(to: to), 12, known);

        Assert.Equal(posted, content.Payload is not null);
        if (!posted)
        {
            Assert.Empty(content.Items);
            var platform = to == "mastodon" ? "Mastodon" : "Discord";
            Assert.Equal(
                $"Daily limit reached: {to} already has {before} posts on 2027-02-01. Reduce the schedules, or change {platform}:PostsPerDay.",
                content.Reason
            );
            Assert.Equal(CancelCause.DailyLimit, content.CancelCause);
        }
    }

    [Fact]
    public void DailyLimit_ADayWithoutEvents_DoesNotCount()
    {
        var known = Enumerable.Range(0, 9).Select(i => Sent(i, PostVisibility.Unlisted));

        var content = Plan(Plain(), Some.Schedule(content: ScheduleContent.OnThisDay), 12, known, "2027-02-02");

        Assert.Equal("No event is dated 2 February.", content.Reason);
        Assert.Equal(CancelCause.NoContent, content.CancelCause);
    }

    /// <summary>The day is that of the schedule's zone: midnight in Kiritimati is ten in the morning in UTC.</summary>
    [Theory]
    [InlineData("Etc/UTC", "2027-02-01 12:00", false)]
    [InlineData("Pacific/Kiritimati", "2027-02-01 09:59", false)]
    [InlineData("Pacific/Kiritimati", "2027-02-01 10:00", true)]
    [InlineData("America/New_York", "2027-02-01 04:59", true)]
    public void DailyLimit_TheDay_IsTheLocalOne(string zone, string moment, bool posted)
    {
        var known = Enumerable
            .Range(0, 5)
            .Select(i =>
                Some.Post(key: $"{i}", state: PostState.Sent, occurrence: Some.At("2027-02-01 05:00").AddMinutes(i))
            );

        Assert.Equal(posted, Plan(Plain(), Some.Schedule(zone: zone), Some.At(moment), known).Payload is not null);
    }

    [Fact]
    public void DailyLimit_AnHourThatComesTwice_BelongsToOneDay()
    {
        // In Brussels 31 October 2027 has 25 hours: from 30 October 22:00 to 31 October 23:00 in UTC.
        var known = Enumerable
            .Range(0, 5)
            .Select(i =>
                Some.Post(key: $"{i}", state: PostState.Sent, occurrence: Some.At("2027-10-30 22:00").AddMinutes(i))
            );
        var schedule = Some.Schedule(zone: "Europe/Brussels");

        Assert.Null(Plan(Plain(), schedule, Some.At("2027-10-31 22:59"), known).Payload);
        Assert.NotNull(Plan(Plain(), schedule, Some.At("2027-10-31 23:00"), known).Payload);
    }

    [Fact]
    public void Play_AScheduleOfEveryMinute_ForeseesTheCapAndTheMix()
    {
        var settings = Plain() with { Mastodon = Some.Mastodon() with { Visibility = PostVisibility.Public } };
        var schedule = Some.Schedule("*/10 * * * *");

        var foreseen = Forecast
            .Simulate(
                [schedule],
                new Dictionary<Destination, DestinationHistory> { [Destinations.Mastodon] = new([], []) },
                [],
                Planner(settings),
                _catalogue.Live.Current,
                Some.At("2027-01-31 23:59"),
                Some.At("2027-02-02 23:59")
            )
            .ToArray();

        Assert.Equal(2 * 144, foreseen.Length);
        var posts = foreseen.Where(post => post.Content.Payload is not null).ToArray();
        Assert.Equal(2 * 5, posts.Length);
        Assert.All(posts, post => Assert.True(post.Occurrence.TimeOfDay < TimeSpan.FromHours(1)));
        Assert.Equal(
            ["2027-02-01 00:00", "2027-02-02 00:00"],
            posts
                .Where(post => post.Content.Payload!.Visibility == PostVisibility.Public)
                .Select(post => post.Occurrence.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture))
        );
    }

    private static BotSettings Plain() => new() { LedgerPath = "", TimeZone = TimeZoneInfo.Utc };

    private static Post Sent(int hour, PostVisibility visibility) =>
        Some.Post(key: $"{hour}", state: PostState.Sent, occurrence: Some.At("2027-02-01 00:00").AddHours(hour)) with
        {
            Payload = new Payload { Text = "Words.", Visibility = visibility },
        };

    private static PostPlanner Planner(BotSettings settings) => TestEngine.Planner(settings);

    private PlannedContent Plan(
        BotSettings settings,
        Schedule schedule,
        int hour,
        IEnumerable<Post> known,
        string day = "2027-02-01"
    ) =>
        Plan(
            settings,
            schedule,
            Some.At($"{day} 00:00").AddHours(hour),
            known.Select(post =>
                post with
                {
                    Occurrence = Some.At($"{day} 00:00") + (post.Occurrence - Some.At("2027-02-01 00:00")),
                }
            )
        );

    private PlannedContent Plan(
        BotSettings settings,
        Schedule schedule,
        DateTimeOffset moment,
        IEnumerable<Post> known
    ) =>
        Planner(settings)
            .Plan(_catalogue.Live.Current, schedule, moment, schedule.To[0], new DestinationHistory([], known));
}
