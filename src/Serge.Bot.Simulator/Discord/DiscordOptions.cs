namespace Serge.Bot.Simulator.Discord;

/// <summary>The limits and timeouts of the simulated Discord. A change takes effect from the next request.</summary>
public sealed class DiscordOptions
{
    /// <summary>Requests per second and bot over all routes except interaction routes. Default 50.</summary>
    /// <remarks>Source: Discord docs, Topics/Rate Limits, Global Rate Limit.</remarks>
    public int GlobalPerSecond { get; set; } = 50;

    /// <summary>The limit of a route that has none of its own. Default 20 in 10 s. Discord publishes no such
    /// numbers.</summary>
    public RouteLimit DefaultLimit { get; set; } = new(20, TimeSpan.FromSeconds(10));

    /// <summary>Messages to one channel. Default 5 in 5 s, as bot authors report; Discord publishes no
    /// number.</summary>
    public RouteLimit MessageLimit { get; set; } = new(5, TimeSpan.FromSeconds(5));

    /// <summary>Requests to one interaction's webhook. Default 5 in 2 s. Discord publishes no number.</summary>
    public RouteLimit WebhookLimit { get; set; } = new(5, TimeSpan.FromSeconds(2));

    /// <summary>Requests with status 401, 403 or 429 in 10 min, before every request is rejected. Default
    /// 10,000.</summary>
    /// <remarks>Source: Discord docs, Topics/Rate Limits, Invalid Request Limit.</remarks>
    public int InvalidRequestLimit { get; set; } = 10_000;

    /// <summary>How long an enforced nonce is remembered. Default 5 min; the docs say "the past few minutes".</summary>
    public TimeSpan NonceWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Commands that can be created per day in one guild, and globally. Default 200.</summary>
    /// <remarks>Source: Discord docs, Interactions/Application Commands.</remarks>
    public int CommandCreatesPerDay { get; set; } = 200;

    /// <summary>The interval in Hello, up to 30 days. Default 41.25 s, as observed.</summary>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromMilliseconds(41_250);

    /// <summary>How long a disconnected session can be resumed. Default 3 min; the docs say "a few minutes".</summary>
    public TimeSpan ResumeWindow { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>Sessions that a bot can start per day. Default 1,000; one more resets the token.</summary>
    /// <remarks>Source: Discord docs, Events/Gateway, Session Start Limit.</remarks>
    public int SessionStartsPerDay { get; set; } = 1000;

    /// <summary>Identify requests in 5 s. Default 1.</summary>
    public int MaxConcurrency { get; set; } = 1;

    /// <summary>Events that a bot can send in 60 s on one connection. Default 120.</summary>
    /// <remarks>Source: Discord docs, Events/Gateway, Rate Limiting.</remarks>
    public int GatewayEventsPerMinute { get; set; } = 120;

    /// <summary>Timeout of the first response to an interaction. Default 3 s.</summary>
    /// <remarks>Source: Discord docs, Interactions/Receiving and Responding.</remarks>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long an interaction's token is valid after the first response. Default 15 min.</summary>
    public TimeSpan InteractionLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Messages kept per channel; older ones are removed. Default 10,000.</summary>
    public int MessagesPerChannel { get; set; } = 10_000;
}

/// <summary>A rate limit: so many requests per window.</summary>
public sealed record RouteLimit(int Requests, TimeSpan Window);
