namespace Serge.Bot.Posting.Model;

/// <summary>What a schedule posts to one destination, or why it posts nothing.</summary>
/// <param name="Items">Ids of the quotation, or of the events and the quotation that belongs to them.</param>
/// <param name="Payload">The rendered post; <see langword="null"/> when there is nothing to post.</param>
public sealed record PlannedContent(IReadOnlyList<string> Items, Payload? Payload)
{
    /// <summary>Why there is nothing to post.</summary>
    public CancelCause? CancelCause { get; init; }

    /// <summary>The same as a sentence.</summary>
    public string? Reason { get; init; }

    public static PlannedContent None(CancelCause cause, string reason) =>
        new([], null) { CancelCause = cause, Reason = reason };
}
