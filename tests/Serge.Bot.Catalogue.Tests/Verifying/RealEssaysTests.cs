using CsCheck;

namespace Serge.Bot.Catalogue.Tests.Verifying;

/// <summary>The quote files against the two real essays, if these are available: for copyright reasons they are not in
/// the repository.</summary>
/// <remarks>Set <c>SERGE_ESSAYS</c> to the file with both, or put it at <c>../shared/essays/essays.txt</c> from the
/// repository's root.</remarks>
public sealed class RealEssaysTests
{
    private static readonly string Root = RealFilesTests.FindRoot();

    private readonly string _essays = ReadEssays();
    private readonly QuoteCatalogue _catalogue = RealFilesTests.ReadCatalogue(Root);

    [Fact]
    public void Verify_OurFiles_IsClean()
    {
        Assert.NotEmpty(_catalogue.Quotes);
        Assert.Empty(EssayVerifier.Verify(_catalogue, _essays).Problems);
    }

    /// <summary>Titles count as names: the source titles, and the novel that the essays name.</summary>
    [Fact]
    public void OurWording_SharesNoFiveWordsInARowWithAnEssay_TitlesAside()
    {
        var titles = _catalogue.Sources.Select(static source => source.Title).Append("The Case of Comrade Tulayev");
        var copied = GetFiveWords(_essays).Except(titles.SelectMany(GetFiveWords)).ToHashSet();
        var events = _catalogue.Events.SelectMany(static e => new[] { e.Text, e.Note });
        var quotes = _catalogue.Quotes.SelectMany(static q => new[] { q.Context, q.Note, q.Warning });
        var answers = _catalogue.Quotes.SelectMany(static q => q.Answers.Values);
        var ours = events.Concat(quotes).Concat(answers).OfType<string>();
        Assert.All(ours, text => Assert.DoesNotContain(GetFiveWords(text), copied.Contains));
    }

    [Fact]
    public void Verify_OneLetterAlteredInAnyQuote_IsAnError() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[0, 100_000])
            .Sample(
                (which, where) =>
                {
                    var quote = _catalogue.Quotes[which % _catalogue.Quotes.Count];
                    var letters = Enumerable
                        .Range(0, quote.Text.Length)
                        .Where(i => char.IsLetter(quote.Text[i]))
                        .ToList();
                    var at = letters[where % letters.Count];
                    var letter = quote.Text[at] == 'x' ? 'y' : 'x';
                    AssertRed(quote with { Text = quote.Text.Remove(at, 1).Insert(at, letter.ToString()) });
                },
                iter: 120,
                threads: 1
            );

    [Fact]
    public void Verify_OneLetterAlteredInTheEssay_IsAnError()
    {
        foreach (var quote in _catalogue.Quotes.Where(static quote => !quote.IsJoined))
        {
            Assert.False(
                EssayVerifier
                    .Verify(Only(quote), _essays.Replace(quote.Text, "Q" + quote.Text[1..], StringComparison.Ordinal))
                    .IsClean,
                quote.Id
            );
        }
    }

    [Theory]
    [InlineData("Lenin", "Stalin")]
    [InlineData("Bolshevik", "Menshevik")]
    [InlineData("Marxist", "Leninist")]
    [InlineData("Franco", "Bonnot")]
    [InlineData("Russia", "France")]
    public void Verify_OneNameSwapped_IsAnError(string name, string other)
    {
        var swapped = _catalogue.Quotes.Where(quote => quote.Text.Contains(name, StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(swapped);
        Assert.All(
            swapped,
            quote => AssertRed(quote with { Text = quote.Text.Replace(name, other, StringComparison.Ordinal) })
        );
    }

    [Fact]
    public void Verify_JoinedSwitchedInAnyQuote_IsAnError()
    {
        Assert.Contains(_catalogue.Quotes, static quote => quote.IsJoined);
        Assert.All(_catalogue.Quotes, quote => AssertRed(quote with { IsJoined = !quote.IsJoined }));
    }

    [Fact]
    public void Verify_AnotherEssayForAnyQuote_IsAnError()
    {
        var essays = _catalogue.Sources.Where(static source => source.Kind == SourceKind.Essay).ToList();
        Assert.Equal(2, essays.Count);
        Assert.All(
            _catalogue.Quotes,
            quote => AssertRed(quote with { Via = essays.Single(essay => essay != quote.Via) })
        );
    }

    /// <summary>Words that the essays quote from other people or only mention, as if they were Serge's.</summary>
    [Theory]
    [InlineData(
        "one of the most compelling of twentieth century ethical and literary heroes.",
        "attributes these words to Susan Sontag"
    )]
    [InlineData(
        "one of the most compelling of twentieth century ethical and literary heroes",
        "attributes these words to Susan Sontag"
    )]
    [InlineData(
        "Anarchism has been the reigning spirit of left-wing protest movements for nearly the past half century.",
        "attributes these words to Todd Gitlin"
    )]
    [InlineData("Politics can easily become a kind of identity", "not inside one pair of quotation marks")]
    [InlineData("His best work endures", "not inside one pair of quotation marks")]
    public void Verify_WordsOfAnotherPerson_IsAnErrorInTheRealEssays(string text, string what)
    {
        var essay = _catalogue.Sources.First(static source =>
            source is { Kind: SourceKind.Essay, Author: "Guy Patrick Cunningham" }
        );
        foreach (var note in new[] { null, "The first person is plainly his." })
        {
            var verification = EssayVerifier.Verify(Only(Some.Quote("theirs", text, via: essay, note: note)), _essays);
            Assert.False(verification.IsClean);
            Assert.Contains(verification.Problems, problem => problem.Message.Contains(what, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Verify_AuthorsSwapped_IsAnError()
    {
        var essays = _catalogue.Sources.Where(static source => source.Kind == SourceKind.Essay).ToList();
        QuoteCatalogue swapped = new(
            Some.Author,
            [],
            [],
            [essays[0] with { Author = essays[1].Author }, essays[1] with { Author = essays[0].Author }]
        );
        Assert.Equal(
            2,
            EssayVerifier
                .Verify(swapped, _essays)
                .Problems.Count(static problem => problem.Severity == ProblemSeverity.Error)
        );
    }

    [Fact]
    public void Verify_AnEventInTheEssaysWords_IsAnError() =>
        Gen.Int[0, 100_000]
            .Sample(
                where =>
                {
                    // Paragraphs separate sequences, so take words of one line; single dashes are not words.
                    var line = _essays
                        .Split('\n')
                        .Where(static line => line.Split(' ').Length > 40)
                        .ElementAt(where % 20)
                        .Split(' ')
                        .Where(static w => w.Any(char.IsLetterOrDigit))
                        .ToList();
                    var text = "Once " + string.Join(' ', line.Skip(where % (line.Count - 9)).Take(9)) + " again.";
                    Assert.False(
                        EssayVerifier
                            .Verify(
                                new(Some.Author, [], [Some.Event("copied", "1921", text: text)], _catalogue.Sources),
                                _essays
                            )
                            .IsClean,
                        text
                    );
                },
                iter: 50,
                threads: 1
            );

    private void AssertRed(Quote quote) =>
        Assert.False(EssayVerifier.Verify(Only(quote), _essays).IsClean, $"{quote.Id}: {quote.Text}");

    private QuoteCatalogue Only(Quote quote) => new(Some.Author, [quote], [], _catalogue.Sources);

    private static string ReadEssays()
    {
        var path =
            Environment.GetEnvironmentVariable("SERGE_ESSAYS")
            ?? Path.Combine(Root, "..", "shared", "essays", "essays.txt");
        Assert.SkipUnless(
            File.Exists(path),
            $"NOT VERIFIED: the essays are not at {path}; set SERGE_ESSAYS to the file that holds them."
        );
        return File.ReadAllText(path);
    }

    private static IEnumerable<string> GetFiveWords(string text)
    {
        var words = FoldedText.GetWords(text);
        return Enumerable.Range(0, Math.Max(words.Count - 4, 0)).Select(i => string.Join(' ', words[i..(i + 5)]));
    }
}
