namespace Serge.Bot.Alerts;

/// <summary>Where messages to the operator go.</summary>
/// <param name="Destination">A channel, the bot's own account, which sends a direct message, or a webhook.</param>
/// <param name="CreatePayload">Creates the post of a text.</param>
internal sealed record AlertRecipient(Destination Destination, Func<string, Payload> CreatePayload)
{
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
