using System.Text.RegularExpressions;

namespace Serge.Bot.Catalogue;

/// <summary>A word of a text.</summary>
/// <param name="Letters">Folded, for comparisons.</param>
/// <param name="Text">As written, with the punctuation around it; a mark between spaces, such as a dash, belongs to the
/// word before it.</param>
/// <param name="Start">The position in the text of its first letter.</param>
/// <param name="End">The position after its last letter.</param>
internal sealed partial record TextWord(string Letters, string Text, int Start, int End)
{
    /// <summary>Splits a text into words as <see cref="FoldedText"/> does: at everything but letters, digits,
    /// apostrophes and brackets.</summary>
    public static List<TextWord> Split(string text)
    {
        var matches = WordPattern().Matches(text);
        var found = matches.Where(match => FoldedText.GetLetters(match.Value).Length > 0).ToList();
        List<TextWord> words = [];
        var from = 0;
        for (var i = 0; i < found.Count; i++)
        {
            var letters = FoldedText.GetLetters(found[i].Value);
            var start = found[i].Index;
            var end = start + found[i].Length;
            var to = text.Length;
            if (i + 1 < found.Count)
            {
                to = FindBoundary(text, end, found[i + 1].Index);
            }

            var shown = text[from..to].Trim();
            words.Add(new(letters, shown, start, end));
            from = to;
        }

        return words;
    }

    /// <summary>Finds where the punctuation of one word ends and that of the next one begins.</summary>
    private static int FindBoundary(string text, int end, int next)
    {
        var boundary = next;
        while (boundary > end && !char.IsWhiteSpace(text[boundary - 1]))
        {
            boundary--;
        }

        return boundary == end ? next : boundary;
    }

    /// <summary>A bracket in a word is the essayist's: "[T]he" is the word "the".</summary>
    [GeneratedRegex(
        @"\[?[\p{L}\p{N}]([\p{L}\p{N}\p{M}\p{Cf}'’‘ʼ`´′\[\]]*[\p{L}\p{N}\p{M}])?",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex WordPattern();
}
