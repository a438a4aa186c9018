namespace Serge.Bot.Platforms;

/// <summary>A post in the list of an account.</summary>
/// <param name="Id">The server's id.</param>
/// <param name="Url">The web page of the post.</param>
/// <param name="CreatedAt">On the server's clock.</param>
/// <param name="NormalizedText">See <see cref="NormalizedPostText"/>; <see langword="null"/> for a boost of another
/// post.</param>
public sealed record MastodonListedPost(string Id, string? Url, DateTimeOffset CreatedAt, string? NormalizedText);

/// <summary>A page of an account's posts.</summary>
/// <param name="Posts">From new to old.</param>
/// <param name="ClockOffset">The server's clock minus the client's clock.</param>
public sealed record MastodonPostPage(IReadOnlyList<MastodonListedPost> Posts, TimeSpan ClockOffset);

/// <summary>Looks for a text in the list of an account's posts, which is sorted from new to old.</summary>
public static class MastodonPostLookup
{
    /// <summary>The most posts that a server returns at once.</summary>
    /// <remarks>Source: Mastodon docs, methods/accounts, <c>GET /api/v1/accounts/:id/statuses</c>.</remarks>
    public const int PageSize = 40;

    /// <summary>The most pages of a lookup; the account has not posted 200 times since a send started.</summary>
    private const int MaxPages = 5;

    /// <summary>The page size of servers that ignore the requested number.</summary>
    /// <remarks>Source: Mastodon docs, methods/accounts, <c>limit</c> "defaults to 20".</remarks>
    private const int DefaultPageSize = 20;

    /// <summary>snac truncates the time of a post to seconds.</summary>
    private static readonly TimeSpan TimeResolution = TimeSpan.FromSeconds(1);

    /// <summary>Looks for a post in the account's list.</summary>
    /// <param name="status">The post.</param>
    /// <param name="since">Older posts are ignored; on the client's clock.</param>
    /// <param name="hidesNonPublicPosts">Whether the server lists public posts only; <see langword="null"/> if
    /// unknown.</param>
    /// <param name="readPage">Reads the page after the post with this id, or the first page.</param>
    public static async Task<LookupResult> FindAsync(
        MastodonStatus status,
        DateTimeOffset since,
        Func<Task<bool?>> hidesNonPublicPosts,
        Func<string?, Task<Result<MastodonPostPage>>> readPage
    )
    {
        ArgumentNullException.ThrowIfNull(status);
        ArgumentNullException.ThrowIfNull(hidesNonPublicPosts);
        ArgumentNullException.ThrowIfNull(readPage);
        var text = NormalizedPostText.FromText(status.Text);
        if (text.Length == 0)
        {
            return LookupResult.NoText;
        }

        var isPublic = status.Visibility is MastodonVisibility.Public or MastodonVisibility.Unlisted;
        if (!isPublic && await hidesNonPublicPosts() is not false)
        {
            return new LookupResult.Inconclusive("The server lists public posts only, or its software is not known.");
        }

        string? lastId = null;
        for (var count = 0; count < MaxPages; count++)
        {
            var read = await readPage(lastId);
            if (!read.TryGetValue(out var page))
            {
                return new LookupResult.Inconclusive(read.GetReason());
            }

            if (FindInPage(page, text, since, lastId) is { } result)
            {
                return result;
            }

            lastId = page.Posts[^1].Id;
        }

        return new LookupResult.Inconclusive($"More than {MaxPages * PageSize} posts since {since:u}.");
    }

    /// <returns><see langword="null"/> if the next page has to be read.</returns>
    private static LookupResult? FindInPage(
        MastodonPostPage page,
        string text,
        DateTimeOffset since,
        string? previousLastId
    )
    {
        var posts = page.Posts;
        foreach (var post in posts)
        {
            if (!IsTooOld(post) && string.Equals(post.NormalizedText, text, StringComparison.Ordinal))
            {
                return new LookupResult.Found(post.Id, MastodonErrors.ParseWebUrl(post.Url));
            }
        }

        if (posts.Count == 0 || IsTooOld(posts[^1]))
        {
            return new LookupResult.NotFound();
        }

        if (!posts[^1].Id.Equals(previousLastId, StringComparison.Ordinal))
        {
            return null;
        }

        // The server repeats the page: snac returns all posts at once. A page below the default size is complete.
        if (posts.Count < DefaultPageSize)
        {
            return new LookupResult.NotFound();
        }

        return new LookupResult.Inconclusive("The server returns the first page of posts only.");

        // The difference of two times cannot overflow, unlike the sum of a time and an offset.
        bool IsTooOld(MastodonListedPost post) => post.CreatedAt - since < page.ClockOffset - TimeResolution;
    }
}
