namespace Serge.Bot.Settings;

/// <summary>Section <c>Site</c>: the static site that <c>serge site</c> writes.</summary>
internal sealed record SiteSettings
{
    /// <summary><c>Site:Address</c>: where it is published, such as <c>https://example.org/serge/</c>;
    /// <see langword="null"/> if it is not. Posts on Mastodon and <c>/source</c> link to it.</summary>
    public Uri? Address { get; init; }

    /// <summary><c>Site:Creator</c>: the Mastodon account that previews of its pages name, such as
    /// <c>@serge@mastodon.example</c>. Default none.</summary>
    public string? Creator { get; init; }

    public static SiteSettings Read(SettingsSection root)
    {
        var section = root.GetSection("Site", "Address", "Creator");
        return new SiteSettings
        {
            Address = section.ReadAddress("Address"),
            Creator = section.Read(
                "Creator",
                static text => IsAccount(text) ? text : null,
                "is not an account. Write one with its server, such as @serge@mastodon.example."
            ),
        };
    }

    private static bool IsAccount(string text)
    {
        var parts = text.Split('@');
        return parts is ["", { Length: > 0 }, { Length: > 0 }];
    }
}
