using Microsoft.Extensions.Logging.Abstractions;

namespace Serge.Bot.Tests.Delivery;

/// <summary>A server executes a post after the bot has stopped waiting for it: docs/delivery.md, "Why a lookup precedes
/// a retry".</summary>
public sealed class LateServerTests
{
    private static readonly Capabilities NoKeys = new(false, TimeSpan.Zero, SupportsLookup: true);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)] // GoToSocial, snac
    [InlineData(2)] // Discord
    [InlineData(60)] // Mastodon
    public Task Deliver_ToAServerThatFreezesAtAnyMoment_PublishesOnce(int keyMinutes) =>
        FreezeAsync(keyMinutes, Enumerable.Range(0, 60));

    [Theory(Explicit = true)]
    [Trait("Category", "Long")]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(60)]
    public Task Deliver_ToAServerThatFreezesAtAnyMoment_PublishesOnceWithManySeeds(int keyMinutes) =>
        FreezeAsync(keyMinutes, Enumerable.Range(0, 1000));

    /// <summary>The server was suspended when the post arrived, and continues in the second of the first
    /// lookup.</summary>
    [Theory]
    [InlineData(20)]
    [InlineData(22)]
    [InlineData(25)]
    [InlineData(40)]
    [InlineData(45)]
    [InlineData(120)]
    public async Task Deliver_WhenTheLookupIsAnsweredBeforeTheLatePost_PublishesOnce(int seconds)
    {
        FakeTimeProvider clock = new(Some.Noon);
        FreezingServer server = new(clock, new Random(1), NoKeys);
        server.Freeze(Some.Noon, TimeSpan.FromSeconds(seconds));

        var post = await DeliverAsync(server, clock);

        Assert.Single(server.Links);
        Assert.Equal((PostState.Sent, false), (post.State, post.NeedsOperator));
    }

    /// <summary>No lookup can detect that a responsive server delays a request for minutes.</summary>
    [Fact]
    public async Task Deliver_WhenAResponsiveServerExecutesThePostMuchLater_ReportsBothLinks()
    {
        FakeTimeProvider clock = new(Some.Noon);
        Random random = new(3);
        FreezingServer server = new(clock, random, NoKeys) { MaxLateness = TimeSpan.FromMinutes(5) };
        server.Freeze(Some.Noon, TimeSpan.FromSeconds(15));

        var post = await DeliverAsync(server, clock);

        Assert.Equal(2, server.Links.Count);
        Assert.True(Failures.IsFailure(post, Some.Noon));
        Assert.All(server.Links, link => Assert.Contains(link, post.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Deliver_WithoutALostResponse_LooksNothingUp()
    {
        FakeTimeProvider clock = new(Some.Noon);

        var post = await DeliverAsync(new FreezingServer(clock, new Random(1), NoKeys), clock);

        Assert.Equal((PostState.Sent, false), (post.State, post.CopyCheckPending));
        Assert.Equal(Some.Noon, clock.GetUtcNow());
    }

    private static async Task FreezeAsync(int keyMinutes, IEnumerable<int> seeds)
    {
        var window = TimeSpan.FromMinutes(keyMinutes);
        Capabilities capabilities = new(keyMinutes > 0, window, SupportsLookup: true);
        foreach (var seed in seeds)
        {
            Random random = new(seed);
            FakeTimeProvider clock = new(Some.Noon);
            FreezingServer server = new(clock, random, capabilities);
            var count = random.Next(1, 4);
            for (var i = 0; i < count; i++)
            {
                var start = Some.Noon.AddSeconds(random.Next(-120, 300) + random.NextDouble());
                server.Freeze(start, TimeSpan.FromSeconds(1 + (119 * random.NextDouble())));
            }

            var post = await DeliverAsync(server, clock);

            Assert.True(server.Links.Count == 1, $"seed {seed}: {server.Links.Count} messages, {post.Reason}");
            Assert.True(post is { State: PostState.Sent, NeedsOperator: false }, $"seed {seed}: {post}");
        }
    }

    /// <summary>Delivers a post until it is in a final state, from one due time to the next.</summary>
    private static async Task<Post> DeliverAsync(FreezingServer server, FakeTimeProvider clock)
    {
        await using var database = await TestEngine.OpenDatabaseAsync();
        Ledger ledger = new(database);
        var worker = TestEngine.Worker(
            ledger,
            new PublishTargets([server]),
            new DeliverySettings(),
            new Clocks(clock, clock),
            new Random(1),
            NullLogger<DeliveryWorker>.Instance
        );
        var post = Some.Post(to: "room:1");
        await ledger.PlanAsync(post.Schedule.Name, mark: null, [post], Stop);
        for (var step = 0; step < 100; step++)
        {
            await worker.DeliverDueAsync(Stop);
            post = Assert.Single(await ledger.GetRecentAsync(10, Stop));
            if (post is { State: not (PostState.Planned or PostState.Unknown), CopyCheckPending: false })
            {
                return post;
            }

            if (post.NotBefore > clock.GetUtcNow())
            {
                clock.SetUtcNow(post.NotBefore);
            }
        }

        return post;
    }
}
