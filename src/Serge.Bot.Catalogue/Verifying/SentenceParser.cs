using System.Text.RegularExpressions;

namespace Serge.Bot.Catalogue.Verifying;

/// <summary>Takes the essayist's own words apart.</summary>
internal static partial class SentenceParser
{
    /// <summary>The words of a sentence in order; quotations in it count as nothing.</summary>
    public static IReadOnlyList<Word> ParseWords(string sentence)
    {
        List<Word> words = [];
        foreach (Match match in AnyWord().Matches(sentence))
        {
            var behind = sentence.AsSpan(match.Index + match.Length).TrimStart(['”', ')', '’', ' ']);
            words.Add(
                new(match.Value)
                {
                    IsFirst = words.Count == 0,
                    HasCommaAfter = behind.StartsWith(",") || behind.StartsWith("—") || behind.StartsWith("–"),
                    HasBreakAfter =
                        !behind.IsEmpty
                        && !char.IsLetterOrDigit(behind[0])
                        && behind[0] is not ('“' or '‘' or '-' or Paragraph.QuotedCharacter),
                }
            );
        }

        return words;
    }

    /// <summary>The names in a sentence: runs of words with a capital.</summary>
    /// <remarks>The first word of a sentence has a capital anyway; alone it is a name only when it owns or says something.</remarks>
    public static IReadOnlyList<ProperName> FindNames(IReadOnlyList<Word> words)
    {
        List<ProperName> names = [];
        for (var i = 0; i < words.Count; i++)
        {
            if (!words[i].IsCapital)
            {
                continue;
            }

            var last = i;
            while (!words[last].HasBreakAfter && !words[last].IsPossessive && NextCapital(words, last) is { } next)
            {
                last = next;
            }

            var isLoneFirst = words[i].IsFirst && last == i;
            var isSubject = last + 1 < words.Count && ReportingWords.Verbs.Contains(words[last + 1].Lower);
            if (!isLoneFirst || isSubject || words[i].IsPossessive)
            {
                var isObject = i > 0 && ReportingWords.WordsBeforeObjects.Contains(words[i - 1].Lower);
                names.Add(
                    new(
                        i,
                        last,
                        string.Join(' ', words.Skip(i).Take(last - i + 1).Select(static word => word.Base)),
                        isObject
                    )
                );
            }

            i = last;
        }

        return names;
    }

    /// <summary>Where a name goes on: the next word with a capital, past particles such as "de la"; null when it ends here.</summary>
    private static int? NextCapital(IReadOnlyList<Word> words, int i)
    {
        i++;
        while (i < words.Count && ReportingWords.NameParticles.Contains(words[i].Lower) && !words[i].HasBreakAfter)
        {
            i++;
        }

        return i < words.Count && words[i].IsCapital ? i : null;
    }

    [GeneratedRegex(
        @"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:[’'\-][\p{L}\p{N}]+)*[’']?",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex AnyWord();
}

/// <summary>A word as the essay has it.</summary>
internal sealed record Word(string Text)
{
    public bool IsFirst { get; init; }

    public bool HasCommaAfter { get; init; }

    /// <summary>Whether any mark but a quotation follows.</summary>
    public bool HasBreakAfter { get; init; }

    public string Lower { get; } = Text.ToLowerInvariant();

    /// <summary>Without the ending of the possessive.</summary>
    public string Base => IsPossessive ? Text[..Text.LastIndexOfAny(['’', '\''])] : Text;

    public bool IsPossessive =>
        Text.EndsWith("’s", StringComparison.Ordinal)
        || Text.EndsWith("'s", StringComparison.Ordinal)
        || Text.EndsWith("s’", StringComparison.Ordinal)
        || Text.EndsWith("s'", StringComparison.Ordinal);

    public bool IsCapital => char.IsUpper(Text[0]) && !ReportingWords.NonNames.Contains(Lower);

    /// <summary>Whether it is "he": in essays about Serge, Serge himself.</summary>
    public bool IsHe => Lower is "he";

    public bool IsSerge => Base is "Serge" or "Kibalchich";
}

/// <summary>A name and where it stands among the words.</summary>
/// <param name="From">Its first word.</param>
/// <param name="To">Its last word.</param>
/// <param name="Text">The name.</param>
/// <param name="IsObject">Whether a preposition or an article stands before it, so that it does and says nothing.</param>
internal sealed record ProperName(int From, int To, string Text, bool IsObject)
{
    public bool IsSerge => Text.Split(' ').Any(static word => word is "Serge" or "Kibalchich");
}
