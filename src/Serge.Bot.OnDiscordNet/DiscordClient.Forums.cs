using Discord;
using Discord.Rest;

namespace Serge.Bot.OnDiscordNet;

/// <content>Creates and finds posts in forums.</content>
public sealed partial class DiscordClient
{
    /// <inheritdoc/>
    public async Task<SendOutcome> StartForumPostAsync(
        ChannelId forum,
        string title,
        DiscordMessage message,
        SendDeadline deadline,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(message);
        var read = await ReadForumAsync(forum, cancellationToken);
        if (!read.TryGetValue(out var channel))
        {
            return ResponseDecoder.ToUnsent(read);
        }

        var (call, thread) = await CallAsync(
            options =>
                channel.CreatePostAsync(
                    title,
                    ThreadArchiveDuration.OneDay,
                    text: message.Text,
                    options: options,
                    allowedMentions: GetAllowedMentions(message),
                    components: CreateButtons(message),
                    flags: GetFlags(message)
                ),
            _options.CallTimeout,
            cancellationToken,
            isIdempotent: false,
            changeBody: body => SetAttachments(body["message"]!, message),
            deadline: deadline,
            picture: message.Picture
        );
        if (call.IsSuccess && (thread?.Id ?? ResponseDecoder.ReadId(call)) is { } id)
        {
            var postId = DiscordMessageIds.Format(id);
            return new SendOutcome.Sent(postId, GetPostLink(channel, postId));
        }

        if (call.IsSuccess)
        {
            return new SendOutcome.Unknown("Discord accepted the post, but its response has no id.");
        }

        return ResponseDecoder.ToOutcome(call);
    }

    /// <inheritdoc/>
    public async Task<LookupResult> FindForumPostAsync(
        ChannelId forum,
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

        var readForum = await ReadForumAsync(forum, cancellationToken);
        if (!readForum.TryGetValue(out var channel))
        {
            return LookupResult.FromFailure(readForum);
        }

        var readThreads = await ReadAsync(options => ReadThreadsAsync(channel, since, options), cancellationToken);
        if (!readThreads.TryGetValue(out var threads))
        {
            return LookupResult.FromFailure(readThreads);
        }

        var problem = threads.TooMany;
        List<string> found = [];
        foreach (var thread in threads.Own)
        {
            // The list is empty if the first message was deleted.
            var read = await ReadAsync<IReadOnlyCollection<IMessage>>(
                async options => await thread.GetMessageAsync(thread.Id, options) is { } first ? [first] : [],
                cancellationToken
            );
            if (!read.TryGetValue(out var messages))
            {
                problem ??= LookupResult.FromFailure(read);
            }
            else if (messages.Any(message => message.Content is null))
            {
                problem ??= DiscordLookups.IncompleteMessage;
            }
            else if (messages.Any(message => NormalizedPostText.FromText(message.Content) == normalized))
            {
                found.Add(DiscordMessageIds.Format(thread.Id));
            }
        }

        return DiscordLookups.CreateFound(found, id => GetPostLink(channel, id))
            ?? problem
            ?? new LookupResult.NotFound();
    }

    private async Task<ForumThreads?> ReadThreadsAsync(
        RestForumChannel forum,
        DateTimeOffset since,
        RequestOptions options
    )
    {
        var open = await forum.GetActiveThreadsAsync(options);
        EarliestTime earliest = new(since, DiscordCall.Current?.ClockOffset);
        var closed = await forum.GetPublicArchivedThreadsAsync(options: options);
        var own = open.Concat(closed)
            .Where(thread => thread.ParentChannelId == forum.Id && thread.OwnerId == _rest.CurrentUser.Id)
            .Where(thread => earliest.IsReachedBy(SnowflakeUtils.FromSnowflake(thread.Id)))
            .DistinctBy(thread => thread.Id)
            .OrderByDescending(thread => thread.Id)
            .ToArray();

        // Discord.Net does not return this field.
        var hasMore = JsonReader.Parse(DiscordCall.Current?.Body).Member("has_more").Boolean() == true;

        // The list is sorted by the time of closing, which follows the creation.
        var isCut = hasMore && (closed.Count == 0 || earliest.IsReachedBy(closed.Last().ArchiveTimestamp));
        return new ForumThreads(own, isCut ? DiscordLookups.CreateTooManyMessages(closed.Count) : null);
    }

    private async Task<Result<RestForumChannel>> ReadForumAsync(ChannelId forum, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(
            async options => await _rest.GetChannelAsync(forum.Value, options),
            cancellationToken
        );
        if (!read.TryGetValue(out var found))
        {
            return read.AsFailure<RestForumChannel>();
        }

        if (found is RestForumChannel channel)
        {
            return channel;
        }

        return new Result<RestForumChannel>.Refused(Refusal.Forbidden, "The channel is not a forum.");
    }

    /// <summary>The web address of a post in Discord's own web client; other servers have none.</summary>
    private Uri? GetPostLink(RestForumChannel forum, string postId) => GetLink(forum, postId);

    /// <summary>The threads in a forum since a moment.</summary>
    /// <param name="Own">Those of the bot, open and closed, from new to old.</param>
    /// <param name="TooMany">The result without the post, if Discord has more of them.</param>
    private sealed record ForumThreads(RestThreadChannel[] Own, LookupResult? TooMany);
}
