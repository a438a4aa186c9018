using System.Globalization;
using System.Text.RegularExpressions;

namespace Serge.Bot.Guilds;

/// <summary>Parses and formats times of the day, in English and French.</summary>
internal static partial class TimeOfDayText
{
    /// <summary>Suggested hours, the most frequent first.</summary>
    private static readonly int[] CommonHours = [9, 8, 7, 12, 18, 20, 10, 21, 6, 17];

    /// <summary>Parses <c>09:00</c>, <c>9</c>, <c>9:30 pm</c>, <c>21.30</c>, <c>21h30</c>,
    /// <c>noon</c>, <c>midi</c> etc.</summary>
    public static bool TryParse(string text, out TimeOnly time)
    {
        time = TimeOnly.MinValue;
        var lowered = text.Trim().ToLowerInvariant();
        if (lowered is "midnight" or "minuit")
        {
            return true;
        }

        if (lowered is "noon" or "midi")
        {
            time = new TimeOnly(12, 0);
            return true;
        }

        var match = TimePattern().Match(lowered);
        if (!match.Success)
        {
            return false;
        }

        var number = ParseNumber(match.Groups["hour"]);
        var minute = ParseNumber(match.Groups["minute"]);
        if (GetHour(number, minute, match.Groups["half"].Value) is not { } hour || minute > 59)
        {
            return false;
        }

        time = new TimeOnly(hour, minute);
        return true;
    }

    /// <summary>Suggests times for a partial input: its meaning, half an hour later, and both in the other half of the
    /// day. For empty input, common times.</summary>
    public static IReadOnlyList<TimeOnly> Suggest(string typed, int limit)
    {
        List<TimeOnly> times = [];
        if (TryParse(typed, out var time))
        {
            times.Add(time);
            if (time.Minute == 0 && !typed.Contains(':', StringComparison.Ordinal))
            {
                times.Add(time.AddMinutes(30));
                times.Add(time.AddHours(12));
                times.Add(time.AddHours(12).AddMinutes(30));
            }
        }
        else if (string.IsNullOrWhiteSpace(typed))
        {
            times.AddRange(CommonHours.Select(hour => new TimeOnly(hour, 0)));
        }

        return [.. times.Take(limit)];
    }

    /// <summary>Formats as <c>09:00</c>.</summary>
    public static string ToText(this TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The hour, 0 to 23; <see langword="null"/> if the input is not a time.</summary>
    /// <param name="number">The hour as it was typed.</param>
    /// <param name="minute">The minute; <c>24:00</c> is midnight.</param>
    /// <param name="half"><c>a</c> or <c>p</c> as in a.m. and p.m., or empty.</param>
    private static int? GetHour(int number, int minute, string half)
    {
        if (half.Length == 0)
        {
            if (number == 24 && minute == 0)
            {
                return 0;
            }

            return number <= 23 ? number : null;
        }

        if (number is < 1 or > 12)
        {
            return null;
        }

        var hour = number % 12;
        return half == "p" ? hour + 12 : hour;
    }

    /// <returns>0 without digits.</returns>
    private static int ParseNumber(Group digits)
    {
        _ = int.TryParse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        return number;
    }

    [GeneratedRegex(
        @"^(?<hour>[0-9]{1,2})\s*(([:.h]|\s*heures?)\s*(?<minute>[0-9]{2})?|(?<minute>[0-9]{2}))?"
            + @"\s*((?<half>[ap])\.?\s?m\.?)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex TimePattern();
}
