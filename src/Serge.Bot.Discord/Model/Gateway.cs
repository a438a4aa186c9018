using System.Text.Json.Serialization;

namespace Serge.Bot.Discord.Model;

/// <summary><c>GET /gateway/bot</c>: where the gateway is, and how many sessions may still be started.</summary>
/// <remarks>Source: Discord docs, Events/Gateway, Get Gateway Bot.</remarks>
internal sealed record GatewayBot
{
    public Uri? Url { get; init; }

    /// <summary>How many connections Discord would share the servers among.</summary>
    public int? Shards { get; init; }

    public SessionStartLimit? SessionStartLimit { get; init; }
}

/// <summary>The budget of new sessions, over all shards and processes that use the token.</summary>
internal sealed record SessionStartLimit
{
    public int? Total { get; init; }

    public int? Remaining { get; init; }

    /// <summary>Milliseconds until the budget is full again.</summary>
    public long? ResetAfter { get; init; }

    /// <summary>How many sessions may be asked for in 5 s.</summary>
    public int? MaxConcurrency { get; init; }
}

/// <summary>Op 10: the first word of the gateway.</summary>
internal sealed record Hello
{
    /// <summary>Milliseconds from one heartbeat to the next.</summary>
    public double? HeartbeatInterval { get; init; }
}

/// <summary>The dispatch <c>READY</c>: a session began.</summary>
internal sealed record Ready
{
    public User? User { get; init; }

    public string? SessionId { get; init; }

    public Uri? ResumeGatewayUrl { get; init; }

    public Application? Application { get; init; }

    public GuildGone[]? Guilds { get; init; }
}

/// <summary>The dispatch <c>GUILD_DELETE</c>, and a server in <c>READY</c>.</summary>
internal sealed record GuildGone
{
    public ulong? Id { get; init; }

    /// <summary>An outage: we are still in that server.</summary>
    public bool? Unavailable { get; init; }
}

/// <summary>Op 1.</summary>
/// <param name="D">The newest sequence number seen, or null before the first; it has to be there either way.</param>
internal sealed record HeartbeatFrame([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] long? D)
{
    public int Op { get; } = Discord.Gateway.Opcode.Heartbeat;
}

/// <summary>Op 2: asks for a session.</summary>
internal sealed record IdentifyFrame(Identify D)
{
    public int Op { get; } = Discord.Gateway.Opcode.Identify;
}

/// <summary>Op 6: goes on with a session.</summary>
internal sealed record ResumeFrame(Resume D)
{
    public int Op { get; } = Discord.Gateway.Opcode.Resume;
}

/// <summary>What op 2 says. A class, so that it does not print the token.</summary>
internal sealed class Identify
{
    public required string Token { get; init; }

    public required int Intents { get; init; }

    public required IdentifyProperties Properties { get; init; }

    /// <summary>Which connection this is, and of how many.</summary>
    public required int[] Shard { get; init; }
}

/// <summary>Who is calling.</summary>
internal sealed record IdentifyProperties(string Os, string Browser, string Device);

/// <summary>What op 6 says. A class, so that it does not print the token.</summary>
internal sealed class Resume
{
    public required string Token { get; init; }

    public required string SessionId { get; init; }

    public required long? Seq { get; init; }
}
