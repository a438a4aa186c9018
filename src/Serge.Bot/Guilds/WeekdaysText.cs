using System.Globalization;
using System.Text.RegularExpressions;

namespace Serge.Bot.Guilds;

/// <summary>Days of the week as people write them, in English and in French.</summary>
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

    /// <summary>Both languages at once: no beginning of two letters means one day in the one and another in the other.</summary>
    private static readonly (string Name, DayOfWeek Day)[] Names =
    [
        .. new[] { "en", "fr" }.SelectMany(language =>
            Enum.GetValues<DayOfWeek>()
                .Select(day =>
                    (CultureInfo.GetCultureInfo(language).DateTimeFormat.GetDayName(day).ToLowerInvariant(), day)
                )
        ),
    ];

    /// <summary>Reads <c>daily</c>, <c>weekdays</c>, <c>weekends</c>, <c>Mon, Wed</c>, <c>lundi et jeudi</c>, <c>Mon-Fri</c> and the like.</summary>
    public static bool TryParse(string text, out Weekdays days)
    {
        days = default;
        var folded = string.Join(
            ' ',
            Separators().Replace(text.ToLowerInvariant(), " ").Split(' ', StringSplitOptions.RemoveEmptyEntries)
        );
        if (Sets.TryGetValue(folded.Replace("-", " ", StringComparison.Ordinal), out days))
        {
            return true;
        }

        // Now a dash, or a word for it, is a range.
        foreach (var part in Range().Replace(folded, "-").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || DayOf(ends[0]) is not { } first || DayOf(ends[^1]) is not { } last)
            {
                return false;
            }

            for (var day = (int)first; ; day = (day + 1) % 7)
            {
                days |= ((DayOfWeek)day).ToWeekdays();
                if (day == (int)last)
                {
                    break;
                }
            }
        }

        return days != default;
    }

    private static DayOfWeek? DayOf(string word)
    {
        var name = word.TrimEnd('.');
        if (name.Length < 2)
        {
            return null;
        }

        var found = Names
            .Where(known => known.Name.StartsWith(name, StringComparison.Ordinal) || known.Name + "s" == name)
            .Select(known => known.Day)
            .Distinct()
            .ToArray();
        return found is [var only] ? only : null;
    }

    [GeneratedRegex(@"[,;+&/]|\band\b|\bet\b|\bon\b|\bdu\b|\ble\b(?! week)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Separators();

    [GeneratedRegex(
        @"\s*[-–]\s*|\s+(to|till|until|through|à|au)\s+",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Range();
}
