using System.Net.Http.Headers;

namespace Serge.Bot.Platforms;

/// <summary>What an error response of Discord means for the caller.</summary>
public enum DiscordErrorKind
{
    /// <summary>See <see cref="Refusal.Payload"/>.</summary>
    Payload,

    /// <summary>See <see cref="Refusal.Gone"/>.</summary>
    Gone,

    /// <summary>See <see cref="Refusal.Forbidden"/>.</summary>
    Forbidden,

    /// <summary>See <see cref="Refusal.AlreadyAnswered"/>.</summary>
    AlreadyAnswered,

    /// <summary>Discord does not accept the token.</summary>
    InvalidToken,

    /// <summary>Not executed; a later retry may succeed.</summary>
    Temporary,

    /// <summary>May have been executed.</summary>
    Uncertain,
}

/// <summary>Classifies the error responses of Discord's REST API.</summary>
/// <remarks>Source: Discord docs, Topics/Opcodes and Status Codes, JSON Error Codes and HTTP Response Codes.</remarks>
public static class DiscordErrors
{
    /// <summary>The code of "Unknown Message": the message was deleted.</summary>
    public const int UnknownMessage = 10008;

    /// <summary>The code of "This message has already been crossposted".</summary>
    public const int AlreadyCrossposted = 40033;

    /// <summary>The code of "A thread has already been created for this message".</summary>
    public const int ThreadExists = 160004;

    /// <summary>Whether a response is in Discord's form. The page or text of a proxy or a firewall says nothing about
    /// channels and messages.</summary>
    /// <remarks>Source: Discord docs, Reference, Error Messages: a code and a message.</remarks>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The body; a success may have none.</param>
    public static bool IsFromDiscord(int status, ReadOnlySpan<byte> body)
    {
        var json = JsonReader.Parse(body);
        if (status is >= 200 and < 300)
        {
            return body.IsEmpty || json is not null;
        }

        return json.Member("code").Number() is not null && json.Member("message").Text() is not null;
    }

    /// <summary>Whether a 429 is in the form of Discord's rate limits. Any other one, such as Cloudflare's error 1015,
    /// is a block of the whole client, even if it names a time.</summary>
    /// <remarks>Sources: Discord docs, Topics/Rate Limits, Header Format and Exceeding a Rate Limit; Cloudflare's
    /// changelog of 2026-03-12: error 1015 has <c>Retry-After</c>, and <c>retry_after</c> in JSON, whose other members
    /// are those of RFC 9457, so that it has no <c>message</c>.</remarks>
    /// <param name="headers">The headers of the response.</param>
    /// <param name="body">The body of the response.</param>
    public static bool IsRateLimit(HttpResponseHeaders headers, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(headers);
        if (headers.Any(header => header.Key.StartsWith("X-RateLimit-", StringComparison.OrdinalIgnoreCase)))
        {
            return true;
        }

        var json = JsonReader.Parse(body);
        return json.Member("retry_after").Decimal() is not null && json.Member("message").Text() is not null;
    }

    /// <summary>Describes a response that is not in Discord's form.</summary>
    public static string DescribeForeign(int status) =>
        $"HTTP {status}, not in Discord's form: something between the bot and Discord answered (a proxy, a firewall)";

    /// <summary>Classifies an error by its code, and by its HTTP status where the code is not in the table.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">Discord's code, 0 if the error has none; <see langword="null"/> if the response does not come
    /// from Discord.</param>
    public static DiscordErrorKind Classify(int status, int? code)
    {
        if (code is not null)
        {
            return ClassifyCode(code.Value) ?? ClassifyStatus(status);
        }

        // The page of a proxy or a firewall says nothing about channels and messages.
        return status is 408 or >= 500 ? DiscordErrorKind.Uncertain : DiscordErrorKind.Temporary;
    }

    /// <summary>The outcome of a write that ended in an error.</summary>
    public static SendOutcome ToOutcome(DiscordErrorKind kind, string reason)
    {
        if (GetRefusal(kind) is { } refusal)
        {
            return new SendOutcome.Refused(refusal, reason);
        }

        if (kind == DiscordErrorKind.Uncertain)
        {
            return new SendOutcome.Unknown(reason);
        }

        return new SendOutcome.Unavailable(reason);
    }

    /// <summary>The result of a read, or of an idempotent write, that ended in an error.</summary>
    public static Result<T> ToResult<T>(DiscordErrorKind kind, string reason)
    {
        if (GetRefusal(kind) is { } refusal)
        {
            return new Result<T>.Refused(refusal, reason);
        }

        if (kind == DiscordErrorKind.InvalidToken)
        {
            return new Result<T>.Unauthorized(reason);
        }

        return new Result<T>.Unavailable(reason);
    }

    private static Refusal? GetRefusal(DiscordErrorKind kind) =>
        kind switch
        {
            DiscordErrorKind.Payload => Refusal.Payload,
            DiscordErrorKind.Gone => Refusal.Gone,
            DiscordErrorKind.Forbidden => Refusal.Forbidden,
            DiscordErrorKind.AlreadyAnswered => Refusal.AlreadyAnswered,
            _ => null,
        };

    private static DiscordErrorKind? ClassifyCode(int code)
    {
        switch (code)
        {
            // Unknown application, channel, guild, message, role, webhook, interaction or command.
            case 10002 or 10003 or 10004 or UnknownMessage or 10011 or 10015 or 10062 or 10063:
            // Invalid webhook token: the 15 minutes of an interaction are over.
            case 50027:
                return DiscordErrorKind.Gone;

            // Missing access or permissions, no messages to this user, no guild in common.
            case 50001
            or 50013
            or 50007
            or 50278:
            // A channel that accepts no messages: forum, category, archived or locked thread.
            case 40058 or 40067 or 50008 or 50024 or 50083 or 160005:
                return DiscordErrorKind.Forbidden;

            case 40060:
                return DiscordErrorKind.AlreadyAnswered;

            case 40001
            or 50014:
                return DiscordErrorKind.InvalidToken;

            // Slow mode, edit limit of announcements, write limits of a channel and of a guild, commands per day, edits
            // of old messages, an exhausted resource, a blocked User-Agent, overload.
            case 20016
            or 20022
            or 20028
            or 20029
            or 30034
            or 30046
            or 40062
            or 40333
            or 130000:
                return DiscordErrorKind.Temporary;

            // Empty, malformed or too large.
            case 50006
            or 50035
            or 50109
            or 40005
            or 50045:
            // Too many attachments, commands or follow-up messages; two commands with one name.
            case 30015 or 30032 or 40041 or 40094:
            // Blocked by a guild's AutoMod rules or by a filter.
            case 200000 or 200001 or 240000:
                return DiscordErrorKind.Payload;

            default:
                return null;
        }
    }

    private static DiscordErrorKind ClassifyStatus(int status) =>
        status switch
        {
            401 => DiscordErrorKind.InvalidToken,
            403 => DiscordErrorKind.Forbidden,
            404 or 410 => DiscordErrorKind.Gone,
            408 or >= 500 => DiscordErrorKind.Uncertain,
            // A redirect: the address is not the one of Discord's API.
            < 400 or 429 => DiscordErrorKind.Temporary,
            _ => DiscordErrorKind.Payload,
        };
}
