namespace Serge.Bot.Discord.Gateway;

/// <summary>Where to connect.</summary>
internal static class GatewayAddress
{
    /// <summary>The version of the gateway's protocol and the form of its messages; the same to begin and to resume.</summary>
    /// <remarks>Source: Discord docs, Events/Gateway, Connecting and Resuming. Not compressed: such a bot reads little.</remarks>
    private const string Query = "v=10&encoding=json";

    /// <summary>The address with the query that Discord wants.</summary>
    /// <returns><see langword="null"/> if this is no WebSocket's address.</returns>
    public static Uri? From(Uri? url) =>
        url is { IsAbsoluteUri: true, Scheme: "ws" or "wss" } ? new UriBuilder(url) { Query = Query }.Uri : null;
}
