namespace Serge.Bot.Posting.Scheduling;

/// <summary>Which occurrences of a schedule are to be posted now, which were missed, and when the next one is due: pure, and so the whole of the time policy.</summary>
/// <param name="Due">The one to be posted; never more, so that an outage does not end in a burst.</param>
/// <param name="Missed">Those whose time went by, oldest first.</param>
/// <param name="Mark">The schedule's mark from now on.</param>
public sealed record Occurrences(DateTimeOffset? Due, IReadOnlyList<DateTimeOffset> Missed, ScheduleMark Mark)
{
    /// <summary>No more than this many missed occurrences are written down at a time, the newest; a clock that was years ahead would fill the ledger.</summary>
    private const int MostMissed = 1000;

    /// <summary>Looks at a schedule.</summary>
    /// <param name="schedule">Which.</param>
    /// <param name="mark">When it was to fall due next; <see langword="null"/> when it is new.</param>
    /// <param name="now">On the calendar.</param>
    /// <returns>What to do; <see langword="null"/> when there is nothing to do or to write down.</returns>
    public static Occurrences? Find(Schedule schedule, ScheduleMark? mark, DateTimeOffset now)
    {
        var next = schedule.GetNextOccurrence(now);
        if (mark is null || mark.Timing != schedule.Timing)
        {
            // New or changed: it starts now and owes nothing from before.
            return new Occurrences(null, [], new ScheduleMark(schedule.Timing, next));
        }

        if (mark.NextDue is not { } due || due > now)
        {
            // A clock that was turned back makes an earlier occurrence due again. If it was posted, the ledger knows.
            return mark.NextDue is null ? null
                : next < mark.NextDue ? new Occurrences(null, [], mark with { NextDue = next })
                : null;
        }

        var passed = new Queue<DateTimeOffset>();
        for (DateTimeOffset? at = due; at <= now; at = schedule.GetNextOccurrence(at.Value))
        {
            passed.Enqueue(at.Value);
            if (passed.Count > MostMissed)
            {
                passed.Dequeue();
            }
        }

        var latest = passed.Last();
        var inTime = schedule.GetDeadline(latest) >= now;
        return new Occurrences(
            inTime ? latest : null,
            [.. passed.Take(passed.Count - (inTime ? 1 : 0))],
            new ScheduleMark(schedule.Timing, next)
        );
    }
}
