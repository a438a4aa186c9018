using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Guilds;

/// <summary>Keeps the stored servers up to date: channels that are deleted or forbidden, servers that the bot was
/// removed from or invited back to, and data to delete.</summary>
/// <remarks>Events and refusals are queued and processed one at a time. What a crash loses occurs again: a post is
/// refused again, and a new session lists its servers.</remarks>
internal sealed partial class GuildLifecycleService(
    GuildDirectory directory,
    GuildPauses pauses,
    GuildRetention retention,
    GuildReturnCheck returns,
    GuildWelcome welcome,
    Clocks clocks,
    ILogger<GuildLifecycleService> logger
) : BackgroundService, IGuildEventHandler, IRefusalListener
{
    private static readonly TimeSpan MaintenanceInterval = TimeSpan.FromMinutes(1);

    private readonly GuildTaskQueue _queue = new();

    private LedgerLoop? _maintenance;

    /// <summary>Completes when everything that was queued before has been processed; for tests.</summary>
    internal Task WaitUntilIdleAsync()
    {
        TaskCompletionSource idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(_ =>
        {
            idle.SetResult();
            return Task.CompletedTask;
        });
        return idle.Task;
    }

    /// <summary>Loads the servers before the first command is answered.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await directory.RefreshAsync(cancellationToken);
        EnqueueMaintenance();
        await base.StartAsync(cancellationToken);
    }

    public Task HandleAsync(DiscordEvent discordEvent, CancellationToken cancellationToken)
    {
        switch (discordEvent)
        {
            case DiscordEvent.Ready ready:
                HandleReady(ready.Shard, [.. ready.Guilds]);
                break;
            case DiscordEvent.GuildJoined joined when MayMatter(joined):
                Enqueue(joined.Guild, stop => RecordJoinAsync(joined, stop));
                break;
            case DiscordEvent.GuildLeft(var guild) when _queue.Contains(guild) || directory.Knows(guild):
                Enqueue(guild, stop => RecordLeaveAsync(guild, stop));
                break;
            case DiscordEvent.ChannelDeleted(var channel, var guild) when directory.Knows(guild):
                PauseChannel(channel, PauseCause.ChannelDeleted, "The channel was deleted.", notify: true);
                break;
        }

        return Task.CompletedTask;
    }

    /// <summary>Pauses the schedules of a channel that is deleted or forbidden, so that they are not refused
    /// again and again.</summary>
    public void HandleRefusal(Post post, SendOutcome.Refused refusal)
    {
        if (FindChannelOfGuild(post) is not { } channel)
        {
            return;
        }

        // A refused notice must not cause another notice.
        var notify = post.Kind != PostKind.Notice;
        switch (refusal.Kind)
        {
            case Refusal.Gone:
                PauseChannel(channel, PauseCause.ChannelDeleted, refusal.Reason, notify);
                break;
            case Refusal.Forbidden:
                PauseChannel(channel, PauseCause.ChannelForbidden, refusal.Reason, notify);
                break;
        }
    }

    /// <summary>Asks Discord about the channel, because no further attempt will be refused: an "on this day" post
    /// shortly before midnight has no time for a second one.</summary>
    public void HandleUnconfirmedRefusal(Post post)
    {
        if (post.Kind != PostKind.Notice && FindChannelOfGuild(post) is { } channel)
        {
            Enqueue(stop => pauses.CheckChannelAsync(channel, stop));
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(ProcessTasksAsync(stoppingToken), EnqueueMaintenanceAsync(stoppingToken));

    private async Task EnqueueMaintenanceAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(MaintenanceInterval, clocks.System);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            EnqueueMaintenance();
        }
    }

    /// <summary>Maintenance is a task like the others, so that it never runs beside a change.</summary>
    private void EnqueueMaintenance()
    {
        _maintenance ??= new LedgerLoop(MaintenanceInterval, clocks.System, LogMaintenanceFailed);
        Enqueue(stop => _maintenance.TryAsync(() => RunMaintenanceAsync(stop), stop));
    }

    /// <summary>Reloads the servers, asks about those that the bot is perhaps not in or perhaps back in, and deletes
    /// data whose retention period has ended.</summary>
    /// <exception cref="LedgerException">The database could not be read or written.</exception>
    internal async Task RunMaintenanceAsync(CancellationToken cancellationToken)
    {
        await directory.RefreshAsync(cancellationToken);
        foreach (var (guild, since) in directory.Missing.ToArray())
        {
            await pauses.CheckMissingAsync(guild, since, cancellationToken);
        }

        await returns.RunAsync(cancellationToken);
        await retention.RunAsync(cancellationToken);
    }

    /// <summary>Each session repeats the event for all its servers, so most of them are filtered out here. While an
    /// earlier change of the server waits, only its turn in the queue shows what the event means.</summary>
    private bool MayMatter(DiscordEvent.GuildJoined joined) =>
        _queue.Contains(joined.Guild) || directory.HasLeft(joined.Guild) || welcome.IsDue(joined);

    private async Task RecordJoinAsync(DiscordEvent.GuildJoined joined, CancellationToken cancellationToken)
    {
        if (directory.HasLeft(joined.Guild))
        {
            await pauses.MarkReturnedAsync(joined.Guild, cancellationToken);
        }
        else if (welcome.IsDue(joined))
        {
            await welcome.WelcomeAsync(joined.Guild, cancellationToken);
        }
    }

    private async Task RecordLeaveAsync(GuildId guild, CancellationToken cancellationToken)
    {
        if (directory.Knows(guild))
        {
            await pauses.MarkLeftAsync(guild, cancellationToken);
        }
    }

    /// <summary>A new session lists its servers: a missing one has probably removed the bot meanwhile, and one that the
    /// bot had left has invited it back.</summary>
    private void HandleReady(Shard shard, HashSet<GuildId> listed)
    {
        var now = clocks.Schedule.GetUtcNow();
        var ofShard = directory.Present.Where(shard.Covers);
        foreach (var missing in ofShard.Where(guild => !listed.Contains(guild)))
        {
            Enqueue(missing, stop => pauses.MarkMissingAsync(missing, now, stop));
        }

        foreach (var returned in directory.Left.Where(listed.Contains))
        {
            Enqueue(returned, stop => pauses.MarkReturnedAsync(returned, stop));
        }
    }

    /// <returns><see langword="null"/> for a post of the operator's schedules, or on another platform.</returns>
    private static ChannelId? FindChannelOfGuild(Post post)
    {
        var isOfGuild = GuildSchedule.GetGuild(post.Schedule) is not null;
        return isOfGuild ? Destinations.GetChannel(post.Destination) : null;
    }

    private void PauseChannel(ChannelId channel, PauseCause cause, string reason, bool notify) =>
        Enqueue(stop => pauses.PauseChannelAsync(channel, cause, reason, notify, stop));

    private void Enqueue(Func<CancellationToken, Task> task)
    {
        if (!_queue.TryAdd(task))
        {
            LogQueueFull();
        }
    }

    private void Enqueue(GuildId guild, Func<CancellationToken, Task> task)
    {
        if (!_queue.TryAdd(guild, task))
        {
            LogQueueFull();
        }
    }

    private async Task ProcessTasksAsync(CancellationToken cancellationToken)
    {
        LedgerLoop guard = new(MaintenanceInterval, clocks.System, LogTaskFailed);
        await foreach (var task in _queue.ReadAllAsync(cancellationToken))
        {
            await guard.TryAsync(() => task(cancellationToken), cancellationToken);
        }
    }

    [LoggerMessage(
        LogLevel.Error,
        "Too many changes of Discord servers at once; the rest is processed when the bot next connects"
    )]
    private partial void LogQueueFull();

    [LoggerMessage(
        LogLevel.Error,
        "Recording a change of a Discord server failed; it is repeated when the bot next connects: {Problem}"
    )]
    private partial void LogTaskFailed(string problem);

    [LoggerMessage(LogLevel.Error, "Updating the data of Discord servers failed; retrying every minute: {Problem}")]
    private partial void LogMaintenanceFailed(string problem);
}
