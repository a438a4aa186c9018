namespace Serge.Bot.Posting.Model;

/// <summary>The two clocks of the bot. They differ only where somebody moves the calendar, as the playground does.</summary>
/// <param name="Schedule">What day and hour it is: schedules and "today".</param>
/// <param name="System">What the network goes by: leases, waits and time-outs, and the times that servers tell.</param>
public sealed record Clocks(TimeProvider Schedule, TimeProvider System)
{
    /// <summary>Both the system's.</summary>
    public static Clocks SystemClocks { get; } = new(TimeProvider.System, TimeProvider.System);
}
