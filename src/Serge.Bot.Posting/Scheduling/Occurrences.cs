namespace Serge.Bot.Posting.Scheduling;

/// <summary>Which occurrences of a schedule to post now, which were missed, and when the next one is due.</summary>
/// <param name="Due">At most one occurrence, so that an outage is not followed by a burst.</param>
/// <param name="Missed">Occurrences whose deadline has passed, or that a newer one supersedes; oldest first.</param>
/// <param name="Mark">The schedule's next mark.</param>
public sealed record Occurrences(DateTimeOffset? Due, IReadOnlyList<DateTimeOffset> Missed, ScheduleMark Mark)
{
    /// <summary>The maximum number of missed occurrences that are recorded at a time, the newest ones. Otherwise a
    /// clock that was years ahead would fill the ledger.</summary>
    private const int MaxMissed = 1000;

    /// <summary>The due time that was stored, if it is wrong because the clock was wrong when it was stored.</summary>
    public DateTimeOffset? WrongDueTime { get; init; }

    /// <param name="schedule">The schedule.</param>
    /// <param name="mark">When it was due next; <see langword="null"/> for a new schedule.</param>
    /// <param name="scheduleNow">The current time.</param>
    /// <returns><see langword="null"/> when there is nothing to post or to store.</returns>
    public static Occurrences? Find(Schedule schedule, ScheduleMark? mark, DateTimeOffset scheduleNow)
    {
        var next = schedule.GetNextOccurrence(scheduleNow);
        if (mark is null || mark.Timing != schedule.Timing)
        {
            // A new or changed schedule starts now; earlier occurrences are not missed.
            return new Occurrences(null, [], new ScheduleMark(schedule.Timing, next));
        }

        if (mark.NextDue is not { } due)
        {
            return null;
        }

        if (due > scheduleNow)
        {
            // After the clock was set back an earlier occurrence is due again. If it was posted, the
            // ledger contains it.
            return next < due ? StartAgain(mark, next) : null;
        }

        if (due < ColumnValues.Epoch && scheduleNow > ColumnValues.Epoch)
        {
            // The clock was not set yet; nothing was missed since.
            return StartAgain(mark, next);
        }

        var passed = GetPassed(schedule, due, scheduleNow);
        var latest = passed[^1];
        var isInTime = schedule.GetDeadline(latest) >= scheduleNow;
        ScheduleMark nextMark = new(schedule.Timing, next);
        if (isInTime)
        {
            return new Occurrences(latest, passed[..^1], nextMark);
        }

        return new Occurrences(null, passed, nextMark);
    }

    private static Occurrences StartAgain(ScheduleMark mark, DateTimeOffset? next) =>
        new(null, [], mark with { NextDue = next }) { WrongDueTime = mark.NextDue };

    /// <summary>The newest occurrences from the first due one until now; at least one.</summary>
    /// <remarks>Looks back further and further, because there may be millions of occurrences.</remarks>
    private static DateTimeOffset[] GetPassed(Schedule schedule, DateTimeOffset due, DateTimeOffset scheduleNow)
    {
        for (var period = TimeSpan.FromDays(1); period < scheduleNow - due; period *= 8)
        {
            if (schedule.GetNextOccurrence(scheduleNow - period) is { } first && first <= scheduleNow)
            {
                var passed = GetPassedFrom(schedule, first, scheduleNow);
                if (passed.Length >= MaxMissed)
                {
                    return passed;
                }
            }
        }

        return GetPassedFrom(schedule, due, scheduleNow);
    }

    private static DateTimeOffset[] GetPassedFrom(Schedule schedule, DateTimeOffset due, DateTimeOffset scheduleNow)
    {
        Queue<DateTimeOffset> passed = new();
        for (DateTimeOffset? occurrence = due; occurrence <= scheduleNow; )
        {
            passed.Enqueue(occurrence.Value);
            if (passed.Count > MaxMissed)
            {
                passed.Dequeue();
            }

            occurrence = schedule.GetNextOccurrence(occurrence.Value);
        }

        return [.. passed];
    }
}
