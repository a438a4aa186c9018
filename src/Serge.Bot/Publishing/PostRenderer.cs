namespace Serge.Bot.Publishing;

/// <summary>Turns what is to be said into what a destination is sent: complete, within its limit, never cut, and in English.</summary>
/// <param name="settings">Tags.</param>
/// <param name="instance">The Mastodon server's limits as far as known.</param>
internal sealed class PostRenderer(BotSettings settings, InstanceLimits instance)
{
    /// <summary>Discord's limit for a message, in Unicode code points.</summary>
    /// <remarks>Source: Discord docs, Resources/Message, Create Message.</remarks>
    public const int DiscordLimit = 2000;

    private readonly MastodonSettings? _mastodon = settings.Mastodon;

    /// <summary>A quotation as a post; <see langword="null"/> when it is too long for the destination, for it is never cut.</summary>
    public Payload? Quote(Quote quote, Destination destination)
    {
        // Our own remarks are the first to go; the quotation and its source never do.
        return QuoteFormatter
            .GetVariants(quote, MarkupOf(destination), Strings.English)
            .Select(text => Payload(destination, text, quote.Warning, []))
            .FirstOrDefault(payload => Fits(payload, destination));
    }

    /// <summary>The events of a day as one post; <see langword="null"/> when there is none or not even one fits.</summary>
    public Payload? Day(IReadOnlyList<Event> events, Destination destination, out IReadOnlyList<Event> shown) =>
        EventFormatter.OnThisDay(
            events,
            MarkupOf(destination),
            Strings.English,
            text => Fits(Day(text, destination), destination),
            out shown
        )
            is { } text
            ? Day(text, destination)
            : null;

    /// <summary>The quotations that do not fit a destination even without our remarks, and how long they are there.</summary>
    public IEnumerable<(Quote Quote, int Length, int Limit)> TooLong(QuoteCatalogue catalogue, Destination destination)
    {
        foreach (var quote in catalogue.Quotes)
        {
            var barest = Payload(
                destination,
                QuoteFormatter.GetVariants(quote, MarkupOf(destination), Strings.English).Last(),
                quote.Warning,
                []
            );
            var (length, limit) = Measure(barest, destination);
            if (length > limit)
            {
                yield return (quote, length, limit);
            }
        }
    }

    /// <summary>How long a post is where it goes, and how long it may be.</summary>
    public (int Length, int Limit) Measure(Payload payload, Destination destination) =>
        destination.Channel is null
            ? (MastodonLength.Of(payload.ToStatus(), instance.Current), instance.Current.MaxCharacters)
            : (payload.Text.EnumerateRunes().Count(), DiscordLimit);

    private Payload Day(string text, Destination destination) =>
        Payload(destination, text, warning: null, ["OnThisDay"]);

    private bool Fits(Payload payload, Destination destination)
    {
        var (length, limit) = Measure(payload, destination);
        return length <= limit;
    }

    private Payload Payload(Destination destination, string text, string? warning, IEnumerable<string> moreTags)
    {
        if (destination.Channel is not null)
        {
            return new Payload { Text = text };
        }

        return new Payload
        {
            Text = $"{text}\n{string.Join(' ', Tags(moreTags).Select(tag => "#" + tag))}",
            Warning = warning,
        };
    }

    /// <summary>Ours first, then those that the server asks for, which are never left out.</summary>
    private IEnumerable<string> Tags(IEnumerable<string> more)
    {
        var required = _mastodon?.RequiredTags ?? [];
        return (_mastodon?.Tags ?? MastodonSettings.StandardTags)
            .Concat(more)
            .Except(required, StringComparer.OrdinalIgnoreCase)
            .Take(MastodonSettings.MostTags - required.Count)
            .Concat(required);
    }

    /// <summary>How the platform of a destination writes.</summary>
    public static Markup MarkupOf(Destination destination) =>
        destination.Channel is null ? Markup.Plain : Markup.Discord;
}
