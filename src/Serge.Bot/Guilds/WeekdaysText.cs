using System.Globalization;
using System.Text.RegularExpressions;

namespace Serge.Bot.Guilds;

/// <summary>Parses days of the week, in English and French.</summary>
internal static partial class WeekdaysText
{
    private static readonly Dictionary<string, Weekdays> Sets = new(StringComparer.Ordinal)
    {
        ["daily"] = Weekdays.Daily,
        ["every day"] = Weekdays.Daily,
        ["everyday"] = Weekdays.Daily,
        ["all"] = Weekdays.Daily,
        ["weekdays"] = Weekdays.WorkingDays,
        ["weekday"] = Weekdays.WorkingDays,
        ["working days"] = Weekdays.WorkingDays,
        ["workdays"] = Weekdays.WorkingDays,
        ["weekends"] = Weekdays.Weekend,
        ["weekend"] = Weekdays.Weekend,
        ["tous les jours"] = Weekdays.Daily,
        ["chaque jour"] = Weekdays.Daily,
        ["quotidien"] = Weekdays.Daily,
        ["tous"] = Weekdays.Daily,
        ["en semaine"] = Weekdays.WorkingDays,
        ["semaine"] = Weekdays.WorkingDays,
        ["jours ouvrables"] = Weekdays.WorkingDays,
        ["week end"] = Weekdays.Weekend,
        ["week ends"] = Weekdays.Weekend,
        ["le week end"] = Weekdays.Weekend,
    };

    /// <summary>Names in both languages: no prefix of two or more letters has different meanings in them.</summary>
    private static readonly (string Name, DayOfWeek Day)[] Names = [.. GetNames("en"), .. GetNames("fr")];

    /// <summary>Parses <c>daily</c>, <c>weekdays</c>, <c>weekends</c>, <c>Mon, Wed</c>, <c>lundi et jeudi</c>,
    /// <c>Mon-Fri</c> etc.</summary>
    public static bool TryParse(string text, out Weekdays days)
    {
        var separated = Separators().Replace(text.ToLowerInvariant(), " ");
        var folded = string.Join(' ', SplitWords(separated));
        if (Sets.TryGetValue(folded.Replace('-', ' '), out days))
        {
            return true;
        }

        foreach (var part in SplitWords(RangePattern().Replace(folded, "-")))
        {
            if (!TryParseRange(part, out var range))
            {
                return false;
            }

            days |= range;
        }

        return days != default;
    }

    /// <summary>Parses a day, or a range such as <c>fri-mon</c>.</summary>
    private static bool TryParseRange(string text, out Weekdays days)
    {
        days = default;
        var ends = text.Split('-');
        if (ends.Length > 2 || FindDay(ends[0]) is not { } first || FindDay(ends[^1]) is not { } last)
        {
            return false;
        }

        days = last.ToWeekdays();
        for (var day = first; day != last; day = (DayOfWeek)(((int)day + 1) % 7))
        {
            days |= day.ToWeekdays();
        }

        return true;
    }

    /// <summary>The day whose name is or begins with a word; <see langword="null"/> if there is none or
    /// more than one.</summary>
    private static DayOfWeek? FindDay(string word)
    {
        var name = word.TrimEnd('.');
        if (name.Length < 2)
        {
            return null;
        }

        HashSet<DayOfWeek> days = [];
        foreach (var known in Names)
        {
            var isPlural = name == $"{known.Name}s";
            if (isPlural || known.Name.StartsWith(name, StringComparison.Ordinal))
            {
                days.Add(known.Day);
            }
        }

        return days.Count == 1 ? days.Single() : null;
    }

    private static IEnumerable<(string Name, DayOfWeek Day)> GetNames(string language)
    {
        var format = CultureInfo.GetCultureInfo(language).DateTimeFormat;
        return Enum.GetValues<DayOfWeek>().Select(day => (format.GetDayName(day).ToLowerInvariant(), day));
    }

    private static string[] SplitWords(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"[,;+&/]|\band\b|\bet\b|\bon\b|\bdu\b|\ble\b(?! week)", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex Separators();

    /// <summary>A dash, or a word with the same meaning.</summary>
    [GeneratedRegex(
        @"\s*[-–]\s*|\s+(to|till|until|through|à|au)\s+",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex RangePattern();
}
