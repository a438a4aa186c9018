namespace Serge.Bot.Cli;

/// <summary>Keys of posts that a person typed.</summary>
internal static class PostLookup
{
    private const int MaxCandidates = 5;

    /// <summary>The post whose key begins with a prefix.</summary>
    /// <exception cref="CommandException">There is none, or there are several.</exception>
    public static async Task<Post> FindAsync(IOperatorLedger ledger, string prefix, CancellationToken cancellationToken)
    {
        if (prefix.Length == 0)
        {
            throw new CommandException("The key of the post is empty. serge deliveries --failed lists the keys.");
        }

        var found = await ledger.FindByKeyAsync(prefix, MaxCandidates, cancellationToken);
        if (found is [var post])
        {
            return post;
        }

        if (found.Count == 0)
        {
            throw new CommandException(
                $"No post has a key that begins with {prefix}. serge deliveries --failed lists the failed posts."
            );
        }

        var keys = string.Join(", ", found.Select(PostKey.Shorten));
        throw new CommandException(
            $"Several posts have a key that begins with {prefix}: {keys} … Give more letters; serge deliveries --json "
                + "shows complete keys."
        );
    }
}
