using Serge.Bot.Discord.Gateway;

namespace Serge.Bot.Discord;

/// <summary>What a <see cref="DiscordClient"/> needs to know. A class and not a record, for a record prints its members.</summary>
public sealed class DiscordClientOptions
{
    /// <summary>The bot's token, as the developer portal shows it. White space around it is ignored.</summary>
    public required string Token { get; init; }

    /// <summary>Where the REST interface lives, version included. Default <c>https://discord.com/api/v10/</c>.</summary>
    /// <remarks>May be plain HTTP and may have a path, for servers on loopback. The gateway's address is asked for there.</remarks>
    public Uri ApiAddress { get; init; } = new("https://discord.com/api/v10/");

    /// <summary>Whether Discord calls us with interactions, at the address set in the developer portal, and no gateway connection is made.
    /// Default <see langword="false"/>.</summary>
    /// <remarks>Source: Discord docs, Interactions/Overview, Configuring an Interactions Endpoint URL.</remarks>
    public bool InteractionsOverHttp { get; init; }

    /// <summary>A page about the bot, for the <c>User-Agent</c>. Default <c>https://serge-bot.example/</c>, which leads nowhere.</summary>
    /// <remarks>Source: Discord docs, Reference, User Agent: a client without <c>DiscordBot ($url, $version)</c> may be blocked.</remarks>
    public Uri Website { get; init; } = new("https://serge-bot.example/");

    /// <summary>How many gateway connections share the servers among them, 1 to 10,000. Default <see langword="null"/>: as many as Discord
    /// advises. Where Discord says that they are too few, more are made.</summary>
    /// <remarks>Source: Discord docs, Events/Gateway, Sharding.</remarks>
    public int? Shards { get; init; }

    /// <summary>The most requests a second, sent evenly, 1 to 10,000. Default 50, what Discord allows an ordinary bot.</summary>
    /// <remarks>Source: Discord docs, Topics/Rate Limits, Global Rate Limit. Answers to interactions are exempt.</remarks>
    public double RequestsPerSecond { get; init; } = 50;

    /// <summary>The longest that the first answer to an interaction may take. Default 2 s: Discord waits 3 s in all.</summary>
    /// <remarks>Source: Discord docs, Interactions/Receiving and Responding, Interaction Callback.</remarks>
    public TimeSpan AnswerPatience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest that any other call may take, waits for limits included. Default 30 s.</summary>
    /// <remarks>Where Discord asks to wait longer, the caller is told until when instead.</remarks>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Far longer than any that Discord gives, and short enough for the message that shows it to the gateway.</summary>
    private const int LongestToken = 1000;

    /// <exception cref="ArgumentException">Something is out of its range; the message names it, and never the token.</exception>
    internal void ThrowIfInvalid()
    {
        var token = Token.Trim();
        if (token.Length is 0 or > LongestToken || token.Any(c => c is <= ' ' or > '~'))
        {
            // Which character it is would be a part of the secret.
            throw Invalid(
                nameof(Token),
                "is empty, longer than 1,000 characters, or has a character in it that no token has, such as a space"
            );
        }

        if (ApiAddress is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            throw Invalid(nameof(ApiAddress), "does not begin with https:// or http://");
        }

        if (Shards is < 1 or > GatewayReader.MostShards)
        {
            throw Invalid(nameof(Shards), "is not 1 to 10,000");
        }

        if (RequestsPerSecond is not (>= 1 and <= 10_000))
        {
            throw Invalid(nameof(RequestsPerSecond), "is not 1 to 10,000");
        }

        if (AnswerPatience <= TimeSpan.Zero || Patience <= TimeSpan.Zero)
        {
            throw Invalid(
                AnswerPatience <= TimeSpan.Zero ? nameof(AnswerPatience) : nameof(Patience),
                "is not longer than nothing"
            );
        }
    }

    private static ArgumentException Invalid(string option, string why) => new($"{option} {why}.", option);
}
