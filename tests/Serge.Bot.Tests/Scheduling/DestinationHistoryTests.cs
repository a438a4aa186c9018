namespace Serge.Bot.Tests.Scheduling;

/// <summary>Which posts around a time count, and up to which time.</summary>
public sealed class DestinationHistoryTests : IAsyncLifetime
{
    private static readonly Schedule Daily = Some.Schedule();

    private Database _database = null!;
    private Ledger _ledger = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestEngine.OpenDatabaseAsync();
        _ledger = new Ledger(_database);
    }

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    /// <summary>Each row: milliseconds from six hours after a public post, and whether that post is within six
    /// hours.</summary>
    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void HasAPublicPostWithin_IsExact_BeforeAndAfter(int milliseconds, bool isWithin)
    {
        DestinationHistory history = new([], [Public(Some.Noon)]);
        var distance = TimeSpan.FromHours(6) + TimeSpan.FromMilliseconds(milliseconds);

        Assert.Equal(isWithin, history.HasPublicPostWithin(TimeSpan.FromHours(6), Some.Noon + distance));
        Assert.Equal(isWithin, history.HasPublicPostWithin(TimeSpan.FromHours(6), Some.Noon - distance));
    }

    [Fact]
    public void HasAPublicPostWithin_OtherPostsDoNotCount() =>
        Assert.False(new DestinationHistory([], [Some.Post()]).HasPublicPostWithin(TimeSpan.FromHours(6), Some.Noon));

    /// <summary>Each row: a post's time and how many posts its day has, in a zone whose day has 25 hours, from 22:00 to
    /// 23:00 in UTC.</summary>
    [Theory]
    [InlineData("2027-10-30 21:59", 0)]
    [InlineData("2027-10-30 22:00", 1)]
    [InlineData("2027-10-31 22:59", 1)]
    [InlineData("2027-10-31 23:00", 0)]
    public void PostsOnTheDayOf_ADayOfTwentyFiveHours_CountsItsFirstAndLastMinute(string at, int count)
    {
        DestinationHistory history = new([], [Some.Post(occurrence: Some.At(at))]);
        var schedule = Some.Schedule(zone: "Europe/Brussels");

        Assert.Equal(count, history.CountPostsOnDay(schedule, Some.At("2027-10-30 22:00")));
        Assert.Equal(count, history.CountPostsOnDay(schedule, Some.At("2027-10-31 22:59")));
    }

    [Fact]
    public void PostsOnTheDayOf_SeveralAtOneMoment_CountsEach() =>
        Assert.Equal(
            3,
            new DestinationHistory([], [Some.Post("a"), Some.Post("b"), Some.Post("c")]).CountPostsOnDay(
                Daily,
                Some.Noon
            )
        );

    [Theory]
    [InlineData(nameof(PostState.Planned), 1)]
    [InlineData(nameof(PostState.Sending), 1)]
    [InlineData(nameof(PostState.Sent), 1)]
    [InlineData(nameof(PostState.Unknown), 1)]
    [InlineData(nameof(PostState.Refused), 0)]
    [InlineData(nameof(PostState.Missed), 0)]
    [InlineData(nameof(PostState.Cancelled), 0)]
    [InlineData(nameof(PostState.Retracted), 0)]
    public void APost_CountsWhenItIsOrMayBeOut(string state, int count) =>
        Assert.Equal(
            count,
            new DestinationHistory([], [Some.Post(state: Enum.Parse<PostState>(state))]).CountPostsOnDay(
                Daily,
                Some.Noon
            )
        );

    [Theory]
    [InlineData(nameof(PostState.Planned))]
    [InlineData(nameof(PostState.Sending))]
    [InlineData(nameof(PostState.Sent))]
    [InlineData(nameof(PostState.Unknown))]
    public void AlertsAndNotices_DoNotCount(string state)
    {
        var post = Public(Some.Noon) with { State = Enum.Parse<PostState>(state) };
        DestinationHistory history = new(
            [],
            [post with { Kind = PostKind.Alert }, post with { Kind = PostKind.Notice }]
        );

        Assert.Equal(0, history.CountPostsOnDay(Daily, Some.Noon));
        Assert.False(history.HasPublicPostWithin(TimeSpan.FromHours(6), Some.Noon));
    }

    [Fact]
    public void Add_CountsWhatIsPosted_AndRemembersWhatItSays()
    {
        DestinationHistory history = new(
            [
                ["old"],
            ],
            []
        );

        history.Add(
            Some.Noon,
            new PlannedContent(["one", "two"], new Payload { Text = "", Visibility = PostVisibility.Public })
        );
        history.Add(Some.Noon, PlannedContent.None(CancelCause.NoContent, "why"));

        Assert.Equal(
            [
                ["old"],
                ["one", "two"],
                [],
            ],
            history.Used
        );
        Assert.Equal(1, history.CountPostsOnDay(Daily, Some.Noon));
        Assert.True(history.HasPublicPostWithin(TimeSpan.FromHours(6), Some.Noon));
    }

    /// <summary>Each row: the destination, how far a public post is from the given time, in milliseconds from seven
    /// days, and whether it is included.</summary>
    [Theory]
    [InlineData("mastodon", -1, true)]
    [InlineData("discord:1", -1, false)]
    public async Task Read_OnMastodon_KnowsSevenDaysAround(string to, int milliseconds, bool isKnown)
    {
        var destination = Some.Destination(to);
        var distance = TimeSpan.FromDays(7) + TimeSpan.FromMilliseconds(milliseconds);
        foreach (var at in (DateTimeOffset[])[Some.Noon - distance, Some.Noon.AddDays(1) + distance])
        {
            await PlanAsync(Public(at) with { Destination = destination });
        }

        var history = await ReadAsync(destination);

        Assert.Equal(isKnown, history.HasPublicPostWithin(TimeSpan.FromDays(7), Some.Noon));
        Assert.Equal(isKnown, history.HasPublicPostWithin(TimeSpan.FromDays(7), Some.Noon.AddDays(1)));
    }

    [Theory]
    [InlineData("mastodon")]
    [InlineData("discord:1")]
    public async Task Read_KnowsTheWholeOfTheFirstAndTheLastDay(string to)
    {
        var destination = Some.Destination(to);
        var (from, until) = (Some.At("2027-10-31 22:59"), Some.At("2028-10-28 22:00"));
        foreach (var at in (string[])["2027-10-30 22:00", "2028-10-29 22:59"])
        {
            await PlanAsync(Some.Post(at, to: to, occurrence: Some.At(at)));
        }

        var history = await DestinationHistory.ReadAsync(_ledger, Target(destination), destination, from, until, Stop);
        var schedule = Some.Schedule(zone: "Europe/Brussels");

        // 31 October 2027 and 29 October 2028 have 25 hours there.
        Assert.Equal(1, history.CountPostsOnDay(schedule, from));
        Assert.Equal(1, history.CountPostsOnDay(schedule, until));
        Assert.Equal(
            [
                ["an-id"],
                ["an-id"],
            ],
            history.Used
        );
    }

    private static Post Public(DateTimeOffset at) =>
        Some.Post($"{at:O}", PostState.Sent, occurrence: at) with
        {
            Payload = new Payload { Text = "Words.", Visibility = PostVisibility.Public },
        };

    private Task<DestinationHistory> ReadAsync(Destination destination) =>
        DestinationHistory.ReadAsync(_ledger, Target(destination), destination, Some.Noon, Some.Noon.AddDays(1), Stop);

    private static IPublishTarget Target(Destination destination) => TestEngine.BothTargets().Get(destination);

    private Task PlanAsync(Post post) => _ledger.PlanAsync(post.Schedule.Name, mark: null, [post], Stop);
}
