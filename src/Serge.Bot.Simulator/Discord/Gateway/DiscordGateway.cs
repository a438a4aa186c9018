using System.Text.Json.Nodes;
using Serge.Bot.Simulator.Faults;

namespace Serge.Bot.Simulator.Discord.Gateway;

/// <summary>The sessions of all bots. Used under the world's lock.</summary>
internal sealed class DiscordGateway
{
    private readonly List<GatewaySession> _sessions = [];
    private readonly Dictionary<Snowflake, SessionStarts> _starts = [];
    private readonly DiscordWorld _world;

    public DiscordGateway(DiscordWorld world) => _world = world;

    public IReadOnlyList<SessionState> Sessions
    {
        get
        {
            Sweep();
            return
            [
                .. _sessions.Select(session => new SessionState(
                    session.Application,
                    session.Id,
                    session.Connection is not null
                )),
            ];
        }
    }

    public SessionStarts StartsOf(Application application)
    {
        if (!_starts.TryGetValue(application.Id, out var starts))
        {
            _starts[application.Id] = starts = new SessionStarts();
        }

        return starts;
    }

    /// <summary>Sends an event to every session of the bot that is to have it; a session without a connection keeps it for later.</summary>
    /// <returns>Whether there was any.</returns>
    public bool Dispatch(Application application, Snowflake? guild, string eventName, JsonObject data, int intent = 0)
    {
        Sweep();
        var reached = false;
        foreach (var session in _sessions)
        {
            if (
                session.Application == application
                && session.Shard.Covers(guild)
                && (intent == 0 || (session.Intents & intent) != 0)
            )
            {
                Send(session, eventName, data);
                reached = true;
            }
        }

        return reached;
    }

    /// <summary>Sends one event to one session, unless a fault interferes.</summary>
    public void Send(GatewaySession session, string eventName, JsonNode? data)
    {
        var effect = session.Connection is null ? null : _world.Faults.Strike(GatewayMoment.Dispatch, eventName);
        if (effect is GatewayEffect.Drop)
        {
            return;
        }

        if (effect is GatewayEffect.Delay held)
        {
            session.Connection?.Hold(held.Wait);
        }

        // A session without a connection keeps the event for its resumption.
        var times = effect is GatewayEffect.Duplicate ? 2 : 1;
        for (var time = 0; time < times; time++)
        {
            var frame = session.Record(eventName, data?.DeepClone());
            session.Connection?.Send(frame);
        }

        if (effect is not null)
        {
            Apply(effect, session);
        }
    }

    public GatewaySession? Find(string id)
    {
        Sweep();
        return _sessions.Find(session => session.Id == id);
    }

    public void Add(GatewaySession session) => _sessions.Add(session);

    public void Forget(GatewaySession session) => _sessions.Remove(session);

    /// <summary>Ends every session of a bot, as Discord does when it resets a token.</summary>
    public void EndAll(Application application, int closeCode)
    {
        foreach (var session in _sessions.Where(session => session.Application == application).ToList())
        {
            Forget(session);
            session.Connection?.Close(closeCode, "Authentication failed.");
        }
    }

    /// <summary>Cuts every connection; for the end of the server.</summary>
    public void CutAll()
    {
        foreach (var session in _sessions)
        {
            session.Connection?.Abort();
        }
    }

    /// <summary>Lets the faults for now strike every connection with a session.</summary>
    public void StrikeNow()
    {
        foreach (var session in _sessions.Where(session => session.Connection is not null).ToList())
        {
            if (_world.Faults.Strike(GatewayMoment.Now) is { } effect)
            {
                Apply(effect, session);
            }
        }
    }

    /// <summary>Does to a session's connection what a fault asks.</summary>
    public void Apply(GatewayEffect effect, GatewaySession session)
    {
        if (effect is GatewayEffect.InvalidSession { Resumable: false } or GatewayEffect.ExpireSession)
        {
            Forget(session);
        }

        if (session.Connection is { } connection)
        {
            Apply(effect, connection);
        }
    }

    public static void Apply(GatewayEffect effect, GatewayConnection connection)
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
                connection.Silent = true;
                break;
            case GatewayEffect.InvalidSession invalid:
                connection.Send(new JsonObject { ["op"] = GatewayOpcode.InvalidSession, ["d"] = invalid.Resumable });
                break;
            case GatewayEffect.Reconnect:
                connection.Send(new JsonObject { ["op"] = GatewayOpcode.Reconnect, ["d"] = null });
                break;
            case GatewayEffect.Delay delay:
                connection.Hold(delay.Wait);
                break;
        }
    }

    private void Sweep()
    {
        var now = _world.Clock.GetUtcNow();
        _sessions.RemoveAll(session =>
            session.Connection is null && now - session.LostAt > _world.Options.ResumeWindow
        );
    }
}
