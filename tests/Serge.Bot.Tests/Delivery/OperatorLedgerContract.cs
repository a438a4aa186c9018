using Serge.Bot.Alerts;
using Serge.Bot.Tests.Databases;
using Serge.Bot.Tests.Support;

namespace Serge.Bot.Tests.Delivery;

/// <summary>What operators rely on, whatever the ledger stores in.</summary>
public abstract class OperatorLedgerContract(TestDatabase store) : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = Some.Noon.AddDays(30);
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private protected ILedger Ledger { get; private set; } = null!;

    private protected IOperatorLedger Operators { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var database = await store.OpenAsync();
        (Ledger, Operators) = (new Ledger(database), new OperatorLedger(database));
    }

    public async ValueTask DisposeAsync()
    {
        // Skipped tests have none.
        if (Ledger is not null)
        {
            await Ledger.DisposeAsync();
        }

        await store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Each row: a post, and whether a person should know of it.</summary>
    public static TheoryData<string, bool> Ends => new()
    {
        { "planned", false },
        { "sending", false },
        { "sent", false },
        { "refused", true },
        { "missed", true },
        { "unknown, still looked for", false },
        { "unknown, never looked for", false },
        { "unknown, given up", true },
        { "cancelled", false },
        { "cancelled by a cap", true },
        { "retracted", false },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Failed_IsWhatAPersonShouldKnowOf(string end, bool isFailure)
    {
        var post = Ended(end);
        await PlanAsync(post);

        Assert.Equal(isFailure, (await Operators.FailedAsync(Now, 10, Stop)).Count == 1);
        Assert.Equal(isFailure, Failures.Is(post, Now));
    }

    [Fact]
    public async Task Failed_NewestFirst_AndNoMoreThanAsked()
    {
        foreach (var day in new[] { 2, 3, 1 })
        {
            await PlanAsync(Some.Post($"day-{day}", PostState.Refused, occurrence: Some.Noon.AddDays(day)));
        }

        Assert.Equal(["day-3", "day-2"], (await Operators.FailedAsync(Now, 2, Stop)).Select(post => post.Key));
    }

    [Fact]
    public async Task Failed_WhatWasSentAgain_IsDealtWith()
    {
        var old = Some.Post("old", PostState.Refused);
        await PlanAsync(old);
        await PlanAsync(Transitions.SecondTry(old, "new", Now, TimeSpan.FromHours(1)));

        Assert.Empty(await Operators.FailedAsync(Now, 10, Stop));
        Assert.Empty(await Operators.UntoldAsync(Now, DateTimeOffset.UnixEpoch, 10, Stop));
        Assert.Equal(("new", "old"), (await Operators.RetryOfAsync("old", Stop))!.Let(post => (post.Key, post.RetryOf)));
        Assert.Null(await Operators.RetryOfAsync("new", Stop));
    }

    [Fact]
    public async Task Plan_OfASecondPostInPlaceOfTheSame_IsNotPossible()
    {
        var old = Some.Post("old", PostState.Refused);
        await PlanAsync(old);
        await PlanAsync(Transitions.SecondTry(old, "new", Now, TimeSpan.FromHours(1)));

        await Assert.ThrowsAsync<LedgerException>(() => PlanAsync(Transitions.SecondTry(old, "newer", Now.AddMinutes(1), TimeSpan.FromHours(1))));
    }

    [Theory]
    [InlineData("ab", "abc", "abd")]
    [InlineData("abd", "abd")]
    [InlineData("b")]
    [InlineData("a%")] // nothing is a wildcard
    [InlineData("ABC")]
    public async Task Find_ByTheFirstLetters(string beginning, params string[] keys)
    {
        await PlanAsync(Some.Post("abc"));
        await PlanAsync(Some.Post("abd", occurrence: Now));

        Assert.Equal(keys, (await Operators.FindAsync(beginning, 10, Stop)).Select(post => post.Key));
    }

    [Theory]
    [InlineData("first", "a", "b")]
    [InlineData("second", "b")]
    [InlineData("sec")]
    [InlineData("%")]
    public async Task WithItem_FindsEveryPostThatSaysIt_OldestFirst(string item, params string[] keys)
    {
        await PlanAsync(Some.Post("b", occurrence: Now) with { Items = ["first", "second"] });
        await PlanAsync(Some.Post("a") with { Items = ["first"] });

        Assert.Equal(keys, (await Operators.WithItemAsync(item, Stop)).Select(post => post.Key));
    }

    [Fact]
    public async Task Tell_NotesWhatWasTold_SoThatItIsToldOnce()
    {
        await PlanAsync(Some.Post("failed", PostState.Refused, occurrence: Now.AddHours(-1)));
        await PlanAsync(Some.Post("too long ago", PostState.Missed, occurrence: Now.AddDays(-20)));
        var untold = await Operators.UntoldAsync(Now, Now.AddDays(-10), 10, Stop);

        Assert.True(await TellAsync(untold.Select(post => post.Key), known: 0));

        Assert.Equal("failed", Assert.Single(untold).Key);
        Assert.Empty(await Operators.UntoldAsync(Now, Now.AddDays(-10), 10, Stop));
        Assert.Equal("alert", Assert.Single(await Operators.AlertsAsync(Now.AddDays(-1), Stop)).Key);
        Assert.Equal("alert", Assert.Single(await Ledger.DueAsync(Now, Now, 10, Stop)).Key);
    }

    [Fact]
    public async Task Tell_WhenAnotherWorkerWasQuicker_WritesNothing()
    {
        await PlanAsync(Some.Post("failed", PostState.Refused, occurrence: Now.AddHours(-1)));
        await TellAsync([], known: 0);

        Assert.False(await TellAsync(["failed"], known: 0));

        Assert.Single(await Operators.UntoldAsync(Now, Now.AddDays(-10), 10, Stop));
        Assert.Single(await Operators.AlertsAsync(Now.AddDays(-1), Stop));
    }

    [Fact]
    public async Task Untold_AFailedAlert_IsNoNews()
    {
        await PlanAsync(Some.Post("alert", PostState.Refused, occurrence: Now) with { Schedule = Alert.ScheduleName });

        Assert.Empty(await Operators.UntoldAsync(Now, Now.AddDays(-10), 10, Stop));
    }

    [Fact]
    public async Task Withdraw_AndPutBack()
    {
        await Operators.WithdrawAsync("an-id", Now, Stop);
        await Operators.WithdrawAsync("an-id", Now.AddDays(1), Stop);
        Assert.Equal(["an-id"], await Operators.WithdrawnAsync(Stop));

        Assert.True(await Operators.PutBackAsync("an-id", Stop));
        Assert.False(await Operators.PutBackAsync("an-id", Stop));
        Assert.Empty(await Operators.WithdrawnAsync(Stop));
    }

    private Task<bool> TellAsync(IEnumerable<string> keys, int known) => Operators.TellAsync(
        [Some.Post("alert", occurrence: Now) with { Schedule = Alert.ScheduleName }], [.. keys], known, Now.AddDays(-1), Now, Stop);

    private Task<IReadOnlyList<Post>> PlanAsync(Post post) => Ledger.PlanAsync(post.Schedule, mark: null, [post], Stop);

    private static Post Ended(string end) => end switch
    {
        "unknown, still looked for" => Some.Post(state: PostState.Unknown, occurrence: Now) with { Looks = 3 },
        "unknown, never looked for" => Some.Post(state: PostState.Unknown),
        "unknown, given up" => Some.Post(state: PostState.Unknown) with { Looks = 3 },
        "cancelled by a cap" => Some.Post(state: PostState.Cancelled) with { Reason = "Flood guard: mastodon has its 5 posts of 2027-02-01 already." },
        _ => Some.Post(state: Enum.Parse<PostState>(end, ignoreCase: true)) with { Reason = "A reason." },
    };
}
