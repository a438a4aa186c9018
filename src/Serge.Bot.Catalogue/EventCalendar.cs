namespace Serge.Bot.Catalogue;

/// <summary>The events by day, month and season of the year.</summary>
internal sealed class EventCalendar
{
    /// <summary>From one day that keeps an event to the next are at most 366 days: from 28 February 2027 to 29 February 2028.</summary>
    private const int DaysToLook = 366;

    private readonly ILookup<(int Month, int Day), Event> _byDay;
    private readonly ILookup<int, Event> _byMonth;
    private readonly ILookup<int, Event> _bySeason;

    public EventCalendar(IEnumerable<Event> events)
    {
        // Sorted once; the lists of a lookup keep this order.
        List<Event> sorted = [.. events.OrderBy(static e => e.Status).ThenBy(static e => e.Date.Earliest)];
        _byDay = Of(EdtfPrecision.Day).ToLookup(static e => (e.Date.Earliest!.Value.Month, e.Date.Earliest.Value.Day));
        _byMonth = Of(EdtfPrecision.Month).ToLookup(static e => e.Date.Earliest!.Value.Month);
        _bySeason = Of(EdtfPrecision.Season).ToLookup(static e => Season(e.Date.Earliest!.Value.Month));

        IEnumerable<Event> Of(EdtfPrecision precision) => sorted.Where(e => e.Date.IsExact(precision));
    }

    public OnThisDay GetOnThisDay(DateOnly day) =>
        new()
        {
            Day = day,
            Events = EventsOf(day),
            ThisMonth = Until(day, _byMonth[day.Month]),
            ThisSeason = Until(day, _bySeason[Season(day.Month)]),
            Before = Nearest(day, -1),
            After = Nearest(day, 1),
        };

    private List<Event> EventsOf(DateOnly day)
    {
        var events = Until(day, _byDay[(day.Month, day.Day)]);
        if (day is { Month: 2, Day: 28 } && !DateTime.IsLeapYear(day.Year) && _byDay.Contains((2, 29)))
        {
            events =
            [
                .. events
                    .Concat(Until(day, _byDay[(2, 29)]))
                    .OrderBy(static e => e.Status)
                    .ThenBy(static e => e.Date.Earliest),
            ];
        }

        return events;
    }

    private DayWithEvents? Nearest(DateOnly from, int step)
    {
        for (var distance = 1; distance <= DaysToLook; distance++)
        {
            var number = from.DayNumber + (step * distance);
            if (number < DateOnly.MinValue.DayNumber || number > DateOnly.MaxValue.DayNumber)
            {
                return null;
            }

            var day = DateOnly.FromDayNumber(number);
            if (EventsOf(day) is { Count: > 0 } events)
            {
                return new(day, events);
            }
        }

        return null;
    }

    private static List<Event> Until(DateOnly day, IEnumerable<Event> events) =>
        [.. events.Where(e => e.Date.Earliest <= day)];

    /// <summary>The first month of the season: 3, 6, 9 or 12.</summary>
    private static int Season(int month) => month < 3 ? 12 : month / 3 * 3;
}
