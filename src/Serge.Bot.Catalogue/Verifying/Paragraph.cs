namespace Serge.Bot.Catalogue.Verifying;

/// <summary>A paragraph of an essay: its quotations, and the essayist's own words.</summary>
internal sealed class Paragraph
{
    /// <summary>Replaces each character of a quotation in <see cref="TextOutsideQuotations"/>.</summary>
    internal const char QuotedCharacter = '\u0001';

    public Paragraph(string text, Paragraph? previous)
    {
        Text = text;
        Previous = previous;
        IsAnnounced = previous is not null && previous.Text.EndsWith(':');
        // A block has no marks of its own. What begins with one is usually a sentence that quotes.
        var isBlock = IsAnnounced && text is not ['“' or '"', ..];
        Quotations = isBlock ? [ToBlock()] : FindQuotations();
        var outside = text.ToCharArray();
        foreach (var (_, start, end) in Quotations)
        {
            outside.AsSpan(start, end - start).Fill(QuotedCharacter);
        }

        TextOutsideQuotations = new(outside);
        Sentences = FindSentences();
    }

    public string Text { get; }

    public Paragraph? Previous { get; }

    /// <summary>Whether it follows a colon at the end of the paragraph before, so it may be a block
    /// quotation.</summary>
    public bool IsAnnounced { get; }

    public IReadOnlyList<QuotedText> Quotations { get; }

    /// <summary>The text with <see cref="QuotedCharacter"/> instead of each quoted character; as long as the
    /// text.</summary>
    public string TextOutsideQuotations { get; }

    /// <summary>The ranges of the sentences, which together are the whole paragraph.</summary>
    public IReadOnlyList<(int Start, int End)> Sentences { get; }

    public bool Contains(string words)
    {
        return QuotationMatch.FindPositions(Text, words).Any();
    }

    /// <summary>The whole paragraph as a quotation without marks.</summary>
    public QuotedText ToBlock()
    {
        return new(this, 0, Text.Length) { IsBlock = true };
    }

    /// <summary>Finds the sentence that contains a position.</summary>
    /// <returns>Its index in <see cref="Sentences"/>.</returns>
    public int GetSentenceAt(int position)
    {
        var i = 0;
        while (i < Sentences.Count - 1 && Sentences[i].End <= position)
        {
            i++;
        }

        return i;
    }

    private List<QuotedText> FindQuotations()
    {
        List<QuotedText> found = [];
        var depth = 0;
        var start = 0;
        for (var i = 0; i < Text.Length; i++)
        {
            var mark = Text[i];
            if (mark == '“' || (mark == '"' && depth == 0))
            {
                depth++;
                if (depth == 1)
                {
                    start = i + 1;
                }
            }
            else if (depth > 0 && mark is '”' or '"')
            {
                depth--;
                if (depth == 0)
                {
                    found.Add(new(this, start, i));
                }
            }
        }

        // A quotation of several paragraphs has a closing mark only in the last one.
        if (depth > 0)
        {
            found.Add(new(this, start, Text.Length) { IsOpen = true });
        }

        return found;
    }

    private List<(int Start, int End)> FindSentences()
    {
        List<(int Start, int End)> sentences = [];
        var start = 0;
        for (var i = 0; i + 1 < Text.Length; i++)
        {
            var isQuoted = TextOutsideQuotations[i] == QuotedCharacter;
            if (Text[i] == ' ' && !isQuoted && EndsSentence(i - 1) && BeginsSentence(Text[i + 1]))
            {
                sentences.Add((start, i + 1));
                start = i + 1;
            }
        }

        sentences.Add((start, Text.Length));
        return sentences;
    }

    private static bool BeginsSentence(char character)
    {
        return char.IsUpper(character) || character is '“' or '"' or '(' or '‘' or '[';
    }

    private bool EndsSentence(int i)
    {
        while (i > 0 && Text[i] is '”' or '"' or '’' or ')' or ']')
        {
            i--;
        }

        return Text[i] switch
        {
            '!' or '?' or '…' => true,
            '.' => !EndsInitial(i),
            _ => false,
        };
    }

    /// <summary>Whether a full stop ends an initial, such as "V.", and not a sentence.</summary>
    private bool EndsInitial(int i)
    {
        if (i == 0 || !char.IsUpper(Text[i - 1]))
        {
            return false;
        }

        return i == 1 || Text[i - 2] is ' ' or '.';
    }
}
