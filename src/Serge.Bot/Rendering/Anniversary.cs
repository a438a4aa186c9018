namespace Serge.Bot.Rendering;

/// <summary>An event that happened a round number of years ago.</summary>
/// <param name="Event">The event.</param>
/// <param name="Years">A multiple of 10 or 25.</param>
internal sealed record Anniversary(Event Event, int Years)
{
    /// <summary>The greater steps are the rounder ones.</summary>
    private static readonly int[] Steps = [100, 50, 25, 10];

    /// <summary>Finds the roundest anniversary of a day; of equal ones that of the first event.</summary>
    /// <returns><see langword="null"/> when there is none. Events of 29 February have none on another day.</returns>
    public static Anniversary? Find(DayContent day)
    {
        foreach (var step in Steps)
        {
            var found = day.Events.FirstOrDefault(e => IsMultiple(e, day.Day, step));
            if (found?.Date.Day is { } past)
            {
                return new(found, day.Day.Year - past.Year);
            }
        }

        return null;
    }

    private static bool IsMultiple(Event e, DateOnly today, int step)
    {
        if (e.Date.Day is not { } past || past.Month != today.Month || past.Day != today.Day)
        {
            return false;
        }

        var years = today.Year - past.Year;
        return years > 0 && years % step == 0;
    }
}
