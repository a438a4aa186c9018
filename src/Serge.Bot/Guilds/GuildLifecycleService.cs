using System.Threading.Channels;
using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Guilds;

/// <summary>Keeps what is known of servers true: channels that are gone or closed, servers we were removed from and invited back to, and what is to be deleted.</summary>
/// <remarks>Gateway and delivery hand their news over and go on; it is dealt with here, one at a time. News that is lost in a crash comes again: a post
/// that is refused, or a session that lists its servers.</remarks>
internal sealed partial class GuildLifecycleService(
    IGuildStore places,
    GuildDirectory directory,
    GuildPauses pauses,
    Clocks clocks,
    ILogger<GuildLifecycleService> logger
) : BackgroundService, IGuildEventHandler, IRefusalListener
{
    /// <summary>How long a server's data outlives our removal. Promised in <c>docs/privacy.md</c>.</summary>
    public static readonly TimeSpan RetentionPeriod = TimeSpan.FromDays(30);

    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);

    private readonly Channel<Func<CancellationToken, Task>> _errands = Channel.CreateBounded<
        Func<CancellationToken, Task>
    >(new BoundedChannelOptions(10_000) { SingleReader = true });

    /// <summary>Ends when all that was heard so far has been dealt with; for tests.</summary>
    internal Task WaitUntilIdleAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(_ =>
        {
            done.SetResult();
            return Task.CompletedTask;
        });
        return done.Task;
    }

    /// <summary>Knows the servers before the first command is answered.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await directory.RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(RunBackgroundTasksAsync(stoppingToken), RunMaintenanceLoopAsync(stoppingToken));

    public Task HandleAsync(DiscordEvent happened, CancellationToken cancellationToken)
    {
        switch (happened)
        {
            case DiscordEvent.Ready ready:
                HandleReady(ready.Shard, [.. ready.Guilds]);
                break;
            case DiscordEvent.GuildJoined(var guild) when directory.HasLeft(guild):
                Enqueue(stop => pauses.MarkReturnedAsync(guild, stop));
                break;
            case DiscordEvent.GuildLeft(var guild) when directory.Knows(guild):
                Enqueue(stop => pauses.MarkLeftAsync(guild, stop));
                break;
            case DiscordEvent.ChannelDeleted(var channel, var guild) when directory.Knows(guild):
                Enqueue(stop =>
                    pauses.PauseChannelAsync(
                        channel,
                        PauseCause.ChannelDeleted,
                        "the channel was deleted",
                        tell: true,
                        stop
                    )
                );
                break;
        }

        return Task.CompletedTask;
    }

    /// <summary>A post was refused for good. A closed door is not knocked at again.</summary>
    public void HandleRefusal(Post post, SendOutcome.Refused refusal)
    {
        if (
            GuildSchedule.GetGuild(post.Schedule) is not null
            && post.Destination.Channel is { } channel
            && refusal.Kind is Refusal.Gone or Refusal.Forbidden
        )
        {
            // A word to the admins that cannot be delivered leads to no further word.
            var isNotice = GuildPauses.IsNotice(post);
            var cause = refusal.Kind == Refusal.Gone ? PauseCause.ChannelDeleted : PauseCause.ChannelForbidden;
            Enqueue(stop => pauses.PauseChannelAsync(channel, cause, refusal.Reason, tell: !isNotice, stop));
        }
    }

    /// <summary>Reads the servers anew, and deletes what was kept long enough.</summary>
    /// <exception cref="LedgerException">The database could not be read or written.</exception>
    internal async Task RunMaintenanceAsync(CancellationToken cancellationToken)
    {
        await directory.RefreshAsync(cancellationToken);
        foreach (var guild in directory.Left.ToArray())
        {
            if (await places.DeleteAsync(guild, clocks.Schedule.GetUtcNow() - RetentionPeriod, cancellationToken))
            {
                LogForgotten(guild, RetentionPeriod.Days);
            }
        }
    }

    /// <summary>A session lists all its servers: one that is missing has removed us while we were away, one that we had left has us again.</summary>
    private void HandleReady(Shard shard, HashSet<GuildId> listed)
    {
        foreach (var missing in directory.Present.Where(guild => shard.Covers(guild) && !listed.Contains(guild)))
        {
            Enqueue(stop => pauses.MarkLeftAsync(missing, stop));
        }

        foreach (var back in directory.Left.Where(listed.Contains))
        {
            Enqueue(stop => pauses.MarkReturnedAsync(back, stop));
        }
    }

    private void Enqueue(Func<CancellationToken, Task> errand)
    {
        if (!_errands.Writer.TryWrite(errand))
        {
            LogTooMuch();
        }
    }

    private async Task RunMaintenanceLoopAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(Pace, clocks.System);
        var ledgerFails = false;
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                await RunMaintenanceAsync(cancellationToken);
                ledgerFails = false;
            }
            catch (LedgerException e)
            {
                if (!ledgerFails)
                {
                    LogNotRead(e.Message);
                }

                ledgerFails = true;
            }
        }
    }

    private async Task RunBackgroundTasksAsync(CancellationToken cancellationToken)
    {
        await foreach (var errand in _errands.Reader.ReadAllAsync(cancellationToken))
        {
            try
            {
                await errand(cancellationToken);
            }
            catch (LedgerException e)
            {
                LogLedger(e.Message);
            }
        }
    }

    [LoggerMessage(
        LogLevel.Information,
        "Server {Guild} has been without the bot for {Days} days: its schedules, its zone and what was posted there are deleted"
    )]
    private partial void LogForgotten(GuildId guild, int days);

    [LoggerMessage(
        LogLevel.Error,
        "More news of servers at a time than can be dealt with; what is dropped comes again"
    )]
    private partial void LogTooMuch();

    [LoggerMessage(LogLevel.Error, "The servers’ schedules could not be read; retrying each minute: {Problem}")]
    private partial void LogNotRead(string problem);

    [LoggerMessage(LogLevel.Error, "News of a server could not be written down, and comes again: {Problem}")]
    private partial void LogLedger(string problem);
}
