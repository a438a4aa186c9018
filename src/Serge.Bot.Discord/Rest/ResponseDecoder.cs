using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
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
    public static Result<T> ToResult<T>(RestResult result, JsonTypeInfo<T> type)
        where T : class => result is RestResult.Success { Body: var body } ? Parse(body, type) : ToResult<T>(result);

    /// <summary>The result of a read, or of an idempotent write, that did not succeed.</summary>
    public static Result<T> ToResult<T>(RestResult result) =>
        result switch
        {
            RestResult.RateLimited(var until, var reason) => new Result<T>.Unavailable(
                $"{reason} Retry after {until:u}."
            ),
            RestResult.NotSent(var reason) => new Result<T>.Unavailable(reason),
            RestResult.Lost(var reason) => new Result<T>.Unavailable(reason),
            RestResult.Error error => DiscordErrors.ToResult<T>(Classify(error), GetReason(error)),
            _ => throw new ArgumentException("The call succeeded.", nameof(result)),
        };

    public static DiscordErrorKind Classify(RestResult.Error error) => DiscordErrors.Classify(error.Status, error.Code);

    /// <summary>Reads the body of a successful response.</summary>
    public static Result<T> Parse<T>(byte[] body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type) is { } value
                ? new Result<T>.Success(value)
                : new Result<T>.Unavailable("Discord's response is empty.");
        }
        catch (JsonException e)
        {
            return new Result<T>.Unavailable($"Discord's response is not valid: {e.Message}");
        }
    }

    /// <summary>Reads the body of an error response.</summary>
    /// <returns><see langword="null"/> if it is not in Discord's form, such as the page of a proxy.</returns>
    public static ApiError? ParseError(byte[] body)
    {
        try
        {
            // Every error of Discord has a message.
            var error = JsonSerializer.Deserialize(body, DiscordJson.Default.ApiError);
            return error?.Message is null ? null : error;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Discord's message, with the fields that it is about.</summary>
    public static string? Describe(ApiError? error)
    {
        if (error is null)
        {
            return null;
        }

        List<string> parts = [error.Message ?? ""];
        if (error.Errors is { } errors)
        {
            AddFieldErrors(errors, "", parts);
        }

        var text = string.Join("; ", parts.Where(part => part.Length > 0));
        return SingleLine.Create(text, MaxMessageLength);
    }

    private static string GetReason(RestResult.Error error)
    {
        var status = error.Code switch
        {
            null => $"HTTP {error.Status}, not in Discord's form",
            0 => $"HTTP {error.Status}",
            _ => $"HTTP {error.Status}, code {error.Code}",
        };
        return Classify(error) == DiscordErrorKind.InvalidToken
            ? $"Discord does not accept the token ({status})"
            : $"{status}: {error.Message}";
    }

    /// <summary>Adds the messages, which are in arrays named <c>_errors</c> at the end of the path to the field.</summary>
    private static void AddFieldErrors(JsonElement element, string path, List<string> parts)
    {
        if (element.ValueKind != JsonValueKind.Object || parts.Count > MaxFieldErrors)
        {
            return;
        }

        foreach (var member in element.EnumerateObject())
        {
            if (member.Name == "_errors")
            {
                AddMessages(member.Value, path, parts);
            }
            else
            {
                AddFieldErrors(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}", parts);
            }
        }
    }

    private static void AddMessages(JsonElement errors, string path, List<string> parts)
    {
        foreach (var error in JsonReader.Elements(errors))
        {
            if (error.Member("message").Text() is { } message)
            {
                parts.Add(path.Length == 0 ? message : $"{path}: {message}");
            }
        }
    }
}
