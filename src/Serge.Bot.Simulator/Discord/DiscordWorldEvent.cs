namespace Serge.Bot.Simulator.Discord;

/// <summary>An event of the simulated Discord. A closed set.</summary>
public abstract record DiscordWorldEvent : SimulatorEvent
{
    private DiscordWorldEvent() { }

    /// <summary>A message was created; also published for ephemeral messages.</summary>
    public sealed record MessageCreated(ChannelMessage Message) : DiscordWorldEvent;

    public sealed record MessageEdited(ChannelMessage Message) : DiscordWorldEvent;

    public sealed record MessageDeleted(ChannelMessage Message) : DiscordWorldEvent;

    /// <summary>A bot started a gateway session.</summary>
    public sealed record BotConnected(Application Application, string SessionId) : DiscordWorldEvent;

    /// <summary>A bot resumed its gateway session.</summary>
    /// <param name="Application">The bot's application.</param>
    /// <param name="SessionId">The session's id.</param>
    /// <param name="Replayed">The number of events that the bot had missed.</param>
    /// <param name="AtResumeUrl">Whether the bot connected to the <c>resume_gateway_url</c> of READY, as the
    /// documentation asks.</param>
    public sealed record BotResumed(Application Application, string SessionId, int Replayed, bool AtResumeUrl)
        : DiscordWorldEvent;

    /// <summary>The connection of a gateway session ended.</summary>
    /// <param name="Application">The bot's application.</param>
    /// <param name="SessionId">The session's id.</param>
    /// <param name="CloseCode">The close code of either side; <see langword="null"/> if the connection was
    /// aborted.</param>
    /// <param name="IsResumable">Whether the session can be resumed.</param>
    public sealed record BotDisconnected(Application Application, string SessionId, int? CloseCode, bool IsResumable)
        : DiscordWorldEvent;

    /// <summary>A bot changed its commands.</summary>
    /// <param name="Application">The bot's application.</param>
    /// <param name="Guild">The guild of the commands; <see langword="null"/> for global commands.</param>
    /// <param name="Names">The names of all commands now registered there.</param>
    public sealed record CommandsRegistered(Application Application, Snowflake? Guild, IReadOnlyList<string> Names)
        : DiscordWorldEvent;

    /// <summary>A member's interaction was sent to the bot.</summary>
    public sealed record InteractionSent(Snowflake InteractionId, string Name) : DiscordWorldEvent;

    /// <summary>The bot responded to an interaction in time, or deferred the response.</summary>
    /// <param name="InteractionId">The interaction's id.</param>
    /// <param name="CallbackType">Discord's interaction callback type, such as 4 for a message and 5 for a deferred
    /// message.</param>
    /// <param name="Elapsed">The time from sending to the response.</param>
    public sealed record InteractionAnswered(Snowflake InteractionId, int CallbackType, TimeSpan Elapsed)
        : DiscordWorldEvent;

    /// <summary>The bot did not respond in time.</summary>
    public sealed record InteractionFailed(Snowflake InteractionId, string Reason) : DiscordWorldEvent;
}
