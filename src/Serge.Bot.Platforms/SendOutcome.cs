namespace Serge.Bot.Platforms;

/// <summary>The outcome of a write to a platform: executed, certainly not executed, or unknown. A closed set.</summary>
/// <remarks>Every caller switches over all five. A client returns one of them instead of an exception; exceptions are
/// for defects.</remarks>
public abstract record SendOutcome
{
    private SendOutcome() { }

    /// <summary>The platform executed the write.</summary>
    /// <param name="Id">The platform's id of the message, as text; <see langword="null"/> where the platform confirms
    /// the message without its id (GoToSocial's response to a repeated key).</param>
    /// <param name="Url">The web page of the message, if known.</param>
    public sealed record Sent(string? Id, Uri? Url) : SendOutcome
    {
        /// <summary>How the message differs from what was requested, one line for a person; <see langword="null"/> if
        /// it does not.</summary>
        public string? Remark { get; init; }
    }

    /// <summary>Certainly not executed: a rate limit of the platform, or the client's own limiter, asks for a longer
    /// wait than the caller's timeout.</summary>
    /// <param name="Until">The earliest time of the next attempt, on the system clock.</param>
    /// <param name="Reason">One line for a person.</param>
    public sealed record RetryAfter(DateTimeOffset Until, string Reason) : SendOutcome;

    /// <summary>Certainly not executed; the same request would be refused again.</summary>
    /// <param name="Kind">The cause of the refusal.</param>
    /// <param name="Reason">One line for a person, with the platform's own message.</param>
    public sealed record Refused(Refusal Kind, string Reason) : SendOutcome;

    /// <summary>Certainly not executed; a later retry may succeed: connection refused, circuit breaker open, invalid
    /// token, <see cref="SendDeadline"/> passed.</summary>
    /// <param name="Reason">One line for a person.</param>
    public sealed record Unavailable(string Reason) : SendOutcome;

    /// <summary>May have been executed: the response was lost, late or unusable.</summary>
    /// <param name="Reason">One line for a person.</param>
    public sealed record Unknown(string Reason) : SendOutcome;
}

/// <summary>Why a platform refuses a request permanently.</summary>
public enum Refusal
{
    /// <summary>The request is invalid: too long, empty, malformed. Other messages to the same destination may
    /// succeed.</summary>
    Payload,

    /// <summary>The channel, guild, message or interaction no longer exists (Discord 10003, 10004, 10008, 10062; HTTP
    /// 404).</summary>
    Gone,

    /// <summary>The bot has no access to the destination (Discord 50001, 50013; Mastodon 403).</summary>
    Forbidden,

    /// <summary>The interaction has a response already (Discord 40060), from an earlier delivery or another
    /// worker.</summary>
    AlreadyAnswered,
}
