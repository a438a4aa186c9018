namespace Serge.Bot.Discord.Gateway;

/// <summary>What follows when a connection has ended. A closed set.</summary>
internal abstract record Fate
{
    private Fate() { }

    /// <summary>Connect again and go on with the session: what was missed is replayed.</summary>
    public sealed record Resume : Fate;

    /// <summary>Connect again and ask for a new session.</summary>
    public sealed record Identify : Fate;

    /// <summary>Share the servers among more connections, each with a new session.</summary>
    public sealed record Reshard : Fate;

    /// <summary>Give up: the same request would end the same way.</summary>
    public sealed record Stop(StopCause Cause) : Fate;
}

/// <summary>Close codes of the gateway.</summary>
/// <remarks>Source: Discord docs, Topics/Opcodes and Status Codes, Gateway Close Event Codes.</remarks>
internal static class CloseCodes
{
    /// <summary>We go for good: the session ends and the bot is shown offline at once.</summary>
    public const int Goodbye = 1000;

    /// <summary>We come back: any code but 1000 and 1001 leaves the session alive for some minutes.</summary>
    public const int BackSoon = 4000;

    /// <summary>What follows when Discord closes the connection with this code, or without one.</summary>
    /// <remarks>A code that the documentation does not name is taken for a lost connection. If the session is gone after all,
    /// Discord says so when we resume, and a new one is asked for then.</remarks>
    public static Fate Fate(int? code) =>
        code switch
        {
            4004 => new Fate.Stop(StopCause.BadToken),
            4007 or 4009 => new Fate.Identify(),
            4011 => new Fate.Reshard(),
            4010 or 4012 or 4013 or 4014 => new Fate.Stop(StopCause.BadSetup),
            _ => new Fate.Resume(),
        };

    /// <summary>The documentation's name for a code, for people.</summary>
    public static string Describe(int? code, string? reason)
    {
        var name = code switch
        {
            null => "Discord closed the connection without saying why",
            1000 => "Discord closed the connection (1000)",
            1001 => "Discord's server is going away (1001)",
            4000 => "Discord had an unknown error (4000)",
            4001 => "Discord did not know an opcode we sent (4001)",
            4002 => "Discord could not read what we sent (4002)",
            4003 => "Discord did not know who we are (4003)",
            4004 => "Discord does not accept the token (4004)",
            4005 => "Discord knew already who we are (4005)",
            4007 => "Discord did not accept the point from which to resume (4007)",
            4008 => "Discord found that we sent too much (4008)",
            4009 => "The session timed out (4009)",
            4010 => "Discord did not accept the shard (4010)",
            4011 => "Discord asks for sharding: the bot is in too many servers for so few connections (4011)",
            4012 => "Discord does not speak this version of its gateway any more (4012)",
            4013 => "Discord does not know an intent we asked for (4013)",
            4014 => "Discord does not allow an intent we asked for (4014)",
            _ => $"Discord closed the connection with code {code}",
        };
        return string.IsNullOrWhiteSpace(reason) ? name : $"{name}: {Text.OneLine(reason)}";
    }
}
