namespace Serge.Bot.Simulator.Discord;

/// <summary>The numbers of the simulated Discord. Each may be changed at any time and counts from the next request on.</summary>
public sealed class DiscordOptions
{
    /// <summary>Requests a second and bot, over all routes but the interaction ones. Default 50.</summary>
    /// <remarks>Source: Discord docs, Topics/Rate Limits, Global Rate Limit.</remarks>
    public int GlobalPerSecond { get; set; } = 50;

    /// <summary>The limit of a route that has none of its own. Default 20 in 10 s. Discord publishes no such numbers.</summary>
    public RouteLimit DefaultLimit { get; set; } = new(20, TimeSpan.FromSeconds(10));

    /// <summary>Messages to one channel. Default 5 in 5 s, which is hearsay; Discord publishes none.</summary>
    public RouteLimit MessageLimit { get; set; } = new(5, TimeSpan.FromSeconds(5));

    /// <summary>Requests to one interaction's webhook. Default 5 in 2 s. Discord publishes none.</summary>
    public RouteLimit WebhookLimit { get; set; } = new(5, TimeSpan.FromSeconds(2));

    /// <summary>Requests in ten minutes that may end in 401, 403 or 429 before the address is shut out. Default 10,000.</summary>
    /// <remarks>Source: Discord docs, Topics/Rate Limits, Invalid Request Limit.</remarks>
    public int InvalidRequestLimit { get; set; } = 10_000;

    /// <summary>How long an enforced nonce is remembered. Default 5 min; the docs say "the past few minutes".</summary>
    public TimeSpan NonceWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>New names of commands in a day and guild, and of global ones. Default 200.</summary>
    /// <remarks>Source: Discord docs, Interactions/Application Commands.</remarks>
    public int CommandCreatesPerDay { get; set; } = 200;

    /// <summary>What Hello asks for, up to 30 days. Default 41.25 s, the value seen in the field.</summary>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromMilliseconds(41_250);

    /// <summary>How long a dropped session can be resumed. Default 3 min; the docs say "a few minutes".</summary>
    public TimeSpan ResumeWindow { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>Sessions a bot may start in a day. Default 1,000.</summary>
    /// <remarks>Source: Discord docs, Events/Gateway, Session Start Limit. One more resets the token.</remarks>
    public int SessionStartsPerDay { get; set; } = 1000;

    /// <summary>Identifies in 5 s. Default 1.</summary>
    public int MaxConcurrency { get; set; } = 1;

    /// <summary>Events a bot may send in 60 s on one connection. Default 120.</summary>
    /// <remarks>Source: Discord docs, Events/Gateway, Rate Limiting.</remarks>
    public int GatewayEventsPerMinute { get; set; } = 120;

    /// <summary>How long an interaction waits for its first answer. Default 3 s.</summary>
    /// <remarks>Source: Discord docs, Interactions/Receiving and Responding.</remarks>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long an interaction's token is good after the first answer. Default 15 min.</summary>
    public TimeSpan InteractionLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Messages kept in a channel; older ones are forgotten. Default 10,000.</summary>
    public int MessagesPerChannel { get; set; } = 10_000;
}

/// <summary>How many requests in how long.</summary>
public sealed record RouteLimit(int Requests, TimeSpan Window);
