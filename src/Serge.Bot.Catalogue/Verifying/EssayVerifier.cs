namespace Serge.Bot.Catalogue.Verifying;

/// <summary>Compares a catalogue with the essays that it quotes, letter by letter.</summary>
/// <remarks>
/// <para>A quotation must be word for word inside one pair of quotation marks of the essay that its <c>via</c> names,
/// which can have several paragraphs, or in a block quotation (a paragraph without marks after a colon). Only a comma
/// before the closing mark may be missing. A quotation marked <c>joined</c> must be in two successive pairs of one
/// sentence, separated by a short insertion such as "he explains"; one that is must be marked.</para>
/// <para>Words that the essay attributes to another person are an error, even with a note. So is an event or a context
/// that has eight words in a row from an essay. Names near a quotation, a speaker whom the essay does not name, a block
/// quotation, and a quotation that is a part of a sentence are listed for review by a person, unless the entry's
/// <c>answers</c> record what a person found. Quotations without an essay are not compared.</para>
/// </remarks>
public static class EssayVerifier
{
    /// <summary>Compares each quotation with the essay that its <c>via</c> names, and our own sentences with all
    /// essays.</summary>
    /// <param name="catalogue">A catalogue that was read without an error.</param>
    /// <param name="essays">The text of one or more essays. Each begins with a line that is its title and a line "by"
    /// its author, both as in <c>sources.yaml</c>. Missing essays of the catalogue cause a warning.</param>
    /// <param name="essaysName">The name of the file with the essays, for problems.</param>
    public static VerificationResult Verify(QuoteCatalogue catalogue, string essays, string essaysName = "essay")
    {
        var sources = catalogue.Sources.Where(source => source.Kind == SourceKind.Essay).ToList();
        List<Problem> problems = [];
        var found = new EssayFileReader(essaysName, essays, sources, problems).Read();
        List<ReviewNote> notes = [];
        var severity = found.Count == 0 ? ProblemSeverity.Error : ProblemSeverity.Warning;
        foreach (var missing in sources.Except(found.Select(essay => essay.Source)))
        {
            problems.Add(CreateMissingEssay(missing, catalogue, severity));
        }

        foreach (var quote in catalogue.Quotes)
        {
            QuoteVerifier verifier = new(quote, catalogue.Author, problems, notes);
            verifier.Verify(found);
        }

        AddCopiedTexts(catalogue, found, problems);
        var compared = catalogue.Quotes.Count(quote => found.Any(essay => essay.Source == quote.Via));
        return new(problems, notes, compared);
    }

    private static Problem CreateMissingEssay(Source essay, QuoteCatalogue catalogue, ProblemSeverity severity)
    {
        var count = catalogue.Quotes.Count(quote => quote.Via == essay);
        return new(
            essay.Location,
            severity,
            $"The file does not contain the essay '{essay.Id}', so {count} of its quotations are not verified.",
            $"Add the essay below a line with its title, '{essay.Title}', and a line 'by {essay.Author}'."
        );
    }

    private static void AddCopiedTexts(QuoteCatalogue catalogue, IReadOnlyList<Essay> essays, List<Problem> problems)
    {
        CopiedTextFinder finder = new(essays);
        foreach (var quote in catalogue.Quotes)
        {
            Check(quote.Context ?? "", quote.Location, $"The context of the quote '{quote.Id}'");
        }

        foreach (var @event in catalogue.Events)
        {
            Check(@event.Text, @event.Location, $"The event '{@event.Id}'");
        }

        void Check(string text, FileLocation location, string what)
        {
            if (finder.Find(text) is { } copied)
            {
                var message = $"{what} copies words of an essay: '{copied}'.";
                problems.Add(new(location, ProblemSeverity.Error, message, "Write it in other words."));
            }
        }
    }
}
