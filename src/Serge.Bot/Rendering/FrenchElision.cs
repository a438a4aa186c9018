using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Serge.Bot.Rendering;

/// <summary>The elision of French before a name: « d’Emma Goldman », but « de Victor Serge ».</summary>
internal static partial class FrenchElision
{
    /// <summary>With the ligatures and letters that Unicode does not decompose.</summary>
    private const string Vowels = "aeiouæœøı";

    /// <summary>Names with a mute h, folded. Whether an h is mute cannot be seen from its spelling, and with most names
    /// French permits the full form: other names with an h have it.</summary>
    private static readonly FrozenSet<string> NamesWithMuteH = new[]
    {
        "hadrien",
        "hector",
        "helen",
        "helene",
        "heloise",
        "henri",
        "henriette",
        "henry",
        "hermine",
        "herodote",
        "hesiode",
        "hilaire",
        "hippocrate",
        "hippolyte",
        "homere",
        "honore",
        "honorine",
        "horace",
        "hortense",
        "hubert",
        "hubertine",
        "hugues",
        "huguette",
        "hyacinthe",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Shortens the words "de" and "que" before each placeholder whose value requires it:
    /// « traduction de {0} » becomes « traduction d’{0} ».</summary>
    /// <param name="text">A text with placeholders.</param>
    /// <param name="values">The values of the placeholders.</param>
    public static string Apply(string text, IReadOnlyList<object> values)
    {
        return BeforePlaceholder().Replace(text, match => Elide(match, values));
    }

    private static string Elide(Match match, IReadOnlyList<object> values)
    {
        var index = int.Parse(match.Groups["index"].ValueSpan, CultureInfo.InvariantCulture);
        if (values[index] is string name && IsElidedBefore(name))
        {
            var consonants = match.Groups["consonants"].Value;
            var placeholder = match.Groups["placeholder"].Value;
            return $"{consonants}’{placeholder}";
        }

        return match.Value;
    }

    /// <summary>Whether a name begins with a vowel or a mute h. Markup and quotation marks before it do not count, nor
    /// do case and accents. Before a name in another script than Latin there is no elision.</summary>
    private static bool IsElidedBefore(string name)
    {
        return GetFirstWord(name) switch
        {
            ['h', ..] and var word => NamesWithMuteH.Contains(word),
            // Before a vowel, y is a consonant: « d’Yves », « de Yann ».
            ['y', var second, ..] => !IsVowel(second),
            [var first, ..] => IsVowel(first),
            _ => false,
        };
    }

    private static bool IsVowel(char letter) => Vowels.Contains(letter, StringComparison.Ordinal);

    /// <summary>The first word in lower case and without accents; empty if there is none.</summary>
    private static string GetFirstWord(string name)
    {
        var runes = name.EnumerateRunes().SkipWhile(rune => !Rune.IsLetterOrDigit(rune));
        var word = string.Concat(runes.TakeWhile(rune => Rune.IsLetterOrDigit(rune) || IsAccent(rune)));
        var decomposed = word.Normalize(NormalizationForm.FormD).EnumerateRunes();
        var folded = decomposed.Where(rune => !IsAccent(rune)).Select(Rune.ToLowerInvariant);
        return string.Concat(folded);
    }

    private static bool IsAccent(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark;

    [GeneratedRegex(
        @"\b(?<consonants>d|qu)e (?<placeholder>\{(?<index>[0-9]+)\})",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex BeforePlaceholder();
}
