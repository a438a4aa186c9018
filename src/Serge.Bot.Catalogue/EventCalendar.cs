namespace Serge.Bot.Catalogue;

/// <summary>The events by day, month and season of the year.</summary>
internal sealed class EventCalendar
{
    /// <summary>The longest possible distance between two yearly days: 28 February 2027 to 29 February 2028.</summary>
    private const int MaxDistance = 366;

    private readonly ILookup<(int Month, int Day), Event> _byDay;
    private readonly ILookup<int, Event> _byMonth;
    private readonly ILookup<int, Event> _bySeason;

    public EventCalendar(IEnumerable<Event> events)
    {
        // A lookup keeps the order of its items.
        var sorted = Sort(events).ToList();
        var ofDay = sorted.Where(e => e.Date.IsExact(EdtfPrecision.Day));
        var ofMonth = sorted.Where(e => e.Date.IsExact(EdtfPrecision.Month));
        var ofSeason = sorted.Where(e => e.Date.IsExact(EdtfPrecision.Season));
        _byDay = ofDay.ToLookup(e => GetDayOfYear(GetFirstDay(e)));
        _byMonth = ofMonth.ToLookup(e => GetFirstDay(e).Month);
        _bySeason = ofSeason.ToLookup(e => GetSeason(GetFirstDay(e)));
    }

    public OnThisDay GetOnThisDay(DateOnly day)
    {
        return new()
        {
            Day = day,
            Events = GetEvents(day),
            ThisMonth = TakeUntil(day, _byMonth[day.Month]),
            ThisSeason = TakeUntil(day, _bySeason[GetSeason(day)]),
            Before = FindNearest(day, -1),
            After = FindNearest(day, 1),
        };
    }

    private List<Event> GetEvents(DateOnly day)
    {
        var events = _byDay[GetDayOfYear(day)];
        if (day is { Month: 2, Day: 28 } && !DateTime.IsLeapYear(day.Year))
        {
            events = Sort(events.Concat(_byDay[(2, 29)]));
        }

        return TakeUntil(day, events);
    }

    private DayWithEvents? FindNearest(DateOnly from, int step)
    {
        for (var distance = 1; distance <= MaxDistance; distance++)
        {
            var number = from.DayNumber + (step * distance);
            if (number < DateOnly.MinValue.DayNumber || number > DateOnly.MaxValue.DayNumber)
            {
                return null;
            }

            var day = DateOnly.FromDayNumber(number);
            var events = GetEvents(day);
            if (events.Count > 0)
            {
                return new(day, events);
            }
        }

        return null;
    }

    private static IEnumerable<Event> Sort(IEnumerable<Event> events)
    {
        return events.OrderBy(e => e.Status).ThenBy(e => e.Date.Earliest);
    }

    private static List<Event> TakeUntil(DateOnly day, IEnumerable<Event> events)
    {
        return [.. events.Where(e => e.Date.Earliest <= day)];
    }

    private static DateOnly GetFirstDay(Event @event) => @event.Date.Earliest.GetValueOrDefault();

    private static (int Month, int Day) GetDayOfYear(DateOnly day) => (day.Month, day.Day);

    /// <summary>The first month of the season: 3, 6, 9 or 12.</summary>
    private static int GetSeason(DateOnly day) => day.Month < 3 ? 12 : day.Month / 3 * 3;
}
