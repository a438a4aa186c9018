using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Rest;

/// <summary>Looks for a message of the bot in a channel.</summary>
internal sealed class MessageLookup(
    RestClient rest,
    CurrentApplication application,
    Channels channels,
    MessageLinks links,
    TimeSpan timeout
)
{
    private const int PageSize = 100;

    /// <summary>The most pages of a lookup; with more messages in the channel, it is inconclusive.</summary>
    private const int MaxPages = 10;

    public async Task<LookupResult> FindPublishedAsync(
        ChannelId channel,
        string text,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        var readUser = await application.GetUserAsync(cancellationToken);
        if (readUser is not Result<UserModel>.Success({ Id: { } userId }))
        {
            return LookupResult.FromFailure(readUser);
        }

        var normalized = NormalizedPostText.FromText(text);
        if (normalized.Length == 0)
        {
            return LookupResult.NoText;
        }

        List<string> found = [];
        ulong? before = null;
        for (var page = 0; page < MaxPages; page++)
        {
            var route = Route.Messages(channel.Value, PageSize, before);
            var result = await rest.SendAsync(route, null, timeout, cancellationToken);
            var readMessages = ResponseDecoder.ToResult(result, json => json.Objects(MessageModel.Read));
            if (!readMessages.TryGetValue(out var messages))
            {
                return await GetResultAsync(found, LookupResult.FromFailure(readMessages));
            }

            if (page == 0 && messages.Length == 0)
            {
                var access = await channels.GetAccessAsync(channel, cancellationToken);
                return DiscordLookups.CheckEmptyChannel(access);
            }

            EarliestTime earliest = new(since, ((RestResult.Success)result).ClockOffset);
            found.AddRange(FindIds(messages, userId, normalized, earliest));
            if (messages.Any(message => !CanCompare(message, userId, earliest)))
            {
                return await GetResultAsync(found, DiscordLookups.IncompleteMessage);
            }

            // Newest first, so the next page follows the last message.
            if (messages.Length < PageSize || !earliest.IsReachedBy(GetTime(messages[^1])))
            {
                return await GetResultAsync(found, new LookupResult.NotFound());
            }

            before = messages[^1].Id;
        }

        return await GetResultAsync(found, DiscordLookups.CreateTooManyMessages(MaxPages * PageSize));

        async Task<LookupResult> GetResultAsync(List<string> ids, LookupResult otherwise)
        {
            if (ids.Count == 0)
            {
                return otherwise;
            }

            var channelUrl = await links.GetChannelUrlAsync(channel, cancellationToken);
            return DiscordLookups.CreateFound(ids, id => MessageLinks.Combine(channelUrl, id)) ?? otherwise;
        }
    }

    /// <summary>The ids of the bot's messages with this text, from new to old.</summary>
    private static IEnumerable<string> FindIds(
        MessageModel[] messages,
        ulong userId,
        string normalized,
        EarliestTime earliest
    )
    {
        foreach (var message in messages)
        {
            // The response to a command may have the same text, but it is not a post.
            if (
                message.Id is { } id
                && message.Author?.Id == userId
                && !message.IsInteractionResponse
                && earliest.IsReachedBy(GetTime(message))
                && NormalizedPostText.FromText(message.Content ?? "") == normalized
            )
            {
                yield return DiscordMessageIds.Format(id);
            }
        }
    }

    /// <summary>Whether a message has what a comparison needs.</summary>
    private static bool CanCompare(MessageModel message, ulong userId, EarliestTime earliest)
    {
        if (message.Id is not null && !earliest.IsReachedBy(GetTime(message)))
        {
            return true; // it is older, whatever it is
        }

        var isOthers = message.Author?.Id is { } author && author != userId;
        return message is { Id: not null, Author.Id: not null } && (isOthers || message.Content is not null);
    }

    /// <summary>On the server's clock; the id contains it, too.</summary>
    private static DateTimeOffset GetTime(MessageModel message) =>
        message.Timestamp ?? SnowflakeTime.FromId(message.Id ?? 0);
}

/// <summary>Reads the time of creation from an id.</summary>
/// <remarks>Source: Discord docs, Reference, Snowflakes.</remarks>
internal static class SnowflakeTime
{
    private const long DiscordEpoch = 1_420_070_400_000;

    /// <summary>The time of creation on Discord's clock.</summary>
    public static DateTimeOffset FromId(ulong id) =>
        DateTimeOffset.FromUnixTimeMilliseconds((long)(id >> 22) + DiscordEpoch);
}
