using System.Globalization;
using System.Text.RegularExpressions;

namespace Serge.Bot.Guilds;

/// <summary>A time of the day as people write it, in English and in French.</summary>
internal static partial class TimeOfDayText
{
    /// <summary>Hours of the day that people choose, the commonest first.</summary>
    private static readonly int[] CommonHours = [9, 8, 7, 12, 18, 20, 10, 21, 6, 17];

    /// <summary>Reads <c>09:00</c>, <c>9</c>, <c>9:30 pm</c>, <c>21.30</c>, <c>21h30</c>, <c>noon</c>, <c>midi</c> and the like.</summary>
    public static bool TryParse(string text, out TimeOnly time)
    {
        time = default;
        var folded = text.Trim().ToLowerInvariant();
        if (folded is "noon" or "midi" or "midnight" or "minuit")
        {
            time = new TimeOnly(folded is "noon" or "midi" ? 12 : 0, 0);
            return true;
        }

        var match = Time().Match(folded);
        if (!match.Success)
        {
            return false;
        }

        var hour = Number(match.Groups["hour"]);
        var minute = Number(match.Groups["minute"]);
        switch (match.Groups["half"].Value)
        {
            case "" when hour is 24 && minute == 0:
                hour = 0;
                break;
            case "a" or "p" when hour is < 1 or > 12:
                return false;
            case "a":
                hour %= 12;
                break;
            case "p":
                hour = (hour % 12) + 12;
                break;
        }

        if (hour > 23 || minute > 59)
        {
            return false;
        }

        time = new TimeOnly(hour, minute);
        return true;
    }

    /// <summary>Times for what has been typed so far, best first: what it means, later the same hour, and the same in the other half of the day.</summary>
    public static IReadOnlyList<TimeOnly> Suggest(string typed, int limit)
    {
        if (!TryParse(typed, out var time))
        {
            return typed.Trim().Length > 0 ? [] : [.. CommonHours.Select(hour => new TimeOnly(hour, 0)).Take(limit)];
        }

        IEnumerable<TimeOnly> found = [time];
        if (time.Minute == 0 && !typed.Contains(':', StringComparison.Ordinal))
        {
            found = found.Concat([time.AddMinutes(30), time.AddHours(12), time.AddHours(12).AddMinutes(30)]);
        }

        return [.. found.Take(limit)];
    }

    /// <summary>As it is shown everywhere: <c>09:00</c>.</summary>
    public static string ToText(this TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static int Number(Group digits) =>
        digits.Success && digits.Length > 0 ? int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"^(?<hour>[0-9]{1,2})\s*(([:.h]|\s*heures?)\s*(?<minute>[0-9]{2})?|(?<minute>[0-9]{2}))?\s*((?<half>[ap])\.?\s?m\.?)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Time();
}
