namespace Serge.Bot.Publishing;

/// <summary>Sends alerts to the webhook. It receives no quotations and no events.</summary>
/// <remarks>A webhook cannot be asked what it has received. An alert that arrives twice does less harm than one that is
/// lost, so one whose response was lost is sent again, with the same id, for as long as it is of use.</remarks>
internal sealed class WebhookTarget(WebhookClient client, AlertSettings alerts) : IPublishTarget
{
    public string Platform => Destinations.WebhookPlatform;

    /// <summary>The window is twice the day after which an alert is dropped.</summary>
    public Capabilities Capabilities { get; } =
        new(SupportsIdempotency: true, KeyWindow: TimeSpan.FromDays(2), SupportsLookup: false);

    public DailyLimit DailyLimit { get; } = new(alerts.PerDay, "Alerts:PerDay");

    public TimeSpan HistoryWindow => DestinationHistory.LongestDay;

    public Task WaitUntilReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public IReadOnlyList<Quote> GetPool(QuoteCatalogue catalogue, Destination destination) => [];

    public Payload? Render(Quote quote, Destination destination) => null;

    public RenderedDay? Render(DayContent day, Destination destination) => null;

    public Payload Complete(
        Payload payload,
        Schedule schedule,
        Destination destination,
        DateTimeOffset occurrence,
        DestinationHistory history
    ) => payload;

    public Task<SendOutcome> SendAsync(Post post, SendDeadline deadline, CancellationToken cancellationToken) =>
        client.SendAsync(post, deadline, cancellationToken);

    /// <summary>Reports an alert as not found, so that it is sent again, after a delay that doubles with each
    /// attempt.</summary>
    public Task<LookupResult> FindPublishedAsync(Post post, CancellationToken cancellationToken)
    {
        LookupResult result = new LookupResult.NotFound();
        if (post.State == PostState.Unknown && post.Lookups + 1 < post.Attempts)
        {
            result = new LookupResult.Inconclusive("A webhook cannot be asked; the alert is sent again soon.");
        }

        return Task.FromResult(result);
    }

    public Task<SendOutcome> EditAsync(Post post, string remoteId, CancellationToken cancellationToken) =>
        Task.FromResult(CannotChange);

    public Task<SendOutcome> DeleteAsync(
        Destination destination,
        string remoteId,
        CancellationToken cancellationToken
    ) => Task.FromResult(CannotChange);

    private static SendOutcome CannotChange { get; } =
        new SendOutcome.Refused(Refusal.Payload, "A message to a webhook can be neither edited nor deleted.");
}
