namespace Serge.Bot.Cli;

/// <summary>A quotation or an event as it would be posted, on both platforms.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind"><c>quote</c> or <c>event</c>.</param>
/// <param name="Day">For an event the next day on which it can be posted; <see langword="null"/> when its date is not known to the day.</param>
/// <param name="WithdrawnSince">Since when it is withdrawn; <see langword="null"/> when it is not.</param>
/// <param name="Posts">One a platform.</param>
internal sealed record ItemPreview(
    string Id,
    string Kind,
    DateOnly? Day,
    DateTimeOffset? WithdrawnSince,
    IReadOnlyList<PostPreview> Posts
)
{
    /// <summary>A Discord message is the same in every channel.</summary>
    private static readonly Destination AnyChannel = new(new ChannelId(1));

    /// <summary>Of a quotation.</summary>
    public static ItemPreview Of(
        Quote quote,
        PostRenderer renderer,
        BotSettings settings,
        DateTimeOffset? withdrawnSince
    ) =>
        new(
            quote.Id,
            "quote",
            Day: null,
            withdrawnSince,
            [
                .. Places(settings)
                    .Select(place =>
                        Post(
                            place.Name,
                            renderer.Quote(quote, place.To),
                            place.To,
                            renderer,
                            settings,
                            [quote.Id],
                            new QuoteCatalogue([quote], [], []),
                            default
                        ) ?? TooLong(place.Name, renderer, quote, place.To)
                    ),
            ]
        );

    /// <summary>Of an event, with all that shares its day: a day is one post.</summary>
    /// <param name="e">Which.</param>
    /// <param name="catalogue">All that is served; the event is in it, withdrawn or not.</param>
    /// <param name="renderer">The worker's.</param>
    /// <param name="settings">The bot's.</param>
    /// <param name="today">The first day that counts.</param>
    /// <param name="withdrawnSince">Since when it is withdrawn.</param>
    public static ItemPreview Of(
        Event e,
        QuoteCatalogue catalogue,
        PostRenderer renderer,
        BotSettings settings,
        DateOnly today,
        DateTimeOffset? withdrawnSince
    )
    {
        var day = Enumerable
            .Range(0, 366)
            .Select(today.AddDays)
            .Where(day => catalogue.On(day).Events.Contains(e))
            .Select(day => (DateOnly?)day)
            .FirstOrDefault();
        return new(
            e.Id,
            "event",
            day,
            withdrawnSince,
            day is null
                ? []
                :
                [
                    .. Places(settings)
                        .Select(place => OfDay(e, catalogue, renderer, settings, day.Value, place.Name, place.To)),
                ]
        );
    }

    private static PostPreview OfDay(
        Event e,
        QuoteCatalogue catalogue,
        PostRenderer renderer,
        BotSettings settings,
        DateOnly day,
        string name,
        Destination to
    )
    {
        var payload = renderer.Day(catalogue.On(day).Events, to, out var shown);
        var post = Post(name, payload, to, renderer, settings, [.. shown.Select(one => one.Id)], catalogue, day);
        return post is null || !shown.Contains(e)
            ? new PostPreview(
                name,
                Text: null,
                Warning: null,
                Visibility: null,
                Language: null,
                Length: null,
                Limit(renderer, to),
                ["It is never posted there: with the other events of its day, or alone, it is too long."]
            )
            : post;
    }

    private static PostPreview? Post(
        string name,
        Payload? payload,
        Destination to,
        PostRenderer renderer,
        BotSettings settings,
        IReadOnlyList<string> items,
        QuoteCatalogue catalogue,
        DateOnly day
    )
    {
        if (payload is null)
        {
            return null;
        }

        var (length, limit) = renderer.Measure(payload, to);
        return new PostPreview(
            name,
            payload.Text,
            payload.Warning,
            to.Channel is null
                ? (settings.Mastodon?.Visibility ?? MastodonVisibility.Unlisted).ToString().ToLowerInvariant()
                : null,
            to.Channel is null ? payload.Language : null,
            length,
            limit,
            [.. PostRemarks.LeftOut(items, payload, to, catalogue, day)]
        );
    }

    private static PostPreview TooLong(string name, PostRenderer renderer, Quote quote, Destination to)
    {
        var (_, length, limit) = renderer.TooLong(new QuoteCatalogue([quote], [], []), to).Single();
        return new PostPreview(
            name,
            Text: null,
            quote.Warning,
            Visibility: null,
            Language: null,
            length,
            limit,
            ["It is never posted there: it is too long, and a quotation is never cut."]
        );
    }

    private static int Limit(PostRenderer renderer, Destination to) =>
        renderer.Measure(new Payload { Text = "" }, to).Limit;

    private static IEnumerable<(string Name, Destination To)> Places(BotSettings settings) =>
        [
            (settings.Mastodon is null ? "Mastodon (off)" : "Mastodon", Destination.Mastodon),
            (settings.Discord is null ? "Discord (off)" : "Discord", AnyChannel),
        ];
}

/// <summary>What one platform would be sent.</summary>
/// <param name="Platform"><c>Mastodon</c> or <c>Discord</c>, with “(off)” behind it when it has no credentials.</param>
/// <param name="Text">The exact text, markdown on Discord; <see langword="null"/> when it is never posted there.</param>
/// <param name="Warning">The content warning, on Mastodon.</param>
/// <param name="Visibility">On Mastodon, unless a schedule has another.</param>
/// <param name="Language">On Mastodon.</param>
/// <param name="Length">How long it is there, as the platform counts.</param>
/// <param name="Limit">How long it may be there.</param>
/// <param name="Notes">What a person should know of it besides, one sentence each.</param>
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
