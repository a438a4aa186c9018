using Discord;

namespace Serge.Bot.OnDiscordNet;

/// <content>Looks for a message of the bot.</content>
public sealed partial class DiscordClient
{
    /// <summary>The most messages of a lookup; with more messages in the channel, it is inconclusive.</summary>
    private const int MaxMessages = 1000;

    /// <inheritdoc/>
    public async Task<LookupResult> FindPublishedAsync(
        ChannelId channel,
        string text,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        var normalized = NormalizedPostText.FromText(text);
        if (normalized.Length == 0)
        {
            return LookupResult.NoText;
        }

        if (await LogInAsync(cancellationToken) is { } failed)
        {
            var failedLogin = ResponseDecoder.ToResult<object>(failed, null);
            return LookupResult.FromFailure(failedLogin);
        }

        var readChannel = await GetMessageChannelAsync(channel, cancellationToken);
        if (!readChannel.TryGetValue(out var messageChannel))
        {
            return LookupResult.FromFailure(readChannel);
        }

        var search = new MessageSearch(_rest.CurrentUser.Id, normalized, since);
        var (call, _) = await CallAsync(
            options => ToObjectAsync(search.RunAsync(messageChannel, options, cancellationToken)),
            _options.CallTimeout,
            cancellationToken
        );
        if (DiscordLookups.CreateFound(search.Found, id => GetMessageLink(messageChannel, id)) is { } found)
        {
            return found;
        }

        if (!call.IsSuccess || call.Reason.Length > 0)
        {
            var failedRead = ResponseDecoder.ToResult<object>(call, null);
            return LookupResult.FromFailure(failedRead);
        }

        if (search.Count == 0)
        {
            var access = await GetChannelAccessAsync(channel, cancellationToken);
            return DiscordLookups.CheckEmptyChannel(access);
        }

        if (search.Count >= MaxMessages && !search.IsComplete)
        {
            return DiscordLookups.CreateTooManyMessages(MaxMessages);
        }

        return new LookupResult.NotFound();
    }

    /// <summary>Searches a channel from new to old.</summary>
    private sealed class MessageSearch(ulong userId, string normalized, DateTimeOffset since)
    {
        /// <summary>The ids of the messages with this text, from new to old.</summary>
        public List<string> Found { get; } = [];

        /// <summary>The number of messages read.</summary>
        public int Count { get; private set; }

        /// <summary>Whether an older message was reached.</summary>
        public bool IsComplete { get; private set; }

        public async Task RunAsync(IMessageChannel channel, RequestOptions options, CancellationToken cancellationToken)
        {
            var pages = channel.GetMessagesAsync(MaxMessages, CacheMode.AllowDownload, options);
            await foreach (var page in pages.WithCancellation(cancellationToken))
            {
                Read(page);
                if (IsComplete)
                {
                    return;
                }
            }
        }

        private void Read(IReadOnlyCollection<IMessage> page)
        {
            EarliestTime earliest = new(since, DiscordCall.Current?.ClockOffset);
            Count += page.Count;
            foreach (var message in page)
            {
                if (!earliest.IsReachedBy(message.Timestamp))
                {
                    IsComplete = true;
                }
                else if (IsMatch(message))
                {
                    Found.Add(DiscordMessageIds.Format(message.Id));
                }
            }
        }

        /// <summary>The response to a command may have the same text, but it is not a post.</summary>
        private bool IsMatch(IMessage message) =>
            message is IUserMessage { InteractionMetadata: null }
            && message.Author.Id == userId
            && NormalizedPostText.FromText(message.Content) == normalized;
    }
}
