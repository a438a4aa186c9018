namespace Serge.Bot.Publishing;

/// <summary>Renders posts for one platform: complete, within its limit, never shortened, in English.</summary>
internal abstract class PostRenderer
{
    private const string EventsTag = "OnThisDay";

    /// <summary>As in <see cref="Destination.Platform"/>.</summary>
    public abstract string Platform { get; }

    public abstract Markup Markup { get; }

    /// <summary>Measures a payload as the platform does.</summary>
    public abstract PostLength Measure(Payload payload);

    /// <summary>Renders a quotation; <see langword="null"/> when it is too long even without our remarks.</summary>
    public Payload? Render(Quote quote)
    {
        var variants = QuoteFormatter.GetVariants(quote, Markup, Strings.English);
        var payload = variants.Select(text => CreatePayload(text, quote.Warning, extraTags: [])).FirstOrDefault(Fits);
        return payload is null
            ? null
            : payload with
            {
                Buttons = CreateButtons(quote),
                Picture = PictureFormatter.Format(quote, Strings.English),
            };
    }

    /// <summary>Renders the events of a day; <see langword="null"/> when there are none or not even one fits.</summary>
    public RenderedEvents? Render(IReadOnlyList<Event> events)
    {
        var text = EventFormatter.FormatOnThisDay(events, Markup, Strings.English, FitsAsEvents, out var shown);
        if (text is null)
        {
            return null;
        }

        var payload = CreateEvents(text) with
        {
            Buttons = CreateButtons(shown),
            // The event with the greatest weight; the others are in the text only.
            Picture = PictureFormatter.Format(shown[0], Strings.English),
        };
        return new RenderedEvents(payload, shown);
    }

    /// <summary>The quotations that do not fit even without our remarks.</summary>
    public IEnumerable<(Quote Quote, PostLength Length)> FindTooLong(QuoteCatalogue catalogue)
    {
        foreach (var quote in catalogue.Quotes)
        {
            var shortest = QuoteFormatter.GetVariants(quote, Markup, Strings.English).Last();
            var payload = CreatePayload(shortest, quote.Warning, extraTags: []);
            var length = Measure(payload);
            if (!length.Fits)
            {
                yield return (quote, length);
            }
        }
    }

    public bool Fits(Payload payload) => Measure(payload).Fits;

    /// <summary>The buttons under a quotation, where the platform has buttons.</summary>
    protected virtual IReadOnlyList<PostButton>? CreateButtons(Quote quote) => null;

    /// <summary>The buttons under the events of a day, where the platform has buttons.</summary>
    protected virtual IReadOnlyList<PostButton>? CreateButtons(IReadOnlyList<Event> events) => null;

    /// <summary>A text as a post of this platform, with its tags.</summary>
    protected abstract Payload CreatePayload(string text, string? warning, IReadOnlyList<string> extraTags);

    private Payload CreateEvents(string text) => CreatePayload(text, warning: null, [EventsTag]);

    private bool FitsAsEvents(string text) => Fits(CreateEvents(text));
}

/// <summary>The length of a post and the limit of its platform, both as the platform counts.</summary>
internal readonly record struct PostLength(int Length, int Limit)
{
    public bool Fits => Length <= Limit;
}

/// <summary>The renderers of both platforms, whether they have credentials or not.</summary>
internal sealed class PostRenderers(IEnumerable<PostRenderer> renderers)
{
    private readonly PostRenderer[] _renderers = [.. renderers];

    public PostRenderer Get(Destination destination) =>
        _renderers.Single(renderer => renderer.Platform == destination.Platform);

    /// <summary>Both, for tools that need no worker.</summary>
    public static PostRenderers Create(MastodonSettings? mastodon, InstanceLimits limits) =>
        new([new DiscordRenderer(), new MastodonRenderer(mastodon, limits)]);
}
