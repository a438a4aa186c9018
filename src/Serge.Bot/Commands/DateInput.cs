using System.Globalization;

namespace Serge.Bot.Commands;

/// <summary>A date that a person typed, in English or French: "1 February", "Feb 1 1933", « 1er février », "02-01",
/// "spring 1936", "the 1920s", or any date that <see cref="EdtfDate"/> reads.</summary>
/// <remarks>A date with slashes, such as 1/2, is not accepted: it is 1 February for some readers and 2 January for
/// others.</remarks>
internal sealed record DateInput
{
    private const int MaxDay = 99;

    private static readonly char[] AmbiguousSeparators = ['/', '.'];

    private DateInput() { }

    /// <summary>0 to 99; <see cref="Exists"/> says whether the month has that day.</summary>
    public int? Day { get; private init; }

    /// <summary>1 to 12.</summary>
    public int? Month { get; private init; }

    /// <summary>1 spring, 2 summer, 3 autumn, 4 winter.</summary>
    public int? Season { get; private init; }

    /// <summary>1 to 9999; the first year of a decade.</summary>
    public int? Year { get; private init; }

    /// <summary>Whether <see cref="Year"/> is the first of ten years.</summary>
    public bool IsDecade { get; private init; }

    /// <summary>The number of days in the month; 29 for February without a year, 0 without a month.</summary>
    public int DaysInMonth => Month is { } month ? DateTime.DaysInMonth(Year ?? 2000, month) : 0;

    /// <summary>Whether the month has that day.</summary>
    public bool Exists => Day is null || Month is null || (Day >= 1 && Day <= DaysInMonth);

    /// <summary>The date, as exact as it was typed; <see langword="null"/> if it has no year or does not
    /// exist.</summary>
    public EdtfDate? Edtf { get; private init; }

    /// <summary>The day; without a year that of <paramref name="today"/>, for 29 February the last leap year.</summary>
    /// <returns><see langword="null"/> if it is not a day or does not exist.</returns>
    public DateOnly? ToDay(DateOnly today)
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

    /// <returns><see langword="null"/> if it is not a date. A day that does not exist, such as 30 February, is
    /// returned.</returns>
    public static DateInput? Parse(string typed)
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

        var date = ParseNumbers(text) ?? ParseWords(DateWords.Split(text));
        if (date is null)
        {
            return null;
        }

        return date with
        {
            Edtf = date.ToEdtf(),
        };
    }

    /// <summary>The two days that a date such as 1/2 or 1.2.1933 can mean, the day first and the month first, in a leap
    /// year.</summary>
    /// <returns><see langword="null"/> if the text is not two or three numbers, or can only mean one day.</returns>
    public static (DateOnly DayFirst, DateOnly MonthFirst)? FindAmbiguity(string typed)
    {
        var numbers = typed.Trim().Split(AmbiguousSeparators).Select(DateWords.ParseNumber).ToArray();
        if (numbers.Length is not (2 or 3) || numbers.Contains(null))
        {
            return null;
        }

        var (first, second) = (numbers[0]!.Value, numbers[1]!.Value);
        var isAmbiguous = first is >= 1 and <= 12 && second is >= 1 and <= 12 && first != second;
        if (isAmbiguous)
        {
            return (new DateOnly(2000, second, first), new DateOnly(2000, first, second));
        }

        return null;
    }

    /// <summary>Reads <c>02-01</c>, month first, and <c>1933-02-30</c>, which does not exist.</summary>
    private static DateInput? ParseNumbers(string text)
    {
        var numbers = text.Split('-').Select(DateWords.ParseNumber).ToArray();
        return numbers switch
        {
            [{ } month, { } day] => Create(year: null, month, day),
            [{ } year and > 0, { } month, { } day] => Create(year, month, day),
            _ => null,
        };
    }

    private static DateInput? Create(int? year, int month, int day)
    {
        var isDate = month is >= 1 and <= 12 && day <= MaxDay;
        if (isDate)
        {
            return new DateInput
            {
                Year = year,
                Month = month,
                Day = day,
            };
        }

        return null;
    }

    private static DateInput? ParseWords(IReadOnlyList<string> words)
    {
        var hasDecadeWord = words.Any(DateWords.IsDecade);
        DateInput? date = new();
        foreach (var word in words.Where(word => !DateWords.IsFiller(word)))
        {
            date = DateWords.StartsWithDigit(word) ? date.AddNumber(word, hasDecadeWord) : date.AddName(word);
            if (date is null)
            {
                return null;
            }
        }

        if (date.IsConsistent())
        {
            return date;
        }

        return null;
    }

    /// <summary>Adds a year ("1936", "1920s") or a day ("1", "22nd", "1er").</summary>
    private DateInput? AddNumber(string word, bool hasDecadeWord)
    {
        var ending = DateWords.GetEnding(word);
        var digits = word[..^ending.Length];
        if (DateWords.ParseNumber(digits) is not { } number)
        {
            return null;
        }

        if (digits.Length == 4 && Year is null && number > 0 && ending is "" or "s")
        {
            var isDecade = number % 10 == 0 && (ending == "s" || hasDecadeWord);
            return this with { Year = number, IsDecade = isDecade };
        }

        var isDay = digits.Length <= 2 && Day is null && DateWords.IsDayEnding(ending);
        if (isDay)
        {
            return this with { Day = number };
        }

        return null;
    }

    /// <summary>Adds a month or a season.</summary>
    private DateInput? AddName(string word)
    {
        if (DateWords.FindMonth(word) is { } month && Month is null)
        {
            return this with { Month = month };
        }

        if (DateWords.FindSeason(word) is { } season && Season is null)
        {
            return this with { Season = season };
        }

        return null;
    }

    private bool IsConsistent()
    {
        if (Day is not null && Month is null)
        {
            return false;
        }

        if (Season is not null && (Year is null || Month is not null))
        {
            return false;
        }

        if (IsDecade && (Month is not null || Season is not null))
        {
            return false;
        }

        return Month is not null || Year is not null;
    }

    private EdtfDate? ToEdtf()
    {
        if (Year is not { } year || !Exists)
        {
            return null;
        }

        if (EdtfDate.TryParse(FormatEdtf(year), out var date, out _))
        {
            return date;
        }

        return null;
    }

    private string FormatEdtf(int year)
    {
        if (IsDecade)
        {
            return Invariant($"{year / 10:D3}X");
        }

        if (Season is not null)
        {
            return Invariant($"{year:D4}-{20 + Season}");
        }

        if (Month is null)
        {
            return Invariant($"{year:D4}");
        }

        if (Day is null)
        {
            return Invariant($"{year:D4}-{Month:D2}");
        }

        return Invariant($"{year:D4}-{Month:D2}-{Day:D2}");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
