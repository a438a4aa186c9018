using Serge.Bot.Tests.Databases;
using Serge.Bot.Tests.Support;

namespace Serge.Bot.Tests.Delivery;

/// <summary>What every ledger promises, whatever it stores in.</summary>
public abstract class LedgerContract(TestDatabase store) : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = Some.Noon;
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private protected ILedger Ledger { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Ledger = await OpenAsync();

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

    [Fact]
    public async Task Plan_ThenReopen_HasPostAndMark()
    {
        var post = Some.Post(text: "“Totalitarianism is within us.”\n— Victor Serge");
        await Ledger.PlanAsync("morning", new ScheduleMark("0 9 * * * Etc/UTC", Now.AddDays(1)), [post], Stop);

        await ReopenAsync();

        Assert.Equivalent(post, Assert.Single(await Ledger.RecentAsync(10, Stop)), strict: true);
        Assert.Equal(new ScheduleMark("0 9 * * * Etc/UTC", Now.AddDays(1)), (await Ledger.MarksAsync(Stop))["morning"]);
    }

    [Fact]
    public async Task Plan_OfAnOccurrenceThatIsThere_ChangesNothing()
    {
        await PlanAsync(Some.Post("first"));

        var added = await PlanAsync(Some.Post("second"));

        Assert.Empty(added);
        Assert.Equal("first", Assert.Single(await Ledger.RecentAsync(10, Stop)).Key);
    }

    [Fact]
    public async Task Plan_OfAMissedOccurrence_ReplacesIt()
    {
        await PlanAsync(Transitions.Missed(Some.Post("missed") with { Payload = null, Items = [] }));

        await PlanAsync(Some.Post("again"));

        var post = Assert.Single(await Ledger.RecentAsync(10, Stop));
        Assert.Equal(("again", PostState.Planned, "Words."), (post.Key, post.State, post.Payload!.Text));
    }

    [Fact]
    public async Task Plan_OfAMissedOccurrenceThatWasTried_ChangesNothing()
    {
        await PlanAsync(Transitions.Missed(Some.Post("tried") with { Tries = 1 }));

        Assert.Empty(await PlanAsync(Some.Post("again")));
    }

    [Theory]
    [InlineData(nameof(PostState.Planned), true)]
    [InlineData(nameof(PostState.Unknown), true)]
    [InlineData(nameof(PostState.Sending), false)]
    [InlineData(nameof(PostState.Sent), false)]
    [InlineData(nameof(PostState.Refused), false)]
    [InlineData(nameof(PostState.Missed), false)]
    [InlineData(nameof(PostState.Cancelled), false)]
    public async Task Due_OnlyWhatIsStillToBeDone(string state, bool isDue)
    {
        await PlanAsync(Some.Post(state: Enum.Parse<PostState>(state)));

        Assert.Equal(isDue, (await Ledger.DueAsync(Now, Now, 10, Stop)).Count == 1);
    }

    [Fact]
    public async Task Due_OldestFirst_AndOnlyWhatBothClocksAllow()
    {
        await PlanAsync(Some.Post("b", occurrence: Now.AddMinutes(-1)));
        await PlanAsync(Some.Post("a", occurrence: Now.AddMinutes(-2)));
        await PlanAsync(Some.Post("c", occurrence: Now.AddMinutes(1)));
        await PlanAsync(Some.Post("d", occurrence: Now.AddMinutes(-3)) with { NotBefore = Now.AddSeconds(1) });

        Assert.Equal(["a", "b"], (await Ledger.DueAsync(Now, Now, 10, Stop)).Select(post => post.Key));
    }

    [Fact]
    public async Task TryMove_ByTwo_OnlyOneClaims()
    {
        await PlanAsync(Some.Post());
        var seen = Assert.Single(await Ledger.DueAsync(Now, Now, 10, Stop));
        DeliverySettings settings = new();

        var claims = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(n => Ledger.TryMoveAsync(seen, Transitions.Claim(seen, $"worker {n}", Now, settings), Stop))
        );

        Assert.Single(claims, claimed => claimed);
    }

    [Fact]
    public async Task TryMove_ByTwoWorkersOnOneDatabase_OnlyOneClaims()
    {
        await using var other = await OpenAsync();
        var post = Some.Post();
        await PlanAsync(post);

        var claims = await Task.WhenAll(
            new[] { Ledger, other, Ledger, other }.Select(
                (ledger, n) =>
                    ledger.TryMoveAsync(post, Transitions.Claim(post, $"worker {n}", Now, new DeliverySettings()), Stop)
            )
        );

        Assert.Single(claims, claimed => claimed);
    }

    [Fact]
    public async Task Plan_OfOneOccurrenceByTwoWorkers_AddsItOnce()
    {
        await using var other = await OpenAsync();

        var added = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(n =>
                    (n % 2 == 0 ? Ledger : other).PlanAsync(
                        "morning",
                        new ScheduleMark("timing", Now),
                        [Some.Post($"key {n}")],
                        Stop
                    )
                )
        );

        Assert.Single(added, posts => posts.Count == 1);
        Assert.Single(await Ledger.RecentAsync(10, Stop));
    }

    [Theory]
    [InlineData("“Qu’est-ce ?” — ſ ß ﬁ Łukasz 日本 🕊 e\u0301")]
    [InlineData("'; DROP TABLE posts; -- @key $1 {0} \\ \"")]
    public async Task AnyText_ComesBackAsItWas(string text)
    {
        await PlanAsync(Some.Post(text: text) with { Reason = text });

        var post = Assert.Single(await Ledger.RecentAsync(10, Stop));
        Assert.Equal((text, text), (post.Payload!.Text, post.Reason));
    }

    [Fact]
    public async Task TryMove_AfterTheLeaseWasTakenAway_IsRefused()
    {
        await PlanAsync(Some.Post());
        var seen = Assert.Single(await Ledger.DueAsync(Now, Now, 10, Stop));
        var mine = Transitions.Claim(seen, "me", Now, new DeliverySettings());
        await Ledger.TryMoveAsync(seen, mine, Stop);
        await Ledger.TryMoveAsync(mine, Transitions.LeaseExpired(mine), Stop);

        Assert.False(
            await Ledger.TryMoveAsync(mine, mine with { State = PostState.Sent, Owner = null, LeaseUntil = null }, Stop)
        );
        Assert.Equal(PostState.Unknown, Assert.Single(await Ledger.RecentAsync(10, Stop)).State);
    }

    [Fact]
    public async Task TryMove_ByAWorkerThatHasReadThePostBeforeItWasRewritten_IsRefused()
    {
        await PlanAsync(Some.Post());
        var seen = Assert.Single(await Ledger.DueAsync(Now, Now, 10, Stop));

        Assert.True(
            await Ledger.TryMoveAsync(
                seen,
                Transitions.Rewritten(seen, new Payload { Text = "Better words." }, ["an-id"], Now),
                Stop
            )
        );

        Assert.False(
            await Ledger.TryMoveAsync(seen, Transitions.Claim(seen, "too late", Now, new DeliverySettings()), Stop)
        );
        var anew = Assert.Single(await Ledger.DueAsync(Now, Now, 10, Stop));
        Assert.Equal("Better words.", anew.Payload!.Text);
        Assert.True(
            await Ledger.TryMoveAsync(anew, Transitions.Claim(anew, "in time", Now, new DeliverySettings()), Stop)
        );
    }

    [Fact]
    public async Task TryMove_KeepsWhatWasCorrected()
    {
        await PlanAsync(Some.Post(state: PostState.Sent));
        var sent = Assert.Single(await Ledger.RecentAsync(10, Stop));

        await Ledger.TryMoveAsync(
            sent,
            Transitions.Corrected(
                sent,
                "42",
                new Payload { Text = "Better words.", Warning = "w" },
                ["another-id"],
                "Corrected."
            ),
            Stop
        );
        await ReopenAsync();

        var after = Assert.Single(await Ledger.RecentAsync(10, Stop));
        Assert.Equal(
            ("Better words.", "w", "another-id", "42"),
            (after.Payload!.Text, after.Payload.Warning, Assert.Single(after.Items), after.RemoteId)
        );
    }

    [Fact]
    public async Task Abandoned_OnlyClaimsWhoseLeaseRanOut()
    {
        var claimed = Transitions.Claim(Some.Post(), "me", Now, new DeliverySettings());
        await PlanAsync(claimed);

        Assert.Empty(await Ledger.AbandonedAsync(Now.AddSeconds(119), Stop));
        Assert.Equivalent(claimed, Assert.Single(await Ledger.AbandonedAsync(Now.AddSeconds(120), Stop)), strict: true);
    }

    [Fact]
    public async Task Used_CountsWhatWasOrMayBeOut_OldestFirst()
    {
        var day = 0;
        foreach (var state in Enum.GetValues<PostState>())
        {
            await PlanAsync(
                Some.Post($"key-{state}", state, occurrence: Now.AddDays(-day++)) with
                {
                    Items = [state.ToString()],
                }
            );
        }

        await PlanAsync(Some.Post("elsewhere", to: "discord:1") with { Items = ["elsewhere"] });

        Assert.Equal(["Unknown", "Sent", "Sending", "Planned"], await Ledger.UsedAsync(Destination.Mastodon, Stop));
    }

    private async Task<ILedger> OpenAsync() => new Ledger(await store.OpenAsync());

    private async Task ReopenAsync()
    {
        await Ledger.DisposeAsync();
        Ledger = await OpenAsync();
    }

    private Task<IReadOnlyList<Post>> PlanAsync(Post post) => Ledger.PlanAsync(post.Schedule, mark: null, [post], Stop);
}
