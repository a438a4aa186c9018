namespace Serge.Bot.Posting.Scheduling;

/// <summary>What schedules will do, played forward. It chooses as the worker does, so what it foresees is what goes out.</summary>
public static class Forecast
{
    /// <summary>Plays forward, one occurrence at a time; ask for no more than is wanted.</summary>
    /// <param name="schedules">All that post to the same destinations, in the order in which the worker comes to them.</param>
    /// <param name="histories">What each destination has got; goes on growing.</param>
    /// <param name="ahead">What stands in the ledger already for the time played: a clock was turned back. What was settled then does not come again.</param>
    /// <param name="planner">The worker's.</param>
    /// <param name="catalogue">What there is to say.</param>
    /// <param name="after">From here, not included.</param>
    /// <param name="until">To here, included.</param>
    public static IEnumerable<PlannedPost> Play(
        IReadOnlyList<Schedule> schedules,
        IReadOnlyDictionary<Destination, DestinationHistory> histories,
        IEnumerable<Post> ahead,
        PostPlanner planner,
        QuoteCatalogue catalogue,
        DateTimeOffset after,
        DateTimeOffset until
    )
    {
        // One that was only missed is planned anew when its time comes again.
        var known = ahead
            .Where(post => post is not { State: PostState.Missed, Attempts: 0 })
            .ToDictionary(post => (post.Schedule, post.Occurrence, post.Destination));

        // A queue by time, then by the schedules' order; each schedule is in it once, with its next occurrence.
        var coming = new PriorityQueue<int, (DateTimeOffset, int)>();
        for (var index = 0; index < schedules.Count; index++)
        {
            Enqueue(index, after);
        }

        while (coming.TryDequeue(out var index, out var when))
        {
            var (schedule, occurrence) = (schedules[index], when.Item1);
            foreach (var destination in schedule.To)
            {
                PlannedContent content;
                if (!known.TryGetValue((schedule.Name, occurrence, destination), out var post))
                {
                    content = planner.Plan(catalogue, schedule, occurrence, destination, histories[destination]);
                    histories[destination].Add(occurrence, content);
                }
                else if (post.State == PostState.Planned)
                {
                    content = new PlannedContent(post.Items, post.Payload, post.Reason);
                }
                else
                {
                    continue;
                }

                yield return new PlannedPost(schedule, occurrence, destination, content);
            }

            Enqueue(index, occurrence);
        }

        void Enqueue(int index, DateTimeOffset from)
        {
            if (schedules[index].GetNextOccurrence(from) is { } next && next <= until)
            {
                coming.Enqueue(index, (next, index));
            }
        }
    }
}

/// <summary>One post to come.</summary>
/// <param name="Schedule">By which schedule.</param>
/// <param name="Occurrence">When.</param>
/// <param name="Destination">Where to.</param>
/// <param name="Content">What it says, or why it says nothing.</param>
public sealed record PlannedPost(
    Schedule Schedule,
    DateTimeOffset Occurrence,
    Destination Destination,
    PlannedContent Content
);
