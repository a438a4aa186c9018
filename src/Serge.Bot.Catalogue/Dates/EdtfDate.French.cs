using System.Globalization;

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

    /// <summary>The date as a French label would have it: « 1er février 1933 », « printemps 1936 », « années 1960 », « vers 1904 », « de 1939 à 1945 ».</summary>
    /// <remarks>A winter bears the year it is written with, the one it begins in.</remarks>
    public string ToFrench() =>
        Precision == EdtfPrecision.Interval
            ? (Start, End) switch
            {
                (null, { } end) => end.Qualifiers == EdtfQualifiers.None
                    ? $"jusqu’{end.FrenchUntil()}"
                    : $"jusqu’à : {end.ToFrench()}",
                ({ } start, null) => start.Qualifiers == EdtfQualifiers.None
                    ? $"à partir {start.FrenchFrom(start.PlainFrench())}"
                    : $"à partir de : {start.ToFrench()}",
                // A preposition does not go with « vers » or « peut-être ».
                ({ } start, { } end) when Qualifiers != EdtfQualifiers.None => $"{start.ToFrench()} – {end.ToFrench()}",
                ({ } start, { } end) =>
                    $"{start.FrenchFrom(start.FrenchOpeningOf(end))} {(end.Precision is EdtfPrecision.Year or EdtfPrecision.Month ? $"à {end.PlainFrench()}" : end.FrenchUntil())}",
                _ => Text,
            }
            : Qualifiers switch
            {
                EdtfQualifiers.Approximate => $"vers {PlainFrench()}",
                EdtfQualifiers.Uncertain => $"peut-être {PlainFrench()}",
                EdtfQualifiers.None => PlainFrench(),
                _ => $"peut-être vers {PlainFrench()}",
            };

    private string PlainFrench()
    {
        var day = Earliest.GetValueOrDefault();
        return Precision switch
        {
            EdtfPrecision.Day => string.Create(
                CultureInfo.InvariantCulture,
                $"{FrenchNumber(day.Day)} {FrenchMonths[day.Month - 1]} {day.Year}"
            ),
            EdtfPrecision.Month => string.Create(
                CultureInfo.InvariantCulture,
                $"{FrenchMonths[day.Month - 1]} {day.Year}"
            ),
            EdtfPrecision.Season => string.Create(
                CultureInfo.InvariantCulture,
                $"{FrenchSeason(day.Month)} {day.Year}"
            ),
            EdtfPrecision.Decade => string.Create(CultureInfo.InvariantCulture, $"années {day.Year}"),
            EdtfPrecision.Century => $"{Roman((day.Year / 100) + 1)}e siècle",
            _ => day.Year.ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <summary>« du 5 janvier », « de janvier », « de l’été », « des années 1960 ».</summary>
    private string FrenchFrom(string label) =>
        Precision switch
        {
            EdtfPrecision.Day or EdtfPrecision.Century => $"du {label}",
            EdtfPrecision.Decade => $"des {label}",
            EdtfPrecision.Season => Earliest.GetValueOrDefault().Month == 3 ? $"du {label}" : $"de l’{label}",
            _ => StartsWithVowel(label) ? $"d’{label}" : $"de {label}",
        };

    /// <summary>« au 5 janvier », « à l’été », « aux années 1960 », « en 1945 », « en janvier 1945 ».</summary>
    private string FrenchUntil() =>
        Precision switch
        {
            EdtfPrecision.Day or EdtfPrecision.Century => $"au {PlainFrench()}",
            EdtfPrecision.Decade => $"aux {PlainFrench()}",
            EdtfPrecision.Season => Earliest.GetValueOrDefault().Month == 3
                ? $"au {PlainFrench()}"
                : $"à l’{PlainFrench()}",
            _ => $"en {PlainFrench()}",
        };

    /// <summary>This date as the first of an interval, without the month or year that its last date repeats: « 5 » of « du 5 au 12 janvier 1919 ».</summary>
    private string FrenchOpeningOf(EdtfDate end)
    {
        var (first, last) = (Earliest.GetValueOrDefault(), end.Earliest.GetValueOrDefault());
        var alike = end.IsExact(Precision) && first.Year == last.Year;
        return Precision switch
        {
            EdtfPrecision.Day when alike && first.Month == last.Month => FrenchNumber(first.Day),
            EdtfPrecision.Day when alike => $"{FrenchNumber(first.Day)} {FrenchMonths[first.Month - 1]}",
            EdtfPrecision.Month when alike => FrenchMonths[first.Month - 1],
            EdtfPrecision.Season when alike => FrenchSeason(first.Month),
            _ => PlainFrench(),
        };
    }

    /// <summary>Only the first of a month is an ordinal.</summary>
    private static string FrenchNumber(int day) => day == 1 ? "1er" : day.ToString(CultureInfo.InvariantCulture);

    private static string FrenchSeason(int firstMonth) =>
        firstMonth switch
        {
            3 => "printemps",
            6 => "été",
            9 => "automne",
            _ => "hiver",
        };

    private static bool StartsWithVowel(string label) => label[0] is 'a' or 'o';

    private static string Roman(int number)
    {
        var roman = new System.Text.StringBuilder();
        foreach (
            var (value, letters) in new[]
            {
                (100, "C"),
                (90, "XC"),
                (50, "L"),
                (40, "XL"),
                (10, "X"),
                (9, "IX"),
                (5, "V"),
                (4, "IV"),
                (1, "I"),
            }
        )
        {
            for (; number >= value; number -= value)
            {
                roman.Append(letters);
            }
        }

        return roman.ToString();
    }
}
