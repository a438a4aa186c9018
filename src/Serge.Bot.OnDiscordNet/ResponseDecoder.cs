using System.Globalization;
using System.Net;
using System.Text.Json;
using Discord.Net;

namespace Serge.Bot.OnDiscordNet;

/// <summary>Decodes the results of calls.</summary>
internal static class ResponseDecoder
{
    private const int MaxMessageLength = 300;
    private const string UnknownResource = "HTTP 404: Discord does not know the resource.";

    /// <summary>The outcome of a write that did not succeed.</summary>
    public static SendOutcome ToOutcome(DiscordCall call)
    {
        if (call.IsInvalid)
        {
            return new SendOutcome.Refused(Refusal.Payload, call.Reason);
        }

        // A limit refuses the last attempt only.
        if (call is { IsRateLimited: true, MayHaveExecuted: false, ResetTime: { } until })
        {
            return new SendOutcome.RetryAfter(until, call.Reason);
        }

        if (call.Error is { } error)
        {
            return DiscordErrors.ToOutcome(Classify(call, error), call.Reason);
        }

        if (IsNotFound(call))
        {
            return new SendOutcome.Refused(Refusal.Gone, UnknownResource);
        }

        if (call.MayHaveExecuted)
        {
            return new SendOutcome.Unknown(call.Reason);
        }

        return new SendOutcome.Unavailable(call.Reason);
    }

    /// <summary>The result of a read.</summary>
    public static Result<T> ToResult<T>(DiscordCall call, T? value)
        where T : class
    {
        if (call.Error is { } error)
        {
            return DiscordErrors.ToResult<T>(Classify(call, error), call.Reason);
        }

        // Discord.Net caches some resources; then the call has no status.
        if (value is not null && call.Reason.Length == 0)
        {
            return value;
        }

        if (IsNotFound(call))
        {
            return new Result<T>.Refused(Refusal.Gone, UnknownResource);
        }

        if (call is { IsRateLimited: true, ResetTime: { } until })
        {
            return new Result<T>.Unavailable($"{call.Reason} Retry after {until:u}.") { RetryAt = until };
        }

        return new Result<T>.Unavailable(call.Reason.Length > 0 ? call.Reason : "Discord's response is not valid.");
    }

    /// <summary>The outcome of a write that was not sent, because a read before it failed.</summary>
    public static SendOutcome ToUnsent<T>(Result<T> failure)
    {
        if (failure is Result<T>.Refused(var kind, var reason))
        {
            return new SendOutcome.Refused(kind, reason);
        }

        if (failure is Result<T>.Unavailable { RetryAt: { } until })
        {
            return new SendOutcome.RetryAfter(until, failure.GetReason());
        }

        return new SendOutcome.Unavailable(failure.GetReason());
    }

    /// <summary>Describes an error as one line.</summary>
    public static string Describe(HttpException error)
    {
        var status = $"HTTP {(int)error.HttpCode}";
        if (IsInvalidToken(error))
        {
            return $"Discord does not accept the token ({status})";
        }

        var code = (int?)error.DiscordCode switch
        {
            null or 0 => "",
            { } known => $", code {known}",
        };
        var fields = error.Errors.SelectMany(field =>
            field.Errors.Select(problem => $"{field.Path}: {problem.Message}")
        );
        var message = string.Join("; ", fields.Prepend(error.Reason ?? ""));
        return ToLine($"{status}{code}: {message}");
    }

    /// <summary>Reads the id of the message in a response that Discord.Net could not read.</summary>
    public static ulong? ReadId(DiscordCall call) => ReadNumber(JsonReader.Parse(call.Body).Member("id"));

    /// <summary>Reads an id or permissions, as text or as a number.</summary>
    public static ulong? ReadNumber(JsonElement? value)
    {
        if (ulong.TryParse(value.Scalar(), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        return null;
    }

    /// <summary>Describes a response that does not come from Discord.</summary>
    public static string DescribeForeign(DiscordCall call) => DiscordErrors.DescribeForeign((int?)call.Status ?? 0);

    public static string ToLine(string text) => SingleLine.Create(text, MaxMessageLength);

    public static bool IsInvalidToken(HttpException error) => Classify(error) == DiscordErrorKind.InvalidToken;

    public static bool IsUnknownMessage(HttpException? error) =>
        (int?)error?.DiscordCode == DiscordErrors.UnknownMessage;

    /// <summary>Discord.Net converts some 404 to null.</summary>
    private static bool IsNotFound(DiscordCall call) =>
        call is { Status: HttpStatusCode.NotFound, IsForeign: false, Error: null };

    private static DiscordErrorKind Classify(DiscordCall call, HttpException error) =>
        DiscordErrors.Classify((int)error.HttpCode, call.IsForeign ? null : (int?)error.DiscordCode);

    private static DiscordErrorKind Classify(HttpException error) =>
        DiscordErrors.Classify((int)error.HttpCode, (int?)error.DiscordCode);
}
