namespace Serge.Bot.Catalogue.Verifying;

/// <summary>Finds words of ours that are an essay's.</summary>
internal sealed class CopiedTextFinder
{
    /// <summary>So many equal words in a row are no chance; shorter runs are names and set phrases.</summary>
    internal const int MinWords = 8;

    private readonly HashSet<string> _runs = new(StringComparer.Ordinal);

    public CopiedTextFinder(IEnumerable<Essay> essays)
    {
        foreach (var paragraph in essays.SelectMany(static essay => essay.Paragraphs))
        {
            var words = FoldedText.GetWords(paragraph.Text);
            for (var i = 0; i + MinWords <= words.Count; i++)
            {
                _runs.Add(Run(words, i));
            }
        }
    }

    /// <summary>The first run of words that an essay has too, as long as it goes; null when there is none.</summary>
    public string? Find(string text)
    {
        var words = FoldedText.GetWords(text);
        for (var i = 0; i + MinWords <= words.Count; i++)
        {
            if (_runs.Contains(Run(words, i)))
            {
                var end = i + MinWords;
                while (end < words.Count && _runs.Contains(Run(words, end - MinWords + 1)))
                {
                    end++;
                }

                return string.Join(' ', words[i..end]);
            }
        }

        return null;
    }

    private static string Run(List<string> words, int from) => string.Join(' ', words[from..(from + MinWords)]);
}
