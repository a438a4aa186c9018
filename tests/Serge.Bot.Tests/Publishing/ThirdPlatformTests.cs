using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Tests.Publishing;

/// <summary>A new platform that is registered in one place works with scheduling, ledger, delivery and command line
/// without other changes.</summary>
public sealed class ThirdPlatformTests : IAsyncLifetime
{
    private static readonly Destination Room = new("memory", "room");

    private readonly TestCatalogue _catalogue = new();
    private readonly FakeTimeProvider _time = new(Some.Noon);
    private readonly MemoryPlatform _platform = new();
    private WorkerHost _worker = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        WorkerOptions options = new()
        {
            Home = _catalogue.Home,
            CreatesLedger = true,
            Overrides = new Dictionary<string, string?> { ["Logging:LogLevel:Default"] = "None" },
            Clocks = new Clocks(_time, _time),
            AddClients = (services, _) =>
                services
                    .AddSingleton<IPublishTarget>(_platform)
                    .AddSingleton<PostRenderer>(_platform.Renderer)
                    .AddCli(new CommandContext { Output = TextWriter.Null, Error = TextWriter.Null }),
        };
        _worker = await WorkerHost.BuildAsync(options, Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        _catalogue.Dispose();
    }

    [Fact]
    public async Task APost_IsPlannedSentLookedUpCorrectedAndRetracted()
    {
        var planned = await PlanAsync();
        Assert.Equal(PostState.Planned, planned.State);

        // The message is published, but the response is lost.
        _platform.LosesAnswer = true;
        var unknown = await DeliverAsync(planned);
        Assert.Equal(PostState.Unknown, unknown.State);
        Assert.Equal([planned.Payload!.Text], _platform.Messages.Values);

        _time.Advance(TimeSpan.FromMinutes(5));
        var sent = await DeliverAsync(unknown);
        Assert.Equal((PostState.Sent, "1"), (sent.State, sent.RemoteId));
        Assert.Single(_platform.Messages);

        await CorrectAsync(sent);
        Assert.StartsWith("[Totalitarianism lives within us.]", _platform.Messages["1"], StringComparison.Ordinal);

        await RetractAsync();
        Assert.Empty(_platform.Messages);
        Assert.Equal(PostState.Retracted, (await ReadAsync()).State);
    }

    private async Task<Post> PlanAsync()
    {
        Get<LiveCatalogue>().Withdraw(new HashSet<string> { "end-commands-means", "leave-a-party" });
        var schedule = Some.Schedule("0 12 * * *") with { To = [Room] };
        var post = await Get<PostFactory>().CreateAsync(schedule, Some.Noon, Room, Stop);
        return Assert.Single(await Get<ILedger>().PlanAsync("morning", mark: null, [post], Stop));
    }

    private async Task<Post> DeliverAsync(Post post) => (await Get<PostDelivery>().DeliverAsync(post, Stop))!;

    private async Task CorrectAsync(Post sent)
    {
        _catalogue.Write(
            "quotes.yaml",
            TestCatalogue.Quotes.Replace(
                "Totalitarianism is within us.",
                "Totalitarianism lives within us.",
                StringComparison.Ordinal
            )
        );
        Assert.Equal(ReloadResult.Served, Get<LiveCatalogue>().Reload());
        var change = Get<PostChanges>().Correct(sent, Get<LiveCatalogue>().Unfiltered, new PostTimes([]));

        Assert.Equal((true, "edited"), Describe(await Get<PublishedPostEditor>().ApplyAsync(change!, Stop)));
    }

    private async Task RetractAsync()
    {
        var post = await ReadAsync();
        var change = Get<PostChanges>().Retract(post, "within-us", Get<LiveCatalogue>().Unfiltered, new PostTimes([]));

        Assert.Equal((true, "deleted"), Describe(await Get<PublishedPostEditor>().ApplyAsync(change!, Stop)));
    }

    private static (bool IsDone, string Message) Describe(ChangeResult result) => (result.IsDone, result.Message);

    private async Task<Post> ReadAsync() => Assert.Single(await Get<ILedger>().GetRecentAsync(10, Stop));

    private T Get<T>()
        where T : notnull => _worker.Services.GetRequiredService<T>();

    /// <summary>A platform in memory, without idempotency keys, with lookups.</summary>
    private sealed class MemoryPlatform : IPublishTarget
    {
        public SortedDictionary<string, string> Messages { get; } = new(StringComparer.Ordinal);

        public MemoryRenderer Renderer { get; } = new();

        /// <summary>Whether the next message is published without a response.</summary>
        public bool LosesAnswer { get; set; }

        public string Platform => Room.Platform;

        public Capabilities Capabilities { get; } =
            new(SupportsIdempotency: false, TimeSpan.Zero, SupportsLookup: true);

        public DailyLimit DailyLimit { get; } = new(10, "Memory:PostsPerDay");

        public TimeSpan HistoryWindow => DestinationHistory.LongestDay;

        public Task WaitUntilReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public IReadOnlyList<Quote> GetPool(QuoteCatalogue catalogue, Destination destination) => catalogue.Quotes;

        public Payload? Render(Quote quote, Destination destination) => Renderer.Render(quote);

        public RenderedDay? Render(DayContent day, Destination destination) => Renderer.Render(day);

        public Payload Complete(
            Payload payload,
            Schedule schedule,
            Destination destination,
            DateTimeOffset occurrence,
            DestinationHistory history
        ) => payload;

        public Task<SendOutcome> SendAsync(Post post, SendDeadline deadline, CancellationToken cancellationToken)
        {
            var id = $"{Messages.Count + 1}";
            Messages.Add(id, post.Payload!.Text);
            SendOutcome outcome = LosesAnswer ? new SendOutcome.Unknown("lost") : new SendOutcome.Sent(id, null);
            LosesAnswer = false;
            return Task.FromResult(outcome);
        }

        public Task<LookupResult> FindPublishedAsync(Post post, CancellationToken cancellationToken)
        {
            var found = Messages.FirstOrDefault(message => message.Value == post.Payload!.Text);
            LookupResult result = found.Key is null
                ? new LookupResult.NotFound()
                : new LookupResult.Found(found.Key, null);
            return Task.FromResult(result);
        }

        public Task<SendOutcome> EditAsync(Post post, string remoteId, CancellationToken cancellationToken)
        {
            Messages[remoteId] = post.Payload!.Text;
            return Task.FromResult<SendOutcome>(new SendOutcome.Sent(remoteId, null));
        }

        public Task<SendOutcome> DeleteAsync(
            Destination destination,
            string remoteId,
            CancellationToken cancellationToken
        )
        {
            Messages.Remove(remoteId);
            return Task.FromResult<SendOutcome>(new SendOutcome.Sent(remoteId, null));
        }
    }

    private sealed class MemoryRenderer : PostRenderer
    {
        public override string Platform => Room.Platform;

        protected override PageLinks? Links => null;

        public override Markup Markup => Markup.Plain;

        public override PostLength Measure(Payload payload) => new(payload.Text.Length, Limit: 1000);

        protected override Payload CreatePayload(string text, string? warning, IReadOnlyList<string> extraTags) =>
            new()
            {
                Text = text.Replace(
                    "“Totalitarianism lives within us.”",
                    "[Totalitarianism lives within us.]",
                    StringComparison.Ordinal
                ),
            };
    }
}
