namespace Serge.Bot.Settings;

/// <summary>Section <c>Mastodon</c>.</summary>
internal sealed record MastodonSettings
{
    /// <summary>Maximum of tags in a post: some readers hide posts with more (mastodon#19185).</summary>
    public const int MaxTags = 4;

    /// <summary>What servers that welcome bots ask for (hachyderm.io, rules for automated accounts).</summary>
    public const int DefaultPostsPerDay = 5;

    /// <summary>The rule of botsin.space, a server for bots.</summary>
    public static readonly TimeSpan DefaultMinPublicInterval = TimeSpan.FromHours(6);

    /// <summary>Default of <see cref="Tags"/>.</summary>
    public static readonly IReadOnlyList<string> DefaultTags = ["VictorSerge"];

    /// <summary><c>Mastodon:Address</c>: the server, such as <c>https://mastodon.example/</c>.</summary>
    public required Uri Address { get; init; }

    /// <summary><c>Mastodon:AccessToken</c>, or the content of the file named by
    /// <c>Mastodon:AccessTokenFile</c>.</summary>
    public required Secret AccessToken { get; init; }

    /// <summary><c>Mastodon:Visibility</c>: <c>public</c>, <c>unlisted</c> or <c>private</c>. Default <c>unlisted</c>.
    /// A schedule may have its own.</summary>
    public PostVisibility Visibility { get; init; } = PostVisibility.Unlisted;

    /// <summary><c>Mastodon:MinPublicInterval</c>: minimum time between two public posts, 0 to 7 days; posts in between
    /// are unlisted. Default 6 h.</summary>
    public TimeSpan MinPublicInterval { get; init; } = DefaultMinPublicInterval;

    /// <summary><c>Mastodon:Tags</c>: without the number sign, in PascalCase. Default <c>VictorSerge</c>.</summary>
    public IReadOnlyList<string> Tags { get; init; } = DefaultTags;

    /// <summary><c>Mastodon:RequiredTags</c>: tags that the server requires of bots, such as <c>hachybots</c>, in the
    /// server's spelling; in every post. Default none.</summary>
    /// <remarks>Together with <see cref="Tags"/> at most <see cref="MaxTags"/>.</remarks>
    public IReadOnlyList<string> RequiredTags { get; init; } = [];

    /// <summary><c>Mastodon:PostsPerDay</c>: maximum of automated posts on a local day, 1 to 1440. Default 5.</summary>
    public int PostsPerDay { get; init; } = DefaultPostsPerDay;

    /// <summary><c>Mastodon:PolicyChecks</c>: with <c>warn</c> a violation is logged; with <c>enforce</c> nothing is
    /// posted until it is fixed. Default <c>warn</c>.</summary>
    public bool EnforcesPolicyChecks { get; init; }

    /// <returns><see langword="null"/> if there is no address or no token: the platform is disabled.</returns>
    public static MastodonSettings? Read(SettingsSection root)
    {
        var section = root.GetSection(
            "Mastodon",
            "Address",
            "AccessToken",
            "AccessTokenFile",
            "Visibility",
            "MinPublicInterval",
            "Tags",
            "RequiredTags",
            "PostsPerDay",
            "PolicyChecks"
        );
        var address = section.ReadAddress("Address");
        var token = section.ReadToken("AccessToken");
        var tags = ReadTags(section, "Tags");
        var requiredTags = ReadTags(section, "RequiredTags");
        CheckTags(section, tags, requiredTags);
        var visibility = ReadVisibility(section);
        var minPublicInterval = section.ReadDuration(
            "MinPublicInterval",
            DefaultMinPublicInterval,
            TimeSpan.Zero,
            TimeSpan.FromDays(7)
        );
        var postsPerDay = section.ReadNumber("PostsPerDay", DefaultPostsPerDay, max: 1440);
        var enforces = section.ReadChoice("PolicyChecks", defaultValue: false, ("warn", false), ("enforce", true));
        if (token is not null && section.ReadText("Address") is null)
        {
            section.Report(
                "Mastodon:Address is missing, but there is an access token. Name the server, such as "
                    + "https://mastodon.example/."
            );
        }

        if (token is null || address is null)
        {
            return null;
        }

        return new MastodonSettings
        {
            Address = address,
            AccessToken = token,
            Visibility = visibility,
            MinPublicInterval = minPublicInterval,
            Tags = tags.Count > 0 ? tags : DefaultTags,
            RequiredTags = requiredTags,
            PostsPerDay = postsPerDay,
            EnforcesPolicyChecks = enforces,
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
        foreach (var tag in tags.Where(tag => !IsTag(tag) || char.IsLower(tag[0])))
        {
            section.Report(
                $"Mastodon:Tags has \"{SettingsSection.Show(tag)}\". Write a tag in PascalCase without the number "
                    + "sign, such as VictorSerge."
            );
        }

        foreach (var tag in requiredTags.Where(tag => !IsTag(tag)))
        {
            section.Report(
                $"Mastodon:RequiredTags has \"{SettingsSection.Show(tag)}\". Write a tag without the number sign, in "
                    + "letters, digits and underscores, such as hachybots."
            );
        }

        var count = Math.Max(tags.Count, DefaultTags.Count) + requiredTags.Count;
        if (count > MaxTags)
        {
            section.Report(
                $"Mastodon:Tags and Mastodon:RequiredTags have {count} tags. At most {MaxTags} are allowed: some "
                    + "readers hide posts with more."
            );
        }
    }

    /// <summary>A server does not link a tag that consists of digits.</summary>
    private static bool IsTag(string tag) =>
        tag.All(letter => char.IsLetterOrDigit(letter) || letter == '_') && tag.Any(char.IsLetter);
}
