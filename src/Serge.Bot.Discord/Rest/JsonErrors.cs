using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Rest;

/// <summary>What an error of Discord's means for the caller: the one table of them.</summary>
/// <remarks>Source: Discord docs, Topics/Opcodes and Status Codes, JSON Error Codes and HTTP Response Codes. Where there is no code that we
/// know, the HTTP status decides.</remarks>
internal static class JsonErrors
{
    public const int UnknownMessage = 10008;
    private const int Overloaded = 130000;

    /// <summary>What an error means. A closed set.</summary>
    internal enum Meaning
    {
        /// <summary>See <see cref="Refusal.Payload"/>.</summary>
        Payload,

        /// <summary>See <see cref="Refusal.Gone"/>.</summary>
        Gone,

        /// <summary>See <see cref="Refusal.Forbidden"/>.</summary>
        Forbidden,

        /// <summary>See <see cref="Refusal.AlreadyAnswered"/>.</summary>
        AlreadyAnswered,

        /// <summary>The token is not accepted.</summary>
        BadToken,

        /// <summary>Not executed; later perhaps.</summary>
        NotNow,

        /// <summary>May have been executed.</summary>
        Unclear,
    }

    /// <summary>What an error means.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">Discord's code; 0 if it gave none, <see langword="null"/> if the answer is not Discord's.</param>
    public static Meaning MeaningOf(int status, int? code) =>
        code switch
        {
            // A proxy's page, or that of whoever guards Discord, says nothing about channels and messages.
            null => status is 408 or >= 500 ? Meaning.Unclear : Meaning.NotNow,

            // Unknown application, channel, server, message, role, webhook, interaction, command; an interaction's 15 minutes are over.
            10002 or 10003 or 10004 or 10008 or 10011 or 10015 or 10062 or 10063 or 50027 => Meaning.Gone,

            // No access, missing permission, no messages to this user; a channel that takes no messages: forum, category, archived or
            // locked thread. Nothing we could write would be taken there.
            50001 or 50013 or 50007 or 50278 or 40058 or 40067 or 50008 or 50024 or 50083 or 160005 =>
                Meaning.Forbidden,

            40060 => Meaning.AlreadyAnswered,
            40001 or 50014 => Meaning.BadToken,

            // Slow mode, edit limits of announcements, write limits of a channel and a server, commands per day, edits of old messages, a
            // resource in short supply, a block of the User-Agent, overload.
            20016 or 20022 or 20028 or 20029 or 30034 or 30046 or 40062 or 40333 or Overloaded => Meaning.NotNow,

            // Empty, malformed, too large; too many attachments, commands or later answers to one interaction; two commands of one name; refused
            // by a server's moderation rules or a filter.
            50006
            or 50035
            or 50109
            or 40005
            or 50045
            or 30015
            or 30032
            or 40041
            or 40094
            or 200000
            or 200001
            or 240000 => Meaning.Payload,
            _ => status switch
            {
                401 => Meaning.BadToken,
                403 => Meaning.Forbidden,
                404 or 410 => Meaning.Gone,
                408 or >= 500 => Meaning.Unclear,
                // A redirect: not Discord's interface, or not at this address.
                < 400 => Meaning.NotNow,
                _ => Meaning.Payload,
            },
        };

    /// <summary>How a write ended that was not done.</summary>
    public static SendOutcome OutcomeOf(RestResult result) =>
        result switch
        {
            RestResult.Later(var until, var reason) => new SendOutcome.RetryAfter(until, reason),
            RestResult.NotSent(var reason) => new SendOutcome.Unavailable(reason),
            RestResult.Lost(var reason) => new SendOutcome.Unknown(reason),
            RestResult.Error error => (MeaningOf(error.Status, error.Code), Reason(error)) switch
            {
                (Meaning.Payload, var reason) => new SendOutcome.Refused(Refusal.Payload, reason),
                (Meaning.Gone, var reason) => new SendOutcome.Refused(Refusal.Gone, reason),
                (Meaning.Forbidden, var reason) => new SendOutcome.Refused(Refusal.Forbidden, reason),
                (Meaning.AlreadyAnswered, var reason) => new SendOutcome.Refused(Refusal.AlreadyAnswered, reason),
                (Meaning.Unclear, var reason) => new SendOutcome.Unknown(reason),
                (_, var reason) => new SendOutcome.Unavailable(reason),
            },
            _ => throw new ArgumentException("It was done.", nameof(result)),
        };

    /// <summary>How a read ended.</summary>
    public static Result<T> AnswerOf<T>(RestResult result, JsonTypeInfo<T> type)
        where T : class => result is RestResult.Done { Body: var body } ? Parse(body, type) : AnswerOf<T>(result);

    /// <summary>How a read, or an idempotent write, ended that got no answer.</summary>
    public static Result<T> AnswerOf<T>(RestResult result) =>
        result switch
        {
            RestResult.Later(var until, var reason) => new Result<T>.Unavailable($"{reason} Not before {until:u}."),
            RestResult.NotSent(var reason) => new Result<T>.Unavailable(reason),
            RestResult.Lost(var reason) => new Result<T>.Unavailable(reason),
            RestResult.Error error => (MeaningOf(error.Status, error.Code), Reason(error)) switch
            {
                (Meaning.BadToken, var reason) => new Result<T>.Unauthorized(reason),
                (Meaning.Payload, var reason) => new Result<T>.Refused(Refusal.Payload, reason),
                (Meaning.Gone, var reason) => new Result<T>.Refused(Refusal.Gone, reason),
                (Meaning.Forbidden, var reason) => new Result<T>.Refused(Refusal.Forbidden, reason),
                (Meaning.AlreadyAnswered, var reason) => new Result<T>.Refused(Refusal.AlreadyAnswered, reason),
                (_, var reason) => new Result<T>.Unavailable(reason),
            },
            _ => throw new ArgumentException("It was done.", nameof(result)),
        };

    /// <summary>Reads an answer.</summary>
    public static Result<T> Parse<T>(byte[] body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type) is { } value
                ? new Result<T>.Success(value)
                : new Result<T>.Unavailable("Discord's answer is empty.");
        }
        catch (JsonException e)
        {
            return new Result<T>.Unavailable($"Discord's answer cannot be read: {e.Message}");
        }
    }

    /// <summary>Discord's words, with the members that they are about.</summary>
    public static string? Describe(ApiError? error)
    {
        if (error is null)
        {
            return null;
        }

        List<string> parts = [error.Message ?? ""];
        if (error.Errors is { } errors)
        {
            Collect(errors, "", parts);
        }

        return Text.OneLine(string.Join("; ", parts.Where(part => part.Length > 0)));
    }

    private static string Reason(RestResult.Error error) =>
        MeaningOf(error.Status, error.Code) switch
        {
            Meaning.BadToken => $"Discord does not accept the token ({Number(error)})",
            _ => $"{Number(error)}: {error.Message}",
        };

    private static string Number(RestResult.Error error) =>
        error.Code switch
        {
            null => $"HTTP {error.Status}, not in Discord's form",
            0 => $"HTTP {error.Status}",
            _ => $"HTTP {error.Status}, code {error.Code}",
        };

    /// <summary>The messages hang under <c>_errors</c>, at the end of the path to the member.</summary>
    private static void Collect(JsonElement element, string path, List<string> parts)
    {
        if (element.ValueKind != JsonValueKind.Object || parts.Count > 5)
        {
            return;
        }

        foreach (var member in element.EnumerateObject())
        {
            if (member.Name != "_errors")
            {
                Collect(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}", parts);
            }
            else if (member.Value.ValueKind == JsonValueKind.Array)
            {
                parts.AddRange(
                    member
                        .Value.EnumerateArray()
                        .Select(MessageOf)
                        .OfType<string>()
                        .Select(message => path.Length == 0 ? message : $"{path}: {message}")
                );
            }
        }
    }

    private static string? MessageOf(JsonElement problem) =>
        problem.ValueKind == JsonValueKind.Object
        && problem.TryGetProperty("message", out var message)
        && message.ValueKind == JsonValueKind.String
            ? message.GetString()
            : null;
}
