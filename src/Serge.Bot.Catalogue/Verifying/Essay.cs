using System.Text;
using System.Text.RegularExpressions;

namespace Serge.Bot.Catalogue.Verifying;

/// <summary>The text of an essay, paragraph by paragraph.</summary>
internal sealed partial class Essay
{
    /// <summary>Takes the lines between an essay's author and its end. Blank lines part paragraphs; a wrapped paragraph is joined.</summary>
    public Essay(Source source, IEnumerable<string> lines)
    {
        Source = source;
        List<Paragraph> paragraphs = [];
        StringBuilder gathered = new();
        foreach (var line in lines.Append(""))
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                gathered.Append(' ').Append(line);
            }
            else if (gathered.Length > 0)
            {
                paragraphs.Add(new(Normalize(gathered.ToString()), paragraphs.LastOrDefault()));
                gathered.Clear();
            }
        }

        Paragraphs = paragraphs;
        Quotations = [.. paragraphs.SelectMany(static paragraph => paragraph.Quotations)];
    }

    /// <summary>Which essay it is.</summary>
    public Source Source { get; }

    public IReadOnlyList<Paragraph> Paragraphs { get; }

    /// <summary>All that the essay quotes, in its order.</summary>
    public IReadOnlyList<Quotation> Quotations { get; }

    /// <summary>Text as it is compared: composed (NFC), and any run of white space one space.</summary>
    public static string Normalize(string text) =>
        White().Replace(FoldedText.Normalize(text, NormalizationForm.FormC), " ").Trim();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex White();
}

/// <summary>A paragraph of an essay: what it quotes, and what it says itself.</summary>
internal sealed class Paragraph
{
    /// <summary>Stands in <see cref="TextOutsideQuotations"/> for each character of a quotation.</summary>
    internal const char QuotedCharacter = '\u0001';

    public Paragraph(string text, Paragraph? before)
    {
        Text = text;
        Previous = before;
        var isBlock = before is { } above && above.Text.EndsWith(':') && !IsWhollyInMarks(text);
        Quotations = isBlock ? [new(this, 0, text.Length) { IsBlock = true }] : FindQuotations();
        var outside = text.ToCharArray();
        foreach (var quotation in Quotations)
        {
            outside.AsSpan(quotation.Start, quotation.End - quotation.Start).Fill(QuotedCharacter);
        }

        TextOutsideQuotations = new(outside);
        Sentences = FindSentences();
    }

    public string Text { get; }

    /// <summary>The paragraph above, if any.</summary>
    public Paragraph? Previous { get; }

    public IReadOnlyList<Quotation> Quotations { get; }

    /// <summary>The text with <see cref="QuotedCharacter"/> in place of each character that is quoted; as long as the text.</summary>
    public string TextOutsideQuotations { get; }

    /// <summary>The sentences, as ranges that together are the whole paragraph.</summary>
    public IReadOnlyList<(int Start, int End)> Sentences { get; }

    /// <summary>Which sentence holds this position.</summary>
    public int SentenceAt(int position)
    {
        var i = 0;
        while (i < Sentences.Count - 1 && Sentences[i].End <= position)
        {
            i++;
        }

        return i;
    }

    private List<Quotation> FindQuotations()
    {
        List<Quotation> found = [];
        var (depth, start) = (0, 0);
        for (var i = 0; i <= Text.Length; i++)
        {
            var mark = i == Text.Length ? '\n' : Text[i];
            var opens = mark == '“' || (mark == '"' && depth == 0);
            var closes = mark == '”' || (mark == '"' && depth > 0);
            if (opens && depth++ == 0)
            {
                start = i + 1;
            }
            // A quotation that runs on over several paragraphs has no closing mark in the first of them.
            else if ((closes && depth > 0 && --depth == 0) || (mark == '\n' && depth > 0))
            {
                found.Add(new(this, start, i));
            }
        }

        return found;
    }

    private List<(int Start, int End)> FindSentences()
    {
        List<(int Start, int End)> sentences = [];
        var start = 0;
        for (var i = 0; i + 1 < Text.Length; i++)
        {
            if (
                Text[i] == ' '
                && EndsSentence(i - 1)
                && (char.IsUpper(Text[i + 1]) || Text[i + 1] is '“' or '"' or '(' or '‘' or '[')
                && TextOutsideQuotations[i] != QuotedCharacter
            )
            {
                sentences.Add((start, i + 1));
                start = i + 1;
            }
        }

        sentences.Add((start, Text.Length));
        return sentences;
    }

    private bool EndsSentence(int i)
    {
        while (i > 0 && Text[i] is '”' or '"' or '’' or ')' or ']')
        {
            i--;
        }

        var isInitial = i > 0 && Text[i] == '.' && char.IsUpper(Text[i - 1]) && (i == 1 || Text[i - 2] is ' ' or '.');
        return Text[i] is '.' or '!' or '?' or '…' && !isInitial;
    }

    private static bool IsWhollyInMarks(string text) =>
        text.Length > 1 && (text[0], text[^1]) is ('“', '”') or ('"', '"');
}

/// <summary>What an essay puts between one pair of quotation marks, or sets apart as a block.</summary>
/// <param name="Paragraph">The paragraph it stands in.</param>
/// <param name="Start">Its first character within the paragraph, after the mark.</param>
/// <param name="End">The position of the closing mark.</param>
internal sealed record Quotation(Paragraph Paragraph, int Start, int End)
{
    /// <summary>Whether it is a paragraph of its own without marks, announced by a colon.</summary>
    public bool IsBlock { get; init; }

    /// <summary>The words quoted.</summary>
    public string Text => Paragraph.Text[Start..End];
}
