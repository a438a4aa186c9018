namespace Serge.Bot;

/// <summary>The two clocks of the bot. They differ only where somebody moves the calendar, as the playground does.</summary>
/// <param name="Calendar">What day and hour it is: schedules and "today".</param>
/// <param name="Wire">What the network goes by: leases, waits and time-outs, and the times that servers tell.</param>
internal sealed record Clocks(TimeProvider Calendar, TimeProvider Wire)
{
    /// <summary>Both the system's.</summary>
    public static Clocks System { get; } = new(TimeProvider.System, TimeProvider.System);
}
