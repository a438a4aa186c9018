namespace Serge.Bot.Simulator.Discord;

/// <summary>Creates the messages that the gateway sends.</summary>
/// <remarks>Source: Discord docs, Events/Gateway Events.</remarks>
internal static class GatewayMessage
{
    public static byte[] Hello(TimeSpan heartbeatInterval)
    {
        JsonObject data = new() { ["heartbeat_interval"] = (long)heartbeatInterval.TotalMilliseconds };
        return Create(GatewayOpcode.Hello, data);
    }

    public static byte[] HeartbeatAck() => Create(GatewayOpcode.HeartbeatAck, data: null);

    public static byte[] Reconnect() => Create(GatewayOpcode.Reconnect, data: null);

    public static byte[] InvalidSession(bool isResumable) => Create(GatewayOpcode.InvalidSession, isResumable);

    public static byte[] Dispatch(string eventName, int sequence, JsonNode? data) =>
        Create(GatewayOpcode.Dispatch, data, eventName, sequence);

    private static byte[] Create(int opcode, JsonNode? data, string? eventName = null, int? sequence = null)
    {
        JsonObject message = new()
        {
            ["t"] = eventName,
            ["s"] = sequence,
            ["op"] = opcode,
            ["d"] = data,
        };
        return Json.ToUtf8(message);
    }
}
