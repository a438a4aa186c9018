using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Posting.Delivery;

/// <summary>Does what follows published posts: threads, crossposts. A failure never affects the post.</summary>
/// <remarks>A request whose response is lost is repeated: the platform answers that it was done before. So a crash
/// neither loses a follow-up nor doubles it.</remarks>
public sealed partial class FollowUpWorker(
    IFollowUpLedger ledger,
    PublishTargets targets,
    DeliverySettings settings,
    SenderLease lease,
    Clocks clocks,
    ILogger<FollowUpWorker> logger
) : BackgroundService
{
    private const int MaxPerPoll = 200;

    /// <summary>Requests at a time: far below the client's limit, which posts need.</summary>
    private const int MaxConcurrent = 8;

    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    /// <summary>The client has a shorter timeout.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        LedgerLoop loop = new(PollInterval, clocks.System, LogLedgerFailed);
        return loop.RunAsync(RunIfSenderAsync, stoppingToken);
    }

    /// <summary>Attempts every due follow-up once.</summary>
    /// <exception cref="LedgerException">The ledger could not be read or written.</exception>
    internal async Task RunDueAsync(CancellationToken cancellationToken)
    {
        var due = await ledger.GetDueAsync(clocks.System.GetUtcNow(), MaxPerPoll, cancellationToken);
        var enabled = due.Where(followUp => targets.IsEnabled(followUp.Post.Destination));
        ParallelOptions options = new()
        {
            MaxDegreeOfParallelism = MaxConcurrent,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(enabled, options, async (followUp, stop) => await RunAsync(followUp, stop));
    }

    private Task RunIfSenderAsync(CancellationToken cancellationToken) =>
        lease.IsHeld ? RunDueAsync(cancellationToken) : Task.CompletedTask;

    private async Task RunAsync(FollowUp followUp, CancellationToken cancellationToken)
    {
        var after = await AttemptAsync(followUp, cancellationToken);
        if (!await ledger.TryUpdateAsync(followUp, after, CancellationToken.None))
        {
            return;
        }

        var post = followUp.Post;
        switch (after.State)
        {
            case FollowUpState.Done:
                LogDone(followUp.Kind, post.Schedule, post.Destination);
                break;
            case FollowUpState.Failed:
                LogFailed(followUp.Kind, post.Schedule, post.Destination, after.Reason);
                break;
            default:
                LogRetry(followUp.Kind, post.Schedule, post.Destination, after.Reason);
                break;
        }
    }

    private async Task<FollowUp> AttemptAsync(FollowUp followUp, CancellationToken cancellationToken)
    {
        if (followUp.Post is not { State: PostState.Sent, RemoteId: not null })
        {
            return followUp.Fail("The post was retracted, or the platform did not return its id.");
        }

        using CancellationTokenSource timeout = new(Timeout, clocks.System);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var outcome = await RequestAsync(followUp, linked.Token, cancellationToken);
        return followUp.Apply(outcome, clocks.System.GetUtcNow(), settings);
    }

    /// <summary>An exception in one client must not keep back the others.</summary>
    private async Task<SendOutcome> RequestAsync(
        FollowUp followUp,
        CancellationToken cancellationToken,
        CancellationToken stoppingToken
    )
    {
        try
        {
            return await targets.Get(followUp.Post.Destination).FollowUpAsync(followUp, cancellationToken);
        }
        catch (Exception e) when (!e.IsCancellationBy(stoppingToken))
        {
            return new SendOutcome.Unknown(ExceptionText.Describe(e));
        }
    }

    [LoggerMessage(LogLevel.Information, "{Kind} of {Schedule} in {Destination}: done")]
    private partial void LogDone(FollowUpKind kind, ScheduleId schedule, Destination destination);

    [LoggerMessage(LogLevel.Warning, "{Kind} of {Schedule} in {Destination} failed and will be retried: {Reason}")]
    private partial void LogRetry(FollowUpKind kind, ScheduleId schedule, Destination destination, string? reason);

    [LoggerMessage(
        LogLevel.Warning,
        "{Kind} of {Schedule} in {Destination} failed; the post is not affected: {Reason}"
    )]
    private partial void LogFailed(FollowUpKind kind, ScheduleId schedule, Destination destination, string? reason);

    [LoggerMessage(
        LogLevel.Critical,
        "Following up posts failed because of the ledger; retrying every second: {Problem}"
    )]
    private partial void LogLedgerFailed(string problem);
}
