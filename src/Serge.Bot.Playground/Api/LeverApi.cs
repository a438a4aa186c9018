using Serge.Bot.Playground.World;

namespace Serge.Bot.Playground.Api;

/// <summary>The troubles and the worker: what the person at the page does to the bot.</summary>
internal sealed class LeverApi(PlaygroundParts playground)
{
    /// <summary>Makes trouble.</summary>
    public Task<Answer> MakeTroubleAsync(TroubleRequest request, CancellationToken cancellationToken)
    {
        if (request.Kind is not { } kind)
        {
            return Task.FromResult(new Answer(Problem: "Name a kind of trouble."));
        }

        playground.Diary.Write(DiarySource.You, DiaryWeight.Plain, Sentence(kind, request.Side));
        var added = playground.Troubles.Make(kind, request.Side);
        if (kind == TroubleKind.KillInPost)
        {
            foreach (var fault in added)
            {
                playground.Seat.KillWhen(fault);
            }
        }

        return Task.FromResult(Answer.Done);
    }

    /// <summary>Starts or kills the worker.</summary>
    public async Task<Answer> TouchWorkerAsync(WorkerRequest request, CancellationToken cancellationToken)
    {
        switch (request.Action)
        {
            case WorkerAction.Kill:
                await playground.Seat.KillAsync("The bot was killed.");
                return Answer.Done;
            case WorkerAction.Start:
                try
                {
                    await playground.Seat.StartAsync(cancellationToken);
                    return Answer.Done;
                }
                catch (CatalogueException e)
                {
                    // The files were edited meanwhile.
                    return new Answer(Problem: $"The bot does not start, for the quote files are wrong: {e.Message}");
                }

            default:
                return new Answer(Problem: "Name an action: start or kill.");
        }
    }

    private static string Sentence(TroubleKind kind, TroubleSide side)
    {
        var posts = side switch
        {
            TroubleSide.Discord => "the next post to Discord",
            TroubleSide.Mastodon => "the next post to Mastodon",
            _ => "the next post on both sides",
        };
        return kind switch
        {
            TroubleKind.DropConnection => "The connection is cut.",
            TroubleKind.ExpireSession => "The connection is cut and its session forgotten.",
            TroubleKind.LateAnswer =>
                "Discord will be slow to take the next answer. See whether the bot tries again in time.",
            TroubleKind.RateLimit => $"Prepared: 429 for {posts}.",
            TroubleKind.Unavailable => $"Prepared: 503 for {posts}.",
            TroubleKind.LoseRequest => $"Prepared: {posts} gets lost on the way.",
            TroubleKind.LoseAnswer => $"Prepared: {posts} arrives, but its answer does not.",
            TroubleKind.SlowAnswer => $"Prepared: {posts} is answered too late.",
            TroubleKind.KillInPost =>
                $"Prepared: the bot dies in the middle of the next post to {(side == TroubleSide.Mastodon ? "Mastodon" : "Discord")}.",
            TroubleKind.RevokeToken => "The Mastodon token is worthless now.",
            _ => "Whatever was prepared is called off, and the token is good.",
        };
    }
}
