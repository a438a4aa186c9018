namespace Serge.Bot.Platforms;

/// <summary>An event of the gateway. A closed set.</summary>
public abstract record DiscordEvent
{
    private DiscordEvent() { }

    /// <summary>A new session started.</summary>
    /// <param name="ApplicationId">The id of the bot's application.</param>
    /// <param name="UserName">The bot's name.</param>
    /// <param name="Shard">The shard that reports the event.</param>
    /// <param name="Guilds">All guilds of that shard, including unavailable ones.</param>
    public sealed record Ready(ulong ApplicationId, string UserName, Shard Shard, IReadOnlyList<GuildId> Guilds)
        : DiscordEvent;

    /// <summary>The session resumed after a lost connection; Discord has replayed the missed events.</summary>
    public sealed record Resumed : DiscordEvent;

    /// <summary>The connection is lost; the client reconnects.</summary>
    /// <param name="Reason">One line for a person.</param>
    public sealed record Disconnected(string Reason) : DiscordEvent;

    /// <summary>A user used a command, an option or a button.</summary>
    /// <param name="Interaction">Each interaction arrives once, however often Discord delivers it.</param>
    public sealed record InteractionReceived(Interaction Interaction) : DiscordEvent;

    /// <summary>The bot is in this guild. Reported for each guild after a session started, and after an
    /// invitation.</summary>
    public sealed record GuildJoined(GuildId Guild) : DiscordEvent
    {
        /// <summary>When the bot was invited; <see langword="null"/> if Discord does not say.</summary>
        /// <remarks>Source: Discord docs, Events/Gateway Events, Guild Create, <c>joined_at</c>.</remarks>
        public DateTimeOffset? JoinedAt { get; init; }
    }

    /// <summary>The bot was removed from a guild, or the guild was deleted. An outage is not reported.</summary>
    public sealed record GuildLeft(GuildId Guild) : DiscordEvent;

    public sealed record ChannelDeleted(ChannelId Channel, GuildId Guild) : DiscordEvent;

    /// <summary>The client stopped because of a problem that only a person can fix. The last event of a
    /// sequence.</summary>
    /// <param name="Cause">The problem.</param>
    /// <param name="Reason">One line for a person, in the platform's terms and without secrets.</param>
    public sealed record Stopped(StopCause Cause, string Reason) : DiscordEvent;
}

/// <summary>One of the gateway connections that share the guilds.</summary>
/// <param name="Index">0 to <paramref name="Count"/> - 1.</param>
/// <param name="Count">At least 1.</param>
public readonly record struct Shard(int Index, int Count)
{
    /// <summary>The shard of a bot with one connection.</summary>
    public static Shard Only { get; } = new(0, 1);

    /// <summary>Whether this shard receives the events of a guild.</summary>
    /// <remarks>Source: Discord docs, Events/Gateway, Sharding.</remarks>
    public bool Covers(GuildId guild) => (guild.Value >> 22) % (ulong)Count == (ulong)Index;
}

/// <summary>Why a client stopped reading the gateway.</summary>
public enum StopCause
{
    /// <summary>The token is wrong or was reset (close code 4004, HTTP 401).</summary>
    InvalidToken,

    /// <summary>The request for a session is wrong: shard, API version or intents (close codes 4010 to 4014).</summary>
    InvalidConfiguration,
}
