namespace Serge.Bot.Playground.World;

/// <summary>Finds the times to which the schedule clock is set: just before a post is due, so that it can be
/// watched.</summary>
internal static class ClockJumps
{
    /// <summary>How long before a post the clock is set.</summary>
    public static readonly TimeSpan LeadTime = TimeSpan.FromSeconds(1);

    /// <summary>Returns the time just before the first post of a day; the start of the day if there is no
    /// post.</summary>
    public static DateTimeOffset GetTimeOnDay(DateOnly day, TimeZoneInfo zone, IEnumerable<Schedule> schedules)
    {
        var start = GetStart(day, zone);
        var end = GetStart(day.AddDays(1), zone);
        var first = GetTimeBeforeNextPost(start.AddTicks(-1), schedules);
        if (first is { } time && time + LeadTime < end)
        {
            return time;
        }

        return start;
    }

    /// <summary>Returns the time just before the next post; <see langword="null"/> if there is none.</summary>
    public static DateTimeOffset? GetTimeBeforeNextPost(DateTimeOffset now, IEnumerable<Schedule> schedules) =>
        GetTimeBeforeNextPost(now, schedules, (_, _) => true);

    /// <summary>Returns the time just before the next post; <see langword="null"/> if there is none.</summary>
    /// <param name="now">The time after which a post is sought.</param>
    /// <param name="schedules">The schedules.</param>
    /// <param name="hasPost">Whether something is posted at an occurrence. False for a limited number of
    /// occurrences.</param>
    public static DateTimeOffset? GetTimeBeforeNextPost(
        DateTimeOffset now,
        IEnumerable<Schedule> schedules,
        Func<Schedule, DateTimeOffset, bool> hasPost
    )
    {
        var next = schedules.Min(schedule => FindOccurrence(schedule, now, hasPost));
        return next - LeadTime;
    }

    /// <summary>Whether each occurrence of a schedule posts to both platforms. "On this day" posts nothing on a day
    /// without an event.</summary>
    public static bool AlwaysPostsToBoth(Schedule schedule)
    {
        var platforms = schedule.To.Select(destination => destination.Platform).Distinct();
        return schedule.Content != ScheduleContent.OnThisDay && platforms.Count() > 1;
    }

    /// <summary>Returns the date of a time in a zone.</summary>
    public static DateOnly GetDay(DateTimeOffset time, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(time, zone);
        return DateOnly.FromDateTime(local.DateTime);
    }

    private static DateTimeOffset? FindOccurrence(
        Schedule schedule,
        DateTimeOffset now,
        Func<Schedule, DateTimeOffset, bool> hasPost
    )
    {
        var next = schedule.GetNextOccurrence(now);
        while (next is { } occurrence && !hasPost(schedule, occurrence))
        {
            next = schedule.GetNextOccurrence(occurrence);
        }

        return next;
    }

    private static DateTimeOffset GetStart(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight))
        {
            midnight = midnight.AddMinutes(15);
        }

        DateTimeOffset start = new(midnight, zone.GetUtcOffset(midnight));
        return start.ToUniversalTime();
    }
}
