namespace Serge.Bot.Simulator.Discord;

/// <summary>The gateway sessions of all bots. Use it under the world's lock.</summary>
internal sealed class DiscordGateway(DiscordWorld world)
{
    private readonly List<GatewayServerSession> _sessions = [];
    private readonly Dictionary<Snowflake, IdentifyLimiter> _identifyLimiters = [];

    public IReadOnlyList<SessionState> GetSessions()
    {
        RemoveExpired();
        return [.. _sessions.Select(ToState)];
    }

    public IdentifyLimiter GetIdentifyLimiter(Application application)
    {
        if (!_identifyLimiters.TryGetValue(application.Id, out var limiter))
        {
            limiter = new IdentifyLimiter();
            _identifyLimiters[application.Id] = limiter;
        }

        return limiter;
    }

    /// <summary>Sends an event to the bot's sessions that have the intent and the guild. A disconnected session keeps
    /// it for a resume.</summary>
    /// <returns>Whether there is such a session.</returns>
    public bool Dispatch(Application application, Snowflake? guild, string eventName, JsonObject data, int intent = 0)
    {
        RemoveExpired();
        var isDispatched = false;
        foreach (var session in _sessions)
        {
            var hasIntent = intent == 0 || (session.Intents & intent) != 0;
            if (session.Application == application && session.Shard.Covers(guild) && hasIntent)
            {
                Send(session, eventName, data);
                isDispatched = true;
            }
        }

        return isDispatched;
    }

    /// <summary>Sends one event to one session, unless a fault prevents it.</summary>
    public void Send(GatewayServerSession session, string eventName, JsonNode? data)
    {
        if (session.Connection is not { } connection)
        {
            session.Record(eventName, data?.DeepClone());
            return;
        }

        var effect = world.Faults.Fire(GatewayMoment.Dispatch, eventName);
        if (effect is GatewayEffect.Drop)
        {
            return;
        }

        if (effect is GatewayEffect.Delay delay)
        {
            connection.Delay(delay.Wait);
        }

        Send(session, connection, eventName, data);
        if (effect is GatewayEffect.Duplicate)
        {
            Send(session, connection, eventName, data);
        }

        if (effect is not null)
        {
            Apply(effect, session);
        }
    }

    public GatewayServerSession? Find(string id)
    {
        RemoveExpired();
        return _sessions.Find(session => session.Id == id);
    }

    public void Add(GatewayServerSession session) => _sessions.Add(session);

    public void Remove(GatewayServerSession session) => _sessions.Remove(session);

    /// <summary>Closes every session of a bot, as Discord does when it resets a token.</summary>
    public void CloseAll(Application application)
    {
        foreach (var session in _sessions.ToList())
        {
            if (session.Application == application)
            {
                Remove(session);
                session.Connection?.Close(GatewayCloseCode.AuthenticationFailed, "Authentication failed.");
            }
        }
    }

    /// <summary>Fires the faults with <see cref="GatewayMoment.Now"/>, each on one connected session.</summary>
    public void FireImmediateFaults()
    {
        foreach (var session in _sessions.ToList())
        {
            if (session.Connection is not null && world.Faults.Fire(GatewayMoment.Now) is { } effect)
            {
                Apply(effect, session);
            }
        }
    }

    /// <summary>Applies the effect of a fault to a session and its connection.</summary>
    public void Apply(GatewayEffect effect, GatewayServerSession session)
    {
        if (effect is GatewayEffect.InvalidSession { Resumable: false } or GatewayEffect.ExpireSession)
        {
            Remove(session);
        }

        if (session.Connection is { } connection)
        {
            Apply(effect, connection);
        }
    }

    public static void Apply(GatewayEffect effect, GatewayServerConnection connection)
    {
        switch (effect)
        {
            case GatewayEffect.Close close:
                connection.Close(close.Code);
                break;
            case GatewayEffect.Abort or GatewayEffect.ExpireSession:
                connection.Abort();
                break;
            case GatewayEffect.StopSending:
                connection.IsSilent = true;
                break;
            case GatewayEffect.InvalidSession invalid:
                connection.Send(GatewayMessage.InvalidSession(invalid.Resumable));
                break;
            case GatewayEffect.Reconnect:
                connection.Send(GatewayMessage.Reconnect());
                break;
            case GatewayEffect.Delay delay:
                connection.Delay(delay.Wait);
                break;
        }
    }

    private static void Send(
        GatewayServerSession session,
        GatewayServerConnection connection,
        string eventName,
        JsonNode? data
    )
    {
        var message = session.Record(eventName, data?.DeepClone());
        connection.Send(message);
    }

    private static SessionState ToState(GatewayServerSession session) =>
        new(session.Application, session.Id, session.Connection is not null);

    private void RemoveExpired()
    {
        var oldest = world.Clock.GetUtcNow() - world.Options.ResumeWindow;
        _sessions.RemoveAll(session => session.Connection is null && session.DisconnectedAt < oldest);
    }
}
