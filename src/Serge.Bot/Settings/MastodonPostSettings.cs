namespace Serge.Bot.Settings;

/// <summary>Section <c>Mastodon</c> without the account: what posts look like and how many there are. A preview needs
/// no more.</summary>
internal record MastodonPostSettings
{
    /// <summary>Maximum of tags in a post: some readers hide posts with more (mastodon#19185).</summary>
    public const int MaxTags = 4;

    /// <summary>What servers that welcome bots ask for (hachyderm.io, rules for automated accounts).</summary>
    public const int DefaultPostsPerDay = 5;

    /// <summary>The rule of botsin.space, a server for bots.</summary>
    public static readonly TimeSpan DefaultMinPublicInterval = TimeSpan.FromHours(6);

    /// <summary><c>Mastodon:Visibility</c>: <c>public</c>, <c>unlisted</c> or <c>private</c>. Default <c>unlisted</c>.
    /// A schedule may have its own.</summary>
    public PostVisibility Visibility { get; init; } = PostVisibility.Unlisted;

    /// <summary><c>Mastodon:MinPublicInterval</c>: minimum time between two public posts, 0 to 7 days; posts in between
    /// are unlisted. Default 6 h.</summary>
    public TimeSpan MinPublicInterval { get; init; } = DefaultMinPublicInterval;

    /// <summary><c>Mastodon:Tags</c>: without the number sign, in PascalCase. Default none: the author's tag
    /// is used.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary><c>Mastodon:RequiredTags</c>: tags that the server requires of bots, such as <c>hachybots</c>, in the
    /// server's spelling; in every post. Default none.</summary>
    /// <remarks>Together with <see cref="Tags"/> at most <see cref="MaxTags"/>.</remarks>
    public IReadOnlyList<string> RequiredTags { get; init; } = [];

    /// <summary><c>Mastodon:PostsPerDay</c>: maximum of automated posts on a local day, 1 to 1440. Default 5.</summary>
    public int PostsPerDay { get; init; } = DefaultPostsPerDay;

    /// <summary><c>Site:Address</c>: posts link to the pages of the site; <see langword="null"/> if there is
    /// none.</summary>
    public Uri? SiteAddress { get; init; }

    public static MastodonPostSettings Read(SettingsSection section, Uri? siteAddress)
    {
        var tags = ReadTags(section, "Tags");
        var requiredTags = ReadTags(section, "RequiredTags");
        CheckTags(section, tags, requiredTags);
        return new MastodonPostSettings
        {
            Visibility = ReadVisibility(section),
            MinPublicInterval = section.ReadDuration(
                "MinPublicInterval",
                DefaultMinPublicInterval,
                TimeSpan.Zero,
                TimeSpan.FromDays(7)
            ),
            Tags = tags,
            SiteAddress = siteAddress,
            RequiredTags = requiredTags,
            PostsPerDay = section.ReadNumber("PostsPerDay", DefaultPostsPerDay, max: 1440),
        };
    }

    /// <summary>Reads <c>Visibility</c> of this section or of a schedule.</summary>
    public static PostVisibility ReadVisibility(SettingsSection section) =>
        section.ReadChoice(
            "Visibility",
            PostVisibility.Unlisted,
            ("public", PostVisibility.Public),
            ("unlisted", PostVisibility.Unlisted),
            ("private", PostVisibility.Private)
        );

    private static List<string> ReadTags(SettingsSection section, string key)
    {
        var tags = section.ReadList(key).Select(tag => tag.Value);
        return [.. tags.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static void CheckTags(SettingsSection section, List<string> tags, List<string> requiredTags)
    {
        foreach (var tag in tags.Where(tag => !Author.IsHashtag(tag) || char.IsLower(tag[0])))
        {
            section.Report(
                $"Mastodon:Tags has \"{section.ShowValue(tag)}\". Write a tag in PascalCase without the number "
                    + "sign, such as OnThisDay."
            );
        }

        foreach (var tag in requiredTags.Where(tag => !Author.IsHashtag(tag)))
        {
            section.Report(
                $"Mastodon:RequiredTags has \"{section.ShowValue(tag)}\". Write a tag without the number sign, in "
                    + "letters, digits and underscores, such as hachybots."
            );
        }

        var count = Math.Max(tags.Count, 1) + requiredTags.Count;
        if (count > MaxTags)
        {
            section.Report(
                $"Mastodon:Tags and Mastodon:RequiredTags have {count} tags. At most {MaxTags} are allowed: some "
                    + "readers hide posts with more."
            );
        }
    }
}
