namespace Serge.Bot.Discord.Tests.Support;

internal static class SendExtensions
{
    /// <summary>Sends without a deadline, for tests about something else.</summary>
    public static Task<SendOutcome> SendAsync(
        this IDiscord discord,
        ChannelId channel,
        DiscordMessage message,
        string key,
        CancellationToken cancellationToken
    ) => discord.SendAsync(channel, message, key, SendDeadline.None, cancellationToken);
}
