namespace Serge.Bot.Posting.Targets;

/// <summary>A platform that posts are published on. Registered once; the engine knows platforms
/// only through this.</summary>
public interface IPublishTarget
{
    /// <summary>The name in destinations, settings and metrics, in lower case.</summary>
    string Platform { get; }

    /// <summary>What the platform, through its client, can do about a message sent twice.</summary>
    Capabilities Capabilities { get; }

    /// <summary>The same for one destination, where it differs.</summary>
    Capabilities GetCapabilities(Destination destination) => Capabilities;

    /// <summary>How many posts one destination gets per local day at most.</summary>
    DailyLimit DailyLimit { get; }

    /// <summary>How far around an occurrence other posts of the destination influence a post: at least a local
    /// day (26 h).</summary>
    TimeSpan HistoryWindow { get; }

    /// <summary>Completes when the platform's limits are known, or could not be obtained in a first attempt.</summary>
    Task WaitUntilReadyAsync(CancellationToken cancellationToken);

    /// <summary>The quotations that fit this destination.</summary>
    IReadOnlyList<Quote> GetPool(QuoteCatalogue catalogue, Destination destination);

    /// <summary>Renders a quotation; <see langword="null"/> when it does not fit: a quotation
    /// is never shortened.</summary>
    Payload? Render(Quote quote, Destination destination);

    /// <summary>Renders the events of a day; <see langword="null"/> when there are none, or not
    /// even one fits.</summary>
    RenderedDay? Render(DayContent day, Destination destination);

    /// <summary>Completes a payload with what depends on the other posts of the destination.</summary>
    Payload Complete(
        Payload payload,
        Schedule schedule,
        Destination destination,
        DateTimeOffset occurrence,
        DestinationHistory history
    );

    /// <summary>Does what takes time and needs no request, such as drawing a picture. Called before a post is claimed,
    /// so that the time to send it is not used up. <see cref="SendAsync"/> has to work without it.</summary>
    Task PrepareAsync(Post post, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sends a post that has a payload.</summary>
    /// <param name="post">The post.</param>
    /// <param name="deadline">No attempt, retries included, begins to send it later; then the outcome is
    /// <see cref="SendOutcome.Unavailable"/>.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    Task<SendOutcome> SendAsync(Post post, SendDeadline deadline, CancellationToken cancellationToken);

    /// <summary>Looks up a post whose response was lost.</summary>
    Task<LookupResult> FindPublishedAsync(Post post, CancellationToken cancellationToken);

    /// <summary>Finds out whether a published message is on another server than the bot's account, so that it can be
    /// neither edited nor deleted. The platform may answer as if the message no longer existed.</summary>
    /// <returns>Sentences for a person, without a capital at the start; <see langword="null"/> if there is no
    /// obstacle.</returns>
    Task<string?> FindObstacleAsync(Post post, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>Replaces the content of a published message with the post's payload. Repeating
    /// it is harmless.</summary>
    Task<SendOutcome> EditAsync(Post post, string remoteId, CancellationToken cancellationToken);

    /// <summary>Does what follows a published post. Repeating it succeeds and has no second effect.</summary>
    Task<SendOutcome> FollowUpAsync(FollowUp followUp, CancellationToken cancellationToken)
    {
        SendOutcome refused = new SendOutcome.Refused(Refusal.Payload, "The platform has nothing of the kind.");
        return Task.FromResult(refused);
    }

    /// <summary>Deletes a published message. One that is already gone counts as deleted.</summary>
    Task<SendOutcome> DeleteAsync(Destination destination, string remoteId, CancellationToken cancellationToken);
}

/// <summary>The maximum number of posts per destination and local day.</summary>
/// <param name="Posts">At least 1.</param>
/// <param name="Setting">The setting to change, for messages.</param>
public sealed record DailyLimit(int Posts, string Setting);

/// <summary>A post about the events of a day.</summary>
/// <param name="Payload">The rendered post.</param>
/// <param name="Shown">The events that are in it.</param>
/// <param name="Quote">The quotation that is in it; <see langword="null"/> when there is none.</param>
public sealed record RenderedDay(Payload Payload, IReadOnlyList<Event> Shown, Quote? Quote)
{
    /// <summary>Ids of the events and the quotation. A quotation counts as used, like one that is posted
    /// alone.</summary>
    public IReadOnlyList<string> Items
    {
        get
        {
            var ids = Shown.Select(shown => shown.Id).ToList();
            if (Quote is not null)
            {
                ids.Add(Quote.Id);
            }

            return ids;
        }
    }
}
