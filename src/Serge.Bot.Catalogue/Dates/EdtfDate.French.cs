using System.Text;

namespace Serge.Bot.Catalogue.Dates;

public sealed partial record EdtfDate
{
    private static readonly string[] FrenchMonths =
    [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];

    private static readonly (int Value, string Letters)[] RomanNumerals =
    [
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];

    /// <summary>Formats the date for a French label: « 1er février 1933 », « printemps 1936 », « années 1960 », « vers
    /// 1904 », « de 1939 à 1945 ».</summary>
    /// <remarks>A winter has the year it is written with, in which it begins.</remarks>
    public string ToFrench()
    {
        if (Precision == EdtfPrecision.Interval)
        {
            return FormatFrenchInterval();
        }

        var date = FormatFrenchDate();
        if (Qualifiers.HasFlag(EdtfQualifiers.Approximate))
        {
            date = AddFrenchArticle(date);
        }

        return AddQualifiers(date, "vers", "peut-être");
    }

    private string FormatFrenchInterval()
    {
        if (Qualifiers != EdtfQualifiers.None)
        {
            return FormatQualifiedFrenchInterval();
        }

        if (Start is null)
        {
            return $"jusqu’{End!.FormatFrenchEnd()}";
        }

        if (End is null)
        {
            return $"à partir {Start.AddFrenchFrom(Start.FormatFrenchDate())}";
        }

        var start = Start.AddFrenchFrom(Start.FormatFrenchStart(End));
        if (End.Precision is EdtfPrecision.Year or EdtfPrecision.Month)
        {
            return $"{start} à {End.FormatFrenchDate()}";
        }

        return $"{start} {End.FormatFrenchEnd()}";
    }

    /// <summary>Formats an interval without « de » and « à » before a date, which cannot precede « vers » or «
    /// peut-être ».</summary>
    private string FormatQualifiedFrenchInterval()
    {
        if (Start is null)
        {
            return $"jusqu’à : {End!.ToFrench()}";
        }

        if (End is null)
        {
            return $"à partir de : {Start.ToFrench()}";
        }

        return $"{Start.ToFrench()} – {End.ToFrench()}";
    }

    private string FormatFrenchDate()
    {
        var (year, month, day) = Earliest.GetValueOrDefault();
        return Precision switch
        {
            EdtfPrecision.Day => $"{GetFrenchDay(day)} {FrenchMonths[month - 1]} {year}",
            EdtfPrecision.Month => $"{FrenchMonths[month - 1]} {year}",
            EdtfPrecision.Season => $"{GetFrenchSeason(month)} {year}",
            EdtfPrecision.Decade => $"années {year}",
            EdtfPrecision.Century => $"{ToRoman((year / 100) + 1)}e siècle",
            _ => $"{year}",
        };
    }

    /// <summary>Adds the article that a date has after « vers »: « le 5 janvier », « l’été »,
    /// « les années 1960 ».</summary>
    private string AddFrenchArticle(string date)
    {
        return Precision switch
        {
            EdtfPrecision.Day or EdtfPrecision.Century => $"le {date}",
            EdtfPrecision.Decade => $"les {date}",
            EdtfPrecision.Season when IsSpring => $"le {date}",
            EdtfPrecision.Season => $"l’{date}",
            _ => date,
        };
    }

    /// <summary>Adds « de »: « du 5 janvier », « de janvier », « de l’été », « des années 1960 ».</summary>
    private string AddFrenchFrom(string date)
    {
        return Precision switch
        {
            EdtfPrecision.Day or EdtfPrecision.Century => $"du {date}",
            EdtfPrecision.Decade => $"des {date}",
            EdtfPrecision.Season when IsSpring => $"du {date}",
            EdtfPrecision.Season => $"de l’{date}",
            _ when date[0] is 'a' or 'o' => $"d’{date}",
            _ => $"de {date}",
        };
    }

    /// <summary>Formats the end of an interval: « au 5 janvier », « à l’été », « aux années 1960 », « en 1945
    /// ».</summary>
    private string FormatFrenchEnd()
    {
        var date = FormatFrenchDate();
        return Precision switch
        {
            EdtfPrecision.Day or EdtfPrecision.Century => $"au {date}",
            EdtfPrecision.Decade => $"aux {date}",
            EdtfPrecision.Season when IsSpring => $"au {date}",
            EdtfPrecision.Season => $"à l’{date}",
            _ => $"en {date}",
        };
    }

    /// <summary>Formats the start of an interval without the month or year that its end repeats: « 5 » of « du 5 au 12
    /// janvier 1919 ».</summary>
    private string FormatFrenchStart(EdtfDate end)
    {
        if (!HasPrecisionAndYearOf(end))
        {
            return FormatFrenchDate();
        }

        var (_, month, day) = Earliest.GetValueOrDefault();
        return Precision switch
        {
            EdtfPrecision.Day when month == end.Earliest?.Month => GetFrenchDay(day),
            EdtfPrecision.Day => $"{GetFrenchDay(day)} {FrenchMonths[month - 1]}",
            EdtfPrecision.Month => FrenchMonths[month - 1],
            EdtfPrecision.Season => GetFrenchSeason(month),
            _ => FormatFrenchDate(),
        };
    }

    /// <summary>Whether the season is spring, the only one whose French name begins with a consonant.</summary>
    private bool IsSpring => Earliest?.Month == 3;

    /// <summary>Formats the day of a month; only the first is an ordinal number.</summary>
    private static string GetFrenchDay(int day) => day == 1 ? "1er" : $"{day}";

    private static string GetFrenchSeason(int firstMonth)
    {
        return firstMonth switch
        {
            3 => "printemps",
            6 => "été",
            9 => "automne",
            _ => "hiver",
        };
    }

    private static string ToRoman(int number)
    {
        StringBuilder roman = new();
        foreach (var (value, letters) in RomanNumerals)
        {
            while (number >= value)
            {
                roman.Append(letters);
                number -= value;
            }
        }

        return roman.ToString();
    }
}
