namespace Serge.Bot.Mastodon.Model;

/// <summary>Finds a text of ours among an account's posts as a server lists them, newest first.</summary>
internal static class OwnPosts
{
    /// <summary>snac cuts the time of a post to whole seconds.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromSeconds(1);

    /// <summary>What servers give at once where nobody asks for a number.</summary>
    /// <remarks>Source: Mastodon docs, methods/accounts, <c>limit</c> "defaults to 20".</remarks>
    private const int SmallestPage = 20;

    /// <summary>What one page tells.</summary>
    /// <param name="page">The posts of the page.</param>
    /// <param name="wanted">The text, folded.</param>
    /// <param name="since">Older posts do not count; on our clock.</param>
    /// <param name="clockLead">How far the server's clock is ahead of ours.</param>
    /// <param name="before">The oldest post of the page before, if there was one.</param>
    /// <returns><see langword="null"/> where the next page has to be read.</returns>
    public static LookupResult? LookAt(
        IReadOnlyList<ListedStatus> page,
        string wanted,
        DateTimeOffset since,
        TimeSpan clockLead,
        string? before
    )
    {
        // A difference of two moments cannot overflow, which their sum with a server's clock can.
        bool IsTooOld(ListedStatus post) => post.CreatedAt - since < clockLead - Grain;

        var found = page.FirstOrDefault(post => !IsTooOld(post) && wanted.Equals(post.Text, StringComparison.Ordinal));
        if (found is not null)
        {
            return new LookupResult.Found(found.Id, Rest.Verdict.Page(found.Url));
        }

        if (page.Count == 0 || IsTooOld(page[^1]))
        {
            return new LookupResult.NotFound();
        }

        return page[^1].Id.Equals(before, StringComparison.Ordinal) ? WhereNothingFollows(page) : null;
    }

    /// <summary>A server that gives the same posts again does not turn pages: snac gives all it has at once. Fewer than
    /// anybody's page are all there is.</summary>
    private static LookupResult WhereNothingFollows(IReadOnlyList<ListedStatus> page) =>
        page.Count < SmallestPage
            ? new LookupResult.NotFound()
            : new LookupResult.Inconclusive("The server does not say what comes after the first posts.");
}
