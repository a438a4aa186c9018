namespace Serge.Bot.Playground.Api;

/// <summary>Adds faults, and starts and kills the worker.</summary>
internal sealed class FaultApi(PlaygroundContext playground)
{
    public async Task<ApiResponse> AddFaultAsync(FaultRequest request, CancellationToken cancellationToken)
    {
        if (request.Kind is not { } kind)
        {
            return new ApiResponse(Problem: "Set the kind of fault.");
        }

        if (kind == FaultKind.KillInPost && !playground.HasBot)
        {
            return new ApiResponse(Problem: playground.NoBot);
        }

        if (kind == FaultKind.Reset)
        {
            await playground.Worker.CancelKillsAsync();
        }

        playground.EventLog.Write(EventLogSource.You, EventLogLevel.Information, Describe(kind, request.Side));
        var added = playground.Faults.Add(kind, request.Side);
        if (kind == FaultKind.KillInPost && added.Count > 0)
        {
            // A post to one platform leaves the fault of the other one, which would only delay a response.
            playground.Worker.KillWhenFired(added, () => playground.Faults.Remove(added));
        }

        return ApiResponse.Done;
    }

    public async Task<ApiResponse> ControlWorkerAsync(WorkerRequest request, CancellationToken cancellationToken)
    {
        switch (request.Action)
        {
            case WorkerAction.Kill:
                await playground.Worker.KillAsync("Bot killed.");
                return ApiResponse.Done;
            case WorkerAction.Start:
                return await StartAsync();
            default:
                return new ApiResponse(Problem: "Set an action: start or kill.");
        }
    }

    private async Task<ApiResponse> StartAsync()
    {
        try
        {
            await playground.Worker.StartAsync();
            return ApiResponse.Done;
        }
        catch (Exception e) when (DescribeFailure(e) is { } reason)
        {
            var text = $"The bot did not start: {reason}";
            playground.EventLog.Write(EventLogSource.You, EventLogLevel.Error, text);
            return new ApiResponse(Problem: text);
        }
    }

    /// <returns>Why the bot did not start; <see langword="null"/> for an exception that is a bug.</returns>
    private static string? DescribeFailure(Exception exception) =>
        exception switch
        {
            CatalogueException catalogue => Describe(catalogue),
            SettingsException settings => $"The settings are invalid. {string.Join(' ', settings.Problems)}",
            LedgerException or IOException or UnauthorizedAccessException => exception.Message,
            OperationCanceledException or ObjectDisposedException => "The playground is stopping.",
            _ => null,
        };

    /// <summary>Describes the first error of the quote files, which were edited meanwhile.</summary>
    private static string Describe(CatalogueException exception)
    {
        var first = exception.Problems.First(problem => problem.Severity == ProblemSeverity.Error);
        var (file, line) = (Path.GetFileName(first.Location.File), first.Location.Line);
        return string.Create(CultureInfo.InvariantCulture, $"{file}, line {line}: {first.Message} {first.Fix}");
    }

    private static string Describe(FaultKind kind, FaultPlatform platform)
    {
        var target = platform switch
        {
            FaultPlatform.Discord => "the next post to Discord",
            FaultPlatform.Mastodon => "the next post to Mastodon",
            _ => "the next post to both platforms",
        };
        return kind switch
        {
            FaultKind.DropConnection => "Discord connection dropped.",
            FaultKind.ExpireSession => "Discord connection dropped and session invalidated.",
            FaultKind.LateResponse => "Fault armed: the next response to a command is delayed by 4 s.",
            FaultKind.RateLimit => $"Fault armed: 429 for {target}.",
            FaultKind.Unavailable => $"Fault armed: 503 for {target}.",
            FaultKind.LoseRequest => $"Fault armed: {target} is lost.",
            FaultKind.LoseResponse => $"Fault armed: the response to {target} is lost.",
            FaultKind.SlowResponse => $"Fault armed: the response to {target} is delayed by 10 s.",
            FaultKind.KillInPost => $"Fault armed: the bot is killed during {target}.",
            FaultKind.RevokeToken => "Mastodon token revoked.",
            _ => "All faults reset, Mastodon token restored.",
        };
    }
}
