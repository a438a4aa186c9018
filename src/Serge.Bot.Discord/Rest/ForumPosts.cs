using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Rest;

/// <summary>Creates and finds the bot's posts in forums.</summary>
internal sealed class ForumPosts(RestClient rest, CurrentApplication application, MessageLinks links, TimeSpan timeout)
{
    private const int AutoArchiveMinutes = 1440;
    private const int PageSize = 100;

    /// <summary>The date header has a resolution of one second.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(2);

    public async Task<SendOutcome> StartAsync(
        ChannelId forum,
        string title,
        DiscordMessage message,
        SendDeadline deadline,
        CancellationToken cancellationToken
    )
    {
        if (Messages.Validate(message) is { } refused)
        {
            return refused;
        }

        var guildUrl = await links.GetGuildUrlAsync(forum, cancellationToken);
        ThreadBody thread = new(title, AutoArchiveMinutes) { Message = MessageBody.From(message) };
        var request = MessageRequest.Create(thread, message.Picture);
        var route = Route.StartForumPost(forum.Value);
        var result = await rest.SendAsync(route, request, timeout, deadline, cancellationToken);
        return result switch
        {
            RestResult.Success({ } json, _) when Messages.ParseId(json) is { } id => new SendOutcome.Sent(
                id,
                MessageLinks.Combine(guildUrl, id)
            ),
            RestResult.Success => new SendOutcome.Unknown("Discord accepted the post, but its response has no id."),
            _ => ResponseDecoder.ToOutcome(result),
        };
    }

    public async Task<LookupResult> FindAsync(
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

        var (threads, problem) = await ReadThreadsAsync(forum, since, cancellationToken);
        List<string> found = [];
        foreach (var thread in threads)
        {
            var route = Route.Message(thread, thread);
            var result = await rest.SendAsync(route, null, timeout, cancellationToken);
            if (result is RestResult.Error { Code: DiscordErrors.UnknownMessage })
            {
                continue; // its first message was deleted
            }

            var read = ResponseDecoder.ToResult(result, json => json.Object(MessageModel.Read));
            if (!read.TryGetValue(out var message) || message.Content is null)
            {
                problem ??= LookupResult.FromFailure(read);
            }
            else if (NormalizedPostText.FromText(message.Content) == normalized)
            {
                found.Add(DiscordMessageIds.Format(thread));
            }
        }

        if (found.Count == 0)
        {
            return problem ?? new LookupResult.NotFound();
        }

        var guildUrl = await links.GetGuildUrlAsync(forum, cancellationToken);
        return new LookupResult.Found(found[0], MessageLinks.Combine(guildUrl, found[0]))
        {
            Copy = found.Count > 1 ? MessageLinks.Combine(guildUrl, found[1])?.AbsoluteUri ?? found[1] : null,
        };
    }

    /// <summary>The bot's threads in a forum since a moment, open and closed ones, and why the list may be
    /// incomplete.</summary>
    private async Task<(IEnumerable<ulong> Threads, LookupResult? Problem)> ReadThreadsAsync(
        ChannelId forum,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        var readUser = await application.GetUserAsync(cancellationToken);
        if (readUser is not Result<UserModel>.Success({ Id: { } userId }))
        {
            return ([], LookupResult.FromFailure(readUser));
        }

        var channelRoute = Route.Channel(forum.Value);
        var readForum = await rest.ReadAsync(channelRoute, ChannelModel.Read, timeout, cancellationToken);
        if (readForum is not Result<ChannelModel>.Success({ GuildId: { } guild }))
        {
            return ([], LookupResult.FromFailure(readForum));
        }

        var active = await rest.SendAsync(Route.ActiveThreads(guild), null, timeout, cancellationToken);
        var readActive = ResponseDecoder.ToResult(active, json => json.Object(ThreadList.Read));
        var archivedRoute = Route.ArchivedThreads(forum.Value, PageSize);
        var readArchived = await rest.ReadAsync(archivedRoute, ThreadList.Read, timeout, cancellationToken);
        if (!readActive.TryGetValue(out var open) || !readArchived.TryGetValue(out var closed))
        {
            var failure = readActive is Result<ThreadList>.Success ? readArchived : readActive;
            return ([], LookupResult.FromFailure(failure));
        }

        var offset = ((RestResult.Success)active).ClockOffset - ClockTolerance ?? TimeSpan.Zero;
        var own = (open.Threads ?? [])
            .Concat(closed.Threads ?? [])
            .Where(thread => thread.ParentId == forum.Value && thread.OwnerId == userId)
            .Select(thread => thread.Id)
            .OfType<ulong>()
            .Distinct()
            .Where(id => SnowflakeTime.FromId(id) - since >= offset)
            .OrderDescending();
        // The list is sorted by the time of closing, which follows the creation.
        var isCut =
            closed is { HasMore: true, Threads: [.., { ArchiveTimestamp: var last }] } && !(last - since < offset);
        return (own, isCut ? DiscordLookups.CreateTooManyMessages(PageSize) : null);
    }
}
