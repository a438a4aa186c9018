using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Posting.Delivery;

/// <summary>Sends each due post exactly once and records the outcome in the ledger.</summary>
/// <remarks>Claim, send, record. A crash after the send leaves a claim without an outcome. When its lease expires the
/// post becomes <see cref="PostState.Unknown"/> and is looked up at the destination before anything is sent again. Each
/// destination has its own queue, so a slow or failing one does not delay the others.</remarks>
public sealed partial class DeliveryWorker(
    ILedger ledger,
    PublishTargets targets,
    DeliverySettings settings,
    SenderLease lease,
    IRefusalListener refusals,
    Clocks clocks,
    Random random,
    ILogger<DeliveryWorker> logger
) : BackgroundService
{
    /// <summary>The maximum number of posts being sent at a time: enough for Discord's 50 requests per second with
    /// answers that take a second.</summary>
    private const int MaxConcurrentPosts = 64;

    /// <summary>The maximum number of due posts that are read per poll. The others stay in the ledger,
    /// not in memory.</summary>
    private const int MaxPostsPerPoll = 1000;

    /// <summary>The share of its lease that a send or a lookup may take, so that no other worker looks it
    /// up too early.</summary>
    private const double MaxShareOfLease = 0.75;

    /// <summary>How long sends in progress may continue after a stop: shorter than the host's shutdown timeout
    /// of 30 s.</summary>
    internal static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _abort = new();
    private readonly string _worker = IdempotencyKey.Create(random);
    private readonly Dictionary<Destination, Task> _queues = [];
    private readonly ConcurrentDictionary<string, Post> _faulty = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _concurrency = new(MaxConcurrentPosts);
    private LedgerLoop? _loop;

    private LedgerLoop Loop => _loop ??= new LedgerLoop(PollInterval, clocks.System, LogLedgerFailed);

    public override void Dispose()
    {
        base.Dispose();
        _concurrency.Dispose();
        _abort.Dispose();
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
            await using var abort = timeout.Token.Register(_abort.Cancel);
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

    /// <summary>Posts whose worker stopped while sending become unknown.</summary>
    private async Task ReleaseAbandonedAsync(CancellationToken stoppingToken)
    {
        foreach (var abandoned in await ledger.GetAbandonedAsync(clocks.System.GetUtcNow(), stoppingToken))
        {
            var after = Transitions.LeaseExpired(abandoned);
            if (await ledger.TryUpdateAsync(abandoned, after, stoppingToken))
            {
                DeliveryMetrics.RecordState(after, clocks.Schedule.GetUtcNow());
                LogAbandoned(abandoned.Key, abandoned.Destination);
            }
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
            await RecordAsync(older, Transitions.Superseded(older), cancellationToken);
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
        if (Transitions.Delayed(post, previous, now, clocks.System.GetUtcNow(), settings) is not { } delayed)
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
            return await DeliverAsync(post, stoppingToken);
        }
        catch (Exception e) when (e is not LedgerException && !e.IsCancellationBy(stoppingToken))
        {
            if (_faulty.Count < MaxPostsPerPoll && _faulty.TryAdd(post.Key, post))
            {
                var problem = ExceptionText.Describe(e);
                LogFault(post.Schedule, post.Destination, problem);
                if (post.State == PostState.Planned)
                {
                    await ledger.TryUpdateAsync(post, Transitions.Faulted(post, problem), stoppingToken);
                }
            }

            return null;
        }
    }

    /// <summary>Takes one step with a post: a send or a lookup.</summary>
    /// <returns>The post after the step; <see langword="null"/> when there was nothing to do or another
    /// worker has it.</returns>
    /// <exception cref="LedgerException">The ledger could not be read or written.</exception>
    public async Task<Post?> DeliverAsync(Post post, CancellationToken cancellationToken)
    {
        if (targets.Find(post.Destination) is not { } target)
        {
            return await DeferAsync(post, cancellationToken);
        }

        var scheduleNow = clocks.Schedule.GetUtcNow();
        if (post.State == PostState.Sent)
        {
            return await CheckForCopyAsync(target, post, cancellationToken);
        }

        if (post.State == PostState.Unknown)
        {
            if (Transitions.IsStuck(post, scheduleNow))
            {
                return null;
            }

            return await LookUpAsync(target, post, cancellationToken);
        }

        if (Transitions.IsTooLate(post, scheduleNow))
        {
            return await RecordAsync(post, Transitions.Missed(post), cancellationToken);
        }

        return await SendAsync(target, post, cancellationToken);
    }

    private async Task<Post?> SendAsync(IPublishTarget target, Post post, CancellationToken cancellationToken)
    {
        await target.PrepareAsync(post, cancellationToken);
        // Before the claim is written, so that the deadline passes well before the claim ends in the ledger.
        SendDeadline deadline = new(clocks.System, settings.Lease * MaxShareOfLease);
        var begun = Transitions.Attempted(post, clocks.Schedule.GetUtcNow());
        var claimed = Transitions.Claim(begun, _worker, clocks.System.GetUtcNow(), settings);
        if (!await ledger.TryUpdateAsync(post, claimed, cancellationToken))
        {
            return null;
        }

        using var span = DeliveryMetrics.StartSpan("send", post);
        // A shutdown does not cancel a send in progress: the next start would have to look it up. After an exception
        // the post may have been published.
        var outcome = await RunAsync(
            claimed,
            token => SendContentAsync(target, claimed, deadline, token),
            problem => new SendOutcome.Unknown(problem),
            CancellationToken.None
        );
        var ended = Transitions.Attempted(claimed, clocks.Schedule.GetUtcNow());
        var after = Transitions.Apply(
            ended,
            outcome,
            target.GetCapabilities(claimed.Destination),
            clocks.System.GetUtcNow(),
            settings
        );
        DeliveryMetrics.SetState(span, after.State);
        if (after.State != PostState.Sent)
        {
            span?.SetStatus(ActivityStatusCode.Error);
        }

        // The post may have been published, so a shutdown must not cancel recording it.
        var recorded = await RecordAsync(claimed, after, CancellationToken.None);
        if (recorded is { State: PostState.Refused } && outcome is SendOutcome.Refused refusal)
        {
            refusals.HandleRefusal(recorded, refusal);
        }

        return recorded;
    }

    private static Task<SendOutcome> SendContentAsync(
        IPublishTarget target,
        Post post,
        SendDeadline deadline,
        CancellationToken cancellationToken
    )
    {
        if (post.Payload is not null)
        {
            return target.SendAsync(post, deadline, cancellationToken);
        }

        SendOutcome refused = new SendOutcome.Refused(Refusal.Payload, "The post has no content.");
        return Task.FromResult(refused);
    }

    /// <summary>A post to a platform without credentials waits for them until its deadline.</summary>
    private async Task<Post?> DeferAsync(Post post, CancellationToken cancellationToken)
    {
        var scheduleNow = clocks.Schedule.GetUtcNow();
        if (post.State == PostState.Planned && Transitions.IsTooLate(post, scheduleNow))
        {
            return await RecordAsync(post, Transitions.Missed(post), cancellationToken);
        }

        // Logged once at the start, not with every check.
        if (!Transitions.IsStuck(post, scheduleNow))
        {
            var after = Transitions.Disabled(post, clocks.System.GetUtcNow());
            await ledger.TryUpdateAsync(post, after, cancellationToken);
        }

        return null;
    }

    private async Task<Post?> RecordAsync(Post before, Post after, CancellationToken cancellationToken)
    {
        if (!await ledger.TryUpdateAsync(before, after, cancellationToken))
        {
            LogTakenOver(before.Key, before.Destination);
            return null;
        }

        DeliveryMetrics.RecordState(after, clocks.Schedule.GetUtcNow());
        switch (after.State)
        {
            case PostState.Sent when after.NeedsOperator:
                LogCopy(after.Schedule, after.Destination, after.Reason);
                break;
            case PostState.Sent:
                LogSent(after.Schedule, after.Destination, Describe(after));
                if (after.Reason is { } remark)
                {
                    LogRemark(after.Schedule, after.Destination, remark);
                }

                break;
            case PostState.Planned:
                LogRetry(after.Schedule, after.Destination, after.Reason);
                break;
            case PostState.Unknown:
                LogUnknown(after.Schedule, after.Destination, after.Reason);
                break;
            default:
                LogFailed(after.Schedule, after.Destination, after.State, after.Reason);
                break;
        }

        return after;
    }

    private static string Describe(Post sent) =>
        sent.Url?.ToString() ?? $"message {sent.RemoteId ?? "with unknown id"}";

    /// <summary>Runs a request with a timeout. An exception in one destination's client does not
    /// affect the others.</summary>
    private async Task<T> RunAsync<T>(
        Post post,
        Func<CancellationToken, Task<T>> request,
        Func<string, T> afterException,
        CancellationToken cancellationToken
    )
    {
        using CancellationTokenSource timeout = new(settings.Lease * MaxShareOfLease, clocks.System);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken,
            timeout.Token,
            _abort.Token
        );
        try
        {
            return await request(linked.Token);
        }
        catch (Exception e) when (!e.IsCancellationBy(cancellationToken))
        {
            LogException(e, post.Schedule, post.Destination);
            return afterException($"Unhandled exception in the bot: {e.GetType().Name}.");
        }
    }

    [LoggerMessage(LogLevel.Information, "Posted {Schedule} to {Destination}: {Where}")]
    private partial void LogSent(ScheduleId schedule, Destination destination, string where);

    [LoggerMessage(LogLevel.Warning, "Post {Schedule} to {Destination}: {Remark}")]
    private partial void LogRemark(ScheduleId schedule, Destination destination, string remark);

    [LoggerMessage(LogLevel.Warning, "Posting {Schedule} to {Destination} failed and will be retried: {Reason}")]
    private partial void LogRetry(ScheduleId schedule, Destination destination, string? reason);

    [LoggerMessage(
        LogLevel.Warning,
        "Outcome of posting {Schedule} to {Destination} is unknown; looking it up before any retry: {Reason}"
    )]
    private partial void LogUnknown(ScheduleId schedule, Destination destination, string? reason);

    [LoggerMessage(LogLevel.Error, "Posting {Schedule} to {Destination} failed ({State}): {Reason}")]
    private partial void LogFailed(ScheduleId schedule, Destination destination, PostState state, string? reason);

    [LoggerMessage(
        LogLevel.Warning,
        "The lease of post {Key} to {Destination} expired while it was being sent; looking it up"
    )]
    private partial void LogAbandoned(string key, Destination destination);

    [LoggerMessage(LogLevel.Warning, "Another worker has taken over post {Key} to {Destination}")]
    private partial void LogTakenOver(string key, Destination destination);

    [LoggerMessage(LogLevel.Error, "Posting {Schedule} to {Destination} failed with an unhandled exception")]
    private partial void LogException(Exception e, ScheduleId schedule, Destination destination);

    [LoggerMessage(LogLevel.Error, "Posting {Schedule} to {Destination} failed; the post is retried: {Problem}")]
    private partial void LogFault(ScheduleId schedule, Destination destination, string problem);

    [LoggerMessage(LogLevel.Critical, "Delivery failed because of the ledger; retrying every second: {Problem}")]
    private partial void LogLedgerFailed(string problem);
}
