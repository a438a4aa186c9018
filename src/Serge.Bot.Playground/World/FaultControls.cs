namespace Serge.Bot.Playground.World;

/// <summary>Adds the faults that the page offers.</summary>
/// <param name="platforms">The platforms that fail.</param>
internal sealed class FaultControls(SimulatedPlatforms platforms)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(3);

    /// <summary>Longer than Discord's timeout for the response to a command.</summary>
    private static readonly TimeSpan CommandDelay = TimeSpan.FromSeconds(4);

    /// <summary>Longer than the worker's timeout for a post.</summary>
    private static readonly TimeSpan PostDelay = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly List<(FaultKind Kind, FaultPlatform Platform, ArmedFault Fault)> _armed = [];

    private bool _delaysCommand;

    /// <summary>The faults that have not fired yet.</summary>
    public IReadOnlyList<(FaultKind Kind, FaultPlatform Platform)> Armed
    {
        get
        {
            lock (_lock)
            {
                var armed = platforms.World.Faults.Armed;
                _armed.RemoveAll(added => !armed.Contains(added.Fault));
                var shown = _armed.Select(added => (added.Kind, added.Platform));
                if (_delaysCommand)
                {
                    shown = shown.Append((FaultKind.LateResponse, FaultPlatform.Discord));
                }

                return [.. shown];
            }
        }
    }

    /// <summary>Whether the response to the next command is delayed.</summary>
    public bool DelaysCommand
    {
        get
        {
            lock (_lock)
            {
                return _delaysCommand;
            }
        }
    }

    /// <summary>Adds a fault, unless it is armed already.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="platform">The platform of the posts; faults of the connection and of commands are always
    /// Discord's.</param>
    /// <returns>The added faults, at most one per platform.</returns>
    public IReadOnlyList<ArmedFault> Add(FaultKind kind, FaultPlatform platform)
    {
        switch (kind)
        {
            case FaultKind.RevokeToken:
                platforms.RevokeMastodonToken();
                return [];
            case FaultKind.LateResponse:
                SetCommandDelay(true);
                return [];
            case FaultKind.Reset:
                SetCommandDelay(false);
                platforms.World.Faults.Clear();
                platforms.RestoreMastodonToken();
                return [];
        }

        var armed = Armed;
        List<ArmedFault> added = [];
        foreach (var one in GetPlatforms(kind, platform))
        {
            if (armed.Contains((kind, one)))
            {
                continue;
            }

            var fault = platforms.World.Faults.Add(CreateFault(kind, one));
            added.Add(fault);
            lock (_lock)
            {
                _armed.Add((kind, one, fault));
            }
        }

        return added;
    }

    /// <summary>Removes those of the faults that have not fired.</summary>
    public void Remove(IReadOnlyList<ArmedFault> faults)
    {
        foreach (var fault in faults)
        {
            platforms.World.Faults.Remove(fault);
        }
    }

    /// <summary>Sends a command, whose response is delayed if that fault is armed.</summary>
    /// <remarks>The simulator gets the fault only now: the bot responds to suggestions and buttons at the same
    /// address.</remarks>
    /// <param name="send">Sends the command and waits for the result.</param>
    public async Task<T> SendCommandAsync<T>(Func<Task<T>> send)
    {
        var delay = TryDelayCommand();
        try
        {
            return await send();
        }
        finally
        {
            if (delay is not null && platforms.World.Faults.Armed.Contains(delay))
            {
                // The bot did not get the command, so the fault is for the next one.
                platforms.World.Faults.Remove(delay);
                SetCommandDelay(true);
            }
        }
    }

    private ArmedFault? TryDelayCommand()
    {
        lock (_lock)
        {
            if (!_delaysCommand)
            {
                return null;
            }

            _delaysCommand = false;
            var fault = CreateCommandFault(new RequestEffect.Delay(CommandDelay));
            var armed = platforms.World.Faults.Add(fault);
            _armed.Add((FaultKind.LateResponse, FaultPlatform.Discord, armed));
            return armed;
        }
    }

    private void SetCommandDelay(bool isDelayed)
    {
        lock (_lock)
        {
            _delaysCommand = isDelayed;
        }
    }

    private static FaultPlatform[] GetPlatforms(FaultKind kind, FaultPlatform platform)
    {
        switch (kind)
        {
            case FaultKind.DropConnection or FaultKind.ExpireSession:
                return [FaultPlatform.Discord];
            default:
                return platform == FaultPlatform.Both ? [FaultPlatform.Discord, FaultPlatform.Mastodon] : [platform];
        }
    }

    private static Fault CreateFault(FaultKind kind, FaultPlatform platform) =>
        kind switch
        {
            FaultKind.DropConnection => new GatewayFault { Effect = new GatewayEffect.Abort() },
            FaultKind.ExpireSession => new GatewayFault { Effect = new GatewayEffect.ExpireSession() },
            FaultKind.RateLimit => CreatePostFault(platform, new RequestEffect.RateLimit(RetryAfter), times: 2),
            FaultKind.Unavailable => CreatePostFault(platform, new RequestEffect.Respond(503), times: 2),
            FaultKind.LoseRequest => CreatePostFault(platform, new RequestEffect.Drop()),
            FaultKind.LoseResponse => CreatePostFault(platform, new RequestEffect.LoseResponse()),
            _ => CreatePostFault(platform, new RequestEffect.Delay(PostDelay, AfterHandling: true)),
        };

    private static RequestFault CreateCommandFault(RequestEffect effect) =>
        new()
        {
            Method = "POST",
            Path = "/discord/api/v10/interactions/*/*/callback",
            Effect = effect,
        };

    private static RequestFault CreatePostFault(FaultPlatform platform, RequestEffect effect, int times = 1)
    {
        var path = "/discord/api/v10/channels/*/messages";
        if (platform == FaultPlatform.Mastodon)
        {
            path = "/mastodon/api/v1/statuses";
        }

        return new RequestFault
        {
            Method = "POST",
            Path = path,
            Effect = effect,
            Times = times,
        };
    }
}

internal enum FaultKind
{
    /// <summary>Aborts the gateway connection; the session can be resumed.</summary>
    DropConnection,

    /// <summary>Aborts the gateway connection and removes the session.</summary>
    ExpireSession,

    /// <summary>Delays the next response to a command beyond Discord's timeout.</summary>
    LateResponse,

    /// <summary>The next two attempts of a post get 429.</summary>
    RateLimit,

    /// <summary>The next two attempts of a post get 503.</summary>
    Unavailable,

    /// <summary>The next post is lost before it arrives.</summary>
    LoseRequest,

    /// <summary>The next post arrives, and its response is lost.</summary>
    LoseResponse,

    /// <summary>The next post arrives, and its response is delayed beyond the worker's timeout.</summary>
    SlowResponse,

    /// <summary>The next post arrives, and the worker is killed before the response.</summary>
    KillInPost,

    /// <summary>Revokes the Mastodon token.</summary>
    RevokeToken,

    /// <summary>Removes all faults and restores the token.</summary>
    Reset,
}

internal enum FaultPlatform
{
    Both,

    Discord,

    Mastodon,
}
