using Serge.Bot.Simulator.Faults;

namespace Serge.Bot.Playground.World;

/// <summary>What can be broken from the page.</summary>
/// <param name="places">What is broken.</param>
internal sealed class Troubles(TwoPlaces places)
{
    private static readonly TimeSpan LimitLasts = TimeSpan.FromSeconds(3);

    /// <summary>Longer than Discord waits for the answer to a command.</summary>
    private static readonly TimeSpan TooLateForACommand = TimeSpan.FromSeconds(4);

    /// <summary>Longer than the worker waits for the answer to a post.</summary>
    private static readonly TimeSpan TooLateForAPost = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly List<(TroubleKind Kind, TroubleSide Side, ArmedFault Fault)> _armed = [];

    /// <summary>What waits to strike.</summary>
    public IReadOnlyList<(TroubleKind Kind, TroubleSide Side)> Armed
    {
        get
        {
            lock (_lock)
            {
                var waiting = places.World.Faults.Armed;
                _armed.RemoveAll(one => !waiting.Contains(one.Fault));
                return [.. _armed.Select(one => (one.Kind, one.Side))];
            }
        }
    }

    /// <summary>Makes trouble.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="side">Whose posts; what concerns the connection or commands is Discord's anyway.</param>
    /// <returns>The faults that were added, one a side at most; what waits already is not added again.</returns>
    public IReadOnlyList<ArmedFault> Make(TroubleKind kind, TroubleSide side)
    {
        var waiting = Armed;
        List<ArmedFault> added = [];
        foreach (var one in SidesOf(kind, side).Where(one => !waiting.Contains((kind, one))))
        {
            if (FaultOf(kind, one) is { } fault)
            {
                added.Add(places.World.Faults.Add(fault));
                lock (_lock)
                {
                    _armed.Add((kind, one, added[^1]));
                }
            }
        }

        if (kind == TroubleKind.RevokeToken)
        {
            places.RevokeMastodonToken();
        }
        else if (kind == TroubleKind.Mend)
        {
            places.World.Faults.Clear();
            places.RestoreMastodonToken();
        }

        return added;
    }

    private static IEnumerable<TroubleSide> SidesOf(TroubleKind kind, TroubleSide side) =>
        kind switch
        {
            TroubleKind.DropConnection or TroubleKind.ExpireSession or TroubleKind.LateAnswer => [TroubleSide.Discord],

            // One post is enough to die in.
            TroubleKind.KillInPost => [side == TroubleSide.Mastodon ? side : TroubleSide.Discord],
            _ => side == TroubleSide.Both ? [TroubleSide.Discord, TroubleSide.Mastodon] : [side],
        };

    private static Fault? FaultOf(TroubleKind kind, TroubleSide side) =>
        (kind, side) switch
        {
            (TroubleKind.DropConnection, _) => new GatewayFault { Effect = new GatewayEffect.Abort() },
            (TroubleKind.ExpireSession, _) => new GatewayFault { Effect = new GatewayEffect.ExpireSession() },
            (TroubleKind.LateAnswer, _) => new RequestFault
            {
                Method = "POST",
                Path = "/discord/api/v10/interactions/*/*/callback",
                Effect = new RequestEffect.Slow(TooLateForACommand),
            },
            (TroubleKind.RateLimit, _) => Post(side, new RequestEffect.RateLimit(LimitLasts), times: 2),
            (TroubleKind.Unavailable, _) => Post(side, new RequestEffect.Answer(503), times: 2),
            (TroubleKind.LoseRequest, _) => Post(side, new RequestEffect.Drop()),
            (TroubleKind.LoseAnswer, _) => Post(side, new RequestEffect.LoseAnswer()),
            (TroubleKind.SlowAnswer or TroubleKind.KillInPost, _) => Post(
                side,
                new RequestEffect.Slow(TooLateForAPost, AfterActing: true)
            ),
            _ => null,
        };

    private static RequestFault Post(TroubleSide side, RequestEffect effect, int times = 1) =>
        new()
        {
            Method = "POST",
            Path = side == TroubleSide.Mastodon ? "/mastodon/api/v1/statuses" : "/discord/api/v10/channels/*/messages",
            Effect = effect,
            Times = times,
        };
}

/// <summary>What can be broken.</summary>
internal enum TroubleKind
{
    /// <summary>Cuts the gateway connection; the session waits to be resumed.</summary>
    DropConnection,

    /// <summary>Cuts it and forgets the session.</summary>
    ExpireSession,

    /// <summary>Discord is slow to take the next answer to a command: slower than members are told to wait.</summary>
    LateAnswer,

    /// <summary>The next two tries of a post are answered with 429.</summary>
    RateLimit,

    /// <summary>The next two tries of a post are answered with 503.</summary>
    Unavailable,

    /// <summary>The next post is lost before it arrives.</summary>
    LoseRequest,

    /// <summary>The next post arrives, and the answer is lost.</summary>
    LoseAnswer,

    /// <summary>The next post arrives, and the answer takes longer than the worker waits.</summary>
    SlowAnswer,

    /// <summary>The next post arrives, and the worker is killed before the answer does.</summary>
    KillInPost,

    /// <summary>Makes the Mastodon token worthless.</summary>
    RevokeToken,

    /// <summary>Takes all trouble away that has not struck yet.</summary>
    Mend,
}

/// <summary>Where.</summary>
internal enum TroubleSide
{
    /// <summary>On both sides.</summary>
    Both,

    /// <summary>On Discord.</summary>
    Discord,

    /// <summary>On Mastodon.</summary>
    Mastodon,
}
