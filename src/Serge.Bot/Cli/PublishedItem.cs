namespace Serge.Bot.Cli;

/// <summary>The posts of a quotation or event that a person named, for <c>correct</c> and <c>retract</c>.</summary>
internal sealed class PublishedItem(IOperatorLedger ledger, LiveCatalogue catalogue, ServerLimits limits)
{
    /// <summary>Reads its posts, and the limits within which they are rendered again.</summary>
    /// <exception cref="CommandException">Neither the quote files nor the ledger contain the item.</exception>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public async Task<IReadOnlyList<Post>> GetPostsAsync(string item, CancellationToken cancellationToken)
    {
        var posts = await ledger.GetByItemAsync(item, cancellationToken);
        ItemLookup.Require(item, catalogue.Unfiltered, posts);
        await limits.LoadAsync(cancellationToken);
        return posts;
    }
}
