namespace Serge.Bot.Catalogue.Verifying;

/// <summary>Finds words in our own sentences that are copied from an essay.</summary>
internal sealed class CopiedTextFinder
{
    /// <summary>So many equal words in a row are not a coincidence; shorter sequences are names and common
    /// phrases.</summary>
    internal const int MinWords = 8;

    private readonly HashSet<string> _sequences = [];

    public CopiedTextFinder(IEnumerable<Essay> essays)
    {
        foreach (var paragraph in essays.SelectMany(essay => essay.Paragraphs))
        {
            var words = FoldedText.GetWords(paragraph.Text);
            for (var i = 0; i + MinWords <= words.Count; i++)
            {
                _sequences.Add(GetSequence(words, i));
            }
        }
    }

    /// <summary>Finds the first sequence of words that an essay has, too, at its full length.</summary>
    /// <returns>Null when there is none.</returns>
    public string? Find(string text)
    {
        var words = FoldedText.GetWords(text);
        var start = 0;
        while (!IsCopied(words, start))
        {
            start++;
            if (start + MinWords > words.Count)
            {
                return null;
            }
        }

        var end = start + MinWords;
        while (IsCopied(words, end - MinWords + 1))
        {
            end++;
        }

        return string.Join(' ', words[start..end]);
    }

    private bool IsCopied(List<string> words, int start)
    {
        return start + MinWords <= words.Count && _sequences.Contains(GetSequence(words, start));
    }

    private static string GetSequence(List<string> words, int start)
    {
        return string.Join(' ', words[start..(start + MinWords)]);
    }
}
