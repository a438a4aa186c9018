using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Commands;

/// <summary>Listens to Discord, keeps the commands registered, hands each interaction to whoever answers it, and tells where the bot is.</summary>
internal sealed partial class InteractionWorker(
    IDiscord discord,
    InteractionDispatcher answers,
    IEnumerable<IGuildEventHandler> places,
    BotSettings settings,
    Clocks clocks,
    FatalErrorHandler fatalErrors,
    SenderLease lease,
    PlatformConnections connections,
    ILogger<InteractionWorker> logger
) : BackgroundService
{
    /// <summary>More than this many answers at a time would not be given within Discord's 3 s anyway.</summary>
    private const int MostAtOnce = 64;

    private static readonly TimeSpan RegisterAgainAfter = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        CancellationToken takenOver;
        do
        {
            takenOver = settings.Discord is { InteractionsOverHttp: false }
                ? await lease.WaitAsync(stoppingToken)
                : CancellationToken.None;
            using var turn = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, takenOver);
            try
            {
                await ReadAsync(turn.Token, stoppingToken);
            }
            catch (OperationCanceledException)
                when (takenOver.IsCancellationRequested && !stoppingToken.IsCancellationRequested)
            {
                connections.Discord.MarkUnused();
                LogLeaves();
            }
        } while (takenOver.IsCancellationRequested && !stoppingToken.IsCancellationRequested);
    }

    /// <summary>Reads until the turn is over; what has begun by then is finished.</summary>
    private async Task ReadAsync(CancellationToken turn, CancellationToken stoppingToken)
    {
        using var turns = new SemaphoreSlim(MostAtOnce);
        HashSet<Task> running = [];
        Task? registration = null;
        var told = Task.CompletedTask;
        try
        {
            await foreach (var happened in discord.ReadAsync(turn))
            {
                running.RemoveWhere(task => task.IsCompleted);
                switch (happened)
                {
                    case DiscordEvent.Ready ready:
                        MarkConnected("new");
                        LogReady(ready.UserName, ready.Guilds.Count);
                        registration ??= RegisterAsync(turn);
                        told = NotifyGuildHandlersAsync(told, happened, stoppingToken);
                        break;
                    case DiscordEvent.Resumed:
                        MarkConnected("resumed");
                        LogResumed();
                        break;
                    case DiscordEvent.Disconnected lost:
                        MarkDisconnected("lost", forGood: false);
                        LogDisconnected(lost.Reason);
                        break;
                    case DiscordEvent.Interacted interacted:
                        await turns.WaitAsync(stoppingToken);
                        running.Add(AnswerAsync(interacted.Interaction, turns, stoppingToken));
                        break;
                    case DiscordEvent.GuildJoined or DiscordEvent.GuildLeft or DiscordEvent.ChannelDeleted:
                        told = NotifyGuildHandlersAsync(told, happened, stoppingToken);
                        break;
                    case DiscordEvent.Stopped stopped:
                        MarkDisconnected("refused", forGood: true);
                        LogStopped(
                            stopped.Cause == StopCause.BadToken
                                ? "Discord:Token is not accepted"
                                : "Discord will not give us a session",
                            stopped.Reason
                        );
                        fatalErrors.HandleDiscordStopped();
                        break;
                }
            }
        }
        finally
        {
            await Task.WhenAll([.. running, told, registration ?? Task.CompletedTask]);
        }
    }

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

    private async Task AnswerAsync(Interaction interaction, SemaphoreSlim turns, CancellationToken cancellationToken)
    {
        try
        {
            await answers.AnswerAsync(interaction, cancellationToken);
        }
        finally
        {
            turns.Release();
        }
    }

    /// <summary>Tells it after what was told before: in order, and without holding up the interactions.</summary>
    private async Task NotifyGuildHandlersAsync(Task before, DiscordEvent happened, CancellationToken cancellationToken)
    {
        await before;
        foreach (var place in places)
        {
            try
            {
                await place.HandleAsync(happened, cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                LogNotTold(e, happened);
            }
        }
    }

    private async Task RegisterAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (await discord.RegisterCommandsAsync(answers.Commands, cancellationToken))
            {
                case Result<Registration>.Success(var registration):
                    LogRegistered(registration.Count, registration.Changed ? "registered anew" : "unchanged");
                    await CheckEndpointAsync(cancellationToken);
                    return;
                case Result<Registration>.Refused(_, var reason):
                    LogNotRegistered(reason);
                    return;
                case Result<Registration>.Unauthorized(var reason):
                    LogNotRegistered(reason);
                    return;
                case Result<Registration>.Unavailable(var reason):
                    LogNotYetRegistered(reason);
                    await Task.Delay(RegisterAgainAfter, clocks.System, cancellationToken);
                    break;
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Discord is ready: connected as {Name}; servers: {Guilds}")]
    private partial void LogReady(string name, int guilds);

    [LoggerMessage(
        LogLevel.Information,
        "Another worker is connected to Discord now, so this one leaves and stands by"
    )]
    private partial void LogLeaves();

    [LoggerMessage(LogLevel.Information, "The connection to Discord goes on where it broke off")]
    private partial void LogResumed();

    [LoggerMessage(LogLevel.Warning, "The connection to Discord is lost and made anew: {Reason}")]
    private partial void LogDisconnected(string reason);

    [LoggerMessage(
        LogLevel.Critical,
        "{What}, so the bot stays away from Discord until it is mended and started again: {Reason}"
    )]
    private partial void LogStopped(string what, string reason);

    [LoggerMessage(LogLevel.Information, "{Count} slash commands, {What}")]
    private partial void LogRegistered(int count, string what);

    [LoggerMessage(LogLevel.Error, "Discord refuses the slash commands, so members see the old ones: {Reason}")]
    private partial void LogNotRegistered(string reason);

    [LoggerMessage(LogLevel.Warning, "The slash commands could not be registered yet and are tried again: {Reason}")]
    private partial void LogNotYetRegistered(string reason);

    private async Task CheckEndpointAsync(CancellationToken cancellationToken)
    {
        if (
            await discord.GetApplicationAsync(cancellationToken) is Result<DiscordApplication>.Success(var application)
            && InteractionEndpointCheck.FindProblem(application, settings.Discord is { InteractionsOverHttp: true })
                is { } trouble
        )
        {
            LogWay(trouble);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Trouble}")]
    private partial void LogWay(string trouble);

    [LoggerMessage(LogLevel.Error, "Nothing could be done about {Happened}")]
    private partial void LogNotTold(Exception e, DiscordEvent happened);
}
