using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Commands;

/// <summary>Reads the events of Discord: registers the commands, dispatches interactions, and notifies the services
/// that keep the servers' settings.</summary>
internal sealed partial class InteractionWorker(
    IDiscord discord,
    InteractionDispatcher dispatcher,
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

    private static readonly TimeSpan RegistrationRetryDelay = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await ConnectOnceAsync(stoppingToken))
        {
            LogStandby();
        }
    }

    /// <summary>Over the gateway only the worker with the sender's lease is connected; otherwise members get two
    /// answers.</summary>
    /// <returns>Whether another worker took over the lease.</returns>
    private async Task<bool> ConnectOnceAsync(CancellationToken stoppingToken)
    {
        var usesGateway = settings.Discord is { InteractionsOverHttp: false };
        var leaseLost = usesGateway ? await lease.WaitAsync(stoppingToken) : CancellationToken.None;
        using var connected = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, leaseLost);
        try
        {
            await ReadAsync(connected.Token, stoppingToken);
        }
        catch (OperationCanceledException)
            when (leaseLost.IsCancellationRequested && !stoppingToken.IsCancellationRequested)
        {
            connections.Discord.MarkUnused();
        }

        return leaseLost.IsCancellationRequested && !stoppingToken.IsCancellationRequested;
    }

    /// <summary>Reads events until the connection ends, then waits for the tasks that they started.</summary>
    private async Task ReadAsync(CancellationToken connected, CancellationToken stoppingToken)
    {
        using SemaphoreSlim slots = new(MaxConcurrent);
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
                    registration ??= RegisterAsync(connected);
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

    private async Task HandleAsync(Interaction interaction, SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        try
        {
            await dispatcher.HandleAsync(interaction, cancellationToken);
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
                LogStopped(GetCause(stopped), stopped.Reason);
                fatalErrors.HandleDiscordStopped();
                break;
        }
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
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                LogGuildEventFailed(e, discordEvent);
            }
        }
    }

    private async Task RegisterAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (await discord.RegisterCommandsAsync(dispatcher.Commands, cancellationToken))
            {
                case Result<CommandRegistration>.Success(var registration):
                    var state = registration.Changed ? "registered" : "unchanged";
                    LogRegistered(registration.Count, state);
                    await CheckEndpointAsync(cancellationToken);
                    return;
                case Result<CommandRegistration>.Refused(_, var reason):
                    LogRegistrationFailed(reason);
                    return;
                case Result<CommandRegistration>.Unauthorized(var reason):
                    LogRegistrationFailed(reason);
                    return;
                case Result<CommandRegistration>.Unavailable(var reason):
                    LogRegistrationRetry(reason);
                    await Task.Delay(RegistrationRetryDelay, clocks.System, cancellationToken);
                    break;
            }
        }
    }

    private async Task CheckEndpointAsync(CancellationToken cancellationToken)
    {
        var result = await discord.GetApplicationAsync(cancellationToken);
        if (result is not Result<DiscordApplication>.Success(var application))
        {
            return;
        }

        var overHttp = settings.Discord is { InteractionsOverHttp: true };
        if (InteractionEndpointCheck.FindProblem(application, overHttp) is { } problem)
        {
            LogEndpointProblem(problem);
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

    [LoggerMessage(LogLevel.Information, "Slash commands: {Count}, {State}")]
    private partial void LogRegistered(int count, string state);

    [LoggerMessage(
        LogLevel.Error,
        "Registering slash commands failed; not tried again until restart, members see the old ones: {Reason}"
    )]
    private partial void LogRegistrationFailed(string reason);

    [LoggerMessage(LogLevel.Warning, "Registering slash commands failed; retrying every minute: {Reason}")]
    private partial void LogRegistrationRetry(string reason);

    [LoggerMessage(LogLevel.Warning, "{Problem}")]
    private partial void LogEndpointProblem(string problem);

    [LoggerMessage(LogLevel.Error, "Handling {DiscordEvent} failed with an unhandled exception")]
    private partial void LogGuildEventFailed(Exception e, DiscordEvent discordEvent);
}
