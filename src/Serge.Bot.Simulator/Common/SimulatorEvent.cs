namespace Serge.Bot.Simulator.Common;

/// <summary>An event of the simulator: its own, a <c>FaultFired</c>, a <c>DiscordWorldEvent</c> or a
/// <c>MastodonWorldEvent</c>.</summary>
public abstract record SimulatorEvent
{
    private protected SimulatorEvent() { }

    /// <summary>A request was answered, or a fault has suppressed the response.</summary>
    /// <param name="Method">The HTTP method.</param>
    /// <param name="Path">The path with the platform's root, without the query.</param>
    /// <param name="StatusCode">The HTTP status; 0 if there was no response.</param>
    public sealed record RequestServed(string Method, string Path, int StatusCode) : SimulatorEvent;
}
