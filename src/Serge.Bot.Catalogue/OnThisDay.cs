namespace Serge.Bot.Catalogue;

/// <summary>What the catalogue knows of a day of the year.</summary>
/// <remarks>Only what happened by that day is here: an event of 2011 is none of 1990's. Within each list sure comes before likely before
/// disputed, then the oldest first, then the order of the file.</remarks>
public sealed record OnThisDay
{
    /// <summary>The day asked for.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The events of this very day and month, day-exact. Those of 29 February are kept on 28 February when the year has no 29th.</summary>
    public required IReadOnlyList<Event> Events { get; init; }

    /// <summary>The events known to be of this month, but not of which day.</summary>
    public required IReadOnlyList<Event> ThisMonth { get; init; }

    /// <summary>The events known to be of this season, but not of which month. December belongs to the winter, as do January and February.</summary>
    public required IReadOnlyList<Event> ThisSeason { get; init; }

    /// <summary>The nearest day before with events of its own, at most a year back; null when there is none.</summary>
    public required DayWithEvents? Before { get; init; }

    /// <summary>The nearest day after with events of its own, at most a year on; null when there is none.</summary>
    public required DayWithEvents? After { get; init; }
}

/// <summary>A day of the calendar with the events to remember on it.</summary>
/// <param name="Day">The day on which they are remembered, not that on which they happened.</param>
/// <param name="Events">At least one, day-exact.</param>
public sealed record DayWithEvents(DateOnly Day, IReadOnlyList<Event> Events);
