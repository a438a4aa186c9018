namespace Serge.Bot.Playground.Api;

/// <summary>Adds faults, and starts and kills the worker.</summary>
internal sealed class FaultApi(PlaygroundContext playground)
{
    public Task<ApiResponse> AddFaultAsync(FaultRequest request, CancellationToken cancellationToken)
    {
        if (request.Kind is not { } kind)
        {
            return Task.FromResult(new ApiResponse(Problem: "Set the kind of fault."));
        }

        if (kind == FaultKind.KillInPost && !playground.HasBot)
        {
            return Task.FromResult(new ApiResponse(Problem: playground.NoBot));
        }

        playground.EventLog.Write(EventLogSource.You, EventLogLevel.Information, Describe(kind, request.Side));
        var added = playground.Faults.Add(kind, request.Side);
        if (kind == FaultKind.KillInPost && added.Count > 0)
        {
            playground.Worker.KillWhenFired(added);
        }

        return Task.FromResult(ApiResponse.Done);
    }

    public async Task<ApiResponse> ControlWorkerAsync(WorkerRequest request, CancellationToken cancellationToken)
    {
        switch (request.Action)
        {
            case WorkerAction.Kill:
                await playground.Worker.KillAsync("Bot killed.");
                return ApiResponse.Done;
            case WorkerAction.Start:
                return await StartAsync(cancellationToken);
            default:
                return new ApiResponse(Problem: "Set an action: start or kill.");
        }
    }

    private async Task<ApiResponse> StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await playground.Worker.StartAsync(cancellationToken);
            return ApiResponse.Done;
        }
        catch (CatalogueException e)
        {
            // The files were edited meanwhile.
            var first = e.Problems.First(problem => problem.Severity == ProblemSeverity.Error);
            var (file, line) = (Path.GetFileName(first.Location.File), first.Location.Line);
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"The bot did not start: {file}, line {line}: {first.Message} {first.Fix}"
            );
            playground.EventLog.Write(EventLogSource.You, EventLogLevel.Error, text);
            return new ApiResponse(Problem: text);
        }
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
            FaultKind.LateAnswer => "Fault armed: the next response to a command is delayed by 4 s.",
            FaultKind.RateLimit => $"Fault armed: 429 for {target}.",
            FaultKind.Unavailable => $"Fault armed: 503 for {target}.",
            FaultKind.LoseRequest => $"Fault armed: {target} is lost.",
            FaultKind.LoseAnswer => $"Fault armed: the response to {target} is lost.",
            FaultKind.SlowAnswer => $"Fault armed: the response to {target} is delayed by 10 s.",
            FaultKind.KillInPost => $"Fault armed: the bot is killed during {target}.",
            FaultKind.RevokeToken => "Mastodon token revoked.",
            _ => "All faults reset, Mastodon token restored.",
        };
    }
}
