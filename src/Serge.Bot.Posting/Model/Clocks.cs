namespace Serge.Bot.Posting.Model;

/// <summary>The two clocks of the bot. They differ only where the schedule clock is simulated, as
/// in the playground.</summary>
/// <param name="Schedule">Schedules and "today".</param>
/// <param name="System">Timeouts, leases, delays and limits, and comparison with times that servers send.</param>
public sealed record Clocks(TimeProvider Schedule, TimeProvider System)
{
    /// <summary>Both are the system's clock.</summary>
    public static Clocks Real { get; } = new(TimeProvider.System, TimeProvider.System);
}
