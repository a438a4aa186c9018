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

    /// <summary>The date header has a resolution of one second.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(2);

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

            var earliest = CreateEarliestTime(since, ((RestResult.Success)result).ClockOffset);
            found.AddRange(FindIds(messages, userId, normalized, earliest));
            if (messages.Any(message => !CanCompare(message, userId, earliest)))
            {
                const string Reason = "A message in Discord's list lacks its id, author or text.";
                return await GetResultAsync(found, new LookupResult.Inconclusive(Reason));
            }

            // Newest first, so the next page follows the last message.
            if (messages.Length < PageSize || !earliest.IsReachedBy(messages[^1]))
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
            return new LookupResult.Found(ids[0], MessageLinks.Combine(channelUrl, ids[0]))
            {
                Copy = ids.Count > 1 ? MessageLinks.Combine(channelUrl, ids[1])?.AbsoluteUri ?? ids[1] : null,
            };
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
                && earliest.IsReachedBy(message)
                && NormalizedPostText.FromText(message.Content ?? "") == normalized
            )
            {
                yield return DiscordMessageIds.Format(id);
            }
        }
    }

    private static EarliestTime CreateEarliestTime(DateTimeOffset since, TimeSpan? clockOffset) =>
        new(since, clockOffset - ClockTolerance ?? TimeSpan.Zero);

    /// <summary>Whether a message has what a comparison needs.</summary>
    private static bool CanCompare(MessageModel message, ulong userId, EarliestTime earliest)
    {
        if (message.Id is not null && !earliest.IsReachedBy(message))
        {
            return true; // it is older, whatever it is
        }

        var isOthers = message.Author?.Id is { } author && author != userId;
        return message is { Id: not null, Author.Id: not null } && (isOthers || message.Content is not null);
    }

    /// <summary>The time of the first attempt, with the difference of the clocks.</summary>
    /// <param name="Since">On the client's clock.</param>
    /// <param name="ClockOffset">The server's clock minus the client's clock.</param>
    private readonly record struct EarliestTime(DateTimeOffset Since, TimeSpan ClockOffset)
    {
        /// <summary>Whether a message may be from an attempt. The difference of two times cannot overflow, unlike the
        /// sum of a time and an offset.</summary>
        public bool IsReachedBy(MessageModel message) => GetTime(message) - Since >= ClockOffset;

        /// <summary>On the server's clock; the id contains it, too.</summary>
        private static DateTimeOffset GetTime(MessageModel message) =>
            message.Timestamp ?? SnowflakeTime.FromId(message.Id ?? 0);
    }
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
