namespace Serge.Bot.Catalogue.Verifying;

/// <summary>The text of one paragraph in a pair of quotation marks, or a block quotation.</summary>
/// <param name="Paragraph">The paragraph that contains it.</param>
/// <param name="Start">The position in the paragraph after the opening mark.</param>
/// <param name="End">The position of the closing mark.</param>
internal sealed record QuotedText(Paragraph Paragraph, int Start, int End)
{
    /// <summary>Whether it is a whole paragraph without marks, after a colon.</summary>
    public bool IsBlock { get; init; }

    /// <summary>Whether it has no closing mark.</summary>
    public bool IsOpen { get; init; }

    public string Text => Paragraph.Text[Start..End];

    /// <summary>Whether this is the next paragraph of a quotation: that one has no closing mark, and this paragraph
    /// begins with an opening mark.</summary>
    public bool Continues(QuotedText previous) =>
        previous.IsOpen && previous.Paragraph == Paragraph.Previous && Start == 1;
}

/// <summary>A whole quotation, which can have several paragraphs.</summary>
/// <param name="First">Its first paragraph.</param>
/// <param name="Last">Its last paragraph; often the same.</param>
/// <param name="Text">The text of all paragraphs, separated by spaces.</param>
internal sealed record WholeQuotation(QuotedText First, QuotedText Last, string Text);
