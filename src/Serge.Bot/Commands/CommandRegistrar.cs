namespace Serge.Bot.Commands;

/// <summary>Registers the commands, and checks that Discord sends interactions where the bot expects them.</summary>
internal sealed partial class CommandRegistrar(
    IDiscord discord,
    InteractionDispatcher dispatcher,
    BotSettings settings,
    Clocks clocks,
    ILogger<CommandRegistrar> logger
)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMinutes(1);

    /// <summary>Registers the commands; a failure is logged.</summary>
    public async Task TryRegisterAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RegisterAsync(cancellationToken);
        }
        catch (Exception e) when (!e.IsCancellationBy(cancellationToken))
        {
            LogRegistrationFailed(ExceptionText.Describe(e));
        }
    }

    /// <summary>Registers the commands. A refusal may be wrong during an outage, so it is repeated once.</summary>
    private async Task RegisterAsync(CancellationToken cancellationToken)
    {
        var mayBeWrong = settings.Delivery.RefusalDelay > TimeSpan.Zero;
        while (true)
        {
            var result = await discord.RegisterCommandsAsync(dispatcher.Commands, cancellationToken);
            switch (result)
            {
                case Result<CommandRegistration>.Success(var registration):
                    LogRegistered(registration.Count, registration.Changed ? "registered" : "unchanged");
                    dispatcher.SetCommandIds(registration.Ids);
                    await CheckEndpointAsync(cancellationToken);
                    return;
                case Result<CommandRegistration>.Unavailable(var reason) unavailable:
                    LogRegistrationRetry(reason);
                    await Task.Delay(GetRetryDelay(unavailable.RetryAt), clocks.System, cancellationToken);
                    break;
                default:
                    if (!mayBeWrong)
                    {
                        LogRegistrationFailed(result.GetReason());
                        return;
                    }

                    mayBeWrong = false;
                    LogRegistrationRefused(settings.Delivery.RefusalDelay.TotalMinutes, result.GetReason());
                    await Task.Delay(settings.Delivery.RefusalDelay, clocks.System, cancellationToken);
                    break;
            }
        }
    }

    /// <summary>A minute, or until the end of a longer rate limit.</summary>
    private TimeSpan GetRetryDelay(DateTimeOffset? retryAt)
    {
        var wait = retryAt - clocks.System.GetUtcNow();
        return wait > RetryDelay ? wait.Value : RetryDelay;
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

    [LoggerMessage(LogLevel.Information, "Slash commands: {Count}, {State}")]
    private partial void LogRegistered(int count, string state);

    [LoggerMessage(
        LogLevel.Error,
        "Registering slash commands failed; no retry until the bot is restarted, members see the previous commands: "
            + "{Reason}"
    )]
    private partial void LogRegistrationFailed(string reason);

    [LoggerMessage(LogLevel.Error, "Registering slash commands failed; retrying once in {Minutes:0} min: {Reason}")]
    private partial void LogRegistrationRefused(double minutes, string reason);

    [LoggerMessage(LogLevel.Warning, "Registering slash commands failed; retry in a minute or later: {Reason}")]
    private partial void LogRegistrationRetry(string reason);

    [LoggerMessage(LogLevel.Warning, "{Problem}")]
    private partial void LogEndpointProblem(string problem);
}
