namespace Serge.Bot.OnDiscordNet;

/// <summary>What a <see cref="DiscordClient"/> needs to know. A class and not a record, for a record prints its members.</summary>
public sealed class DiscordClientOptions
{
    /// <summary>The bot's token, as the developer portal shows it. White space around it is ignored.</summary>
    public required string Token { get; init; }

    /// <summary>Where the REST interface lives, version included. Default <c>https://discord.com/api/v10/</c>.</summary>
    /// <remarks>May be plain HTTP and may have a path, for servers on loopback. The gateway's address is asked for there.</remarks>
    public Uri ApiAddress { get; init; } = new("https://discord.com/api/v10/");

    /// <summary>Whether Discord calls us with interactions and no gateway connection is made. Default <see langword="false"/>.</summary>
    public bool InteractionsOverHttp { get; init; }

    /// <summary>The most requests a second, sent evenly. Default 50, what Discord allows an ordinary bot; Discord.Net itself counts none.</summary>
    /// <remarks>Source: Discord docs, Topics/Rate Limits, Global Rate Limit. Answers to interactions are exempt.</remarks>
    public double RequestsPerSecond { get; init; } = 50;

    /// <summary>The longest that the first answer to an interaction may take. Default 2 s: Discord waits 3 s in all.</summary>
    public TimeSpan AnswerPatience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest that any other call may take, waits for limits included. Default 30 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest that one attempt may take. Default 15 s.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(15);
}
