namespace Serge.Bot.Posting.Scheduling;

/// <summary>Creates the posts of a schedule that is due. Stores nothing.</summary>
public sealed class PostFactory(
    ILedger ledger,
    ICatalogueSource catalogue,
    PublishTargets targets,
    PostPlanner planner,
    Random random
)
{
    /// <summary>Chooses and renders one post.</summary>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public async Task<Post> CreateAsync(
        Schedule schedule,
        DateTimeOffset occurrence,
        Destination destination,
        CancellationToken cancellationToken
    )
    {
        var target = targets.Get(destination);
        var history = await DestinationHistory.ReadAsync(
            ledger,
            target,
            destination,
            from: occurrence,
            until: occurrence,
            cancellationToken
        );
        var content = planner.Plan(catalogue.Current, schedule, occurrence, destination, history);
        return Create(schedule, occurrence, destination, content);
    }

    /// <summary>Creates at most one post per destination for what is due, and one for each missed occurrence. A missed
    /// one that had nothing to post is cancelled.</summary>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
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
            posts.AddRange(found.Missed.Select(missed => CreateMissed(schedule, missed, destination)));
            if (found.Due is { } due)
            {
                posts.Add(await CreateAsync(schedule, due, destination, cancellationToken));
            }
        }

        return posts;
    }

    private Post CreateMissed(Schedule schedule, DateTimeOffset occurrence, Destination destination)
    {
        if (planner.FindReasonForNothing(catalogue.Current, schedule, occurrence, destination) is { } nothing)
        {
            return Create(schedule, occurrence, destination, nothing);
        }

        var post = Create(schedule, occurrence, destination);
        return Transitions.MarkMissed(post);
    }

    private Post Create(
        Schedule schedule,
        DateTimeOffset occurrence,
        Destination destination,
        PlannedContent content
    ) =>
        Create(schedule, occurrence, destination) with
        {
            State = content.Payload is null ? PostState.Cancelled : PostState.Planned,
            Items = content.Items,
            Payload = content.Payload,
            CancelCause = content.CancelCause,
            Reason = content.Reason,
        };

    private Post Create(Schedule schedule, DateTimeOffset occurrence, Destination destination) =>
        new()
        {
            Key = IdempotencyKey.Create(random),
            Schedule = schedule.Id,
            Occurrence = occurrence,
            Destination = destination,
            State = PostState.Planned,
            Deadline = schedule.GetDeadline(occurrence),
        };
}
