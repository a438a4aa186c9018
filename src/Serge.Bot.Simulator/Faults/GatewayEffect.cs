namespace Serge.Bot.Simulator.Faults;

/// <summary>The effect of a <see cref="GatewayFault"/>. A closed set.</summary>
public abstract record GatewayEffect
{
    private GatewayEffect() { }

    /// <summary>Closes the WebSocket with a code: 1000, 1001 or one of Discord's from 4000.</summary>
    public sealed record Close(int Code) : GatewayEffect;

    /// <summary>Aborts the TCP connection, so that the bot gets no close code. The session can be resumed.</summary>
    public sealed record Abort : GatewayEffect;

    /// <summary>Sends nothing on this connection any more, not even heartbeat acknowledgements.</summary>
    public sealed record StopSending : GatewayEffect;

    /// <summary>Sends Invalid Session (opcode 9).</summary>
    /// <param name="Resumable">The value to send. The session is removed unless it is resumable.</param>
    public sealed record InvalidSession(bool Resumable = false) : GatewayEffect;

    /// <summary>Sends Reconnect (opcode 7).</summary>
    public sealed record Reconnect : GatewayEffect;

    /// <summary>Aborts the TCP connection and removes the session, so that it cannot be resumed.</summary>
    public sealed record ExpireSession : GatewayEffect;

    /// <summary>Delays the event and all that follow on this connection.</summary>
    public sealed record Delay(TimeSpan Wait) : GatewayEffect;

    /// <summary>Sends the event as two dispatches. Discord promises delivery "0, 1 or N times" only.</summary>
    public sealed record Duplicate : GatewayEffect;

    /// <summary>Does not send the event.</summary>
    public sealed record Drop : GatewayEffect;
}
