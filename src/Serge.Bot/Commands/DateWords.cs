using System.Globalization;
using System.Text;

namespace Serge.Bot.Commands;

/// <summary>The words of a typed date, in English and French; in lower case and without accents.</summary>
internal static class DateWords
{
    private const int MinNameLength = 3;

    private const int MaxDigits = 4;

    private const string Decade = "annees";

    private static readonly string[][] Months =
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

    private static readonly string[][] Seasons =
    [
        ["spring", "printemps"],
        ["summer", "ete"],
        ["autumn", "fall", "automne"],
        ["winter", "hiver"],
    ];

    private static readonly string[] Fillers = [.. "the of in le la les l d de du des en".Split(' '), Decade];

    /// <summary>What can follow the digits of a day: "22nd", "1er".</summary>
    private static readonly string[] DayEndings = ["", "st", "nd", "rd", "th", "er", "e"];

    private static readonly char[] Digits = [.. "0123456789"];

    /// <summary>Splits a text into words, in lower case and without accents.</summary>
    /// <returns>A single question mark if the text contains a character that is in no date.</returns>
    public static string[] Split(string text)
    {
        StringBuilder folded = new();
        foreach (var letter in Decompose(text))
        {
            if (char.IsLetterOrDigit(letter))
            {
                folded.Append(char.ToLowerInvariant(letter));
            }
            else if (letter is ' ' or ',' or '.' or '\'' or '’' or '\u00A0')
            {
                folded.Append(' ');
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            {
                return ["?"];
            }
        }

        return folded.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>A number of one to four digits.</summary>
    public static int? ParseNumber(string digits)
    {
        var isNumber = digits.Length is > 0 and <= MaxDigits && digits.All(char.IsAsciiDigit);
        if (isNumber)
        {
            return int.Parse(digits, CultureInfo.InvariantCulture);
        }

        return null;
    }

    public static bool StartsWithDigit(string word) => char.IsAsciiDigit(word[0]);

    /// <summary>What follows the digits of a word.</summary>
    public static string GetEnding(string word) => word.TrimStart(Digits);

    public static bool IsDayEnding(string ending) => DayEndings.Contains(ending, StringComparer.Ordinal);

    public static bool IsFiller(string word) => Fillers.Contains(word, StringComparer.Ordinal);

    /// <summary>Whether a word makes a year a decade: « les années 1920 ».</summary>
    public static bool IsDecade(string word) => word == Decade;

    /// <summary>1 to 12; <see langword="null"/> if no month, or more than one, begins with the word.</summary>
    public static int? FindMonth(string word) => Find(Months, word);

    /// <summary>1 spring to 4 winter; <see langword="null"/> if no season begins with the word.</summary>
    public static int? FindSeason(string word) => Find(Seasons, word);

    /// <summary>Separates letters from their accents.</summary>
    private static string Decompose(string text)
    {
        // U+FFFE and unpaired surrogates cannot be normalized.
        var valid = string.Concat(text.Replace('\uFFFE', '?').EnumerateRunes());
        return valid.Normalize(NormalizationForm.FormD);
    }

    private static int? Find(string[][] names, string word)
    {
        if (word.Length < MinNameLength)
        {
            return null;
        }

        int? found = null;
        for (var index = 0; index < names.Length; index++)
        {
            if (names[index].Any(name => name.StartsWith(word, StringComparison.Ordinal)))
            {
                if (found is not null)
                {
                    return null;
                }

                found = index + 1;
            }
        }

        return found;
    }
}
