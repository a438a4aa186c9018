namespace Serge.Bot.Catalogue;

/// <summary>A quotation of the author, as an essay or the work itself prints it.</summary>
public sealed record Quote
{
    /// <summary>Stable, kebab-case, never reused.</summary>
    public required string Id { get; init; }

    /// <summary>Word for word as printed, with its brackets, ellipses and case.</summary>
    public required string Text { get; init; }

    /// <summary>The name under the quotation: whose words they are.</summary>
    public required string Author { get; init; }

    /// <summary>The work it is from; null when the essay does not say.</summary>
    public Source? Work { get; init; }

    /// <summary>The essay that quotes it; null when it is taken from the work itself.</summary>
    public Source? Via { get; init; }

    /// <summary>The <see cref="Author"/>, where the entry names another one than the author of the work; otherwise
    /// null.</summary>
    public string? Speaker { get; init; }

    /// <summary>At least one, kebab-case, in the order of the file.</summary>
    public required IReadOnlyList<string> Topics { get; init; }

    /// <summary>When it was written; null when the essay does not say.</summary>
    public EdtfDate? Written { get; init; }

    /// <summary>Whether the essayist interrupts the sentence; the text joins both halves.</summary>
    public bool IsJoined { get; init; }

    /// <summary>One neutral sentence that explains what the quotation refers to.</summary>
    public string? Context { get; init; }

    /// <summary>A content warning.</summary>
    public string? Warning { get; init; }

    /// <summary>What is uncertain about it, such as a speaker that the essay does not name.</summary>
    public string? Note { get; init; }

    /// <summary>Answers to the questions of <c>serge verify</c>, by question.</summary>
    public IReadOnlyDictionary<string, string> Answers { get; init; } = new Dictionary<string, string>();

    /// <summary>Where its entry begins.</summary>
    public required FileLocation Location { get; init; }
}
