namespace Serge.Bot.Discord.Gateway;

/// <summary>The close codes of the gateway.</summary>
/// <remarks>Source: Discord docs, Topics/Opcodes and Status Codes, Gateway Close Event Codes.</remarks>
internal static class CloseCodes
{
    /// <summary>Ends the session; Discord shows the bot as offline at once.</summary>
    public const int NormalClosure = 1000;

    /// <summary>Keeps the session for some minutes, as every code but 1000 and 1001 does.</summary>
    public const int KeepSession = 4000;

    /// <summary>The action after Discord closed the connection with this code, or without one.</summary>
    /// <remarks>An undocumented code counts as a lost connection. If the session has ended, Discord refuses to resume
    /// it, and the client starts a new one.</remarks>
    public static ReconnectAction GetAction(int? code) =>
        code switch
        {
            4004 => new ReconnectAction.Stop(StopCause.InvalidToken),
            4007 or 4009 => new ReconnectAction.Identify(),
            4011 => new ReconnectAction.Reshard(),
            4010 or 4012 or 4013 or 4014 => new ReconnectAction.Stop(StopCause.InvalidConfiguration),
            _ => new ReconnectAction.Resume(),
        };

    /// <summary>Describes a close code for people.</summary>
    /// <param name="code">The close code, if there was one.</param>
    /// <param name="reason">Discord's text, if there was one.</param>
    public static string Describe(int? code, string? reason)
    {
        var description = code switch
        {
            null => "Discord closed the connection without a close code",
            1000 => "Discord closed the connection (1000)",
            1001 => "Discord's server is going away (1001)",
            4000 => "Discord reports an unknown error (4000)",
            4001 => "Discord received an unknown opcode (4001)",
            4002 => "Discord could not decode a message (4002)",
            4003 => "Discord received a message before the session started (4003)",
            4004 => "Discord does not accept the token (4004)",
            4005 => "Discord received a second request for a session (4005)",
            4007 => "Discord does not accept the sequence number to resume from (4007)",
            4008 => "The gateway's rate limit was exceeded (4008)",
            4009 => "The session timed out (4009)",
            4010 => "Discord does not accept the shard (4010)",
            4011 => "Discord requires more shards: the bot is in too many servers (4011)",
            4012 => "Discord no longer supports this version of the gateway (4012)",
            4013 => "Discord does not know a requested intent (4013)",
            4014 => "Discord does not allow a requested intent (4014)",
            _ => $"Discord closed the connection with code {code}",
        };
        if (string.IsNullOrWhiteSpace(reason))
        {
            return description;
        }

        return $"{description}: {SingleLine.Create(reason, 300)}";
    }
}

/// <summary>The action after the end of a connection. A closed set.</summary>
internal abstract record ReconnectAction
{
    private ReconnectAction() { }

    /// <summary>Reconnect and resume the session: Discord replays the missed events.</summary>
    public sealed record Resume : ReconnectAction;

    /// <summary>Reconnect and start a new session.</summary>
    public sealed record Identify : ReconnectAction;

    /// <summary>Start new sessions with more shards.</summary>
    public sealed record Reshard : ReconnectAction;

    /// <summary>Stop: the same request would fail again.</summary>
    public sealed record Stop(StopCause Cause) : ReconnectAction;
}
