namespace Serge.Bot.Catalogue;

/// <summary>What a post about a day can contain.</summary>
/// <param name="Day">The day of the post.</param>
/// <param name="Events">Day-exact events, most important first.</param>
/// <param name="Quotes">The quotations that belong to events, by the id of the event.</param>
public sealed record DayContent(DateOnly Day, IReadOnlyList<Event> Events, IReadOnlyDictionary<string, Quote> Quotes)
{
    /// <summary>The same day with its first events only.</summary>
    public DayContent Take(int count)
    {
        return this with { Events = [.. Events.Take(count)] };
    }

    /// <summary>The quotation of the first event that has one; null when there is none.</summary>
    public Quote? FirstQuote
    {
        get
        {
            var first = Events.FirstOrDefault(@event => Quotes.ContainsKey(@event.Id));
            return first is null ? null : Quotes[first.Id];
        }
    }
}
