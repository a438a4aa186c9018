using System.Text;

namespace Serge.Bot.Cards;

/// <summary>A part of a text between two places where a line may end.</summary>
/// <param name="Runs">At least one; none is empty.</param>
/// <param name="HasSpace">A space follows.</param>
/// <param name="EndsLine">A line feed follows.</param>
internal sealed record Word(IReadOnlyList<CardRun> Runs, bool HasSpace, bool EndsLine);

/// <summary>Splits text where a line may end: at spaces, and after hyphens and dashes between letters.</summary>
internal static class WordSplitter
{
    private const string BreakAfter = "-–—/";

    public static IReadOnlyList<Word> Split(IReadOnlyList<CardRun> runs)
    {
        List<Word> words = [];
        List<CardRun> current = [];
        StringBuilder text = new();
        foreach (var run in runs)
        {
            for (var i = 0; i < run.Text.Length; i++)
            {
                var c = run.Text[i];
                if (c == ' ' && text.Length > 0 && IsLoneDash(run.Text, i + 1))
                {
                    // A line may end with a dash between spaces, and does not start with one.
                    text.Append(c);
                }
                else if (c is ' ' or '\n')
                {
                    Take(run.IsItalic);
                    Finish(hasSpace: c == ' ', endsLine: c == '\n');
                }
                else
                {
                    text.Append(c);
                    if (IsBreakAfter(run.Text, i))
                    {
                        Take(run.IsItalic);
                        Finish(hasSpace: false, endsLine: false);
                    }
                }
            }

            Take(run.IsItalic);
        }

        Finish(hasSpace: false, endsLine: false);
        return words;

        void Take(bool isItalic)
        {
            if (text.Length > 0)
            {
                CardRun run = new(text.ToString(), isItalic);
                current.Add(run);
                text.Clear();
            }
        }

        void Finish(bool hasSpace, bool endsLine)
        {
            if (current.Count > 0)
            {
                words.Add(new Word(current, hasSpace, endsLine));
                current = [];
            }
            else if (words.Count > 0)
            {
                var last = words[^1];
                words[^1] = last with { HasSpace = last.HasSpace || hasSpace, EndsLine = last.EndsLine || endsLine };
            }
        }
    }

    private static bool IsLoneDash(string text, int index)
    {
        var isInside = index > 1 && index + 1 < text.Length;
        return isInside && text[index] is '–' or '—' && text[index + 1] is ' ';
    }

    private static bool IsBreakAfter(string text, int index)
    {
        var isInside = index > 0 && index + 1 < text.Length;
        return isInside && BreakAfter.Contains(text[index]) && char.IsLetter(text[index + 1]);
    }
}
