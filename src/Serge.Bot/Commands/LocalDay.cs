namespace Serge.Bot.Commands;

internal static class LocalDay
{
    /// <summary>The current date in a time zone.</summary>
    public static DateOnly GetToday(Clocks clocks, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(clocks.Schedule.GetUtcNow(), zone);
        return DateOnly.FromDateTime(local.DateTime);
    }
}
