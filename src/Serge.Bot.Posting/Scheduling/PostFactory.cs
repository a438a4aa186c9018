namespace Serge.Bot.Posting.Scheduling;

/// <summary>Makes the rows that a schedule has coming: what it says now, or that it was missed.</summary>
public sealed class PostFactory(ILedger ledger, LiveCatalogue catalogue, PostPlanner planner, Random random)
{
    /// <summary>A post of this schedule as of this moment, chosen and rendered. Nothing is written yet.</summary>
    public async Task<Post> CreateAsync(
        Schedule schedule,
        DateTimeOffset occurrence,
        Destination destination,
        CancellationToken cancellationToken
    )
    {
        var history = await DestinationHistory.ReadAsync(
            ledger,
            destination,
            occurrence,
            occurrence,
            cancellationToken
        );
        var content = planner.Plan(catalogue.Current, schedule, occurrence, destination, history);
        return New(schedule, occurrence, destination) with
        {
            State = content.Payload is null ? PostState.Cancelled : PostState.Planned,
            Items = content.Items,
            Payload = content.Payload,
            Reason = content.Reason,
        };
    }

    /// <summary>What has fallen due: at most one post for each destination, and a row for each that was missed.</summary>
    public async Task<IReadOnlyList<Post>> CreateAsync(
        Schedule schedule,
        Occurrences found,
        IEnumerable<Destination> destinations,
        CancellationToken cancellationToken
    )
    {
        List<Post> posts = [];
        foreach (var destination in destinations)
        {
            posts.AddRange(found.Missed.Select(missed => Transitions.Missed(New(schedule, missed, destination))));
            if (found.Due is { } due)
            {
                posts.Add(await CreateAsync(schedule, due, destination, cancellationToken));
            }
        }

        return posts;
    }

    private Post New(Schedule schedule, DateTimeOffset occurrence, Destination destination) =>
        new()
        {
            Key = IdempotencyKey.New(random),
            Schedule = schedule.Name,
            Occurrence = occurrence,
            Destination = destination,
            State = PostState.Planned,
            Deadline = schedule.GetDeadline(occurrence),
        };
}
