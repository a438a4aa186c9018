namespace Serge.Bot.Alerts;

/// <summary>Where messages to the operator go.</summary>
/// <param name="Destination">A channel, the bot's own account, which sends a direct message, or a webhook.</param>
/// <param name="CreatePayload">Creates the post of a text.</param>
internal sealed record AlertRecipient(Destination Destination, Func<string, Payload> CreatePayload)
{
    /// <summary>A message that could not be sent for so long is dropped.</summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromDays(1);

    /// <summary>Creates the message as a post of the ledger, due now.</summary>
    public Post CreatePost(
        ScheduleId schedule,
        PostKind kind,
        string text,
        DateTimeOffset scheduleNow,
        Random random
    ) =>
        new()
        {
            Key = IdempotencyKey.Create(random),
            Schedule = schedule,
            Kind = kind,
            Occurrence = scheduleNow,
            Destination = Destination,
            State = PostState.Planned,
            Payload = CreatePayload(text),
            Deadline = scheduleNow + GracePeriod,
        };

    public static IEnumerable<AlertRecipient> GetAll(AlertSettings settings)
    {
        if (settings.Discord is { } channel)
        {
            yield return new AlertRecipient(Destinations.OfChannel(channel), text => new Payload { Text = text });
        }

        if (settings.Mastodon is { } account)
        {
            yield return new AlertRecipient(
                Destinations.Mastodon,
                text => new Payload { Text = $"@{account} {text}", Visibility = PostVisibility.Direct }
            );
        }

        if (settings.Webhook is not null)
        {
            yield return new AlertRecipient(Destinations.Webhook, text => new Payload { Text = text });
        }
    }
}
