using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serge.Bot.Discord.Model;

/// <summary><c>GET /gateway/bot</c>: the gateway's address and the limit of session starts.</summary>
/// <remarks>Source: Discord docs, Events/Gateway, Get Gateway Bot.</remarks>
internal sealed record GatewayBot
{
    public Uri? Url { get; init; }

    /// <summary>The number of shards that Discord recommends.</summary>
    public int? Shards { get; init; }

    public SessionStartLimit? SessionStartLimit { get; init; }

    public static GatewayBot Read(JsonElement? json) =>
        new()
        {
            Url = json.Member("url").Url(),
            Shards = json.Member("shards").Integer(),
            SessionStartLimit = json.Member("session_start_limit").Object(SessionStartLimit.Read),
        };
}

/// <summary>The limit of session starts, of all shards and processes with the same token.</summary>
internal sealed record SessionStartLimit
{
    public int? Total { get; init; }

    public int? Remaining { get; init; }

    /// <summary>Milliseconds until the limit is reset.</summary>
    public long? ResetAfter { get; init; }

    /// <summary>The number of sessions that may start within 5 s.</summary>
    public int? MaxConcurrency { get; init; }

    public static SessionStartLimit Read(JsonElement? json) =>
        new()
        {
            Total = json.Member("total").Integer(),
            Remaining = json.Member("remaining").Integer(),
            ResetAfter = json.Member("reset_after").Number(),
            MaxConcurrency = json.Member("max_concurrency").Integer(),
        };
}

/// <summary>Opcode 10: the first message of the gateway.</summary>
internal sealed record HelloData
{
    /// <summary>In milliseconds.</summary>
    public double? HeartbeatInterval { get; init; }

    public static HelloData Read(JsonElement? json) =>
        new() { HeartbeatInterval = json.Member("heartbeat_interval").Decimal() };
}

/// <summary>The event <c>READY</c>: a session started.</summary>
internal sealed record ReadyData
{
    public UserModel? User { get; init; }

    public string? SessionId { get; init; }

    public Uri? ResumeGatewayUrl { get; init; }

    public ApplicationModel? Application { get; init; }

    public UnavailableGuild[]? Guilds { get; init; }

    public static ReadyData Read(JsonElement? json) =>
        new()
        {
            User = json.Member("user").Object(UserModel.Read),
            SessionId = json.Member("session_id").Text(),
            ResumeGatewayUrl = json.Member("resume_gateway_url").Url(),
            Application = json.Member("application").Object(ApplicationModel.Read),
            Guilds = json.Member("guilds").Objects(UnavailableGuild.Read),
        };
}

/// <summary>The event <c>GUILD_DELETE</c>, and a guild in <c>READY</c>.</summary>
internal sealed record UnavailableGuild
{
    public ulong? Id { get; init; }

    /// <summary>True in an outage: the bot is still in the guild.</summary>
    public bool? Unavailable { get; init; }

    public static UnavailableGuild Read(JsonElement? json)
    {
        // Without an outage Discord omits the member. With a value that is not a boolean it is unknown, so nothing is
        // concluded about the guild.
        var unavailable = json.Member("unavailable");
        var isUnknown = unavailable is { ValueKind: not (JsonValueKind.Null or JsonValueKind.False) };
        return new() { Id = json.Member("id").Snowflake(), Unavailable = isUnknown ? true : unavailable.Boolean() };
    }
}

/// <summary>Opcode 1.</summary>
/// <param name="D">The last sequence number; null before the first. The field is required in both cases.</param>
internal sealed record HeartbeatFrame([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] long? D)
{
    public int Op { get; } = Opcode.Heartbeat;
}

/// <summary>Opcode 2: requests a new session.</summary>
internal sealed record IdentifyFrame(IdentifyData D)
{
    public int Op { get; } = Opcode.Identify;
}

/// <summary>Opcode 6: resumes a session.</summary>
internal sealed record ResumeFrame(ResumeData D)
{
    public int Op { get; } = Opcode.Resume;
}

/// <summary>The data of opcode 2. A class, so that it does not print the token.</summary>
internal sealed class IdentifyData
{
    public required string Token { get; init; }

    public required int Intents { get; init; }

    public required IdentifyProperties Properties { get; init; }

    /// <summary>The index of the shard and the number of shards.</summary>
    public required int[] Shard { get; init; }
}

internal sealed record IdentifyProperties(string Os, string Browser, string Device);

/// <summary>The data of opcode 6. A class, so that it does not print the token.</summary>
internal sealed class ResumeData
{
    public required string Token { get; init; }

    public required string SessionId { get; init; }

    public required long? Seq { get; init; }
}
