using System.Text.Json;
using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Rest;

/// <summary>Looks for a message of the bot in a channel.</summary>
internal sealed class MessageLookup(
    RestClient rest,
    CurrentApplication application,
    Channels channels,
    MessageLinks links,
    TimeSpan timeout,
    TimeProvider clock
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
            var readMessages = ResponseDecoder.ToResult(result, DiscordJson.Default.MessageModelArray);
            if (!readMessages.TryGetValue(out var messages))
            {
                return await GetResultAsync(found, LookupResult.FromFailure(readMessages));
            }

            if (page == 0 && messages.Length == 0)
            {
                var access = await channels.GetAccessAsync(channel, cancellationToken);
                return DiscordLookups.CheckEmptyChannel(access);
            }

            var earliest = ToServerTime(since, result);
            found.AddRange(FindIds(messages, userId, normalized, earliest));

            // Newest first, so the next page follows the last message.
            if (messages.Length < PageSize || messages[^1].Id is null || GetTime(messages[^1]) < earliest)
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
        DateTimeOffset earliest
    )
    {
        foreach (var message in messages)
        {
            if (
                message.Id is { } id
                && message.Author?.Id == userId
                && !IsInteractionResponse(message)
                && GetTime(message) >= earliest
                && NormalizedPostText.FromText(message.Content ?? "") == normalized
            )
            {
                yield return DiscordMessageIds.Format(id);
            }
        }
    }

    /// <summary>The response to a command may have the same text, but it is not a post.</summary>
    private static bool IsInteractionResponse(MessageModel message) =>
        message
            is { InteractionMetadata.ValueKind: JsonValueKind.Object }
                or { Interaction.ValueKind: JsonValueKind.Object };

    /// <summary>The time of a message on the server's clock; its id contains it, too.</summary>
    private static DateTimeOffset GetTime(MessageModel message) =>
        message.Timestamp ?? SnowflakeTime.FromId(message.Id ?? 0);

    /// <summary>Converts a time of the system clock to the server's clock, if the server sent its time.</summary>
    private DateTimeOffset ToServerTime(DateTimeOffset time, RestResult result)
    {
        if (result is not RestResult.Success { ServerTime: { } serverTime })
        {
            return time;
        }

        var offset = serverTime - clock.GetUtcNow();
        return time + offset - ClockTolerance;
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
