using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Posting.Delivery;

/// <summary>Sends each due post once and writes what became of it in the ledger.</summary>
/// <remarks>Claim, send, record. A crash after the send leaves a claim with no outcome; when its lease ends the post is
/// <see cref="PostState.Unknown"/> and is looked for, never guessed. Each destination has a lane of its own: one that is slow or in trouble
/// holds up nobody else.</remarks>
public sealed partial class DeliveryWorker(
    ILedger ledger,
    Publisher poster,
    DeliverySettings settings,
    Clocks clocks,
    Random random,
    ILogger<DeliveryWorker> logger,
    IRefusalListener? refusals = null,
    SenderLease? lease = null
) : BackgroundService
{
    /// <summary>How many posts are on their way at once: at Discord's 50 a second, enough for answers that take a second.</summary>
    private const int MaxConcurrentPosts = 64;

    /// <summary>How many due posts are taken up in one turn. What is beyond waits in the ledger, not in memory.</summary>
    private const int MaxPostsPerPoll = 1000;

    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    /// <summary>How long what has begun may go on after a stop: shorter than the host waits (30 s), longer than nearly every answer takes.</summary>
    internal static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _abort = new();
    private readonly string _owner = IdempotencyKey.New(random);
    private readonly Dictionary<Destination, Task> _queues = [];
    private readonly SemaphoreSlim _concurrency = new(MaxConcurrentPosts);
    private volatile bool _ledgerFails;

    public override void Dispose()
    {
        base.Dispose();
        _concurrency.Dispose();
        _abort.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(PollInterval, clocks.System);
        try
        {
            do
            {
                if (lease is null or { IsHeld: true })
                {
                    await StartQueuesAsync(stoppingToken);
                }
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        finally
        {
            // What has begun is finished and written down. What has no answer by then is written down as unknown: whoever sends next looks for it.
            using CancellationTokenSource over = new(ShutdownTimeout, clocks.System);
            await using var giveUp = over.Token.Register(_abort.Cancel);
            await Task.WhenAll(_queues.Values);
        }
    }

    /// <summary>Tries every post that is due, and comes back when each has been tried.</summary>
    internal async Task DeliverDueAsync(CancellationToken cancellationToken)
    {
        await StartQueuesAsync(cancellationToken);
        await Task.WhenAll(_queues.Values);
    }

    /// <summary>Opens a lane for each destination that something is due for, unless it has one.</summary>
    private async Task StartQueuesAsync(CancellationToken stop)
    {
        foreach (var (destination, lane) in _queues.Where(lane => lane.Value.IsCompleted).ToList())
        {
            _queues.Remove(destination);
            await lane;
        }

        await WithLedgerAsync(async () =>
        {
            foreach (var abandoned in await ledger.GetAbandonedAsync(clocks.System.GetUtcNow(), stop))
            {
                var after = Transitions.LeaseExpired(abandoned);
                if (await ledger.TryUpdateAsync(abandoned, after, stop))
                {
                    BotMetrics.Moved(after, clocks.Schedule.GetUtcNow());
                    LogAbandoned(abandoned.Key, abandoned.Destination);
                }
            }

            foreach (
                var posts in (
                    await ledger.GetDueAsync(clocks.Schedule.GetUtcNow(), clocks.System.GetUtcNow(), MaxPostsPerPoll, stop)
                ).GroupBy(post => post.Destination)
            )
            {
                if (!_queues.ContainsKey(posts.Key))
                {
                    _queues.Add(posts.Key, DeliverQueueAsync([.. posts], stop));
                }
            }
        });
    }

    /// <summary>Delivers the posts to one destination, oldest first.</summary>
    private Task DeliverQueueAsync(IReadOnlyList<Post> posts, CancellationToken stop) =>
        WithLedgerAsync(async () =>
        {
            foreach (var post in posts)
            {
                await _concurrency.WaitAsync(stop);
                try
                {
                    if (lease is { IsHeld: false })
                    {
                        return;
                    }

                    if (await DeliverAsync(post, stop) is { State: PostState.Planned })
                    {
                        // The destination is in trouble: the posts behind this one would fare no better.
                        return;
                    }
                }
                finally
                {
                    _concurrency.Release();
                }
            }
        });

    private async Task WithLedgerAsync(Func<Task> work)
    {
        try
        {
            await work();
            _ledgerFails = false;
        }
        catch (LedgerException e)
        {
            // Said once per trouble, not once a second; nothing is sent meanwhile, so nothing is lost.
            if (!_ledgerFails)
            {
                LogLedger(e.Message);
            }

            _ledgerFails = true;
        }
    }

    /// <summary>Takes one post one step further.</summary>
    /// <returns>What became of it; <see langword="null"/> when there was nothing to do or somebody else has it.</returns>
    internal async Task<Post?> DeliverAsync(Post post, CancellationToken cancellationToken)
    {
        var calendarNow = clocks.Schedule.GetUtcNow();
        if (post.State == PostState.Unknown)
        {
            return Transitions.IsStuck(post, calendarNow) ? null : await LookUpAsync(post, cancellationToken);
        }

        if (Transitions.IsTooLate(post, calendarNow))
        {
            return await RecordAsync(post, Transitions.Missed(post), cancellationToken);
        }

        var claimed = Transitions.Claim(post, _owner, clocks.System.GetUtcNow(), settings);
        if (!await ledger.TryUpdateAsync(post, claimed, cancellationToken))
        {
            return null;
        }

        using var span = Span("send", post);
        // Not cancelled by a shutdown: what has begun is finished, or the next start would have to look for it.
        // A bug in a client may come after the post is out.
        var outcome = await RunAsync(
            post,
            stop => poster.SendAsync(claimed, stop),
            static bug => new SendOutcome.Unknown(bug),
            CancellationToken.None
        );

        // It may be out by now, so a shutdown no longer stops us from writing that down.
        var after = Transitions.Apply(
            claimed,
            outcome,
            poster.Capabilities(post.Destination),
            clocks.System.GetUtcNow(),
            settings
        );
        span?.SetTag("serge.post.state", BotMetrics.Lower(after.State))
            .SetStatus(after.State == PostState.Sent ? ActivityStatusCode.Unset : ActivityStatusCode.Error);
        var moved = await RecordAsync(claimed, after, CancellationToken.None);
        if (moved is not null && outcome is SendOutcome.Refused refused)
        {
            refusals?.HandleRefusal(moved, refused);
        }

        return moved;
    }

    private async Task<Post?> LookUpAsync(Post post, CancellationToken cancellationToken)
    {
        // A look is claimed too, so that two workers do not find nothing and then both send.
        var claimed = post with
        {
            Owner = _owner,
            LeaseUntil = clocks.System.GetUtcNow() + settings.Lease,
        };
        if (!await ledger.TryUpdateAsync(post, claimed, cancellationToken))
        {
            return null;
        }

        using var span = Span("look", post);
        var look = await RunAsync(
            post,
            stop => poster.FindPublishedAsync(claimed, stop),
            static bug => new LookupResult.Inconclusive(bug),
            cancellationToken
        );
        var after = Transitions.Apply(claimed, look, clocks.System.GetUtcNow(), settings);
        span?.SetTag("serge.post.state", BotMetrics.Lower(after.State));
        return await RecordAsync(claimed, after, CancellationToken.None);
    }

    /// <summary>A step as others see it: on which platform, and by the key that the log and <c>serge deliveries</c> have.</summary>
    private static Activity? Span(string name, Post post) =>
        BotMetrics.Spans.StartActivity(
            name,
            ActivityKind.Client,
            parentContext: default,
            [BotMetrics.Platform(post.Destination), new("serge.post.key", post.Key)]
        );

    private async Task<Post?> RecordAsync(Post before, Post after, CancellationToken cancellationToken)
    {
        if (!await ledger.TryUpdateAsync(before, after, cancellationToken))
        {
            LogTaken(before.Key, before.Destination);
            return null;
        }

        BotMetrics.Moved(after, clocks.Schedule.GetUtcNow());
        switch (after.State)
        {
            case PostState.Sent:
                LogSent(
                    after.Schedule,
                    after.Destination,
                    after.Url?.ToString() ?? $"as {after.RemoteId ?? "a message whose id is not known"}"
                );
                break;
            case PostState.Planned:
                LogAgain(after.Schedule, after.Destination, after.Reason);
                break;
            case PostState.Unknown:
                LogUnknown(after.Schedule, after.Destination, after.Reason);
                break;
            default:
                LogEnded(after.Schedule, after.Destination, after.State, after.Reason);
                break;
        }

        return after;
    }

    /// <summary>Sends or looks, well within the lease, or a second worker could look too early. One destination's bug is not another's.</summary>
    private async Task<T> RunAsync<T>(
        Post post,
        Func<CancellationToken, Task<T>> call,
        Func<string, T> afterBug,
        CancellationToken cancellationToken
    )
    {
        using var timeout = new CancellationTokenSource(settings.Lease * 0.75, clocks.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken,
            timeout.Token,
            _abort.Token
        );
        try
        {
            return await call(either.Token);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogBug(e, post.Schedule, post.Destination);
            return afterBug($"A bug in the bot: {e.GetType().Name}.");
        }
    }

    [LoggerMessage(LogLevel.Information, "Posted {Schedule} to {Destination} {Where}")]
    private partial void LogSent(string schedule, Destination destination, string where);

    [LoggerMessage(LogLevel.Warning, "{Schedule} to {Destination} is not out yet and is tried again: {Reason}")]
    private partial void LogAgain(string schedule, Destination destination, string? reason);

    [LoggerMessage(
        LogLevel.Warning,
        "{Schedule} to {Destination} may be out; it is looked for before anything else happens: {Reason}"
    )]
    private partial void LogUnknown(string schedule, Destination destination, string? reason);

    [LoggerMessage(LogLevel.Error, "{Schedule} to {Destination} was not posted ({State}): {Reason}")]
    private partial void LogEnded(string schedule, Destination destination, PostState state, string? reason);

    [LoggerMessage(
        LogLevel.Warning,
        "Post {Key} to {Destination} was being sent when its worker stopped; it is looked for"
    )]
    private partial void LogAbandoned(string key, Destination destination);

    [LoggerMessage(LogLevel.Warning, "Post {Key} to {Destination} was taken over by another worker meanwhile")]
    private partial void LogTaken(string key, Destination destination);

    [LoggerMessage(LogLevel.Error, "{Schedule} to {Destination} ran into a bug")]
    private partial void LogBug(Exception e, string schedule, Destination destination);

    [LoggerMessage(LogLevel.Critical, "Nothing can be posted: {Problem}")]
    private partial void LogLedger(string problem);
}
