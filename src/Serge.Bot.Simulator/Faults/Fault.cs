namespace Serge.Bot.Simulator.Faults;

/// <summary>A failure to simulate. Pass it to <see cref="FaultScript.Add"/>.</summary>
public abstract record Fault
{
    private protected Fault() { }

    /// <summary>How often the fault fires. Default once; <see cref="int.MaxValue"/> for always.</summary>
    public int Times { get; init; } = 1;
}

/// <summary>A fault of a request to either platform's REST API.</summary>
/// <remarks>At most one fault fires for a request: the oldest that matches.</remarks>
public sealed record RequestFault : Fault
{
    /// <summary>The HTTP method, or <c>*</c> for all. Default all.</summary>
    public string Method { get; init; } = "*";

    /// <summary>The path from the simulator's root, such as <c>/discord/api/v10/channels/*/messages</c>: <c>*</c>
    /// matches anything within a segment, <c>**</c> anything.</summary>
    public required string Path { get; init; }

    public required RequestEffect Effect { get; init; }
}

/// <summary>A fault of a gateway connection.</summary>
public sealed record GatewayFault : Fault
{
    /// <summary>When the fault fires. Default immediately.</summary>
    public GatewayMoment On { get; init; } = GatewayMoment.Now;

    /// <summary>For <see cref="GatewayMoment.Dispatch"/>: the event, such as <c>INTERACTION_CREATE</c>. Default
    /// any.</summary>
    public string? Event { get; init; }

    public required GatewayEffect Effect { get; init; }
}

/// <summary>When a <see cref="GatewayFault"/> fires.</summary>
public enum GatewayMoment
{
    /// <summary>Immediately, on the oldest connection that has a session, or on the next one to have a
    /// session.</summary>
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
