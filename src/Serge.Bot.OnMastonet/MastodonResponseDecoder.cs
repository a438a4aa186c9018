using System.Net;
using System.Text.Json;

namespace Serge.Bot.OnMastonet;

/// <summary>Decodes the results of calls.</summary>
internal static class MastodonResponseDecoder
{
    /// <summary>The outcome of a write.</summary>
    public static SendOutcome ToOutcome(MastodonCall call)
    {
        // A limit refuses the last attempt only.
        var isUncertain = call is { MayHaveExecuted: true, Status: HttpStatusCode.TooManyRequests };
        if (!isUncertain && call.Response is { } response)
        {
            return response.ToOutcome();
        }

        if (call.MayHaveExecuted)
        {
            return new SendOutcome.Unknown(call.Description);
        }

        return new SendOutcome.Unavailable(call.Description);
    }

    /// <summary>The result of a read.</summary>
    /// <param name="call">The call.</param>
    /// <param name="read">Reads the body; <see langword="null"/> if it is not valid.</param>
    public static Result<T> ToResult<T>(MastodonCall call, Func<JsonElement?, T?> read)
        where T : class
    {
        if (call.Response is { } response)
        {
            return response.ToResult(read);
        }

        return new Result<T>.Unavailable(call.Description);
    }
}
