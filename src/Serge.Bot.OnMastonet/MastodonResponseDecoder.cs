using System.Text.Json;

namespace Serge.Bot.OnMastonet;

/// <summary>Decodes the results of calls.</summary>
internal static class MastodonResponseDecoder
{
    /// <summary>The outcome of a write.</summary>
    public static SendOutcome ToOutcome(MastodonCall call)
    {
        if (call.Status is null && call.MayHaveExecuted)
        {
            return new SendOutcome.Unknown(call.Description);
        }

        if (call.Status is null)
        {
            return new SendOutcome.Unavailable(call.Description);
        }

        if (!call.IsSuccess)
        {
            return MastodonErrors.ToOutcome(call.Status.Value, call.Description, call.Body, call.ResetTime);
        }

        if (MastodonReaders.ReadSent(JsonReader.Parse(call.Body)) is { } sent)
        {
            return sent;
        }

        return new SendOutcome.Unknown(DescribeInvalid(call));
    }

    /// <summary>The result of a read.</summary>
    /// <param name="call">The call.</param>
    /// <param name="read">Reads the body; <see langword="null"/> if it is not valid.</param>
    public static Result<T> ToResult<T>(MastodonCall call, Func<JsonElement?, T?> read)
        where T : class
    {
        if (call.Status is null)
        {
            return new Result<T>.Unavailable(call.Description);
        }

        if (!call.IsSuccess)
        {
            return MastodonErrors.ToResult<T>(call.Status.Value, call.Description, call.Body);
        }

        if (JsonReader.Parse(call.Body) is not { } json)
        {
            return new Result<T>.Unavailable(DescribeInvalid(call));
        }

        if (read(json) is { } value)
        {
            return value;
        }

        return new Result<T>.Refused(Refusal.Gone, DescribeInvalid(call));
    }

    private static string DescribeInvalid(MastodonCall call) =>
        MastodonErrors.DescribeInvalidResponse(call.Description, call.Body);
}
