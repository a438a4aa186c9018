using System.Collections.Concurrent;
using System.Globalization;

namespace Serge.Bot.EndToEnd;

/// <summary>The real worker is killed repeatedly at random moments, while responses are lost, delayed, refused and
/// corrupted. In the end every post is published exactly once, or the ledger states correctly why it is not.</summary>
/// <remarks>A seed determines the faults. To repeat a failed run, set <c>SERGE_SEED</c> and run the explicit test. With
/// <c>SERGE_NATIVE</c> the native worker is killed, which starts faster. <c>SERGE_SEEDS</c> sets the number of seeds of
/// the long run.</remarks>
public sealed class CrashTests
{
    private const int Channels = 7;

    /// <summary>How many schedules also post to Mastodon: the maximum number of posts per account and day.</summary>
    private const int Statuses = 5;

    private const int Posts = Channels + Statuses;

    /// <summary>An even seed: its result does not depend on how fast a busy machine handles a request.</summary>
    [Fact]
    public Task OneSeed() => RunAsync(seed: 2, executable: null);

    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public Task TwentySeeds() => RunAsync(Enumerable.Range(1, 20), executable: null);

    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public Task FiveHundredSeeds() => RunAsync(Enumerable.Range(1001, NumberOf("SERGE_SEEDS", 500)), Native);

    [Fact(Explicit = true)]
    [Trait("Category", "Replay")]
    public Task TheSeedOfTheEnvironment() => RunAsync([NumberOf("SERGE_SEED", 1)], Native);

    private static int NumberOf(string name, int otherwise) =>
        int.Parse(Environment.GetEnvironmentVariable(name) ?? $"{otherwise}", CultureInfo.InvariantCulture);

    private static string? Native => Environment.GetEnvironmentVariable("SERGE_NATIVE");

    private static async Task RunAsync(IEnumerable<int> seeds, string? executable)
    {
        ConcurrentBag<string> failures = [];
        await Parallel.ForEachAsync(
            seeds,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = 4,
                CancellationToken = TestContext.Current.CancellationToken,
            },
            async (seed, _) =>
            {
                try
                {
                    await RunAsync(seed, executable);
                }
                catch (Exception e)
                {
                    failures.Add($"SERGE_SEED={seed}: {e}");
                }
            }
        );
        Assert.True(failures.IsEmpty, string.Join("\n\n", failures));
    }

    private static async Task RunAsync(int seed, string? executable)
    {
        Random random = new(seed);
        await using var stage = await Stage.OpenAsync();

        // With half of the seeds both platforms recognize idempotency keys, so no delay is needed before a lookup. With
        // the others they do not: after a lost response only the lookup prevents a second post, so it must run after
        // the slowest platform has executed the request.
        var keysAreKnown = seed % 2 == 0;
        if (!keysAreKnown)
        {
            stage.Discord.Options.NonceWindow = stage.Mastodon.Options.IdempotencyWindow = TimeSpan.Zero;
        }

        var channels = Enumerable
            .Range(0, Channels)
            .Select(n => stage.Discord.AddChannel(stage.Channel.Guild!, $"quotations-{n}"))
            .ToList();
        List<(string, string?)> settings =
        [
            ("Delivery:Lease", keysAreKnown ? "00:00:01" : "00:00:06"),
            ("Delivery:SenderLease", "00:00:01"),
            ("Delivery:LookupDelay", keysAreKnown ? "00:00:00" : "00:00:04"),
            ("Logging:LogLevel:Default", "Warning"),
        ];
        // Uploads are repeated. The limit of thirty in half an hour would end the test before its posts are published.
        stage.Mastodon.Options.MediaPerHalfHour = 1000;
        for (var n = 0; n < Channels; n++)
        {
            settings.AddRange(
                await stage.OverdueScheduleAsync(
                    $"schedule-{n}",
                    "quote",
                    [$"discord:{channels[n].Id}", .. n < Statuses ? ["mastodon"] : Array.Empty<string>()]
                )
            );
            settings.Add(($"Schedules:schedule-{n}:Picture", "true"));
        }

        AddFaults(stage.World.Faults, random);
        var environment = Stage.AsEnvironment(stage.Settings([.. settings])).ToArray();
        using var watch = stage.World.Watch();
        for (var life = random.Next(2, 5); life > 0; life--)
        {
            await using var victim = WorkerProcess.Start(stage.Home, environment, "run", executable);
            await WaitForRandomEventAsync(stage, watch, random.Next(1, 16));
            await victim.KillAsync(stage.CancellationToken);
        }

        await using var last = WorkerProcess.Start(stage.Home, environment, "run", executable);
        await WaitUntilSettledAsync(stage, last);
        await AssertOnceAsync(stage, channels);
    }

    private static async Task WaitUntilSettledAsync(Stage stage, WorkerProcess worker)
    {
        try
        {
            await stage.WaitUntilSettledAsync(Posts);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}\nThe worker wrote:\n{worker.Output}", e);
        }
    }

    /// <summary>Each post whose state is sent is published once, and there are no other posts.</summary>
    private static async Task AssertOnceAsync(Stage stage, IReadOnlyList<Channel> channels)
    {
        var posts = await stage.PostsAsync();
        Assert.Equal(Posts, posts.Count);
        Assert.All(
            posts,
            post =>
                Assert.True(
                    post.State == PostState.Sent || (post.State == PostState.Refused && post.Reason is { Length: > 0 }),
                    $"{post}"
                )
        );

        var sent = posts
            .Where(post => post.State == PostState.Sent)
            .Select(post => (post.Destination.ToString(), post.Payload!.Text))
            .Order()
            .ToList();
        var there = channels
            .SelectMany(channel =>
                stage.Discord.GetMessages(channel).Select(message => ($"discord:{channel.Id}", message.Content))
            )
            .Concat(stage.Statuses.Select(status => ("mastodon", status)))
            .Order()
            .ToList();
        Assert.Equal(sent, there);
        AssertPictures(stage, channels, posts);
    }

    /// <summary>Each post has its picture once, or the ledger states the reason.</summary>
    private static void AssertPictures(Stage stage, IReadOnlyList<Channel> channels, IReadOnlyList<Post> posts)
    {
        var withoutPicture = posts.Count(post => post.Reason is not null || post.State != PostState.Sent);
        var messages = channels.SelectMany(channel => stage.Discord.GetMessages(channel)).ToList();
        var pictures = messages
            .Select(message => message.Attachments.Count)
            .Concat(stage.Mastodon.Statuses.Select(status => status.Media.Count))
            .ToList();

        Assert.All(pictures, count => Assert.InRange(count, 0, 1));
        if (InstalledFonts.HasAny)
        {
            Assert.InRange(pictures.Count(count => count == 0), 0, withoutPicture);
        }
    }

    private static void AddFaults(FaultScript faults, Random random)
    {
        RequestEffect[] effects =
        [
            new RequestEffect.LoseResponse(),
            new RequestEffect.Drop(),
            new RequestEffect.HtmlPage(),
            new RequestEffect.EmptyBody(),
            new RequestEffect.Respond(500),
            new RequestEffect.Respond(502),
            new RequestEffect.Respond(503),
            new RequestEffect.RateLimit(TimeSpan.FromSeconds(0.5)),
            new RequestEffect.Delay(TimeSpan.FromSeconds(0.3)),
            new RequestEffect.Delay(TimeSpan.FromSeconds(0.3), AfterHandling: true),
            new RequestEffect.Delay(TimeSpan.FromSeconds(1.5)),
            new RequestEffect.Delay(TimeSpan.FromSeconds(1.5), AfterHandling: true),
        ];
        for (var n = random.Next(4, 12); n > 0; n--)
        {
            var (method, path) = random.Next(12) switch
            {
                10 or 11 => ("POST", "/mastodon/api/v2/media"),
                < 5 => ("POST", "/discord/api/v10/channels/*/messages"),
                < 8 => ("POST", "/mastodon/api/v1/statuses"),
                8 => ("GET", "/discord/api/v10/channels/*/messages"),
                _ => ("GET", "/mastodon/api/v1/accounts/*/statuses"),
            };
            faults.Add(
                new RequestFault
                {
                    Method = method,
                    Path = path,
                    Effect = effects[random.Next(effects.Length)],
                    Times = random.Next(1, 3),
                }
            );
        }
    }

    /// <summary>Waits for this number of events between the worker and the platforms, or until no more can
    /// occur.</summary>
    private static async Task WaitForRandomEventAsync(Stage stage, EventStream watch, int count)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stage.CancellationToken);
        Task[] both = [WaitForEventsAsync(watch, count, enough.Token), WaitForPostsAsync(stage, enough.Token)];
        await Task.WhenAny(both);
        await enough.CancelAsync();
        await Task.WhenAll(both)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    private static async Task WaitForPostsAsync(Stage stage, CancellationToken enough)
    {
        while (!await stage.IsSettledAsync(Posts, enough))
        {
            await Task.Delay(200, enough);
        }
    }

    private static async Task WaitForEventsAsync(EventStream watch, int count, CancellationToken enough)
    {
        while (count > 0)
        {
            count -= await watch.WaitForAsync<SimulatorEvent>(cancellationToken: enough)
                is SimulatorEvent.RequestServed
                    or FaultFired
                    or DiscordWorldEvent.BotConnected
                    or DiscordWorldEvent.MessageCreated
                    or MastodonWorldEvent.StatusCreated
                ? 1
                : 0;
        }
    }
}
