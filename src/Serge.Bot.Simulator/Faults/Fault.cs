namespace Serge.Bot.Simulator.Faults;

/// <summary>Something that is to go wrong. Give it to <see cref="FaultScript.Add"/>.</summary>
public abstract record Fault
{
    private protected Fault() { }

    /// <summary>How often it strikes before it is spent; default once, <see cref="int.MaxValue"/> for ever.</summary>
    public int Times { get; init; } = 1;
}

/// <summary>Strikes requests to either platform's REST interface. One request meets one fault at most, the oldest that fits.</summary>
public sealed record RequestFault : Fault
{
    /// <summary>The verb, or <c>*</c> for all. Default all.</summary>
    public string Method { get; init; } = "*";

    /// <summary>The path from the simulator's root, such as <c>/discord/api/v10/channels/*/messages</c>. One <c>*</c> stands for
    /// anything within a segment, <c>**</c> for anything at all.</summary>
    public required string Path { get; init; }

    /// <summary>What happens to the request.</summary>
    public required RequestEffect Effect { get; init; }
}

/// <summary>Strikes gateway connections.</summary>
public sealed record GatewayFault : Fault
{
    /// <summary>When it strikes. Default at once: the oldest connection with a session, or the next to come if there is none; with
    /// <see cref="Fault.Times"/> as many connections.</summary>
    public GatewayMoment On { get; init; } = GatewayMoment.Now;

    /// <summary>For <see cref="GatewayMoment.Dispatch"/>: the event, such as <c>INTERACTION_CREATE</c>. Default any.</summary>
    public string? Event { get; init; }

    /// <summary>What happens to the connection.</summary>
    public required GatewayEffect Effect { get; init; }
}

/// <summary>When a <see cref="GatewayFault"/> strikes.</summary>
public enum GatewayMoment
{
    /// <summary>At once, or as soon as a session is there.</summary>
    Now,

    /// <summary>When a connection is opened, before Hello.</summary>
    Connect,

    /// <summary>When the bot identifies, in place of READY.</summary>
    Identify,

    /// <summary>When the bot resumes, in place of the replay.</summary>
    Resume,

    /// <summary>When the bot sends a heartbeat, in place of the acknowledgement.</summary>
    Heartbeat,

    /// <summary>When an event is about to be sent.</summary>
    Dispatch,
}

/// <summary>What a <see cref="RequestFault"/> does. A closed set.</summary>
public abstract record RequestEffect
{
    private RequestEffect() { }

    /// <summary>Answers without acting.</summary>
    /// <param name="Status">The HTTP status, such as 401, 500 or 503.</param>
    /// <param name="Body">The body; <see langword="null"/> for the one the platform sends with that status.</param>
    public sealed record Respond(int Status, string? Body = null) : RequestEffect;

    /// <summary>Answers 429 without acting, in the platform's own form.</summary>
    /// <param name="RetryAfter">How long the bot is told to wait.</param>
    /// <param name="Scope">On Discord: whose limit it is.</param>
    public sealed record RateLimit(TimeSpan RetryAfter, LimitScope Scope = LimitScope.User) : RequestEffect;

    /// <summary>Acts, then cuts the connection in place of the answer.</summary>
    public sealed record LoseResponse : RequestEffect;

    /// <summary>Cuts the connection without acting.</summary>
    public sealed record Drop : RequestEffect;

    /// <summary>Waits, then goes on as usual.</summary>
    /// <param name="Wait">How long, on the world's clock.</param>
    /// <param name="AfterHandling">Whether the wait is before the answer rather than before the act. Default before the act.</param>
    public sealed record Delay(TimeSpan Wait, bool AfterHandling = false) : RequestEffect;

    /// <summary>Acts, then answers 200 with a proxy's HTML page where JSON belongs.</summary>
    public sealed record HtmlPage : RequestEffect;

    /// <summary>Acts, then answers with the right status and no body.</summary>
    public sealed record EmptyBody : RequestEffect;
}

/// <summary>Whose limit a 429 of Discord's speaks of: the header <c>X-RateLimit-Scope</c>.</summary>
public enum LimitScope
{
    /// <summary>The bot's own, on one route.</summary>
    User,

    /// <summary>The bot's own, over all routes.</summary>
    Global,

    /// <summary>The resource's, shared with others; does not count as an invalid request.</summary>
    Shared,
}

/// <summary>What a <see cref="GatewayFault"/> does. A closed set.</summary>
public abstract record GatewayEffect
{
    private GatewayEffect() { }

    /// <summary>Closes the WebSocket with a code: 1000, 1001 or one of Discord's from 4000 on.</summary>
    public sealed record Close(int Code) : GatewayEffect;

    /// <summary>Cuts the TCP connection, which is how a bot sees no code at all; the session stays resumable.</summary>
    public sealed record Abort : GatewayEffect;

    /// <summary>Acknowledges no heartbeat on this connection any more, nor sends anything else.</summary>
    public sealed record StopSending : GatewayEffect;

    /// <summary>Sends op 9.</summary>
    /// <param name="Resumable">What it says. Where it says no, the session is forgotten.</param>
    public sealed record InvalidSession(bool Resumable = false) : GatewayEffect;

    /// <summary>Sends op 7.</summary>
    public sealed record Reconnect : GatewayEffect;

    /// <summary>Cuts the TCP connection and forgets the session, so that resuming it fails.</summary>
    public sealed record ExpireSession : GatewayEffect;

    /// <summary>Holds the event back, and with it all that follow on this connection.</summary>
    public sealed record Delay(TimeSpan Wait) : GatewayEffect;

    /// <summary>Sends the event twice, as two dispatches. Discord promises no more than "0, 1 or N times".</summary>
    public sealed record Duplicate : GatewayEffect;

    /// <summary>Sends the event not at all.</summary>
    public sealed record Drop : GatewayEffect;
}
