using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Rest;

/// <summary>Reads the bot's threads in a forum.</summary>
internal sealed class ForumThreads(RestClient rest, CurrentApplication application, TimeSpan timeout)
{
    private const int PageSize = 100;

    /// <summary>The threads since a moment, open and closed ones, and why the list may be incomplete.</summary>
    public async Task<(IEnumerable<ulong> Threads, LookupResult? Problem)> ReadAsync(
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
        if (!readActive.TryGetValue(out var open))
        {
            return ([], LookupResult.FromFailure(readActive));
        }

        var archivedRoute = Route.ArchivedThreads(forum.Value, PageSize);
        var readArchived = await rest.ReadAsync(archivedRoute, ThreadList.Read, timeout, cancellationToken);
        if (!readArchived.TryGetValue(out var closed))
        {
            return ([], LookupResult.FromFailure(readArchived));
        }

        EarliestTime earliest = new(since, ((RestResult.Success)active).ClockOffset);
        return Select(open, closed, thread => IsCandidate(thread, forum, userId, earliest), earliest);
    }

    private static (IEnumerable<ulong> Threads, LookupResult? Problem) Select(
        ThreadList open,
        ThreadList closed,
        Func<ChannelModel, bool> isCandidate,
        EarliestTime earliest
    )
    {
        if (open.Threads is null || closed.Threads is null)
        {
            return ([], new LookupResult.Inconclusive("Discord's response does not contain the list of threads."));
        }

        var all = open.Threads.Concat(closed.Threads);
        var candidates = all.Where(isCandidate).ToArray();
        var complete = candidates.Where(IsComplete).Select(thread => thread.Id!.Value);
        var ids = complete.Distinct().OrderDescending().ToArray();
        if (!candidates.All(IsComplete))
        {
            const string Reason = "A thread in Discord's list lacks its id, channel or owner.";
            return (ids, new LookupResult.Inconclusive(Reason));
        }

        if (IsCut(closed, earliest))
        {
            return (ids, DiscordLookups.CreateTooManyMessages(PageSize));
        }

        return (ids, null);
    }

    /// <summary>Whether closed threads since the moment are missing. The list is sorted by the time of closing, which
    /// follows the creation.</summary>
    private static bool IsCut(ThreadList closed, EarliestTime earliest)
    {
        if (closed.HasMore != true)
        {
            return false;
        }

        var last = closed.Threads?.LastOrDefault()?.ArchiveTimestamp;
        return last is null || earliest.IsReachedBy(last.Value);
    }

    private static bool IsComplete(ChannelModel thread) =>
        thread is { Id: not null, ParentId: not null, OwnerId: not null };

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
