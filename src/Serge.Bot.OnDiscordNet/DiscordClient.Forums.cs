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
            return new SendOutcome.Sent(DiscordMessageIds.Format(id), null);
        }

        return ResponseDecoder.ToOutcome(call, _clock.GetUtcNow());
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

        var readThreads = await ReadAsync<IReadOnlyCollection<RestThreadChannel>>(
            async options =>
            {
                var active = await channel.GetActiveThreadsAsync(options);
                return [.. active, .. await channel.GetPublicArchivedThreadsAsync(options: options)];
            },
            cancellationToken
        );
        if (!readThreads.TryGetValue(out var threads))
        {
            return LookupResult.FromFailure(readThreads);
        }

        foreach (var thread in threads.Where(thread => IsCandidate(thread, forum, since)))
        {
            var read = await ReadAsync<IReadOnlyCollection<IMessage>>(
                async options => await thread.GetMessageAsync(thread.Id, options) is { } first ? [first] : [],
                cancellationToken
            );
            if (!read.TryGetValue(out var messages))
            {
                return LookupResult.FromFailure(read);
            }

            if (messages.Any(message => NormalizedPostText.FromText(message.Content ?? "") == normalized))
            {
                return new LookupResult.Found(DiscordMessageIds.Format(thread.Id), null);
            }
        }

        return new LookupResult.NotFound();
    }

    private bool IsCandidate(RestThreadChannel thread, ChannelId forum, DateTimeOffset since) =>
        thread.ParentChannelId == forum.Value
        && thread.OwnerId == _rest.CurrentUser.Id
        && SnowflakeUtils.FromSnowflake(thread.Id) >= since - ClockTolerance;

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
}
