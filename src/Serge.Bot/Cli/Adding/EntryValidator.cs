namespace Serge.Bot.Cli.Adding;

/// <summary>Validates an entry as the reader of the quote files does: as if it were the last entry of its
/// file.</summary>
internal sealed class EntryValidator(string fileName, string folder, OpenFile file)
{
    /// <summary>The problems of one answer. Problems of the entry as a whole are not included.</summary>
    public IReadOnlyList<Problem> Validate(EntryDraft draft, Question question)
    {
        var line = file.LinesBefore + draft.GetLine(question.Key) + 1;
        var column = "- ".Length + question.Key.Length;
        var yaml = CompleteYaml(draft, question);
        return [.. Read(yaml).Problems.Where(IsInAnswer)];

        bool IsInAnswer(Problem problem)
        {
            var location = problem.Location;
            return location.Line == line && location.Column > column && IsInFile(problem);
        }
    }

    /// <summary>Reads the file with the entry.</summary>
    public CatalogueReadResult Read(string yaml) =>
        CatalogueReader.ReadWithReplacement(folder, fileName, file.WithEntry(yaml));

    /// <summary>Whether a problem is in the new entry.</summary>
    public bool IsInEntry(Problem problem) => problem.Location.Line > file.LinesBefore && IsInFile(problem);

    /// <summary>Whether a catalogue has all entries as before, and the new one.</summary>
    public static bool IsOnlyAddition(QuoteCatalogue before, EntryDraft added, QuoteCatalogue after)
    {
        var expected = GetEntries(before).ToHashSet();
        expected.Add((added["id"]!, added["text"]!.Normalize()));
        return expected.SetEquals(GetEntries(after));
    }

    private static IEnumerable<(string Id, string Text)> GetEntries(QuoteCatalogue catalogue)
    {
        var quotes = catalogue.Quotes.Select(static quote => (quote.Id, quote.Text));
        var events = catalogue.Events.Select(static e => (e.Id, e.Text));
        return quotes.Concat(events);
    }

    private bool IsInFile(Problem problem) => Path.GetFileName(problem.Location.File) == fileName;

    /// <summary>Adds a placeholder for a later answer without which this one is invalid.</summary>
    private static string CompleteYaml(EntryDraft draft, Question question)
    {
        if (question.ValidatedWith is not { } later)
        {
            return draft.ToYaml();
        }

        draft.Set(later, "Placeholder.", AnswerKind.Plain);
        var yaml = draft.ToYaml();
        draft.Remove(later);
        return yaml;
    }
}
