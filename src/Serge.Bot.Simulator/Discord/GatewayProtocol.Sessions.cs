namespace Serge.Bot.Simulator.Discord;

internal sealed partial class GatewayProtocol
{
    private static readonly JsonElement ConstantReadyFields = JsonElement.Parse(
        """
        {
          "v": 10,
          "user_settings": {},
          "session_type": "normal",
          "relationships": [],
          "private_channels": [],
          "presences": [],
          "guild_join_requests": [],
          "geo_ordered_rtc_regions": [],
          "_trace": []
        }
        """
    );

    private void HandleIdentify(JsonElement data)
    {
        if (world.Faults.Fire(GatewayMoment.Identify) is { } effect)
        {
            Apply(effect);
            return;
        }

        if (ReadIdentify(data) is not { } identify)
        {
            CloseWithDecodeError();
            return;
        }

        var (token, intents, shard) = identify;
        if (world.FindApplication(token) is not { } application)
        {
            connection.Close(GatewayCloseCode.AuthenticationFailed, "Authentication failed.");
        }
        else if (shard.Count < 1 || shard.Id < 0 || shard.Id >= shard.Count)
        {
            connection.Close(GatewayCloseCode.InvalidShard, "Invalid shard.");
        }
        else if ((intents & ~GatewayIntents.All) != 0)
        {
            connection.Close(GatewayCloseCode.InvalidIntents, "Invalid intent(s).");
        }
        else if ((intents & GatewayIntents.Privileged & ~application.PrivilegedIntents) != 0)
        {
            connection.Close(GatewayCloseCode.DisallowedIntents, "Disallowed intent(s).");
        }
        else
        {
            StartSessionIfAllowed(application, (int)intents, shard);
        }
    }

    /// <returns><see langword="null"/> if the data are malformed.</returns>
    private static IdentifyFields? ReadIdentify(JsonElement data)
    {
        var token = ReadText(data, "token");
        var properties = ReadField(data, "properties");
        if (token is null || properties.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var intents = ReadField(data, "intents");
        if (intents.ValueKind != JsonValueKind.Number || !intents.TryGetInt64(out var bits))
        {
            return null;
        }

        var shard = ReadField(data, "shard");
        if (shard.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return new IdentifyFields(token, bits, new SessionShard(0, 1));
        }

        if (shard.ValueKind != JsonValueKind.Array || shard.GetArrayLength() != 2)
        {
            return null;
        }

        if (!shard[0].TryGetInt32(out var id) || !shard[1].TryGetInt32(out var count))
        {
            return null;
        }

        return new IdentifyFields(token, bits, new SessionShard(id, count));
    }

    private static JsonElement ReadField(JsonElement data, string name)
    {
        if (data.ValueKind != JsonValueKind.Object)
        {
            return default;
        }

        data.TryGetProperty(name, out var value);
        return value;
    }

    private static string? ReadText(JsonElement data, string name)
    {
        var value = ReadField(data, name);
        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        return null;
    }

    private void StartSessionIfAllowed(Application application, int intents, SessionShard shard)
    {
        var now = world.Clock.GetUtcNow();
        var limiter = world.Gateway.GetIdentifyLimiter(application);
        var concurrency = Math.Max(1, world.Options.MaxConcurrency);
        if (!limiter.TryCountRate(shard.Id, concurrency, now))
        {
            SendInvalidSession();
        }
        else if (!limiter.TryCountStart(world.Options.SessionStartsPerDay, now))
        {
            // Documented: too many session starts end every session and reset the token.
            application.Token = null;
            world.Gateway.CloseAll(application);
            connection.Close(GatewayCloseCode.AuthenticationFailed, "Authentication failed.");
        }
        else
        {
            StartSession(application, intents, shard);
        }
    }

    private void StartSession(Application application, int intents, SessionShard shard)
    {
        var id = world.Random.CreateHex(32);
        GatewayServerSession session = new(application, id, intents, shard) { Connection = connection };
        _session = session;
        world.Gateway.Add(session);
        var guilds = world.GetGuilds(application).Where(guild => shard.Covers(guild.Id)).ToList();
        world.Gateway.Send(session, "READY", CreateReady(session, guilds));
        if ((intents & GatewayIntents.Guilds) != 0)
        {
            SendGuilds(session, guilds);
        }

        world.Publish(new DiscordWorldEvent.BotConnected(application, session.Id));
        world.Gateway.FireImmediateFaults();
    }

    private void SendGuilds(GatewayServerSession session, IReadOnlyList<Guild> guilds)
    {
        foreach (var guild in guilds)
        {
            var bot = guild.Members[session.Application.Id];
            var json = guild.ToGatewayJson(bot);
            // The field distinguishes a guild that is available again from one that the bot has just joined.
            json["unavailable"] = false;
            world.Gateway.Send(session, "GUILD_CREATE", json);
        }
    }

    private JsonObject CreateReady(GatewayServerSession session, IReadOnlyList<Guild> guilds)
    {
        var application = session.Application;
        var user = application.User.ToJson();
        user["verified"] = true;
        user["mfa_enabled"] = false;
        user["email"] = null;
        JsonObject ready = new()
        {
            ["user"] = user,
            ["session_id"] = session.Id,
            ["resume_gateway_url"] = resumeUrl,
            ["guilds"] = Json.ToArray(guilds, CreateUnavailableGuild),
            ["shard"] = new JsonArray(session.Shard.Id, session.Shard.Count),
            ["application"] = new JsonObject { ["id"] = application.Id.ToString(), ["flags"] = 0 },
        };
        Json.AddFields(ready, ConstantReadyFields);
        return ready;
    }

    private static JsonObject CreateUnavailableGuild(Guild guild) =>
        new() { ["id"] = guild.Id.ToString(), ["unavailable"] = true };

    private void HandleResume(JsonElement data)
    {
        var resume = ReadResume(data);
        if (world.Faults.Fire(GatewayMoment.Resume) is { } effect)
        {
            if (effect is GatewayEffect.InvalidSession { Resumable: false } && resume?.Session is { } invalidated)
            {
                world.Gateway.Remove(invalidated);
            }

            Apply(effect);
            return;
        }

        if (resume is null)
        {
            CloseWithDecodeError();
            return;
        }

        var (session, sequence) = resume.Value;
        if (session is null)
        {
            SendInvalidSession();
        }
        else if (sequence > session.Sequence || sequence < 0)
        {
            world.Gateway.Remove(session);
            connection.Close(GatewayCloseCode.InvalidSequence, "Invalid seq.");
        }
        else if (session.GetEventsAfter(sequence) is { } missed)
        {
            Resume(session, missed);
        }
        else
        {
            world.Gateway.Remove(session);
            SendInvalidSession();
        }
    }

    /// <returns><see langword="null"/> if the data are malformed.</returns>
    private ResumeFields? ReadResume(JsonElement data)
    {
        var token = ReadText(data, "token");
        var id = ReadText(data, "session_id");
        var sequence = ReadField(data, "seq");
        if (token is null || id is null)
        {
            return null;
        }

        if (sequence.ValueKind != JsonValueKind.Number || !sequence.TryGetInt32(out var number))
        {
            return null;
        }

        var session = world.Gateway.Find(id);
        var isOwn = session is not null && session.Application == world.FindApplication(token);
        return new ResumeFields(isOwn ? session : null, number);
    }

    private void Resume(GatewayServerSession session, IReadOnlyList<byte[]> missed)
    {
        // The old connection may still be open on this side.
        session.Connection?.Close(GatewayCloseCode.UnknownError, "Resumed elsewhere.");
        session.Connection = connection;
        _session = session;
        foreach (var message in missed)
        {
            connection.Send(message);
        }

        JsonObject data = new() { ["_trace"] = new JsonArray() };
        world.Gateway.Send(session, "RESUMED", data);
        world.Publish(new DiscordWorldEvent.BotResumed(session.Application, session.Id, missed.Count, isAtResumeUrl));
        world.Gateway.FireImmediateFaults();
    }

    private readonly record struct IdentifyFields(string Token, long Intents, SessionShard Shard);

    /// <param name="Session">The session, if it exists and belongs to the token.</param>
    /// <param name="Sequence">The last event that the bot has received.</param>
    private readonly record struct ResumeFields(GatewayServerSession? Session, int Sequence);
}
