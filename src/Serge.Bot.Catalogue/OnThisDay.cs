namespace Serge.Bot.Catalogue;

/// <summary>What the catalogue knows of a day of the year.</summary>
/// <remarks>Events after that day, such as an event of 2011 for a day in 1990, are not included. Within each list the
/// author's own life comes first, then sure events before likely and disputed ones, then the oldest first, then the
/// order of the file.</remarks>
public sealed record OnThisDay
{
    /// <summary>The day asked for.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The day-exact events of this day and month. Those of 29 February are kept on 28 February in years
    /// without one.</summary>
    public required IReadOnlyList<Event> Events { get; init; }

    /// <summary>The events known to be of this month, but not of which day.</summary>
    public required IReadOnlyList<Event> ThisMonth { get; init; }

    /// <summary>The events known to be of this season, but not of which month. Winter is December to
    /// February.</summary>
    public required IReadOnlyList<Event> ThisSeason { get; init; }

    /// <summary>The nearest earlier day with events, at most a year back; null when there is none.</summary>
    public required DayWithEvents? Before { get; init; }

    /// <summary>The nearest later day with events, at most a year ahead; null when there is none.</summary>
    public required DayWithEvents? After { get; init; }
}

/// <summary>A day of the calendar with the events to remember on it.</summary>
/// <param name="Day">The day on which they are remembered, not the day on which they happened.</param>
/// <param name="Events">At least one, day-exact.</param>
public sealed record DayWithEvents(DateOnly Day, IReadOnlyList<Event> Events);
