namespace Serge.Bot.OnDiscordNet;

internal sealed class InteractionEndpoint : IInteractionEndpoint
{
    public InteractionReceipt Receive(string? signature, string? timestamp, ReadOnlySpan<byte> body) => InteractionReceipt.Busy;
}
