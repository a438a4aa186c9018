namespace Serge.Bot.Platforms;

/// <summary>A post in the list of an account. A field is <see langword="null"/> if it is missing or
/// malformed.</summary>
/// <param name="Id">The server's id.</param>
/// <param name="Url">The web page of the post.</param>
/// <param name="CreatedAt">On the server's clock.</param>
/// <param name="NormalizedText">See <see cref="NormalizedPostText"/>; empty for a boost of another post.</param>
public sealed record MastodonListedPost(string? Id, string? Url, DateTimeOffset? CreatedAt, string? NormalizedText);

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

        if (status.Visibility is not (MastodonVisibility.Public or MastodonVisibility.Unlisted))
        {
            switch (await hidesNonPublicPosts())
            {
                case null:
                    return new LookupResult.Inconclusive("It is not known whether the server lists such posts.");
                case true:
                    return new LookupResult.Inconclusive("The server lists public posts only.", NeedsOperator: true);
            }
        }

        PostSearch search = new(text, since);
        string? lastId = null;
        for (var count = 0; count < MaxPages; count++)
        {
            var read = await readPage(lastId);
            if (!read.TryGetValue(out var page))
            {
                return search.GetResult(LookupResult.FromFailure(read));
            }

            if (search.Read(page, lastId) is { } end)
            {
                return search.GetResult(end);
            }

            lastId = page.Posts[^1].Id;
        }

        var reason = $"More than {MaxPages * PageSize} posts since {since:u}.";
        return search.GetResult(new LookupResult.Inconclusive(reason, NeedsOperator: true));
    }

    /// <summary>Collects the posts with a text.</summary>
    private sealed class PostSearch(string text, DateTimeOffset since)
    {
        /// <summary>From new to old.</summary>
        private readonly List<MastodonListedPost> _matches = [];

        private bool _isIncomplete;

        /// <summary>Reads a page.</summary>
        /// <returns>The result without a match; <see langword="null"/> if the next page has to be read.</returns>
        public LookupResult? Read(MastodonPostPage page, string? previousLastId)
        {
            foreach (var post in page.Posts.Where(post => !IsTooOld(post, page)))
            {
                Read(post);
            }

            return GetEnd(page, previousLastId);
        }

        /// <param name="otherwise">The result without a match.</param>
        public LookupResult GetResult(LookupResult otherwise)
        {
            if (_matches.Count == 0)
            {
                var isUncertain = _isIncomplete && otherwise is LookupResult.NotFound;
                return isUncertain ? new LookupResult.Inconclusive("A post in the list is incomplete.") : otherwise;
            }

            var newest = _matches[0];
            // A server that repeats its page lists the same post again.
            var copy = _matches.Find(post => post.Id != newest.Id);
            return new LookupResult.Found(newest.Id!, MastodonErrors.ParseWebUrl(newest.Url))
            {
                Copy = MastodonErrors.ParseWebUrl(copy?.Url)?.AbsoluteUri ?? copy?.Id,
            };
        }

        private void Read(MastodonListedPost post)
        {
            if (post.NormalizedText is null)
            {
                _isIncomplete = true;
            }
            else if (string.Equals(post.NormalizedText, text, StringComparison.Ordinal))
            {
                // Without a time it may be an older post with the same text.
                if (post is { Id: not null, CreatedAt: not null })
                {
                    _matches.Add(post);
                }
                else
                {
                    _isIncomplete = true;
                }
            }
        }

        private LookupResult? GetEnd(MastodonPostPage page, string? previousLastId)
        {
            var posts = page.Posts;
            // A bot does not post forty times between two copies.
            if (posts.Count == 0 || IsTooOld(posts[^1], page) || _matches.Count > 0)
            {
                return new LookupResult.NotFound();
            }

            if (posts[^1].Id is not { } lastId)
            {
                return new LookupResult.Inconclusive("The last post in the list has no id.");
            }

            if (!lastId.Equals(previousLastId, StringComparison.Ordinal))
            {
                return null;
            }

            // The server repeats the page: snac returns all posts at once. A page below the default size is complete.
            if (posts.Count < DefaultPageSize)
            {
                return new LookupResult.NotFound();
            }

            const string Reason = "The server returns the first page of posts only.";
            return new LookupResult.Inconclusive(Reason, NeedsOperator: true);
        }

        /// <remarks>The difference of two times cannot overflow, unlike the sum of a time and an offset.</remarks>
        private bool IsTooOld(MastodonListedPost post, MastodonPostPage page) =>
            post.CreatedAt - since < page.ClockOffset - TimeResolution;
    }
}
