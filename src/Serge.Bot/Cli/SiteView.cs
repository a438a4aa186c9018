using System.Security.Cryptography;
using System.Text;
using Serge.Bot.Site;
using Serge.Bot.Site.Content;

namespace Serge.Bot.Cli;

/// <summary>What the site is made from: the quote files, what is withdrawn, and what was posted.</summary>
internal sealed record SiteView
{
    /// <summary>Posts that are older than this are not in the feeds.</summary>
    private static readonly TimeSpan FeedAge = TimeSpan.FromDays(60);

    public required QuoteCatalogue Served { get; init; }

    public required BotSettings Settings { get; init; }

    /// <summary>The day of the start page.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>The paths of the pages of what is withdrawn.</summary>
    public required IReadOnlyList<string> Withdrawn { get; init; }

    /// <summary>What followers on Mastodon have seen, newest first.</summary>
    public required IReadOnlyList<SitePost> Posts { get; init; }

    /// <summary>Reads the quote files and the ledger. A ledger that does not exist is not created.</summary>
    /// <exception cref="CatalogueException">The quote files are invalid.</exception>
    /// <exception cref="SettingsException">The settings are invalid.</exception>
    /// <exception cref="LedgerException">The ledger cannot be read: without it, what is withdrawn would be published
    /// again.</exception>
    public static async Task<SiteView> ReadAsync(
        string home,
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var files = CatalogueView.ReadFiles(home);
        var settings = files.Settings;
        await using var database = await LedgerDatabase.OpenExistingAsync(settings, cancellationToken);
        var view = await files.ReadWithdrawalsAsync(database, cancellationToken);
        var now = context.Clocks.Schedule.GetUtcNow();
        var local = TimeZoneInfo.ConvertTime(now, settings.TimeZone);
        Ledger ledger = new(database);
        var posts = await ledger.GetPostsAsync(
            Destinations.Mastodon,
            now - FeedAge,
            now + TimeSpan.FromDays(1),
            cancellationToken
        );
        var withdrawn = view.Withdrawn.Keys.Select(id => FindPath(id, view.Unfiltered));
        return new SiteView
        {
            Served = view.Served,
            Settings = settings,
            Today = DateOnly.FromDateTime(local.DateTime),
            Withdrawn = [.. withdrawn.OfType<string>()],
            Posts = [.. FindSent(posts)],
        };
    }

    /// <summary>Prepares the pages.</summary>
    /// <param name="root">The address of the site; <see langword="null"/> when it is not known.</param>
    /// <param name="gone">The paths of entries that were served once; those that still are do not count.</param>
    /// <param name="pictures">Previews, by path.</param>
    public SiteContent CreateContent(
        Uri? root,
        IEnumerable<string> gone,
        IReadOnlyDictionary<string, SitePicture> pictures
    )
    {
        SiteOptions options = new()
        {
            BaseUrl = root,
            Today = Today,
            Gone = gone.ToHashSet(StringComparer.Ordinal),
            Posts = Posts,
            Pictures = pictures,
            FediverseCreator = Settings.Site.Creator,
            Operator = Settings.About.Operator,
            Contact = Settings.About.Contact,
            SourceCode = Settings.About.SourceCode,
        };
        return new SiteContent(Served, options, SiteWording.Languages);
    }

    /// <summary>The quotations and events without a page, and the items of posts that have neither a page nor one that
    /// says that they are gone.</summary>
    /// <param name="paths">The files of the site.</param>
    public IEnumerable<string> FindMissing(IReadOnlySet<string> paths)
    {
        foreach (var path in SitePaths.GetEntryPaths(Served))
        {
            if (!HasPage(path))
            {
                yield return $"{path}: there is no such page. Write the site again.";
            }
        }

        var posted = Posts.SelectMany(post => post.Items);
        foreach (var id in posted.Distinct(StringComparer.Ordinal))
        {
            string[] possible = [SitePaths.GetQuotePath(id), SitePaths.GetEventPath(id)];
            if (!possible.Any(HasPage))
            {
                yield return $"{id}: it was posted and has no page.";
            }
        }

        bool HasPage(string path) => paths.Contains(SiteCheck.GetFile(path));
    }

    private static IEnumerable<SitePost> FindSent(IReadOnlyList<Post> posts)
    {
        var sent = posts.Where(post =>
            post.State == PostState.Sent
            && post.Items.Count > 0
            && post.Payload?.Visibility is PostVisibility.Public or PostVisibility.Unlisted
        );
        return sent.OrderByDescending(post => post.Occurrence)
            .Select(post => new SitePost(GetId(post), post.Occurrence, post.Items));
    }

    /// <summary>The id of a post in the feeds: a hash of its key. The key itself is not published; see
    /// <see cref="IdempotencyKey.Create"/>.</summary>
    private static string GetId(Post post)
    {
        var key = Encoding.UTF8.GetBytes(post.Key);
        return Convert.ToHexStringLower(SHA256.HashData(key))[..16];
    }

    private static string? FindPath(string id, QuoteCatalogue catalogue)
    {
        if (catalogue.FindQuote(id) is not null)
        {
            return SitePaths.GetQuotePath(id);
        }

        if (catalogue.FindEvent(id) is not null)
        {
            return SitePaths.GetEventPath(id);
        }

        return null;
    }
}
