namespace Serge.Bot.Publishing;

/// <summary>Renders posts as plain text with hashtags, within the limits of the account's server.</summary>
/// <param name="settings">Tags.</param>
/// <param name="limits">The server's limits.</param>
/// <param name="getAuthor">The author, whose tag is the default.</param>
internal sealed class MastodonRenderer(MastodonPostSettings settings, InstanceLimits limits, Func<Author> getAuthor)
    : PostRenderer
{
    public override string Platform => Destinations.MastodonPlatform;

    public override Markup Markup => Markup.Plain;

    protected override PageLinks Links { get; } = new(settings.SiteAddress);

    public override PostLength Measure(Payload payload)
    {
        var instance = limits.Current;
        var length = MastodonLength.Count(ToStatus(payload), instance);
        return new PostLength(length, instance.MaxCharacters);
    }

    /// <summary>The hashtags that every post has: those of the settings or the author's, then those that the server
    /// requires.</summary>
    public IReadOnlyList<string> GetTags() => [.. GetTags(extraTags: [])];

    /// <summary>A payload as the client sends it.</summary>
    public static MastodonStatus ToStatus(Payload payload) =>
        new()
        {
            Text = payload.Text,
            Warning = payload.Warning,
            Language = payload.Language,
            Visibility = ToVisibility(payload.Visibility),
        };

    protected override Payload CreatePayload(string text, string? warning, IReadOnlyList<string> extraTags)
    {
        var tags = GetTags(extraTags).Select(tag => $"#{tag}");
        var hashtags = string.Join(' ', tags);
        return new Payload { Text = $"{text}{Markup.ParagraphBreak}{hashtags}", Warning = warning };
    }

    /// <summary>Our tags, then those that the server requires, which are never left out.</summary>
    private IEnumerable<string> GetTags(IReadOnlyList<string> extraTags)
    {
        var own = settings.Tags.Count > 0 ? settings.Tags : [getAuthor().Tag];
        var required = settings.RequiredTags;
        return own.Concat(extraTags)
            .Except(required, StringComparer.OrdinalIgnoreCase)
            .Take(MastodonPostSettings.MaxTags - required.Count)
            .Concat(required);
    }

    private static MastodonVisibility ToVisibility(PostVisibility visibility) =>
        visibility switch
        {
            PostVisibility.Public => MastodonVisibility.Public,
            PostVisibility.Private => MastodonVisibility.Private,
            PostVisibility.Direct => MastodonVisibility.Direct,
            _ => MastodonVisibility.Unlisted,
        };
}
