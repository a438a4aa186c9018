using System.Text;
using System.Text.RegularExpressions;

namespace Serge.Bot.Catalogue.Verifying;

/// <summary>The text of an essay, paragraph by paragraph.</summary>
internal sealed partial class Essay
{
    /// <param name="source">The source that the essay is.</param>
    /// <param name="lines">The lines after the author. Blank lines separate paragraphs; the lines of a paragraph are
    /// joined.</param>
    public Essay(Source source, IEnumerable<string> lines)
    {
        Source = source;
        List<Paragraph> paragraphs = [];
        StringBuilder text = new();
        foreach (var line in lines.Append(""))
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                text.Append(' ').Append(line);
            }
            else if (text.Length > 0)
            {
                var normalized = Normalize(text.ToString());
                paragraphs.Add(new(normalized, paragraphs.LastOrDefault()));
                text.Clear();
            }
        }

        Paragraphs = paragraphs;
        Quotations = [.. paragraphs.SelectMany(paragraph => paragraph.Quotations)];
        WholeQuotations = Join(Quotations);
    }

    public Source Source { get; }

    public IReadOnlyList<Paragraph> Paragraphs { get; }

    /// <summary>The quotations of all paragraphs.</summary>
    public IReadOnlyList<QuotedText> Quotations { get; }

    /// <summary>The same quotations, where those of several paragraphs are one.</summary>
    public IReadOnlyList<WholeQuotation> WholeQuotations { get; }

    /// <summary>Converts text to the form in which it is compared: composed (NFC), with single spaces.</summary>
    public static string Normalize(string text)
    {
        var composed = FoldedText.Normalize(text, NormalizationForm.FormC);
        return WhiteSpace().Replace(composed, " ").Trim();
    }

    private static List<WholeQuotation> Join(IReadOnlyList<QuotedText> paragraphs)
    {
        List<WholeQuotation> wholes = [];
        foreach (var quotation in paragraphs)
        {
            if (wholes is [.., var previous] && quotation.Continues(previous.Last))
            {
                wholes[^1] = new(previous.First, quotation, $"{previous.Text} {quotation.Text}");
            }
            else
            {
                wholes.Add(new(quotation, quotation, quotation.Text));
            }
        }

        return wholes;
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex WhiteSpace();
}
