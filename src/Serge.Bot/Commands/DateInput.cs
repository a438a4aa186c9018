using System.Globalization;
using System.Text;

namespace Serge.Bot.Commands;

/// <summary>A date as a person types it, in English or French whatever their client is set to: "1 February", "Feb 1 1933", « 1er février », "02-01",
/// "spring 1936", "the 1920s", or any date that <see cref="EdtfDate"/> reads.</summary>
/// <remarks>Days with slashes, such as 1/2, are no dates here: half the readers would take them for another day.</remarks>
internal sealed record DateInput
{
    private static readonly string[][] MonthNames =
    [
        ["january", "janvier"],
        ["february", "fevrier"],
        ["march", "mars"],
        ["april", "avril"],
        ["may", "mai"],
        ["june", "juin"],
        ["july", "juillet"],
        ["august", "aout"],
        ["september", "septembre"],
        ["october", "octobre"],
        ["november", "novembre"],
        ["december", "decembre"],
    ];

    private static readonly string[][] SeasonNames =
    [
        ["spring", "printemps"],
        ["summer", "ete"],
        ["autumn", "fall", "automne"],
        ["winter", "hiver"],
    ];

    private static readonly string[] Fillers =
    [
        "the",
        "of",
        "in",
        "le",
        "la",
        "les",
        "l",
        "d",
        "de",
        "du",
        "des",
        "en",
        "annees",
    ];

    /// <summary>What follows the digits of a day in English and French: "22nd", "1er".</summary>
    private static readonly string[] DayEndings = ["", "st", "nd", "rd", "th", "er", "e"];

    private static readonly char[] Digits = [.. "0123456789"];

    private DateInput() { }

    /// <summary>1 to 99; whether the month has it is asked with <see cref="Exists"/>.</summary>
    public int? Day { get; private init; }

    /// <summary>1 to 12.</summary>
    public int? Month { get; private init; }

    /// <summary>1 spring, 2 summer, 3 autumn, 4 winter.</summary>
    public int? Season { get; private init; }

    /// <summary>1 to 9999; of a decade its first.</summary>
    public int? Year { get; private init; }

    /// <summary>Whether <see cref="Year"/> stands for ten years.</summary>
    public bool IsDecade { get; private init; }

    /// <summary>How many days its month has; 29 for a February of no particular year.</summary>
    public int DaysInMonth => Month is { } month ? DateTime.DaysInMonth(Year ?? 2000, month) : 0;

    /// <summary>Whether there is such a day.</summary>
    public bool Exists => Day is null || Month is null || (Day >= 1 && Day <= DaysInMonth);

    /// <summary>As a date that may be as vague as a decade; <see langword="null"/> when it lacks a year or does not exist.</summary>
    public EdtfDate? Edtf { get; private init; }

    /// <summary>As a day; without a year it is that of <paramref name="today"/>, or for 29 February the last that had one.</summary>
    /// <returns><see langword="null"/> when it is no day or does not exist.</returns>
    public DateOnly? DayFrom(DateOnly today)
    {
        if (Day is not { } day || Month is not { } month || !Exists)
        {
            return null;
        }

        var year = Year ?? today.Year;
        while (day > DateTime.DaysInMonth(year, month))
        {
            year--;
        }

        return new DateOnly(year, month, day);
    }

    /// <summary>Reads it.</summary>
    /// <returns><see langword="null"/> when it is no date at all; one that looks like a date but does not exist is returned.</returns>
    public static DateInput? Read(string typed)
    {
        var text = typed.Trim();
        if (EdtfDate.TryParse(text.ToUpperInvariant(), out var edtf, out _))
        {
            var day = edtf.Day;
            return new DateInput
            {
                Edtf = edtf,
                Day = day?.Day,
                Month = day?.Month,
                Year = day?.Year,
            };
        }

        return (ReadNumbers(text) ?? ReadWords(Folded(text))) is { } read ? read with { Edtf = read.ToEdtf() } : null;
    }

    /// <summary><c>02-01</c>, month first, and <c>1933-02-30</c>, which looks like a date and is none.</summary>
    private static DateInput? ReadNumbers(string text)
    {
        var numbers = text.Split('-')
            .Select(part =>
                part.Length is > 0 and <= 4 && part.All(char.IsAsciiDigit)
                    ? int.Parse(part, CultureInfo.InvariantCulture)
                    : (int?)null
            )
            .ToArray();
        return numbers switch
        {
            [{ } month and >= 1 and <= 12, { } day and <= 99] => new DateInput { Month = month, Day = day },
            [{ } year and >= 1, { } month and >= 1 and <= 12, { } day and <= 99] => new DateInput
            {
                Year = year,
                Month = month,
                Day = day,
            },
            _ => null,
        };
    }

    private static DateInput? ReadWords(IReadOnlyList<string> words)
    {
        var date = new DateInput();
        foreach (var word in words.Where(word => !Fillers.Contains(word, StringComparer.Ordinal)))
        {
            var digits = word.Length - word.TrimStart(Digits).Length;
            var ending = word[digits..];
            var number = digits is > 0 and <= 4 ? int.Parse(word[..digits], CultureInfo.InvariantCulture) : (int?)null;
            var read = (number, Index(MonthNames, word), Index(SeasonNames, word)) switch
            {
                ({ } year, _, _) when digits == 4 && ending is "" or "s" && date.Year is null && year > 0 => date with
                {
                    Year = year,
                    IsDecade = year % 10 == 0 && (ending is "s" || words.Contains("annees", StringComparer.Ordinal)),
                },
                ({ } day, _, _) when digits <= 2 && date.Day is null && DayEndings.Contains(ending) => date with
                {
                    Day = day,
                },
                (null, { } month, _) when date.Month is null => date with { Month = month },
                (null, _, { } season) when date.Season is null => date with { Season = season },
                _ => null,
            };
            if (read is null)
            {
                return null;
            }

            date = read;
        }

        return date switch
        {
            { Day: not null, Month: null }
            or { Season: not null, Year: null }
            or { Season: not null, Month: not null } => null,
            { IsDecade: true } when date.Month is not null || date.Season is not null => null,
            { Month: null, Season: null, Year: null } => null,
            _ => date,
        };
    }

    /// <summary>Which name a word begins, 1 and up; <see langword="null"/> when none, when several, or when it has less than three letters.</summary>
    private static int? Index(string[][] names, string word)
    {
        var found =
            word.Length < 3
                ? []
                : Enumerable
                    .Range(0, names.Length)
                    .Where(index => names[index].Any(name => name.StartsWith(word, StringComparison.Ordinal)))
                    .Take(2)
                    .ToArray();
        return found is [var only] ? only + 1 : null;
    }

    /// <summary>Lower case, without accents, split where there is neither letter nor digit.</summary>
    private static string[] Folded(string text)
    {
        var folded = string.Concat(
            string.Concat(text.Replace('\uFFFE', '?').EnumerateRunes())
                .Normalize(NormalizationForm.FormD)
                .Where(sign => CharUnicodeInfo.GetUnicodeCategory(sign) != UnicodeCategory.NonSpacingMark)
                .Select(sign =>
                    char.IsLetterOrDigit(sign) ? char.ToLowerInvariant(sign)
                    : sign is ' ' or ',' or '.' or '\'' or '’' or '\u00A0' ? ' '
                    : '\0'
                )
        );
        return folded.Contains('\0', StringComparison.Ordinal)
            ? ["?"]
            : folded.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private EdtfDate? ToEdtf()
    {
        if (Year is not { } year || !Exists)
        {
            return null;
        }

        var text = this switch
        {
            { IsDecade: true } => string.Create(CultureInfo.InvariantCulture, $"{year / 10:D3}X"),
            { Season: { } season } => string.Create(CultureInfo.InvariantCulture, $"{year:D4}-{20 + season}"),
            { Day: { } day, Month: { } month } => string.Create(
                CultureInfo.InvariantCulture,
                $"{year:D4}-{month:D2}-{day:D2}"
            ),
            { Month: { } month } => string.Create(CultureInfo.InvariantCulture, $"{year:D4}-{month:D2}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{year:D4}"),
        };
        return EdtfDate.TryParse(text, out var date, out _) ? date : null;
    }
}
