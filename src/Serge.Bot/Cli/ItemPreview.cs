namespace Serge.Bot.Cli;

/// <summary>A quotation or event as it would be posted on each platform.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind"><c>quote</c> or <c>event</c>.</param>
/// <param name="Day">For an event, the next day on which it can be posted; <see langword="null"/> when its date is not
/// known to the day, or its entry says <c>post: false</c>.</param>
/// <param name="WithdrawnSince">Since when it is withdrawn; <see langword="null"/> when it is not.</param>
/// <param name="Posts">One per platform.</param>
/// <param name="Picture">The description of its picture, for schedules with pictures: every word on it.</param>
internal sealed record ItemPreview(
    string Id,
    string Kind,
    DateOnly? Day,
    DateTimeOffset? WithdrawnSince,
    IReadOnlyList<PostPreview> Posts,
    string? Picture
);

/// <summary>A post on one platform.</summary>
/// <param name="Platform">The platform, followed by <c>(off)</c> when it has no credentials.</param>
/// <param name="Text">The text; missing when it is never posted there.</param>
/// <param name="Warning">Content warning.</param>
/// <param name="Visibility">On Mastodon; a schedule can override it.</param>
/// <param name="Language">On Mastodon.</param>
/// <param name="Length">Its length, as the platform counts.</param>
/// <param name="Limit">The maximum length.</param>
/// <param name="Notes">Additional information, one sentence each.</param>
internal sealed record PostPreview(
    string Platform,
    string? Text,
    string? Warning,
    string? Visibility,
    string? Language,
    int? Length,
    int Limit,
    IReadOnlyList<string> Notes
);

/// <summary>Renders an item for each platform, as the worker would.</summary>
internal sealed class ItemPreviewer(BotSettings settings, PostRenderers renderers)
{
    private const int MaxDaysAhead = 366;

    /// <summary>A Discord message is the same in every channel.</summary>
    private static readonly Destination[] OnePerPlatform =
    [
        Destinations.Mastodon,
        Destinations.OfChannel(new ChannelId(1)),
    ];

    /// <param name="quote">The quotation.</param>
    /// <param name="catalogue">All that the files contain.</param>
    /// <param name="withdrawnSince">Since when it is withdrawn.</param>
    public ItemPreview Preview(Quote quote, QuoteCatalogue catalogue, DateTimeOffset? withdrawnSince)
    {
        PostPreview[] posts = [.. OnePerPlatform.Select(to => PreviewQuote(quote, catalogue, to))];
        var picture = PictureFormatter.Format(quote, Strings.English).Description;
        return new ItemPreview(quote.Id, "quote", Day: null, withdrawnSince, posts, picture);
    }

    /// <summary>Shows an event together with the other events of its day: a day is one post.</summary>
    /// <param name="e">The event.</param>
    /// <param name="catalogue">What is served, and the event, withdrawn or not.</param>
    /// <param name="today">The first day to search.</param>
    /// <param name="withdrawnSince">Since when it is withdrawn.</param>
    public ItemPreview Preview(Event e, QuoteCatalogue catalogue, DateOnly today, DateTimeOffset? withdrawnSince)
    {
        if (FindDay(e, catalogue, today) is not { } day)
        {
            return new ItemPreview(e.Id, "event", Day: null, withdrawnSince, [], Picture: null);
        }

        PostPreview[] posts = [.. OnePerPlatform.Select(to => PreviewDay(e, catalogue, day, to))];
        var picture = FindPicture(e, catalogue, day);
        return new ItemPreview(e.Id, "event", day, withdrawnSince, posts, picture);
    }

    /// <summary>The picture of the posts that show an event; <see langword="null"/> if none does.</summary>
    private string? FindPicture(Event e, QuoteCatalogue catalogue, DateOnly day)
    {
        var rendered = OnePerPlatform.Select(to => Render(e, catalogue, day, to)).OfType<RenderedDay>();
        return rendered.FirstOrDefault()?.Payload.Picture?.Description;
    }

    /// <summary>The post of a day; <see langword="null"/> if it does not show the event.</summary>
    private RenderedDay? Render(Event e, QuoteCatalogue catalogue, DateOnly day, Destination to)
    {
        var rendered = renderers.Get(to).Render(catalogue.GetDayContent(day));
        return rendered is not null && rendered.Shown.Contains(e) ? rendered : null;
    }

    private static DateOnly? FindDay(Event e, QuoteCatalogue catalogue, DateOnly today)
    {
        for (var ahead = 0; ahead < MaxDaysAhead; ahead++)
        {
            var day = today.AddDays(ahead);
            if (catalogue.GetDayContent(day).Events.Contains(e))
            {
                return day;
            }
        }

        return null;
    }

    private PostPreview PreviewQuote(Quote quote, QuoteCatalogue catalogue, Destination to)
    {
        var renderer = renderers.Get(to);
        QuoteCatalogue alone = new(catalogue.Author, [quote], [], []);
        if (renderer.Render(quote) is { } payload)
        {
            var notes = PostRemarks.FindOmissions([quote.Id], payload, renderer, alone, default);
            return PreviewPost(payload, to, notes);
        }

        var (_, length) = renderer.FindTooLong(alone).Single();
        return PreviewNothing(
            to,
            length,
            quote.Warning,
            "It is never posted there: it is too long, and a quotation is never shortened."
        );
    }

    private PostPreview PreviewDay(Event e, QuoteCatalogue catalogue, DateOnly day, Destination to)
    {
        var renderer = renderers.Get(to);
        if (Render(e, catalogue, day, to) is { } rendered)
        {
            var notes = PostRemarks.FindOmissions(rendered.Items, rendered.Payload, renderer, catalogue, day);
            return PreviewPost(rendered.Payload, to, notes);
        }

        Payload empty = new() { Text = "" };
        PostLength unknown = new(Length: 0, renderer.Measure(empty).Limit);
        var preview = PreviewNothing(
            to,
            unknown,
            warning: null,
            "It is never posted there: with the other events of its day, or alone, it is too long."
        );
        return preview with { Length = null };
    }

    private PostPreview PreviewPost(Payload payload, Destination to, IEnumerable<string> notes)
    {
        var (length, limit) = renderers.Get(to).Measure(payload);
        PostPreview preview = new(
            GetPlatform(to),
            payload.Text,
            payload.Warning,
            Visibility: null,
            Language: null,
            length,
            limit,
            [.. notes]
        );
        if (to != Destinations.Mastodon)
        {
            return preview;
        }

        var visibility = settings.MastodonPosts.Visibility;
        return preview with { Visibility = ColumnValues.ToName(visibility), Language = payload.Language };
    }

    private PostPreview PreviewNothing(Destination to, PostLength length, string? warning, string note) =>
        new(
            GetPlatform(to),
            Text: null,
            warning,
            Visibility: null,
            Language: null,
            length.Length,
            length.Limit,
            [note]
        );

    private string GetPlatform(Destination to)
    {
        var name = Destinations.GetPlatformName(to);
        if (settings.HasCredentials(to))
        {
            return name;
        }

        return $"{name} (off)";
    }
}
