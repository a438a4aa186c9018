namespace Serge.Bot.Discord.Gateway;

/// <summary>The address of the gateway.</summary>
internal static class GatewayAddress
{
    /// <summary>The version and the encoding, for new and resumed sessions. Without compression: a bot with one intent
    /// receives little.</summary>
    /// <remarks>Source: Discord docs, Events/Gateway, Connecting and Resuming.</remarks>
    private const string Query = "v=10&encoding=json";

    /// <summary>Adds the query to an address.</summary>
    /// <returns><see langword="null"/> if it is not the address of a WebSocket.</returns>
    public static Uri? Create(Uri? url)
    {
        if (
            url is { IsAbsoluteUri: true, Scheme: "ws" or "wss" }
            && Uri.TryCreate($"{url.GetLeftPart(UriPartial.Path)}?{Query}", UriKind.Absolute, out var address)
        )
        {
            return address;
        }

        return null;
    }
}
