namespace Serge.Bot.Platforms;

/// <summary>How a write to a platform ended: the message is there, is certainly not there, or may be there.</summary>
/// <remarks>A closed set; every caller switches over all five. A client answers with one of these instead of throwing:
/// exceptions are for broken code.</remarks>
public abstract record SendOutcome
{
    private SendOutcome() { }

    /// <summary>The platform has it.</summary>
    /// <param name="Id">The platform's id of the message, as text; <see langword="null"/> where the platform says that it
    /// is there but not under which id (GoToSocial's answer to a repeated key).</param>
    /// <param name="Url">Where a person can see it, if the platform says so.</param>
    public sealed record Sent(string? Id, Uri? Url) : SendOutcome;

    /// <summary>Certainly not executed: the platform, or our own limiter, asks to wait longer than the caller has patience.</summary>
    /// <param name="Until">Not before this moment, on the wire's clock.</param>
    /// <param name="Reason">One line for a person.</param>
    public sealed record RetryAfter(DateTimeOffset Until, string Reason) : SendOutcome;

    /// <summary>Certainly not executed, and the same request will never be: no for good.</summary>
    /// <param name="Kind">Whose fault it is, and so what the caller does about it.</param>
    /// <param name="Reason">One line for a person, with the platform's own words.</param>
    public sealed record Refused(Refusal Kind, string Reason) : SendOutcome;

    /// <summary>Certainly not executed, though a later try may be: connection refused, circuit open, token rejected.</summary>
    /// <param name="Reason">One line for a person.</param>
    public sealed record Unavailable(string Reason) : SendOutcome;

    /// <summary>May have been executed: the answer was lost, came too late, or said nothing that can be relied on.</summary>
    /// <param name="Reason">One line for a person.</param>
    public sealed record Unknown(string Reason) : SendOutcome;
}

/// <summary>Why a platform said no for good.</summary>
public enum Refusal
{
    /// <summary>The request itself is at fault: too long, empty, malformed. Other messages to the same place may go through.</summary>
    Payload,

    /// <summary>The channel, server, message or interaction no longer exists (Discord 10003, 10004, 10008, 10062; HTTP 404).</summary>
    Gone,

    /// <summary>The place exists but is closed to us (Discord 50001, 50013; Mastodon 403).</summary>
    Forbidden,

    /// <summary>The interaction was answered already (Discord 40060), by an earlier delivery or another worker.</summary>
    AlreadyAnswered,
}
