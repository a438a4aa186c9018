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

    /// <summary>Where the link of a post leads; <see langword="null"/> on a platform without links in posts. Discord's
    /// members have <c>/source</c>.</summary>
    protected abstract PageLinks? Links { get; }

    /// <summary>Renders a quotation; <see langword="null"/> when it is too long even without our remarks.</summary>
    public Payload? Render(Quote quote)
    {
        if (CreateVariants(quote).FirstOrDefault(Fits) is not { } payload)
        {
            return null;
        }

        return payload with
        {
            Buttons = CreateButtons(quote),
            Picture = PictureFormatter.Format(quote, Strings.English),
        };
    }

    /// <summary>The quotations that can be rendered.</summary>
    public IReadOnlyList<Quote> GetPool(QuoteCatalogue catalogue) =>
        [.. catalogue.Quotes.Where(quote => Render(quote) is not null)];

    /// <summary>Renders the events of a day; <see langword="null"/> when there are none or not even one fits.</summary>
    public RenderedDay? Render(DayContent day)
    {
        DayFormatter formatter = new(Markup, Strings.English, Links);
        foreach (var variant in formatter.GetVariants(day))
        {
            var payload = CreatePayload(variant.Text, variant.Warning, [EventsTag]);
            if (Fits(payload))
            {
                return new RenderedDay(Complete(payload, variant), variant.Shown, variant.Quote);
            }
        }

        return null;
    }

    private Payload Complete(Payload payload, DayText day)
    {
        return payload with
        {
            Buttons = CreateButtons(day.Shown),
            // The event with the greatest weight; the others are in the text only.
            Picture = PictureFormatter.Format(day.Shown[0], Strings.English),
        };
    }

    /// <summary>The events that are posted on no day, because with the more important ones of their day, or alone, they
    /// are too long.</summary>
    public IEnumerable<Event> FindNeverPosted(QuoteCatalogue catalogue)
    {
        HashSet<Event> posted = [];
        foreach (var day in GetAllDays())
        {
            if (Render(catalogue.GetDayContent(day)) is { } rendered)
            {
                posted.UnionWith(rendered.Shown);
            }
        }

        return catalogue.Events.Where(e => e.IsPosted && e.Date.IsDayExact && !posted.Contains(e));
    }

    /// <summary>A leap year and a common year in which every event is past: both have days of their own.</summary>
    private static IEnumerable<DateOnly> GetAllDays()
    {
        DateOnly first = new(9996, 1, 1);
        return Enumerable.Range(0, 366 + 365).Select(first.AddDays);
    }

    /// <summary>The quotations that do not fit even without our remarks.</summary>
    public IEnumerable<(Quote Quote, PostLength Length)> FindTooLong(QuoteCatalogue catalogue)
    {
        foreach (var quote in catalogue.Quotes)
        {
            var shortest = CreateVariants(quote).Last();
            var length = Measure(shortest);
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

    private IEnumerable<Payload> CreateVariants(Quote quote)
    {
        var texts = QuoteFormatter.GetVariants(quote, Markup, Strings.English, Links);
        return texts.Select(text => CreatePayload(text, quote.Warning, extraTags: []));
    }
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
    public static PostRenderers Create(MastodonPostSettings mastodon, InstanceLimits limits, Func<Author> getAuthor) =>
        new([new DiscordRenderer(), new MastodonRenderer(mastodon, limits, getAuthor)]);
}
