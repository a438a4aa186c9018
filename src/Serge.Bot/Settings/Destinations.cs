using System.Globalization;

namespace Serge.Bot.Settings;

/// <summary>Destinations of the two platforms: <c>mastodon</c>, <c>discord:</c> with the id of a channel, and
/// <c>discord:forum:</c> with the id of a forum channel; and <c>webhook</c>, which receives only alerts.</summary>
internal static class Destinations
{
    public const string DiscordPlatform = "discord";
    public const string MastodonPlatform = "mastodon";
    public const string WebhookPlatform = "webhook";

    private const string ForumPrefix = "forum:";

    /// <summary>The Mastodon account.</summary>
    public static Destination Mastodon { get; } = new(MastodonPlatform, "");

    /// <summary>The webhook of the settings. Its address is a secret, so it is no part of the name.</summary>
    public static Destination Webhook { get; } = new(WebhookPlatform, "");

    /// <summary>A Discord channel.</summary>
    public static Destination OfChannel(ChannelId channel) => new(DiscordPlatform, channel.ToString());

    /// <summary>A forum channel on Discord, where each post is a thread.</summary>
    public static Destination OfForum(ChannelId forum) => new(DiscordPlatform, ForumPrefix + forum);

    public static bool IsForum(Destination destination) =>
        destination.Platform == DiscordPlatform && destination.Id.StartsWith(ForumPrefix, StringComparison.Ordinal);

    /// <summary>The Discord channel of a destination, also a forum; <see langword="null"/> on another
    /// platform.</summary>
    public static ChannelId? GetChannel(Destination destination)
    {
        var start = IsForum(destination) ? ForumPrefix.Length : 0;
        var digits = destination.Id.AsSpan(start);
        if (
            destination.Platform == DiscordPlatform
            && ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && id > 0
        )
        {
            return new ChannelId(id);
        }

        return null;
    }

    /// <returns><see langword="null"/> if it is not a destination of one of the two platforms. A schedule
    /// cannot post to the webhook.</returns>
    public static Destination? TryParse(string text)
    {
        if (Destination.TryParse(text, out var destination) && IsValid(destination.Value))
        {
            return destination;
        }

        return null;
    }

    /// <summary>The name of the platform in messages.</summary>
    public static string GetPlatformName(Destination destination) =>
        destination.Platform switch
        {
            DiscordPlatform => "Discord",
            MastodonPlatform => "Mastodon",
            WebhookPlatform => "the webhook",
            var other => other,
        };

    private static bool IsValid(Destination destination) =>
        destination == Mastodon || GetChannel(destination) is not null;
}
