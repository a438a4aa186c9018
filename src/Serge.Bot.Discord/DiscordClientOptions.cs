using Serge.Bot.Discord.Gateway;

namespace Serge.Bot.Discord;

/// <summary>Options of a <see cref="DiscordClient"/>. A class, so that it does not print the token.</summary>
public sealed class DiscordClientOptions
{
    /// <summary>The bot's token from the developer portal. White space around it is ignored.</summary>
    public required string Token { get; init; }

    /// <summary>The address of the REST API with its version. Default <c>https://discord.com/api/v10/</c>.</summary>
    /// <remarks>Plain HTTP and a path are allowed, for servers on loopback. The client reads the gateway's address
    /// there.</remarks>
    public Uri ApiAddress { get; init; } = new("https://discord.com/api/v10/");

    /// <summary>Whether Discord sends interactions over HTTP to the address in the developer portal, without a gateway
    /// connection. Default <see langword="false"/>.</summary>
    /// <remarks>Source: Discord docs, Interactions/Overview, Configuring an Interactions Endpoint URL.</remarks>
    public bool InteractionsOverHttp { get; init; }

    /// <summary>A page about the bot, for the <c>User-Agent</c>. Default <c>https://serge-bot.example/</c>, a
    /// placeholder.</summary>
    /// <remarks>Source: Discord docs, Reference, User Agent: a client without <c>DiscordBot ($url, $version)</c> may be
    /// blocked.</remarks>
    public Uri Website { get; init; } = new("https://serge-bot.example/");

    /// <summary>The number of gateway connections, 1 to 10,000. Default <see langword="null"/>: Discord's
    /// recommendation. Where Discord requires more, the client opens more.</summary>
    /// <remarks>Source: Discord docs, Events/Gateway, Sharding.</remarks>
    public int? Shards { get; init; }

    /// <summary>The most requests per second, sent evenly, 1 to 10,000. Default 50, Discord's limit for ordinary
    /// bots.</summary>
    /// <remarks>Source: Discord docs, Topics/Rate Limits, Global Rate Limit. Responses to interactions are
    /// exempt.</remarks>
    public double RequestsPerSecond { get; init; } = 50;

    /// <summary>The timeout of the first response to an interaction. Default 2 s: Discord waits 3 s.</summary>
    /// <remarks>Source: Discord docs, Interactions/Receiving and Responding, Interaction Callback.</remarks>
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The timeout of other calls, including retries and waits for rate limits. Default 30 s.</summary>
    /// <remarks>Where Discord asks for a longer wait, the outcome says until when.</remarks>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Far longer than Discord's tokens, and short enough for the message that identifies the bot.</summary>
    private const int MaxTokenLength = 1000;

    /// <exception cref="ArgumentException">An option is out of range; the message names it, and never the
    /// token.</exception>
    internal void ThrowIfInvalid()
    {
        // The message does not say which character is invalid, because it is part of the secret.
        var token = Token.Trim();
        var isToken = token.Length is > 0 and <= MaxTokenLength && !token.AsSpan().ContainsAnyExceptInRange('!', '~');
        ThrowUnless(
            isToken,
            nameof(Token),
            "is empty, longer than 1,000 characters, or has a character that no token has, such as a space"
        );

        var isAddress = ApiAddress is { IsAbsoluteUri: true, Scheme: "http" or "https" };
        ThrowUnless(isAddress, nameof(ApiAddress), "does not begin with https:// or http://");
        ThrowUnless(Shards is null or (>= 1 and <= GatewayReader.MaxShards), nameof(Shards), "is not 1 to 10,000");
        ThrowUnless(RequestsPerSecond is >= 1 and <= 10_000, nameof(RequestsPerSecond), "is not 1 to 10,000");
        ThrowUnless(ReplyTimeout > TimeSpan.Zero, nameof(ReplyTimeout), "is not greater than zero");
        ThrowUnless(CallTimeout > TimeSpan.Zero, nameof(CallTimeout), "is not greater than zero");
    }

    private static void ThrowUnless(bool isValid, string option, string problem)
    {
        if (!isValid)
        {
            throw new ArgumentException($"{option} {problem}.", option);
        }
    }
}
