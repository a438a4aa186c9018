namespace Serge.Bot.OnDiscordNet;

/// <summary>Options of a <see cref="DiscordClient"/>. A class, so that it does not print the token.</summary>
public sealed class DiscordClientOptions
{
    /// <summary>The bot's token from the developer portal. White space around it is ignored.</summary>
    public required string Token { get; init; }

    /// <summary>The address of the REST API with its version. Default <c>https://discord.com/api/v10/</c>.</summary>
    /// <remarks>Plain HTTP and a path are allowed, for servers on loopback. The client reads the gateway's address
    /// there.</remarks>
    public Uri ApiAddress { get; init; } = new("https://discord.com/api/v10/");

    /// <summary>Whether Discord sends interactions over HTTP, without a gateway connection. Default
    /// <see langword="false"/>.</summary>
    public bool InteractionsOverHttp { get; init; }

    /// <summary>The most requests per second, sent evenly. Default 50, Discord's limit for ordinary bots; Discord.Net
    /// itself has no such limit.</summary>
    /// <remarks>Source: Discord docs, Topics/Rate Limits, Global Rate Limit. Responses to interactions are
    /// exempt.</remarks>
    public double RequestsPerSecond { get; init; } = 50;

    /// <summary>The timeout of the first response to an interaction. Default 2 s: Discord waits 3 s.</summary>
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The timeout of other calls, including retries and waits for rate limits. Default 30 s.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The timeout of one attempt. Default 15 s.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(15);
}
