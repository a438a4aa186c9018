namespace Serge.Bot.Posting.Scheduling;

/// <summary>Decides what a schedule says to one destination on one day. The same for the worker that posts and for <c>plan</c>, which shows it before.</summary>
public sealed class PostPlanner(PostRenderer renderer, BotSettings settings)
{
    private volatile DiscordPool? _forDiscord;

    /// <summary>What is to be said.</summary>
    /// <param name="catalogue">What there is to say.</param>
    /// <param name="schedule">Which schedule.</param>
    /// <param name="occurrence">When it falls due.</param>
    /// <param name="destination">Where to; one quotation may be too long for one place and not for another.</param>
    /// <param name="history">What this destination has got.</param>
    public PlannedContent Plan(
        QuoteCatalogue catalogue,
        Schedule schedule,
        DateTimeOffset occurrence,
        Destination destination,
        DestinationHistory history
    )
    {
        if (occurrence == schedule.Skip)
        {
            return PlannedContent.Nothing("Skipped: an admin of the server called this one off.");
        }

        var content = Choose(catalogue, schedule, occurrence, destination, history);
        if (content.Payload is not { } payload)
        {
            return content;
        }

        var most = DailyPostLimit.GetLimit(settings, destination);
        return history.CountPostsOnDay(schedule, occurrence) >= most
                ? PlannedContent.Nothing(DailyPostLimit.Reason(destination, most, schedule.GetLocalDate(occurrence)))
            : destination.Channel is null
                ? content with
                {
                    Payload = payload with { Visibility = Visibility(schedule, occurrence, history) },
                }
            : content;
    }

    /// <summary>Public only if no other public post is near: the public timelines are everybody's, and a bot is not to fill them.</summary>
    private MastodonVisibility Visibility(Schedule schedule, DateTimeOffset occurrence, DestinationHistory history)
    {
        var mastodon = settings.Mastodon;
        var wanted = schedule.Visibility ?? mastodon?.Visibility ?? MastodonVisibility.Unlisted;
        return
            wanted == MastodonVisibility.Public
            && history.HasPublicPostWithin(mastodon?.MinPublicInterval ?? MastodonSettings.DefaultMinPublicInterval, occurrence)
            ? MastodonVisibility.Unlisted
            : wanted;
    }

    private PlannedContent Choose(
        QuoteCatalogue catalogue,
        Schedule schedule,
        DateTimeOffset occurrence,
        Destination destination,
        DestinationHistory history
    )
    {
        var day = schedule.GetLocalDate(occurrence);
        if (schedule.Content != ScheduleContent.Quote)
        {
            if (renderer.Day(catalogue.On(day).Events, destination, out var shown) is { } events)
            {
                return new PlannedContent([.. shown.Select(e => e.Id)], events, null);
            }

            if (schedule.Content == ScheduleContent.OnThisDay)
            {
                return PlannedContent.Nothing($"No event is dated to {Strings.English.DayOfYear(day)}.");
            }
        }

        return
            QuoteChooser.Choose(Pool(catalogue, destination), history.Used, destination.ToString(), schedule.Name, day)
                is { } chosen
            ? new PlannedContent([chosen.Id], renderer.Quote(chosen, destination), null)
            : PlannedContent.Nothing(
                catalogue.Quotes.Count == 0
                    ? "There is no quotation: all were withdrawn (serge retract)."
                    : "No quotation is short enough for this destination."
            );
    }

    /// <summary>The quotations that a destination can be sent. Whatever fits one Discord channel fits them all, and there may be thousands due at once.</summary>
    private Quote[] Pool(QuoteCatalogue catalogue, Destination destination)
    {
        if (destination.Channel is null)
        {
            return [.. catalogue.Quotes.Where(quote => renderer.Quote(quote, destination) is not null)];
        }

        if (_forDiscord is not { } known || known.Catalogue != catalogue)
        {
            _forDiscord = known = new(
                catalogue,
                [.. catalogue.Quotes.Where(quote => renderer.Quote(quote, destination) is not null)]
            );
        }

        return known.Quotes;
    }

    private sealed record DiscordPool(QuoteCatalogue Catalogue, Quote[] Quotes);
}

/// <summary>What a schedule says to one destination, or why it says nothing.</summary>
/// <param name="Items">The ids of the quotation or the events.</param>
/// <param name="Payload">The rendered post; <see langword="null"/> when there is nothing to say.</param>
/// <param name="Reason">Why there is nothing to say.</param>
public sealed record PlannedContent(IReadOnlyList<string> Items, Payload? Payload, string? Reason)
{
    /// <summary>Nothing to say.</summary>
    public static PlannedContent Nothing(string reason) => new([], null, reason);
}
