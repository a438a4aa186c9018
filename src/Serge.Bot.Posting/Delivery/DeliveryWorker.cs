using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Posting.Delivery;

/// <summary>Chooses which due posts are delivered, and in which order.</summary>
/// <remarks>Each destination has its own queue, so a slow or failing one does not delay the others.
/// <see cref="PostDelivery"/> delivers one post.</remarks>
public sealed partial class DeliveryWorker(
    ILedger ledger,
    PublishTargets targets,
    DeliverySettings settings,
    SenderLease lease,
    PostDelivery delivery,
    PostRecorder recorder,
    Clocks clocks,
    ILogger<DeliveryWorker> logger
) : BackgroundService
{
    /// <summary>The maximum number of posts being sent at a time: enough for Discord's 50 requests per second with
    /// answers that take a second.</summary>
    private const int MaxConcurrentPosts = 64;

    /// <summary>The maximum number of due posts that are read per poll. The others stay in the ledger,
    /// not in memory.</summary>
    private const int MaxPostsPerPoll = 1000;

    /// <summary>How long sends in progress may continue after a stop: shorter than the host's shutdown timeout
    /// of 30 s.</summary>
    internal static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Destination, Task> _queues = [];
    private readonly ConcurrentDictionary<string, Post> _faulty = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _concurrency = new(MaxConcurrentPosts);
    private LedgerLoop? _loop;

    private LedgerLoop Loop => _loop ??= new LedgerLoop(PollInterval, clocks.System, LogLedgerFailed);

    public override void Dispose()
    {
        base.Dispose();
        _concurrency.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Loop.RunAsync(StartQueuesIfSenderAsync, stoppingToken);
        }
        finally
        {
            // Sends in progress finish and are recorded. After the timeout they are recorded as unknown and looked up
            // by the next worker.
            using CancellationTokenSource timeout = new(ShutdownTimeout, clocks.System);
            await using var abort = timeout.Token.Register(delivery.Abort);
            await Task.WhenAll(_queues.Values);
        }
    }

    /// <summary>Processes every due post once and waits for all of them.</summary>
    internal async Task DeliverDueAsync(CancellationToken cancellationToken)
    {
        await Loop.TryAsync(() => StartQueuesAsync(cancellationToken), cancellationToken);
        await Task.WhenAll(_queues.Values);
    }

    private Task StartQueuesIfSenderAsync(CancellationToken stoppingToken) =>
        lease.IsHeld ? StartQueuesAsync(stoppingToken) : Task.CompletedTask;

    /// <summary>Starts a queue for each destination with due posts that has none.</summary>
    private async Task StartQueuesAsync(CancellationToken stoppingToken)
    {
        foreach (var (destination, queue) in _queues.Where(pair => pair.Value.IsCompleted).ToList())
        {
            _queues.Remove(destination);
            await queue;
        }

        await ReleaseAbandonedAsync(stoppingToken);
        var scheduleNow = clocks.Schedule.GetUtcNow();
        var due = await ledger.GetDueAsync(scheduleNow, clocks.System.GetUtcNow(), MaxPostsPerPoll, stoppingToken);
        var checks = await GetCopyChecksAsync(stoppingToken);
        foreach (var posts in due.Concat(checks).GroupBy(post => post.Destination))
        {
            if (!_queues.ContainsKey(posts.Key))
            {
                var queue = Loop.TryAsync(() => DeliverQueueAsync([.. posts], stoppingToken), stoppingToken);
                _queues.Add(posts.Key, queue);
            }
        }
    }

    /// <summary>Sent posts that may be published twice. A platform without credentials is not asked.</summary>
    private async Task<IEnumerable<Post>> GetCopyChecksAsync(CancellationToken cancellationToken)
    {
        var systemNow = clocks.System.GetUtcNow();
        var posts = await ledger.GetCopyChecksAsync(systemNow, MaxPostsPerPoll, cancellationToken);
        return posts.Where(post => targets.IsEnabled(post.Destination));
    }

    /// <summary>Posts whose worker stopped while sending become unknown.</summary>
    private async Task ReleaseAbandonedAsync(CancellationToken stoppingToken)
    {
        foreach (var abandoned in await ledger.GetAbandonedAsync(clocks.System.GetUtcNow(), stoppingToken))
        {
            var after = Transitions.ExpireLease(abandoned);
            await recorder.RecordAbandonedAsync(abandoned, after, stoppingToken);
        }
    }

    /// <summary>Of a schedule's posts that an outage delays only the newest is sent.</summary>
    /// <param name="post">A post that is due.</param>
    /// <param name="cancellationToken">Stops before the next one is recorded.</param>
    /// <returns>The keys of the posts that a newer one replaces; the post may be among them.</returns>
    private async Task<IEnumerable<string>> DropSupersededAsync(Post post, CancellationToken cancellationToken)
    {
        if (post is not { State: PostState.Planned, Kind: PostKind.Scheduled })
        {
            return [];
        }

        var superseded = await ledger.GetSupersededAsync(
            post.Schedule,
            post.Destination,
            clocks.Schedule.GetUtcNow(),
            cancellationToken
        );
        foreach (var older in superseded)
        {
            await recorder.RecordAsync(older, Transitions.Supersede(older), cancellationToken);
        }

        return superseded.Select(older => older.Key);
    }

    /// <summary>Delivers the posts of one destination, oldest first, until one has to be retried.</summary>
    private async Task DeliverQueueAsync(IReadOnlyList<Post> posts, CancellationToken stoppingToken)
    {
        HashSet<string> superseded = new(StringComparer.Ordinal);
        foreach (var post in posts.Where(post => !superseded.Contains(post.Key)))
        {
            await _concurrency.WaitAsync(stoppingToken);
            try
            {
                if (!lease.IsHeld)
                {
                    return;
                }

                superseded.UnionWith(await DropSupersededAsync(post, stoppingToken));
                if (superseded.Contains(post.Key))
                {
                    continue;
                }

                if (await TryDelayAsync(post, stoppingToken))
                {
                    return;
                }

                if (await TryDeliverAsync(post, stoppingToken) is { State: PostState.Planned })
                {
                    // The destination failed; the posts behind this one would fail too.
                    return;
                }
            }
            finally
            {
                _concurrency.Release();
            }
        }
    }

    /// <returns>Whether the post has to wait because of the one before it.</returns>
    private async Task<bool> TryDelayAsync(Post post, CancellationToken cancellationToken)
    {
        if (post.State != PostState.Planned)
        {
            return false;
        }

        var now = clocks.Schedule.GetUtcNow();
        var since = now - settings.LatePostInterval;
        var previous = await ledger.FindLastAttemptedAsync(post.Destination, since, now, cancellationToken);
        if (Transitions.DelayIfLate(post, previous, now, clocks.System.GetUtcNow(), settings) is not { } delayed)
        {
            return false;
        }

        await ledger.TryUpdateAsync(post, delayed, cancellationToken);
        return true;
    }

    /// <summary>A fault in one post must not keep back the posts behind it. It is logged once.</summary>
    private async Task<Post?> TryDeliverAsync(Post post, CancellationToken stoppingToken)
    {
        try
        {
            return await delivery.DeliverAsync(post, stoppingToken);
        }
        catch (Exception e) when (e is not LedgerException && !e.IsCancellationBy(stoppingToken))
        {
            if (_faulty.Count < MaxPostsPerPoll && _faulty.TryAdd(post.Key, post))
            {
                var problem = ExceptionText.Describe(e);
                LogFault(post.Schedule, post.Destination, problem);
                if (post.State == PostState.Planned)
                {
                    await ledger.TryUpdateAsync(post, Transitions.RecordProblem(post, problem), stoppingToken);
                }
            }

            return null;
        }
    }

    [LoggerMessage(LogLevel.Error, "Posting {Schedule} to {Destination} failed; the post is retried: {Problem}")]
    private partial void LogFault(ScheduleId schedule, Destination destination, string problem);

    [LoggerMessage(LogLevel.Critical, "Delivery failed because of the ledger; retrying every second: {Problem}")]
    private partial void LogLedgerFailed(string problem);
}
