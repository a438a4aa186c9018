using Serge.Bot.Simulator.Discord;
using Serge.Bot.Simulator.Faults;
using Serge.Bot.Simulator.Mastodon;

namespace Serge.Bot.Simulator;

/// <summary>Something that happened in the world. A closed set.</summary>
public abstract record SimulatorEvent
{
    private SimulatorEvent() { }

    /// <summary>A message was written; for an ephemeral one <see cref="Message.IsEphemeral"/> is set.</summary>
    public sealed record MessageCreated(Message Message) : SimulatorEvent;

    /// <summary>A message was changed.</summary>
    public sealed record MessageEdited(Message Message) : SimulatorEvent;

    /// <summary>A message was deleted.</summary>
    public sealed record MessageDeleted(Message Message) : SimulatorEvent;

    /// <summary>A bot has a new gateway session.</summary>
    public sealed record BotConnected(Application Application, string SessionId) : SimulatorEvent;

    /// <summary>A bot took its session up again.</summary>
    /// <param name="Application">Whose.</param>
    /// <param name="SessionId">Which.</param>
    /// <param name="Replayed">How many events it had missed.</param>
    /// <param name="AtResumeUrl">Whether it came to the address that READY named for this, as the documentation asks.</param>
    public sealed record BotResumed(Application Application, string SessionId, int Replayed, bool AtResumeUrl)
        : SimulatorEvent;

    /// <summary>A gateway connection with a session ended.</summary>
    /// <param name="Application">Whose.</param>
    /// <param name="SessionId">Which.</param>
    /// <param name="CloseCode">The code it was closed with, by either side; <see langword="null"/> where the line just went dead.</param>
    /// <param name="IsResumable">Whether the session waits to be resumed.</param>
    public sealed record BotDisconnected(Application Application, string SessionId, int? CloseCode, bool IsResumable)
        : SimulatorEvent;

    /// <summary>A bot's command set was written.</summary>
    /// <param name="Application">Whose.</param>
    /// <param name="Guild">The guild it is for; <see langword="null"/> for the global set.</param>
    /// <param name="Names">The names now registered there.</param>
    public sealed record CommandsRegistered(Application Application, Snowflake? Guild, IReadOnlyList<string> Names)
        : SimulatorEvent;

    /// <summary>A member's interaction went out to the bot.</summary>
    public sealed record InteractionSent(Snowflake InteractionId, string Name) : SimulatorEvent;

    /// <summary>The bot answered an interaction in time; a deferral counts.</summary>
    /// <param name="InteractionId">Which.</param>
    /// <param name="CallbackType">Discord's interaction callback type, such as 4 for a message and 5 for "thinking".</param>
    /// <param name="Elapsed">From the moment it was sent.</param>
    public sealed record InteractionAnswered(Snowflake InteractionId, int CallbackType, TimeSpan Elapsed)
        : SimulatorEvent;

    /// <summary>The bot did not answer in time, and the member was told so.</summary>
    public sealed record InteractionFailed(Snowflake InteractionId, string Reason) : SimulatorEvent;

    /// <summary>A status was posted.</summary>
    public sealed record StatusCreated(Status Status) : SimulatorEvent;

    /// <summary>A status was changed.</summary>
    public sealed record StatusEdited(Status Status) : SimulatorEvent;

    /// <summary>A status was deleted.</summary>
    public sealed record StatusDeleted(Status Status) : SimulatorEvent;

    /// <summary>A request was answered, or its answer withheld by a fault.</summary>
    /// <param name="Method">The verb.</param>
    /// <param name="Path">The path with the platform's root, without the query.</param>
    /// <param name="StatusCode">What was answered; 0 where nothing was.</param>
    public sealed record RequestServed(string Method, string Path, int StatusCode) : SimulatorEvent;

    /// <summary>A fault struck.</summary>
    /// <param name="Fault">Which.</param>
    /// <param name="At">When.</param>
    /// <param name="Where">The request or gateway moment it struck, for people.</param>
    public sealed record FaultFired(ArmedFault Fault, DateTimeOffset At, string Where) : SimulatorEvent;
}
