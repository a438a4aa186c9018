namespace Serge.Bot.Site.Content;

/// <summary>What the site contains besides the catalogue.</summary>
public sealed record SiteOptions
{
    /// <summary>The address of the start page, with a slash at its end; null when it is not known. Without it there are
    /// no feeds, no sitemap and no canonical links, which need complete addresses.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>The day of the start page.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>The paths of quotations and events that were withdrawn or removed: their pages say so. A path that is
    /// served again is ignored.</summary>
    public IReadOnlySet<string> Gone { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>What was posted to followers, newest first; when empty, the feeds have the choices of the last
    /// days.</summary>
    public IReadOnlyList<SitePost> Posts { get; init; } = [];

    /// <summary>Previews, by the path of their page with the folder of its language. They are only used if
    /// <see cref="BaseUrl"/> is known.</summary>
    public IReadOnlyDictionary<string, SitePicture> Pictures { get; init; } =
        new Dictionary<string, SitePicture>(StringComparer.Ordinal);

    /// <summary>The Mastodon account, such as <c>@serge@example.social</c>; null when there is none.</summary>
    /// <remarks>Source: Mastodon docs, User, Author attribution (<c>fediverse:creator</c>).</remarks>
    public string? FediverseCreator { get; init; }

    /// <summary>Who runs the bot and the site; null when not known, as are the following ones.</summary>
    public string? Operator { get; init; }

    public string? Contact { get; init; }

    public Uri? SourceCode { get; init; }
}

/// <summary>A post that followers have seen.</summary>
/// <param name="Id">Its id in the feeds: letters, digits and hyphens. It stays the same if the content is
/// changed.</param>
/// <param name="At">When it was due.</param>
/// <param name="Items">Ids of its quotation or events.</param>
public sealed record SitePost(string Id, DateTimeOffset At, IReadOnlyList<string> Items);
