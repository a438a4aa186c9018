using System.Text.Json;
using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Rest;

/// <summary>Decodes Discord's responses.</summary>
internal static class ResponseDecoder
{
    private const int MaxMessageLength = 300;
    private const int MaxFieldErrors = 5;

    /// <summary>The outcome of a write that did not succeed.</summary>
    public static SendOutcome ToOutcome(RestResult result) =>
        result switch
        {
            RestResult.RateLimited(var until, var reason) => new SendOutcome.RetryAfter(until, reason),
            RestResult.NotSent(var reason) => new SendOutcome.Unavailable(reason),
            RestResult.Lost(var reason) => new SendOutcome.Unknown(reason),
            RestResult.Error error => DiscordErrors.ToOutcome(Classify(error), GetReason(error)),
            _ => throw new ArgumentException("The call succeeded.", nameof(result)),
        };

    /// <summary>The result of a read.</summary>
    /// <param name="result">The result of the call.</param>
    /// <param name="read">Reads the body; <see langword="null"/> if it is of another type.</param>
    public static Result<T> ToResult<T>(RestResult result, Func<JsonElement?, T?> read)
        where T : class
    {
        if (result is not RestResult.Success(var body, _))
        {
            return ToResult<T>(result);
        }

        if (read(JsonReader.Parse(body)) is { } value)
        {
            return value;
        }

        return new Result<T>.Unavailable("Discord's response is not valid JSON of the expected form.");
    }

    /// <summary>The result of a read, or of an idempotent write, that did not succeed.</summary>
    public static Result<T> ToResult<T>(RestResult result) =>
        result switch
        {
            RestResult.RateLimited(var until, var reason) => new Result<T>.Unavailable(
                $"{reason} Retry after {until:u}."
            )
            {
                RetryAt = until,
            },
            RestResult.NotSent(var reason) => new Result<T>.Unavailable(reason),
            RestResult.Lost(var reason) => new Result<T>.Unavailable(reason),
            RestResult.Error error => DiscordErrors.ToResult<T>(Classify(error), GetReason(error)),
            _ => throw new ArgumentException("The call succeeded.", nameof(result)),
        };

    public static DiscordErrorKind Classify(RestResult.Error error) => DiscordErrors.Classify(error.Status, error.Code);

    /// <summary>Reads the body of an error response.</summary>
    /// <returns><see langword="null"/> if it is not in Discord's form, such as the page of a proxy.</returns>
    public static ApiError? ParseError(byte[] body)
    {
        // Every error of Discord has a message.
        var error = JsonReader.Parse(body).Object(ApiError.Read);
        return error?.Message is null ? null : error;
    }

    /// <summary>Discord's message, with the fields that it is about.</summary>
    public static string? Describe(ApiError? error)
    {
        if (error is null)
        {
            return null;
        }

        List<string> parts = [error.Message ?? ""];
        AddFieldErrors(error.Errors, "", parts);
        var text = string.Join("; ", parts.Where(part => part.Length > 0));
        return SingleLine.Create(text, MaxMessageLength);
    }

    private static string GetReason(RestResult.Error error)
    {
        var status = error.Code switch
        {
            null => DiscordErrors.DescribeForeign(error.Status),
            0 => $"HTTP {error.Status}",
            _ => $"HTTP {error.Status}, code {error.Code}",
        };
        if (Classify(error) == DiscordErrorKind.InvalidToken)
        {
            return $"Discord does not accept the token ({status})";
        }

        return $"{status}: {error.Message}";
    }

    /// <summary>Adds the messages, which are in arrays named <c>_errors</c> at the end of the path to the
    /// field.</summary>
    private static void AddFieldErrors(JsonElement? element, string path, List<string> parts)
    {
        foreach (var (name, value) in element.Members())
        {
            // A longer path would not be shown, and many long names would take minutes.
            if (parts.Count > MaxFieldErrors || path.Length > MaxMessageLength)
            {
                return;
            }

            if (name == "_errors")
            {
                AddMessages(value, path, parts);
                continue;
            }

            var separator = path.Length == 0 ? "" : ".";
            AddFieldErrors(value, path + separator + name, parts);
        }
    }

    private static void AddMessages(JsonElement? errors, string path, List<string> parts)
    {
        foreach (var error in errors.Elements())
        {
            if (error.Member("message").Text() is { } message)
            {
                var field = path.Length == 0 ? "" : $"{path}: ";
                parts.Add(field + message);
            }
        }
    }
}
