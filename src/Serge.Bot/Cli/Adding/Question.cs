namespace Serge.Bot.Cli.Adding;

/// <summary>A question of <c>serge add</c>.</summary>
/// <param name="Key">The key of the entry that the answer is for.</param>
/// <param name="Prompt">What is asked.</param>
/// <param name="Kind">How the answer is written.</param>
internal sealed record Question(string Key, string Prompt, AnswerKind Kind = AnswerKind.Plain)
{
    /// <summary>For <see cref="IsRequired"/>.</summary>
    public static Func<EntryDraft, bool> Always { get; } = static _ => true;

    /// <summary>Whether an answer is required, given the previous ones.</summary>
    public Func<EntryDraft, bool> IsRequired { get; init; } = static _ => false;

    /// <summary>The key of a later question without whose answer this one is invalid.</summary>
    public string? ValidatedWith { get; init; }

    /// <summary>Whether it is asked, given the previous answers.</summary>
    public Func<EntryDraft, bool> IsAsked { get; init; } = Always;

    /// <summary>The answer for Enter; <see langword="null"/> for none.</summary>
    public Func<EntryDraft, string?> Default { get; init; } = static _ => null;

    /// <summary>The possible answers, shown for a question mark; <see langword="null"/> for any text.</summary>
    public Func<QuoteCatalogue, IEnumerable<string>>? GetChoices { get; init; }
}
