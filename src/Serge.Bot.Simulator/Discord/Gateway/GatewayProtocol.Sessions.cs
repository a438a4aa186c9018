using System.Text.Json;
using System.Text.Json.Nodes;
using Serge.Bot.Simulator.Faults;

namespace Serge.Bot.Simulator.Discord.Gateway;

internal sealed partial class GatewayProtocol
{
    private void Identify(JsonElement data)
    {
        if (world.Faults.Strike(GatewayMoment.Identify) is { } effect)
        {
            Apply(effect);
            return;
        }

        if (!TryReadIdentify(data, out var token, out var intents, out var shard))
        {
            Refuse(GatewayCloseCode.DecodeError, "Error while decoding payload.");
            return;
        }

        if (world.FindByToken(token) is not { } application)
        {
            Refuse(GatewayCloseCode.AuthenticationFailed, "Authentication failed.");
        }
        else if (shard.Count < 1 || shard.Id < 0 || shard.Id >= shard.Count)
        {
            Refuse(GatewayCloseCode.InvalidShard, "Invalid shard.");
        }
        else if ((intents & ~GatewayIntents.All) != 0)
        {
            Refuse(GatewayCloseCode.InvalidIntents, "Invalid intent(s).");
        }
        else if ((intents & GatewayIntents.Privileged & ~application.PrivilegedIntents) != 0)
        {
            Refuse(GatewayCloseCode.DisallowedIntents, "Disallowed intent(s).");
        }
        else
        {
            Start(application, (int)intents, shard);
        }
    }

    private static bool TryReadIdentify(JsonElement data, out string token, out long intents, out Shard shard)
    {
        (token, intents, shard) = ("", 0, new Shard(0, 1));
        if (
            data.ValueKind != JsonValueKind.Object
            || !TryText(data, "token", out token)
            || !data.TryGetProperty("properties", out var properties)
            || properties.ValueKind != JsonValueKind.Object
            || !data.TryGetProperty("intents", out var bits)
            || bits.ValueKind != JsonValueKind.Number
            || !bits.TryGetInt64(out intents)
        )
        {
            return false;
        }

        if (!data.TryGetProperty("shard", out var pair) || pair.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        if (
            pair.ValueKind != JsonValueKind.Array
            || pair.GetArrayLength() != 2
            || !pair[0].TryGetInt32(out var id)
            || !pair[1].TryGetInt32(out var count)
        )
        {
            return false;
        }

        shard = new Shard(id, count);
        return true;
    }

    private static bool TryText(JsonElement data, string name, out string text)
    {
        var found = data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String;
        text = found ? value.GetString()! : "";
        return found;
    }

    private void Start(Application application, int intents, Shard shard)
    {
        var now = world.Clock.GetUtcNow();
        var starts = world.Gateway.StartsOf(application);
        if (!starts.InPace(shard.Id, Math.Max(1, world.Options.MaxConcurrency), now))
        {
            InvalidSession();
            return;
        }

        if (!starts.TryCount(world.Options.SessionStartsPerDay, now))
        {
            // The documented end of a reconnect loop: every session ends, and the token is no longer good.
            application.Token = null;
            world.Gateway.EndAll(application, GatewayCloseCode.AuthenticationFailed);
            Refuse(GatewayCloseCode.AuthenticationFailed, "Authentication failed.");
            return;
        }

        GatewaySession session = new(application, world.Random.CreateHex(32), intents, shard)
        {
            Connection = connection,
        };
        _session = session;
        world.Gateway.Add(session);
        var guilds = world.GuildsOf(application).Where(guild => shard.Covers(guild.Id)).ToList();
        world.Gateway.Send(session, "READY", Ready(session, guilds));
        if ((intents & GatewayIntents.Guilds) != 0)
        {
            foreach (var guild in guilds)
            {
                // By this a client tells a server that is there again from one that has just been joined.
                var json = guild.ToGatewayJson(guild.Members[application.Id]);
                json["unavailable"] = false;
                world.Gateway.Send(session, "GUILD_CREATE", json);
            }
        }

        world.Publish(new SimulatorEvent.BotConnected(application, session.Id));
        world.Gateway.StrikeNow();
    }

    private JsonObject Ready(GatewaySession session, IReadOnlyList<Guild> guilds)
    {
        var user = session.Application.User.ToJson();
        user["verified"] = true;
        user["mfa_enabled"] = false;
        user["email"] = null;
        return new JsonObject
        {
            ["v"] = 10,
            ["user"] = user,
            ["user_settings"] = new JsonObject(),
            ["session_type"] = "normal",
            ["session_id"] = session.Id,
            ["resume_gateway_url"] = resumeUrl,
            ["relationships"] = new JsonArray(),
            ["private_channels"] = new JsonArray(),
            ["presences"] = new JsonArray(),
            ["guilds"] = Json.ArrayOf(
                guilds.Select(guild => new JsonObject { ["id"] = guild.Id.ToString(), ["unavailable"] = true })
            ),
            ["guild_join_requests"] = new JsonArray(),
            ["geo_ordered_rtc_regions"] = new JsonArray(),
            ["shard"] = new JsonArray(session.Shard.Id, session.Shard.Count),
            ["application"] = new JsonObject { ["id"] = session.Application.Id.ToString(), ["flags"] = 0 },
            ["_trace"] = new JsonArray(),
        };
    }

    private void Resume(JsonElement data)
    {
        if (world.Faults.Strike(GatewayMoment.Resume) is { } effect)
        {
            if (effect is GatewayEffect.InvalidSession { Resumable: false } && ReadResume(data).Session is { } lost)
            {
                world.Gateway.Forget(lost);
            }

            Apply(effect);
            return;
        }

        var (session, sequence) = ReadResume(data);
        if (sequence is null)
        {
            Refuse(GatewayCloseCode.DecodeError, "Error while decoding payload.");
        }
        else if (session is null)
        {
            InvalidSession();
        }
        else if (sequence > session.Sequence || sequence < 0)
        {
            world.Gateway.Forget(session);
            Refuse(GatewayCloseCode.InvalidSequence, "Invalid seq.");
        }
        else if (session.After(sequence.Value) is not { } missed)
        {
            world.Gateway.Forget(session);
            InvalidSession();
        }
        else
        {
            TakeUp(session, missed);
        }
    }

    private (GatewaySession? Session, int? Sequence) ReadResume(JsonElement data)
    {
        if (
            data.ValueKind != JsonValueKind.Object
            || !TryText(data, "token", out var token)
            || !TryText(data, "session_id", out var id)
            || !data.TryGetProperty("seq", out var seq)
            || seq.ValueKind != JsonValueKind.Number
            || !seq.TryGetInt32(out var sequence)
        )
        {
            return (null, null);
        }

        var session = world.Gateway.Find(id);
        return (session is not null && session.Application == world.FindByToken(token) ? session : null, sequence);
    }

    private void TakeUp(GatewaySession session, IReadOnlyList<byte[]> missed)
    {
        // A half-dead connection may still be attached to it.
        session.Connection?.Close(GatewayCloseCode.UnknownError, "Resumed elsewhere.");
        session.Connection = connection;
        _session = session;
        foreach (var frame in missed)
        {
            connection.Send(frame);
        }

        world.Gateway.Send(session, "RESUMED", new JsonObject { ["_trace"] = new JsonArray() });
        world.Publish(new SimulatorEvent.BotResumed(session.Application, session.Id, missed.Count, atResumeUrl));
        world.Gateway.StrikeNow();
    }
}
