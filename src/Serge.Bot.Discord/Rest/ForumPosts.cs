using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Rest;

/// <summary>Creates and finds the bot's posts in forums.</summary>
internal sealed class ForumPosts(RestClient rest, CurrentApplication application, MessageLinks links, TimeSpan timeout)
{
    private const int PageSize = 100;

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
        ThreadBody thread = new(title) { Message = MessageBody.From(message) };
        var request = MessageRequest.Create(thread, message.Picture);
        var route = Route.StartForumPost(forum.Value);
        var result = await rest.SendAsync(route, request, timeout, deadline, cancellationToken);
        return result switch
        {
            RestResult.Success({ } json, _) when Messages.ParseId(json) is { } id => CreateSent(id),
            RestResult.Success => new SendOutcome.Unknown("Discord accepted the post, but its response has no id."),
            _ => ResponseDecoder.ToOutcome(result),
        };

        SendOutcome.Sent CreateSent(string id) => new(id, MessageLinks.Combine(guildUrl, id));
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
            if (!read.TryGetValue(out var message))
            {
                problem ??= LookupResult.FromFailure(read);
            }
            else if (message.Content is null)
            {
                problem ??= DiscordLookups.IncompleteMessage;
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
        return DiscordLookups.CreateFound(found, id => MessageLinks.Combine(guildUrl, id))!;
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
        if (!readForum.TryGetValue(out var channel))
        {
            return ([], LookupResult.FromFailure(readForum));
        }

        if (channel.GuildId is not { } guild)
        {
            return ([], new LookupResult.Inconclusive("Discord's response does not contain the guild of the forum."));
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

        if (open.Threads is null || closed.Threads is null)
        {
            return ([], new LookupResult.Inconclusive("Discord's response does not contain the list of threads."));
        }

        EarliestTime earliest = new(since, ((RestResult.Success)active).ClockOffset);
        var all = open.Threads.Concat(closed.Threads);
        var candidates = all.Where(thread => IsCandidate(thread, forum, userId, earliest)).ToArray();
        var complete = candidates.Where(thread => thread is { Id: not null, ParentId: not null, OwnerId: not null });
        var ids = complete.Select(thread => thread.Id!.Value).Distinct().OrderDescending().ToArray();
        if (candidates.Any(thread => thread is { Id: null } or { ParentId: null } or { OwnerId: null }))
        {
            const string Reason = "A thread in Discord's list lacks its id, channel or owner.";
            return (ids, new LookupResult.Inconclusive(Reason));
        }

        // The list is sorted by the time of closing, which follows the creation.
        var last = closed.Threads.LastOrDefault()?.ArchiveTimestamp;
        var isCut = closed.HasMore == true && (last is null || earliest.IsReachedBy(last.Value));
        return (ids, isCut ? DiscordLookups.CreateTooManyMessages(PageSize) : null);
    }

    /// <summary>Whether a thread may be the post, as far as the response describes it.</summary>
    private static bool IsCandidate(ChannelModel thread, ChannelId forum, ulong userId, EarliestTime earliest)
    {
        if (thread.ParentId is { } parent && parent != forum.Value)
        {
            return false;
        }

        if (thread.OwnerId is { } owner && owner != userId)
        {
            return false;
        }

        return thread.Id is not { } id || earliest.IsReachedBy(SnowflakeTime.FromId(id));
    }
}
