namespace Serge.Bot.Platforms;

/// <summary>Mentions of the account.</summary>
/// <param name="Mentions">Oldest first. A mention whose status was deleted is not among them.</param>
/// <param name="LastId">The id of the newest notification that was read; empty if the account has none yet.</param>
public sealed record MastodonMentions(IReadOnlyList<MastodonMention> Mentions, string LastId);

/// <summary>A status that mentions the account.</summary>
public sealed record MastodonMention
{
    /// <summary>The author, such as <c>ada@example.org</c>; <see langword="null"/> if the server does not
    /// say.</summary>
    public required string? Acct { get; init; }

    /// <summary>The page of the status, if known.</summary>
    public required Uri? Url { get; init; }

    /// <summary>The plain text after the content warning, if any; may be empty, such as of a picture.</summary>
    public required string Text { get; init; }

    /// <summary>Whether only followers or the mentioned accounts see the status.</summary>
    public required bool IsPrivate { get; init; }
}

/// <summary>An entry in the list of notifications.</summary>
/// <param name="Id">The id of the notification.</param>
/// <param name="Mention"><see langword="null"/> if it is no mention, or the status does not exist any more.</param>
public sealed record MastodonNotification(string Id, MastodonMention? Mention);

/// <summary>Reads mentions page by page, the same for both clients.</summary>
public static class MastodonMentionPages
{
    /// <summary>Source: Mastodon docs, methods/notifications, <c>limit</c>: at most 80, default 40.</summary>
    private const int PageSize = 40;

    /// <summary>The pages that are read at once; the rest is read the next time.</summary>
    private const int MaxPages = 5;

    /// <summary>Reads the mentions after a notification.</summary>
    /// <param name="afterId">The id of a notification, or empty for all; <see langword="null"/> reads only the id of
    /// the newest one.</param>
    /// <param name="readPage">Requests a route below the address of the server.</param>
    public static async Task<Result<MastodonMentions>> ReadAsync(
        string? afterId,
        Func<string, Task<Result<IReadOnlyList<MastodonNotification>>>> readPage
    )
    {
        ArgumentNullException.ThrowIfNull(readPage);
        List<MastodonMention> mentions = [];
        var last = afterId ?? "";
        for (var page = 0; page < MaxPages; page++)
        {
            var read = await readPage(GetRoute(afterId is null ? null : last));
            if (!read.TryGetValue(out var notifications))
            {
                return read.AsFailure<MastodonMentions>();
            }

            // Newest first, and a server that ignores min_id repeats old ones.
            var newer = notifications.Where(notification => IsNewer(notification.Id, last)).ToList();
            newer.Sort((a, b) => Compare(a.Id, b.Id));
            last = newer.Count == 0 ? last : newer[^1].Id;
            if (afterId is null)
            {
                break;
            }

            mentions.AddRange(newer.Select(notification => notification.Mention).OfType<MastodonMention>());
            if (newer.Count < PageSize)
            {
                break;
            }
        }

        return new MastodonMentions(mentions, last);
    }

    /// <remarks>Source: Mastodon docs, methods/notifications, Get all notifications.</remarks>
    private static string GetRoute(string? afterId)
    {
        const string route = "api/v1/notifications?types[]=mention";
        return afterId switch
        {
            null => $"{route}&limit=1",
            "" => $"{route}&limit={PageSize}",
            _ => $"{route}&limit={PageSize}&min_id={Uri.EscapeDataString(afterId)}",
        };
    }

    private static bool IsNewer(string id, string other) => Compare(id, other) > 0;

    /// <summary>Ids ascend: as numbers, or as texts of one length (ULIDs).</summary>
    private static int Compare(string a, string b)
    {
        var byLength = a.Length.CompareTo(b.Length);
        return byLength != 0 ? byLength : string.CompareOrdinal(a, b);
    }
}
