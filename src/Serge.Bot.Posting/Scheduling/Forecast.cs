namespace Serge.Bot.Posting.Scheduling;

/// <summary>Simulates schedules. It chooses as the worker does, so the forecast shows what will be posted.</summary>
public static class Forecast
{
    /// <summary>Simulates one occurrence at a time; enumerate only what is needed.</summary>
    /// <param name="schedules">All schedules with the same destinations, in the order in which the
    /// worker plans them.</param>
    /// <param name="histories">The history of each destination; the forecast adds to it.</param>
    /// <param name="known">Posts that are already in the ledger for that period, after the schedule clock
    /// was set back.</param>
    /// <param name="planner">The worker's planner.</param>
    /// <param name="catalogue">What can be posted.</param>
    /// <param name="after">Exclusive start.</param>
    /// <param name="until">Inclusive end.</param>
    public static IEnumerable<PlannedPost> Simulate(
        IReadOnlyList<Schedule> schedules,
        IReadOnlyDictionary<Destination, DestinationHistory> histories,
        IEnumerable<Post> known,
        PostPlanner planner,
        QuoteCatalogue catalogue,
        DateTimeOffset after,
        DateTimeOffset until
    )
    {
        // A missed post that was never attempted, and one without content, is planned again when its time comes again.
        var settled = known
            .Where(post => post is not { State: PostState.Missed, Attempts: 0 })
            .Where(post => post.CancelCause != CancelCause.NoContent)
            .ToDictionary(post => (post.Schedule, post.Occurrence, post.Destination));
        foreach (var (schedule, occurrence) in GetOccurrences(schedules, after, until))
        {
            foreach (var destination in schedule.To)
            {
                if (!settled.TryGetValue((schedule.Id, occurrence, destination), out var post))
                {
                    var history = histories[destination];
                    var content = planner.Plan(catalogue, schedule, occurrence, destination, history);
                    history.Add(occurrence, content);
                    yield return new PlannedPost(schedule, occurrence, destination, content);
                }
                else if (post.State == PostState.Planned)
                {
                    PlannedContent content = new(post.Items, post.Payload);
                    yield return new PlannedPost(schedule, occurrence, destination, content);
                }
            }
        }
    }

    /// <summary>Occurrences of all schedules by time, then by the order of the schedules.</summary>
    private static IEnumerable<(Schedule Schedule, DateTimeOffset Occurrence)> GetOccurrences(
        IReadOnlyList<Schedule> schedules,
        DateTimeOffset after,
        DateTimeOffset until
    )
    {
        // Each schedule is in the queue once, with its next occurrence.
        PriorityQueue<int, (DateTimeOffset At, int Index)> queue = new();
        for (var index = 0; index < schedules.Count; index++)
        {
            Enqueue(index, after);
        }

        while (queue.TryDequeue(out var index, out var next))
        {
            yield return (schedules[index], next.At);
            Enqueue(index, next.At);
        }

        void Enqueue(int index, DateTimeOffset from)
        {
            if (schedules[index].GetNextOccurrence(from) is { } next && next <= until)
            {
                queue.Enqueue(index, (next, index));
            }
        }
    }
}

/// <summary>What the ledger has of the destinations of a forecast.</summary>
/// <param name="Histories">The history of each destination.</param>
/// <param name="Posts">The posts of the period that are already in the ledger.</param>
public sealed record ForecastBasis(
    IReadOnlyDictionary<Destination, DestinationHistory> Histories,
    IReadOnlyList<Post> Posts
)
{
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public static async Task<ForecastBasis> ReadAsync(
        ILedger ledger,
        PublishTargets targets,
        IEnumerable<Destination> destinations,
        DateTimeOffset from,
        DateTimeOffset until,
        CancellationToken cancellationToken
    )
    {
        Dictionary<Destination, DestinationHistory> histories = [];
        List<Post> posts = [];
        foreach (var destination in destinations.Distinct())
        {
            var target = targets.Get(destination);
            histories[destination] = await DestinationHistory.ReadAsync(
                ledger,
                target,
                destination,
                from,
                until,
                cancellationToken
            );
            posts.AddRange(await ledger.GetPostsAsync(destination, from, until, cancellationToken));
        }

        return new ForecastBasis(histories, posts);
    }
}

/// <summary>A post that a schedule will create.</summary>
public sealed record PlannedPost(
    Schedule Schedule,
    DateTimeOffset Occurrence,
    Destination Destination,
    PlannedContent Content
);
