namespace Serge.Bot.Catalogue;

/// <summary>The events by day, month and season of the year.</summary>
internal sealed class EventCalendar
{
    /// <summary>The longest possible distance between two yearly days: 28 February 2027 to 29 February 2028.</summary>
    private const int MaxDistance = 366;

    private static readonly DateOnly LeapDay = new(2000, 2, 29);

    private readonly ILookup<Period, Event> _events;

    public EventCalendar(IEnumerable<Event> events)
    {
        var unqualified = events.Where(e => e.Date.Qualifiers == EdtfQualifiers.None);
        // A lookup keeps the order of its items.
        _events = Sort(unqualified).ToLookup(GetPeriod);
    }

    public OnThisDay GetOnThisDay(DateOnly day)
    {
        return new()
        {
            Day = day,
            Events = FindByDay(day),
            ThisMonth = Find(EdtfPrecision.Month, day),
            ThisSeason = Find(EdtfPrecision.Season, day),
            Before = FindNearest(day, -1),
            After = FindNearest(day, 1),
        };
    }

    private static Period GetPeriod(Event @event)
    {
        var firstDay = @event.Date.Earliest ?? default;
        return Period.Create(@event.Date.Precision, firstDay);
    }

    private List<Event> Find(EdtfPrecision precision, DateOnly day)
    {
        var events = _events[Period.Create(precision, day)];
        return TakeUntil(day, events);
    }

    private List<Event> FindByDay(DateOnly day)
    {
        var events = Find(EdtfPrecision.Day, day);
        if (day.Month != 2 || day.Day != 28 || DateTime.IsLeapYear(day.Year))
        {
            return events;
        }

        // In years without 29 February its events are kept on 28 February.
        var ofLeapDay = _events[Period.Create(EdtfPrecision.Day, LeapDay)];
        var all = Sort(events.Concat(ofLeapDay));
        return TakeUntil(day, all);
    }

    private DayWithEvents? FindNearest(DateOnly from, int step)
    {
        var end = step < 0 ? DateOnly.MinValue : DateOnly.MaxValue;
        var day = from;
        for (var distance = 1; distance <= MaxDistance && day != end; distance++)
        {
            day = day.AddDays(step);
            var events = FindByDay(day);
            if (events.Count > 0)
            {
                return new(day, events);
            }
        }

        return null;
    }

    private static IEnumerable<Event> Sort(IEnumerable<Event> events)
    {
        var ofAuthorFirst = events.OrderByDescending(e => e.Kind == EventKind.Life);
        return ofAuthorFirst.ThenBy(e => e.Status).ThenBy(e => e.Date.Earliest);
    }

    private static List<Event> TakeUntil(DateOnly day, IEnumerable<Event> events)
    {
        var past = events.Where(e => e.Date.Earliest <= day);
        return [.. past];
    }

    /// <summary>A day, month or season of every year.</summary>
    private readonly record struct Period(EdtfPrecision Precision, int Month, int Day)
    {
        public static Period Create(EdtfPrecision precision, DateOnly day)
        {
            return precision switch
            {
                EdtfPrecision.Day => new(precision, day.Month, day.Day),
                EdtfPrecision.Month => new(precision, day.Month, 0),
                _ => new(precision, GetSeason(day.Month), 0),
            };
        }

        /// <summary>Gets the first month of the season: 3, 6, 9 or 12.</summary>
        private static int GetSeason(int month)
        {
            return month < 3 ? 12 : month / 3 * 3;
        }
    }
}
