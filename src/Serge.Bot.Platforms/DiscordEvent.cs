namespace Serge.Bot.Platforms;

/// <summary>Something that happened on the gateway. A closed set.</summary>
public abstract record DiscordEvent
{
    private DiscordEvent() { }

    /// <summary>A new session began.</summary>
    /// <param name="ApplicationId">Our application's id.</param>
    /// <param name="UserName">The name members see.</param>
    /// <param name="Shard">Whose servers it tells of.</param>
    /// <param name="Guilds">All servers of that shard that we are in, those in an outage too.</param>
    public sealed record Ready(ulong ApplicationId, string UserName, Shard Shard, IReadOnlyList<GuildId> Guilds)
        : DiscordEvent;

    /// <summary>The session goes on after a lost connection; what was missed has been replayed.</summary>
    public sealed record Resumed : DiscordEvent;

    /// <summary>The connection is lost and being made anew.</summary>
    /// <param name="Reason">One line for a person.</param>
    public sealed record Disconnected(string Reason) : DiscordEvent;

    /// <summary>A member wants something.</summary>
    /// <param name="Interaction">What. Each interaction arrives here once, however often Discord delivers it.</param>
    public sealed record Interacted(Interaction Interaction) : DiscordEvent;

    /// <summary>We are in this server: told of each after a session began, and when somebody invites us.</summary>
    /// <param name="Guild">Which.</param>
    public sealed record GuildJoined(GuildId Guild) : DiscordEvent;

    /// <summary>We were removed from a server, or it was deleted. An outage is not reported.</summary>
    /// <param name="Guild">Which.</param>
    public sealed record GuildLeft(GuildId Guild) : DiscordEvent;

    /// <summary>A channel was deleted.</summary>
    /// <param name="Channel">Which.</param>
    /// <param name="Guild">The server it was in.</param>
    public sealed record ChannelDeleted(ChannelId Channel, GuildId Guild) : DiscordEvent;

    /// <summary>The end: nothing but a person's hand helps. The last event of a sequence.</summary>
    /// <param name="Cause">What has to be mended.</param>
    /// <param name="Reason">One line for a person, in the platform's terms and without secrets.</param>
    public sealed record Stopped(StopCause Cause, string Reason) : DiscordEvent;
}

/// <summary>One of the gateway connections that share the servers among them.</summary>
/// <param name="Index">0 to <paramref name="Count"/> - 1.</param>
/// <param name="Count">At least 1.</param>
public readonly record struct Shard(int Index, int Count)
{
    /// <summary>The only one.</summary>
    public static Shard Only { get; } = new(0, 1);

    /// <summary>Whether a server's events come to this one.</summary>
    /// <remarks>Source: Discord docs, Events/Gateway, Sharding.</remarks>
    public bool Covers(GuildId guild) => (guild.Value >> 22) % (ulong)Count == (ulong)Index;
}

/// <summary>Why a client gave up on the gateway.</summary>
public enum StopCause
{
    /// <summary>The token is wrong or was reset (close code 4004, HTTP 401).</summary>
    BadToken,

    /// <summary>The request for a session is wrong: shard, API version or intents (close codes 4010 to 4014).</summary>
    BadSetup,
}
