namespace Serge.Bot.Platforms;

/// <summary>A post in the list of an account.</summary>
/// <param name="Id">The server's id.</param>
/// <param name="Url">The web page of the post.</param>
/// <param name="CreatedAt">On the server's clock.</param>
/// <param name="NormalizedText">See <see cref="NormalizedPostText"/>; <see langword="null"/> for a boost of another
/// post.</param>
public sealed record MastodonListedPost(string Id, string? Url, DateTimeOffset CreatedAt, string? NormalizedText);

/// <summary>Looks for a text in the list of an account's posts, which is sorted from new to old.</summary>
public static class MastodonPostLookup
{
    /// <summary>The most posts that a server returns at once.</summary>
    /// <remarks>Source: Mastodon docs, methods/accounts, <c>GET /api/v1/accounts/:id/statuses</c>.</remarks>
    public const int PageSize = 40;

    /// <summary>The most pages of a lookup; the account has not posted 200 times since a send started.</summary>
    public const int MaxPages = 5;

    /// <summary>The page size of servers that ignore the requested number.</summary>
    /// <remarks>Source: Mastodon docs, methods/accounts, <c>limit</c> "defaults to 20".</remarks>
    private const int DefaultPageSize = 20;

    /// <summary>snac truncates the time of a post to seconds.</summary>
    private static readonly TimeSpan TimeResolution = TimeSpan.FromSeconds(1);

    /// <summary>The result for a post that is not public, if the server lists only public ones.</summary>
    public static LookupResult NonPublicPostsHidden { get; } =
        new LookupResult.Inconclusive("The server lists public posts only, or its software is not known.");

    /// <summary>Whether all servers list the post.</summary>
    public static bool IsPublic(MastodonStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        return status.Visibility is MastodonVisibility.Public or MastodonVisibility.Unlisted;
    }

    /// <summary>Looks for a text in one page.</summary>
    /// <param name="page">The posts of the page.</param>
    /// <param name="text">The normalized text.</param>
    /// <param name="since">Older posts are ignored; on the client's clock.</param>
    /// <param name="clockOffset">The server's clock minus the client's clock.</param>
    /// <param name="previousLastId">The id of the last post of the previous page, if there was one.</param>
    /// <returns><see langword="null"/> if the next page has to be read.</returns>
    public static LookupResult? FindInPage(
        IReadOnlyList<MastodonListedPost> page,
        string text,
        DateTimeOffset since,
        TimeSpan clockOffset,
        string? previousLastId
    )
    {
        ArgumentNullException.ThrowIfNull(page);
        foreach (var post in page)
        {
            if (
                !IsTooOld(post, since, clockOffset)
                && string.Equals(post.NormalizedText, text, StringComparison.Ordinal)
            )
            {
                return new LookupResult.Found(post.Id, MastodonErrors.ParseWebUrl(post.Url));
            }
        }

        if (page.Count == 0 || IsTooOld(page[^1], since, clockOffset))
        {
            return new LookupResult.NotFound();
        }

        if (!page[^1].Id.Equals(previousLastId, StringComparison.Ordinal))
        {
            return null;
        }

        // The server repeats the page: snac returns all posts at once. A page below the default size is complete.
        if (page.Count < DefaultPageSize)
        {
            return new LookupResult.NotFound();
        }

        return new LookupResult.Inconclusive("The server returns the first page of posts only.");
    }

    /// <summary>The result after <see cref="MaxPages"/> pages.</summary>
    public static LookupResult CreateTooManyPosts(DateTimeOffset since) =>
        new LookupResult.Inconclusive($"More than {MaxPages * PageSize} posts since {since:u}.");

    /// <remarks>The difference of two times cannot overflow, unlike the sum of a time and an offset.</remarks>
    private static bool IsTooOld(MastodonListedPost post, DateTimeOffset since, TimeSpan clockOffset) =>
        post.CreatedAt - since < clockOffset - TimeResolution;
}
