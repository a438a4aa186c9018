namespace Serge.Bot.Cli;

/// <summary>The posts of a quotation or event that a person named, for <c>correct</c> and <c>retract</c>.</summary>
internal sealed class PublishedItem(IOperatorLedger ledger, LiveCatalogue catalogue, ServerLimits limits)
{
    /// <summary>Reads its posts, and the limits within which they are rendered again.</summary>
    /// <param name="item">Id of the quotation or event.</param>
    /// <param name="mayRender">Whether the command may render a post again, instead of deleting it.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="CommandException">Neither the quote files nor the ledger contain the item, or the limits of a
    /// post that may be rendered again are not known.</exception>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public async Task<IReadOnlyList<Post>> GetPostsAsync(
        string item,
        Func<Post, bool> mayRender,
        CancellationToken cancellationToken
    )
    {
        var posts = await ledger.GetByItemAsync(item, cancellationToken);
        ItemLookup.Require(item, catalogue.Unfiltered, posts);
        if (await limits.TryLoadAsync(cancellationToken))
        {
            return posts;
        }

        if (posts.Any(post => DependsOnLimits(post) && mayRender(post)))
        {
            // With the default a post could be shortened, or be too long, although it is neither on this server.
            throw new CommandException(
                "The Mastodon server did not return its limits, so it is unknown which text fits there. Nothing was "
                    + "changed. Try again later."
            );
        }

        await limits.ReportDefaultAsync();
        return posts;
    }

    private static bool DependsOnLimits(Post post) =>
        post.State is PostState.Sent or PostState.Planned && post.Destination == Destinations.Mastodon;
}
