namespace Serge.Bot.Catalogue.Verifying;

/// <summary>The result of comparing a catalogue with the essays.</summary>
/// <param name="Problems">Missing essays, then quotes, then our own sentences, each in the order of its file.</param>
/// <param name="ReviewNotes">What only a person can judge, such as a name near a quotation, in the order of the
/// quotes.</param>
/// <param name="Compared">How many quotations were compared: those whose essay is in the file.</param>
public sealed record VerificationResult(
    IReadOnlyList<Problem> Problems,
    IReadOnlyList<ReviewNote> ReviewNotes,
    int Compared
)
{
    /// <summary>Whether there is no error; warnings are ignored.</summary>
    public bool IsClean => Problems.All(problem => problem.Severity != ProblemSeverity.Error);
}

/// <summary>Something that a person should check.</summary>
/// <param name="Location">Where the entry of the quote begins.</param>
/// <param name="Message">What to check, one line.</param>
public sealed record ReviewNote(FileLocation Location, string Message)
{
    /// <summary>One line for a terminal.</summary>
    public override string ToString() => $"{Location}: review: {Message}";
}
