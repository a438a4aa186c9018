using System.Globalization;

namespace Serge.Bot.Tests.Delivery;

/// <summary>A server in virtual time that is suspended at times. Requests that arrive meanwhile wait, and are executed
/// when it continues, even if the client no longer waits for the response.</summary>
internal sealed class FreezingServer(FakeTimeProvider clock, Random random, Capabilities capabilities) : IPublishTarget
{
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    private readonly List<(DateTimeOffset Start, DateTimeOffset End)> _freezes = [];
    private readonly List<(string Key, DateTimeOffset At)> _executed = [];

    public string Platform => "room";

    public Capabilities Capabilities => capabilities;

    public DailyLimit DailyLimit { get; } = new(10, "Room:PostsPerDay");

    public TimeSpan HistoryWindow => DestinationHistory.LongestDay;

    /// <summary>The maximum delay of a request after the server continues.</summary>
    public TimeSpan MaxLateness { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Links to all published messages.</summary>
    public IReadOnlyList<string> Links => [.. _executed.Select((_, index) => GetUrl(index).AbsoluteUri)];

    /// <summary>Fails before a post is claimed. Default <see langword="null"/>: there is no failure.</summary>
    public Exception? PreparationFailure { get; init; }

    public Task PrepareAsync(Post post, CancellationToken cancellationToken) =>
        PreparationFailure is null ? Task.CompletedTask : Task.FromException(PreparationFailure);

    public void Freeze(DateTimeOffset start, TimeSpan length) => _freezes.Add((start, start + length));

    public Task<SendOutcome> SendAsync(Post post, SendDeadline deadline, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var at = GetContinuation(now);
        if (at > now)
        {
            at += MaxLateness * random.NextDouble();
        }

        var index = Execute(post.Key, at);
        if (at - now > AttemptTimeout)
        {
            clock.Advance(AttemptTimeout);
            return Task.FromResult<SendOutcome>(new SendOutcome.Unknown("The response was lost."));
        }

        clock.Advance(at - now);
        SendOutcome sent = new SendOutcome.Sent(GetId(index), GetUrl(index));
        return Task.FromResult(sent);
    }

    public Task<LookupResult> FindPublishedAsync(Post post, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var at = GetContinuation(now);
        if (at - now > CallTimeout)
        {
            clock.Advance(CallTimeout);
            return Task.FromResult<LookupResult>(new LookupResult.Inconclusive("Timeout."));
        }

        // The response shows the state at any moment of the second in which the server continues.
        clock.Advance(at - now + TimeSpan.FromSeconds(random.NextDouble()));
        int[] visible = [.. Enumerable.Range(0, _executed.Count).Where(index => _executed[index].At <= at)];
        return Task.FromResult(CreateResult(visible));
    }

    private static LookupResult CreateResult(int[] visible)
    {
        if (visible.Length == 0)
        {
            return new LookupResult.NotFound();
        }

        var newest = visible[^1];
        string? copy = visible.Length > 1 ? GetUrl(visible[^2]).AbsoluteUri : null;
        return new LookupResult.Found(GetId(newest), GetUrl(newest)) { Copy = copy };
    }

    private int Execute(string key, DateTimeOffset at)
    {
        var index = _executed.FindIndex(message => message.Key == key && IsKnown(message.At, at));
        if (index < 0)
        {
            _executed.Add((key, at));
            index = _executed.Count - 1;
        }

        return index;
    }

    private bool IsKnown(DateTimeOffset first, DateTimeOffset second) =>
        capabilities.SupportsIdempotency && (second - first).Duration() < capabilities.KeyWindow;

    private DateTimeOffset GetContinuation(DateTimeOffset moment)
    {
        foreach (var (start, end) in _freezes.OrderBy(freeze => freeze.Start))
        {
            if (moment >= start && moment < end)
            {
                moment = end;
            }
        }

        return moment;
    }

    private static string GetId(int index) => index.ToString(CultureInfo.InvariantCulture);

    private static Uri GetUrl(int index) => new($"https://room.example/{index}");

    public Task WaitUntilReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public IReadOnlyList<Quote> GetPool(QuoteCatalogue catalogue, Destination destination) => catalogue.Quotes;

    public Payload? Render(Quote quote, Destination destination) => null;

    public RenderedDay? Render(DayContent day, Destination destination) => null;

    public Payload Complete(
        Payload payload,
        Schedule schedule,
        Destination destination,
        DateTimeOffset occurrence,
        DestinationHistory history
    ) => payload;

    public Task<SendOutcome> EditAsync(Post post, string remoteId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<SendOutcome> DeleteAsync(
        Destination destination,
        string remoteId,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();
}
