namespace Serge.Bot.Publishing;

/// <summary>Recommends settings of the Mastodon account that help readers to find and to share the posts.</summary>
internal static class ProfileChecks
{
    /// <param name="account">The account.</param>
    /// <param name="featured">The hashtags on its profile; <see langword="null"/> if they could not be read.</param>
    /// <param name="tags">The hashtags of the posts, at least one.</param>
    public static IEnumerable<Diagnostic> Run(
        MastodonAccount account,
        IReadOnlyList<string>? featured,
        IReadOnlyList<string> tags
    )
    {
        if (account.QuotePolicy is "nobody" or "followers")
        {
            yield return Diagnostic.Note(
                $"Posts may be quoted by {Describe(account.QuotePolicy)}. Recommended: anyone, because quotations are "
                    + "there "
                    + "to be discussed. In Mastodon: Preferences, Posting defaults, Who can quote."
            );
        }

        if (featured is null)
        {
            yield break;
        }

        if (!tags.Any(tag => featured.Contains(tag, StringComparer.OrdinalIgnoreCase)))
        {
            yield return Diagnostic.Note(
                $"The profile features none of the hashtags of the posts. Recommended: #{tags[0]}, so that visitors "
                    + "find "
                    + "all posts. In Mastodon: Edit profile, Featured hashtags."
            );
        }
    }

    private static string Describe(string policy) => policy == "nobody" ? "nobody" : "followers only";
}
