namespace Serge.Bot.Settings;

/// <summary>Section <c>Mastodon</c>, with credentials.</summary>
internal sealed record MastodonSettings : MastodonPostSettings
{
    public MastodonSettings() { }

    private MastodonSettings(MastodonPostSettings posts)
        : base(posts) { }

    /// <summary><c>Mastodon:Address</c>: the server, such as <c>https://mastodon.example/</c>.</summary>
    public required Uri Address { get; init; }

    /// <summary><c>Mastodon:AccessToken</c>, or the content of the file named by
    /// <c>Mastodon:AccessTokenFile</c>.</summary>
    public required Secret AccessToken { get; init; }

    /// <summary><c>Mastodon:PolicyChecks</c>: with <c>warn</c> a violation is logged; with <c>enforce</c> nothing is
    /// posted until it is fixed. Default <c>warn</c>.</summary>
    public bool EnforcesPolicyChecks { get; init; }

    /// <summary><c>Mastodon:ForwardMentions</c>: whether mentions of the account are forwarded to the recipients of
    /// alerts. Needs the scope <c>read:notifications</c>. Default <see langword="false"/>.</summary>
    public bool ForwardsMentions { get; init; }

    /// <param name="root">All settings.</param>
    /// <param name="siteAddress">The address of the site, if there is one.</param>
    /// <param name="hasAlertRecipient">Whether mentions can be forwarded.</param>
    /// <returns>What posts look like; and the same with the account, <see langword="null"/> if there is no address or
    /// no token: the platform is disabled.</returns>
    public static (MastodonPostSettings Posts, MastodonSettings? Account) ReadSection(
        SettingsSection root,
        Uri? siteAddress,
        bool hasAlertRecipient
    )
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
            "PolicyChecks",
            "ForwardMentions"
        );
        var address = section.ReadAddress("Address");
        var token = section.ReadToken("AccessToken");
        var posts = MastodonPostSettings.Read(section, siteAddress);
        var enforces = section.ReadChoice("PolicyChecks", defaultValue: false, ("warn", false), ("enforce", true));
        if (token is not null && section.ReadText("Address") is null)
        {
            section.Report(
                "Mastodon:Address is missing, but there is an access token. Name the server, such as "
                    + "https://mastodon.example/."
            );
        }

        var forwardsMentions = section.ReadFlag("ForwardMentions", defaultValue: false);
        if (forwardsMentions && !hasAlertRecipient)
        {
            section.Report(
                "Mastodon:ForwardMentions is true, but alerts have no recipient. Set Alerts:Discord to the id of a "
                    + "channel, Alerts:Mastodon to an account such as ada@mastodon.example, or Alerts:Webhook to an "
                    + "address."
            );
        }

        if (token is null || address is null)
        {
            return (posts, null);
        }

        MastodonSettings account = new(posts)
        {
            Address = address,
            AccessToken = token,
            EnforcesPolicyChecks = enforces,
            ForwardsMentions = forwardsMentions,
        };
        return (posts, account);
    }
}
