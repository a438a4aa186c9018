using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Commands;

/// <summary>Reads the events of Discord: dispatches interactions, and notifies the services that keep the servers'
/// settings. When it is connected, the commands are registered.</summary>
internal sealed partial class InteractionWorker(
    IDiscord discord,
    InteractionDispatcher dispatcher,
    CommandRegistrar registrar,
    IEnumerable<IGuildEventHandler> guildHandlers,
    BotSettings settings,
    Clocks clocks,
    FatalErrorHandler fatalErrors,
    SenderLease lease,
    PlatformConnections connections,
    ILogger<InteractionWorker> logger
) : BackgroundService
{
    /// <summary>More concurrent answers would exceed Discord's limit of 3 s anyway.</summary>
    private const int MaxConcurrent = 64;

    /// <summary>When Discord first refused the bot, of the monotonic clock; <see langword="null"/> since it accepted
    /// it.</summary>
    private long? _refusedAt;

    /// <summary>The delay until the bot connects again after a first refusal.</summary>
    private TimeSpan? _reconnectDelay;

    /// <summary>Whether Discord rejects the bot until a setting is changed, so that the service has ended.</summary>
    public bool IsStopped { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await ConnectOnceAsync(stoppingToken)) { }
    }

    /// <summary>Over the gateway only the worker with the sender's lease is connected; otherwise members get two
    /// answers.</summary>
    /// <returns>Whether to connect again: another worker took over the lease, or Discord refused the bot only
    /// once.</returns>
    private async Task<bool> ConnectOnceAsync(CancellationToken stoppingToken)
    {
        var usesGateway = settings.Discord is { InteractionsOverHttp: false };
        var leaseLost = CancellationToken.None;
        if (usesGateway)
        {
            leaseLost = await lease.WaitAsync(stoppingToken);
        }

        using var connected = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, leaseLost);
        try
        {
            await ReadAsync(connected.Token, stoppingToken);
            if (_reconnectDelay is { } delay)
            {
                _reconnectDelay = null;
                await Task.Delay(delay, clocks.System, connected.Token);
                return true;
            }
        }
        catch (OperationCanceledException)
            when (leaseLost.IsCancellationRequested && !stoppingToken.IsCancellationRequested)
        {
            connections.Discord.MarkUnused();
        }

        if (!leaseLost.IsCancellationRequested || stoppingToken.IsCancellationRequested)
        {
            return false;
        }

        LogStandby();
        return true;
    }

    /// <summary>Reads events until the connection ends, then waits for the tasks that they started.</summary>
    private async Task ReadAsync(CancellationToken connected, CancellationToken stoppingToken)
    {
        using SemaphoreSlim slots = new(MaxConcurrent);
        using var accepted = CancellationTokenSource.CreateLinkedTokenSource(connected);
        HashSet<Task> running = [];
        Task? registration = null;
        var notified = Task.CompletedTask;
        try
        {
            await foreach (var discordEvent in discord.ReadAsync(connected))
            {
                running.RemoveWhere(task => task.IsCompleted);
                if (discordEvent is DiscordEvent.InteractionReceived interacted)
                {
                    await slots.WaitAsync(stoppingToken);
                    running.Add(HandleAsync(interacted.Interaction, slots, stoppingToken));
                    continue;
                }

                HandleConnection(discordEvent);
                if (discordEvent is DiscordEvent.Ready)
                {
                    registration ??= RegisterAsync(accepted, connected);
                }

                if (discordEvent is DiscordEvent.Stopped)
                {
                    // The commands are registered after the next connection, which must not wait for them.
                    await accepted.CancelAsync();
                }

                if (IsGuildEvent(discordEvent))
                {
                    notified = NotifyGuildHandlersAsync(notified, discordEvent, stoppingToken);
                }
            }
        }
        finally
        {
            await Task.WhenAll([.. running, notified, registration ?? Task.CompletedTask]);
        }
    }

    /// <summary>Registers the commands, until Discord refuses the bot.</summary>
    private async Task RegisterAsync(CancellationTokenSource accepted, CancellationToken connected)
    {
        try
        {
            await registrar.TryRegisterAsync(accepted.Token);
        }
        catch (OperationCanceledException) when (!connected.IsCancellationRequested) { }
    }

    private async Task HandleAsync(Interaction interaction, SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        try
        {
            await dispatcher.HandleAsync(interaction, cancellationToken);
        }
        catch (Exception e) when (!e.IsCancellationBy(cancellationToken))
        {
            LogInteractionFailed(interaction.Id, ExceptionText.Describe(e));
        }
        finally
        {
            slots.Release();
        }
    }

    private void HandleConnection(DiscordEvent discordEvent)
    {
        switch (discordEvent)
        {
            case DiscordEvent.Ready ready:
                _refusedAt = null;
                MarkConnected("new");
                LogReady(ready.UserName, ready.Guilds.Count);
                break;
            case DiscordEvent.Resumed:
                MarkConnected("resumed");
                LogResumed();
                break;
            case DiscordEvent.Disconnected disconnected:
                MarkDisconnected("lost", forGood: false);
                LogDisconnected(disconnected.Reason);
                break;
            case DiscordEvent.Stopped stopped:
                MarkDisconnected("refused", forGood: true);
                HandleStopped(stopped);
                break;
        }
    }

    /// <summary>During an outage Discord may refuse a valid token, so only a second refusal, some time after the first
    /// one, is final.</summary>
    private void HandleStopped(DiscordEvent.Stopped stopped)
    {
        var first = _refusedAt ?? clocks.System.GetTimestamp();
        _refusedAt = first;
        var delay = settings.Delivery.RefusalDelay - clocks.System.GetElapsedTime(first);
        if (delay > TimeSpan.Zero)
        {
            _reconnectDelay = delay;
            LogRefused(GetCause(stopped), Math.Ceiling(delay.TotalMinutes), stopped.Reason);
            return;
        }

        IsStopped = true;
        LogStopped(GetCause(stopped), stopped.Reason);
        fatalErrors.HandleDiscordStopped();
    }

    private static string GetCause(DiscordEvent.Stopped stopped) =>
        stopped.Cause == StopCause.InvalidToken
            ? "Discord:Token is not accepted (unauthorized)"
            : "Discord refuses a session";

    private static bool IsGuildEvent(DiscordEvent discordEvent) =>
        discordEvent
            is DiscordEvent.Ready
                or DiscordEvent.GuildJoined
                or DiscordEvent.GuildLeft
                or DiscordEvent.ChannelDeleted;

    private void MarkConnected(string change)
    {
        connections.Discord.MarkConnected();
        BotMetrics.RecordConnection(change);
    }

    private void MarkDisconnected(string change, bool forGood)
    {
        connections.Discord.MarkDisconnected(forGood);
        BotMetrics.RecordConnection(change);
    }

    /// <summary>Notifies the handlers in the order of the events, without delaying interactions.</summary>
    private async Task NotifyGuildHandlersAsync(
        Task previous,
        DiscordEvent discordEvent,
        CancellationToken cancellationToken
    )
    {
        await previous;
        foreach (var handler in guildHandlers)
        {
            try
            {
                await handler.HandleAsync(discordEvent, cancellationToken);
            }
            catch (Exception e) when (!e.IsCancellationBy(cancellationToken))
            {
                LogGuildEventFailed(e, discordEvent);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Discord is ready: connected as {Name}; servers: {Guilds}")]
    private partial void LogReady(string name, int guilds);

    [LoggerMessage(
        LogLevel.Information,
        "On standby, not connected to Discord: another worker holds the sender's lease"
    )]
    private partial void LogStandby();

    [LoggerMessage(LogLevel.Information, "Discord session resumed")]
    private partial void LogResumed();

    [LoggerMessage(LogLevel.Warning, "Discord connection lost; reconnecting: {Reason}")]
    private partial void LogDisconnected(string reason);

    [LoggerMessage(
        LogLevel.Critical,
        "{Cause}; not reconnecting to Discord until the setting is fixed and the bot is restarted: {Reason}"
    )]
    private partial void LogStopped(string cause, string reason);

    [LoggerMessage(LogLevel.Error, "{Cause}; connecting to Discord once more in {Minutes} min: {Reason}")]
    private partial void LogRefused(string cause, double minutes, string reason);

    [LoggerMessage(LogLevel.Error, "Answering interaction {Id} failed: {Problem}")]
    private partial void LogInteractionFailed(InteractionId id, string problem);

    [LoggerMessage(LogLevel.Error, "Handling {DiscordEvent} failed with an unhandled exception")]
    private partial void LogGuildEventFailed(Exception e, DiscordEvent discordEvent);
}
