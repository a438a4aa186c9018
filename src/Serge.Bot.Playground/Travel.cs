namespace Serge.Bot.Playground;

/// <summary>Where the calendar is turned to, so that the bot is seen posting: just before a time that is due.</summary>
internal static class Travel
{
    /// <summary>How long before. The worker looks at the calendar once a second, and must see it turned before the time is over.</summary>
    public static readonly TimeSpan Lead = TimeSpan.FromSeconds(1);

    /// <summary>Just before the first post of a day; its first moment when nothing falls due on it.</summary>
    /// <param name="day">Which day, in that zone.</param>
    /// <param name="zone">Where.</param>
    /// <param name="schedules">What falls due.</param>
    public static DateTimeOffset ToDay(DateOnly day, TimeZoneInfo zone, IEnumerable<Schedule> schedules)
    {
        var (begins, ends) = (StartOf(day, zone), StartOf(day.AddDays(1), zone));
        var first = ToNextPost(begins.AddTicks(-1), schedules);
        return first is { } moment && moment + Lead < ends ? moment : begins;
    }

    /// <summary>Just before the next post; <see langword="null"/> when none is to come.</summary>
    public static DateTimeOffset? ToNextPost(DateTimeOffset now, IEnumerable<Schedule> schedules) =>
        schedules.Min(schedule => schedule.GetNextOccurrence(now)) - Lead;

    /// <summary>The date that a moment has in a zone.</summary>
    public static DateOnly DayOf(DateTimeOffset moment, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);

    private static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight))
        {
            midnight = midnight.AddMinutes(15);
        }

        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
