using Serge.Bot.Delivery;
using Serge.Bot.Rendering;

namespace Serge.Bot.Schedules;

/// <summary>Decides what a schedule says to one destination on one day. The same for the worker that posts and for <c>plan</c>, which shows it before.</summary>
internal sealed class PostPlanner(PostRenderer renderer)
{
    private volatile DiscordPool? _forDiscord;

    /// <summary>What is to be said.</summary>
    /// <param name="catalogue">What there is to say.</param>
    /// <param name="schedule">Which schedule.</param>
    /// <param name="occurrence">When it falls due.</param>
    /// <param name="destination">Where to; one quotation may be too long for one place and not for another.</param>
    /// <param name="used">What this destination got before, oldest first.</param>
    public PlannedContent Plan(QuoteCatalogue catalogue, Schedule schedule, DateTimeOffset occurrence, Destination destination, IReadOnlyList<string> used)
    {
        if (occurrence == schedule.Skip)
        {
            return PlannedContent.Nothing("Skipped: an admin of the server called this one off.");
        }

        var day = schedule.LocalDate(occurrence);
        if (schedule.Content != ScheduleContent.Quote)
        {
            if (renderer.Day(catalogue.On(day).Events, destination, out var shown) is { } events)
            {
                return new PlannedContent([.. shown.Select(e => e.Id)], events, null);
            }

            if (schedule.Content == ScheduleContent.OnThisDay)
            {
                return PlannedContent.Nothing($"No event is dated to {Words.English.DayOfYear(day)}.");
            }
        }

        return QuoteChooser.Choose(Pool(catalogue, destination), used, destination.ToString(), schedule.Name, day) is { } chosen
            ? new PlannedContent([chosen.Id], renderer.Quote(chosen, destination), null)
            : PlannedContent.Nothing("No quotation is short enough for this destination.");
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
            _forDiscord = known = new(catalogue, [.. catalogue.Quotes.Where(quote => renderer.Quote(quote, destination) is not null)]);
        }

        return known.Quotes;
    }

    private sealed record DiscordPool(QuoteCatalogue Catalogue, Quote[] Quotes);
}

/// <summary>What a schedule says to one destination, or why it says nothing.</summary>
/// <param name="Items">The ids of the quotation or the events.</param>
/// <param name="Payload">The rendered post; <see langword="null"/> when there is nothing to say.</param>
/// <param name="Reason">Why there is nothing to say.</param>
internal sealed record PlannedContent(IReadOnlyList<string> Items, Payload? Payload, string? Reason)
{
    /// <summary>Nothing to say.</summary>
    public static PlannedContent Nothing(string reason) => new([], null, reason);
}
