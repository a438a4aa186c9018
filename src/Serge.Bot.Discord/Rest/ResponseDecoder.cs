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
        where T : class
    {
        if (result is RestResult.Success(var body, _))
        {
            return Parse(body, type);
        }

        return ToResult<T>(result);
    }

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
            if (JsonSerializer.Deserialize(body, type) is { } value)
            {
                return value;
            }

            return new Result<T>.Unavailable("Discord's response is empty.");
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
            if (error?.Message is not null)
            {
                return error;
            }
        }
        catch (JsonException)
        {
            // Not JSON.
        }

        return null;
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
                continue;
            }

            var separator = path.Length == 0 ? "" : ".";
            AddFieldErrors(member.Value, path + separator + member.Name, parts);
        }
    }

    private static void AddMessages(JsonElement errors, string path, List<string> parts)
    {
        foreach (var error in JsonReader.Elements(errors))
        {
            if (error.Member("message").Text() is { } message)
            {
                var field = path.Length == 0 ? "" : $"{path}: ";
                parts.Add(field + message);
            }
        }
    }
}
