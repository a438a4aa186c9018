namespace Serge.Bot.Cli;

/// <summary>The posts of a quotation or event that a person named, for <c>correct</c> and <c>retract</c>.</summary>
internal sealed class PublishedItem(IOperatorLedger ledger, LiveCatalogue catalogue)
{
    /// <param name="item">Id of the quotation or event.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="CommandException">Neither the quote files nor the ledger contain the item.</exception>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public async Task<IReadOnlyList<Post>> GetPostsAsync(string item, CancellationToken cancellationToken)
    {
        var posts = await ledger.GetByItemAsync(item, cancellationToken);
        ItemLookup.Require(item, catalogue.Unfiltered, posts);
        return posts;
    }

    /// <summary>Whether a new text of the post must be within the limits of the Mastodon server. With the default
    /// limits a post could be shortened, or be too long, although it is neither on this server.</summary>
    public static bool DependsOnLimits(Post post) =>
        post.State is PostState.Sent or PostState.Planned && post.Destination == Destinations.Mastodon;
}
