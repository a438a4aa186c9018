using System.Text.RegularExpressions;

namespace Serge.Bot.Catalogue.Verifying;

/// <summary>Splits the essayist's own sentences into words and finds the names in them.</summary>
internal static partial class SentenceParser
{
    /// <summary>Splits a sentence into words; quotations in it are ignored.</summary>
    public static IReadOnlyList<Word> ParseWords(string sentence)
    {
        List<Word> words = [];
        foreach (Match match in AnyWord().Matches(sentence))
        {
            var rest = sentence.AsSpan(match.Index + match.Length);
            var next = rest.TrimStart(['”', ')', '’', ' ']);
            Word word = new(match.Value)
            {
                IsFirst = words.Count == 0,
                HasCommaAfter = next is [',' or '—' or '–', ..],
                HasBreakAfter = next is [var mark, ..] && IsBreak(mark),
            };
            words.Add(word);
        }

        return words;
    }

    /// <summary>Finds the names in a sentence: words with a capital in a row.</summary>
    /// <remarks>The first word of a sentence always has a capital; alone it is a name only when it has a possessive
    /// ending or is the subject of a reporting verb.</remarks>
    public static IReadOnlyList<ProperName> FindNames(IReadOnlyList<Word> words)
    {
        List<ProperName> names = [];
        for (var i = 0; i < words.Count; i++)
        {
            if (!words[i].IsCapital)
            {
                continue;
            }

            var last = FindEnd(words, i);
            if (IsName(words, i, last))
            {
                names.Add(CreateName(words, i, last));
            }

            i = last;
        }

        return names;
    }

    private static ProperName CreateName(IReadOnlyList<Word> words, int first, int last)
    {
        List<string> parts = [];
        for (var i = first; i <= last; i++)
        {
            parts.Add(words[i].Base);
        }

        var before = first > 0 ? words[first - 1].Lower : "";
        var isObject = ReportingWords.WordsBeforeObjects.Contains(before);
        return new(first, last, string.Join(' ', parts), isObject);
    }

    private static bool IsName(IReadOnlyList<Word> words, int first, int last)
    {
        if (first < last || !words[first].IsFirst || words[first].IsPossessive)
        {
            return true;
        }

        return last + 1 < words.Count && words[last + 1].IsReportingVerb;
    }

    /// <summary>Finds the last word of a name.</summary>
    private static int FindEnd(IReadOnlyList<Word> words, int first)
    {
        var last = first;
        while (!words[last].HasBreakAfter && !words[last].IsPossessive)
        {
            var next = FindNextCapital(words, last);
            if (next is null)
            {
                break;
            }

            last = next.Value;
        }

        return last;
    }

    /// <summary>Finds the next word of a name, after particles such as "de la".</summary>
    private static int? FindNextCapital(IReadOnlyList<Word> words, int i)
    {
        i++;
        while (i < words.Count && words[i].IsParticle && !words[i].HasBreakAfter)
        {
            i++;
        }

        return i < words.Count && words[i].IsCapital ? i : null;
    }

    private static bool IsBreak(char mark)
    {
        var beginsQuotation = mark is '“' or '‘' or Paragraph.QuotedCharacter;
        return !char.IsLetterOrDigit(mark) && mark != '-' && !beginsQuotation;
    }

    [GeneratedRegex(
        @"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:[’'\-][\p{L}\p{N}]+)*[’']?",
        RegexOptions.CultureInvariant,
        60_000
    )]
    private static partial Regex AnyWord();
}
