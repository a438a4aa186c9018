namespace Serge.Bot.Discord.Model;

/// <summary>The opcodes of the gateway that the client uses.</summary>
/// <remarks>Source: Discord docs, Topics/Opcodes and Status Codes, Gateway Opcodes.</remarks>
internal static class Opcode
{
    public const int Dispatch = 0;
    public const int Heartbeat = 1;
    public const int Identify = 2;
    public const int Resume = 6;
    public const int Reconnect = 7;
    public const int InvalidSession = 9;
    public const int Hello = 10;
}
