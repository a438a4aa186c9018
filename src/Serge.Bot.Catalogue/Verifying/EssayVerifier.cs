namespace Serge.Bot.Catalogue.Verifying;

/// <summary>Compares a catalogue with the essays that it quotes, letter by letter.</summary>
/// <remarks>
/// <para>A quotation must stand word for word inside one pair of quotation marks of the essay that its <c>via</c> names, or in a block
/// quotation (a paragraph announced by a colon). Only a comma before the closing mark may be missing. One marked <c>joined</c> must stand in
/// two successive pairs of one sentence, parted by an aside such as "he explains"; one that stands so must be marked.</para>
/// <para>Words that the essay gives to somebody else are an error, whatever a note says. So is an event or a context that has eight
/// words in a row from an essay. Names near a quotation, a speaker the essay does not name, and a cut inside a sentence are listed for a human.</para>
/// </remarks>
public static class EssayVerifier
{
    /// <summary>Compares each quotation with the essay that its <c>via</c> names, and our own sentences with all essays.</summary>
    /// <param name="catalogue">What has been read without an error.</param>
    /// <param name="essays">The text of one or more essays. Each begins with its title on a line and below it "by" and its author, both as in
    /// <c>sources.yaml</c>. Essays of the catalogue that are not in it are named in a warning.</param>
    /// <param name="essaysName">The name of the file they are from, for problems.</param>
    public static VerificationResult Verify(QuoteCatalogue catalogue, string essays, string essaysName = "essay")
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(essays);
        ArgumentNullException.ThrowIfNull(essaysName);
        List<Source> sources = [.. catalogue.Sources.Where(static source => source.Kind == SourceKind.Essay)];
        var (found, problemsOfFile) = EssayFileReader.Read(essaysName, essays, sources);
        List<Problem> problems = [.. problemsOfFile];
        List<ReviewNote> remarks = [];
        CheckEssays(catalogue, sources, found, problems);
        foreach (var quote in catalogue.Quotes)
        {
            if (found.FirstOrDefault(essay => essay.Source == quote.Via) is { } essay)
            {
                CheckQuote(quote, essay, found, new(quote, problems, remarks));
            }
        }

        CopiedTextFinder copied = new(found);
        foreach (var (at, what, text) in OwnWords(catalogue))
        {
            if (copied.Find(text) is { } run)
            {
                problems.Add(
                    new(
                        at,
                        ProblemSeverity.Error,
                        $"{what} has the essay's own wording: '{run}'.",
                        "Say it in other words."
                    )
                );
            }
        }

        return new(problems, remarks);
    }

    private static void CheckEssays(
        QuoteCatalogue catalogue,
        List<Source> sources,
        IReadOnlyList<Essay> found,
        List<Problem> problems
    )
    {
        foreach (var source in sources.Where(source => found.All(essay => essay.Source != source)))
        {
            var count = catalogue.Quotes.Count(quote => quote.Via == source);
            problems.Add(
                new(
                    source.Location,
                    found.Count == 0 ? ProblemSeverity.Error : ProblemSeverity.Warning,
                    FormattableString.Invariant(
                        $"The file does not hold the essay '{source.Id}', so {count} of its quotations are not verified."
                    ),
                    $"Put the essay below its title, '{source.Title}', and a line 'by {source.Author}'."
                )
            );
        }
    }

    private static void CheckQuote(Quote quote, Essay essay, IReadOnlyList<Essay> essays, Findings findings)
    {
        var text = Essay.Normalize(quote.Text);
        if (QuotationMatch.Find(essay, text) is not { } match)
        {
            var (what, mend) = MismatchExplainer.Explain(text, essay, essays);
            findings.Error(what, mend);
            return;
        }

        if (match.IsJoined && !quote.IsJoined)
        {
            findings.Error("The essayist splits this sentence, and the quote does not say so.", "Add 'joined: true'.");
        }
        else if (!match.IsJoined && quote.IsJoined)
        {
            findings.Error("The quote is marked as joined, but the essay prints it whole.", "Take 'joined' away.");
        }

        CheckCuts(text, match, findings);
        var introduction = SurroundingText.Find(match.First, match.Last);
        CheckSpeaker(quote, introduction, findings);
        CheckOrigin(quote, introduction, findings);
    }

    private static void CheckCuts(string text, QuotationMatch match, Findings findings)
    {
        if (match.TextAfter is ['.' or '!' or '?' or '…' or ';' or ':', ..])
        {
            findings.Error(
                $"The essay prints '{match.TextAfter[0]}' right after these words.",
                "Add it: only a comma before the closing mark may be dropped."
            );
        }
        else if (
            (match.TextAfter is not ("" or ",") && !EndsSentence(text))
            || (match.TextBefore.Length > 0 && !EndsSentence(match.TextBefore))
        )
        {
            findings.Look("It is cut out of the middle of a sentence; does it still say what the sentence says?");
        }
    }

    private static void CheckSpeaker(Quote quote, SurroundingText introduction, Findings findings)
    {
        switch (Speaker.Find(introduction))
        {
            case { Kind: SpeakerKind.Other, Name: var name }:
                findings.Error(
                    $"The essay gives these words to {name}.",
                    "Take the quote out: only Serge's words belong here."
                );
                break;
            case { Kind: SpeakerKind.Unnamed } when quote.Note is null:
                findings.Look("The essay names no speaker; if the words are Serge's, a note should say how we know.");
                break;
        }

        var names = introduction
            .Names.Where(name => !name.IsSerge && !IsOfTitle(name.Text, quote.Work))
            .Select(static name => name.Text)
            .Distinct(StringComparer.Ordinal);
        if (string.Join(", ", names) is { Length: > 0 } near)
        {
            findings.Look($"Near it stands {near}; are the words Serge's?");
        }
    }

    /// <summary>The work and the year are told only where the essay tells them.</summary>
    private static void CheckOrigin(Quote quote, SurroundingText introduction, Findings findings)
    {
        if (quote.Work is not null && !introduction.Names.Any(name => IsOfTitle(name.Text, quote.Work)))
        {
            findings.Look($"Near it the essay does not name '{quote.Work.Title}'; is it from there?");
        }

        if (
            quote.Written is { Text: [_, _, _, _, ..] text }
            && !(introduction.Before + introduction.After).Contains(text[..4], StringComparison.Ordinal)
        )
        {
            findings.Look($"Near it the essay does not say {quote.Written.ToEnglish()}; was it written then?");
        }
    }

    private static bool IsOfTitle(string name, Source? work) =>
        work is not null && FoldedText.GetWords(name).TrueForAll(FoldedText.GetWords(work.Title).Contains);

    private static IEnumerable<(FileLocation At, string What, string Text)> OwnWords(QuoteCatalogue catalogue)
    {
        foreach (var quote in catalogue.Quotes.Where(static quote => quote.Context is not null))
        {
            yield return (quote.Location, $"The context of the quote '{quote.Id}'", quote.Context!);
        }

        foreach (var @event in catalogue.Events)
        {
            yield return (@event.Location, $"The event '{@event.Id}'", @event.Text);
        }
    }

    private static bool EndsSentence(string text) =>
        text.TrimEnd(' ', '”', '’', '"', '\'', ')', ']') is [.., '.' or '!' or '?' or '…'];

    /// <summary>What is found about one quote.</summary>
    private sealed class Findings(Quote quote, List<Problem> problems, List<ReviewNote> remarks)
    {
        public void Error(string what, string mend) =>
            problems.Add(new(quote.Location, ProblemSeverity.Error, $"Quote '{quote.Id}': {what}", mend));

        public void Look(string what) => remarks.Add(new(quote.Location, $"Quote '{quote.Id}': {what}"));
    }
}

/// <summary>What came of comparing a catalogue with the essays.</summary>
/// <param name="Problems">Where they differ: essays that are missing, then quotes, then our own wording, each in the order of its file.</param>
/// <param name="ReviewNotes">What no program can judge, such as a name near a quotation, in the order of the quotes.</param>
public sealed record VerificationResult(IReadOnlyList<Problem> Problems, IReadOnlyList<ReviewNote> ReviewNotes)
{
    /// <summary>Whether nothing is wrong; a warning does not count.</summary>
    public bool IsClean => Problems.All(static problem => problem.Severity != ProblemSeverity.Error);
}

/// <summary>Something that a person should look at.</summary>
/// <param name="Location">Where the quote stands.</param>
/// <param name="Message">What to look at, one line.</param>
public sealed record ReviewNote(FileLocation Location, string Message)
{
    /// <summary>One line for a terminal.</summary>
    public override string ToString() => $"{Location}: look: {Message}";
}
