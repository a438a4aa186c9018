namespace Serge.Bot.Catalogue.Tests.Verifying;

/// <summary>Finding the essays in a file.</summary>
public sealed class EssayFileReaderTests
{
    private static readonly Source[] Sources =
    [
        Some.Source("harbour", SourceKind.Essay, "The Harbour Lights: A Life", "Ann Author"),
        Some.Source("quay", SourceKind.Essay, "The Quiet Quay", "Émile de la Quay"),
    ];

    [Theory]
    [InlineData(
        "The Harbour Lights: A Life\n\nby Ann Author\n\nOne.\n\nThe Quiet Quay\n\nBy Émile de la Quay\n\nTwo.",
        "harbour: One. | quay: Two."
    )]
    [InlineData(
        "The Harbour Lights: A Life\nby Ann Author\nOne.\n\nThe Quiet Quay\nby Emile de la Quay\nTwo.",
        "harbour: One. | quay: Two."
    )] // no blank lines
    // Windows line ends, capitals, and no subtitle.
    [InlineData("\uFEFF\r\n\r\nTHE HARBOUR LIGHTS\r\nBY ANN AUTHOR\r\n\r\nOne.\r\n", "harbour: One.")]
    [InlineData("The Quiet Quay: A Study of Water\nby Émile de la Quay\n\nTwo.", "quay: Two.")] // an unknown subtitle
    [InlineData(
        "The Quiet Quay\nby Émile de la Quay\n\nTwo.\n\nThe Harbour Lights\nby Ann Author\n\nOne.",
        "quay: Two. | harbour: One."
    )] // in another order
    [InlineData("The Harbour Lights\n\nOne.\n\nTwo.", "harbour: One. Two.")] // a title alone in the first line
    [InlineData(
        "The Quiet Quay\nby Émile de la Quay\n\nby day and by night\n\nBy Jove.",
        "quay: by day and by night By Jove."
    )] // lines with "by" that contain no name
    [InlineData("The Harbour\nby Ann Author\nOne.", "harbour: One.")] // ten letters of the title are enough
    [InlineData(
        "The Harbour Lights\nby Ann Author\nOne.\nThe Quiet Quay\nby Émile de la Quay",
        "harbour: One. | quay: "
    )]
    [InlineData(
        "The Quiet Quay\nby Émile de la Quay\nTwo.\nby One Two Three Four Five Six Seven",
        "quay: Two. by One Two Three Four Five Six Seven"
    )] // too many words for a name
    [InlineData("The Quiet Quay\nby Émile de la Quay\nTwo.\nby Ann Author!", "quay: Two. by Ann Author!")]
    [InlineData("The Quiet Quay\nby Émile de la Quay\nTwo.\nby Ann Author?", "quay: Two. by Ann Author?")]
    [InlineData("The Quiet Quay\nby Émile de la Quay\nTwo.\nby Ann author", "quay: Two. by Ann author")]
    [InlineData("The Quiet Quay\nby Émile de la Quay\nTwo.\nby", "quay: Two. by")]
    [InlineData("Nothing of ours.\n\nAt all.", "")]
    [InlineData("", "")]
    public void Read_AFile_FindsItsEssays(string text, string expected)
    {
        var (essays, problems) = Read("essays.txt", text, Sources);
        Assert.Equal(
            expected,
            string.Join(
                " | ",
                essays.Select(static essay =>
                    $"{essay.Source.Id}: {string.Join(' ', essay.Paragraphs.Select(static p => p.Text))}"
                )
            )
        );
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Read_AnEssayOfAnyNumberOfLines_EndsWhereTheNextBegins(int count)
    {
        foreach (var blank in new[] { "\n", "\n\n", "\n\n\n" })
        {
            string[] lines = [.. Enumerable.Range(1, count).Select(static i => $"Line {i}.")];
            string[] all =
            [
                "The Quiet Quay",
                "by Émile de la Quay",
                .. lines,
                "The Harbour Lights",
                "by Ann Author",
                .. lines,
            ];
            foreach (var start in new[] { "", "\n", "\n\n" })
            {
                var (essays, problems) = Read("essays.txt", start + string.Join(blank, all), Sources);
                Assert.Empty(problems);
                Assert.Equal(["quay", "harbour"], essays.Select(static essay => essay.Source.Id));
                Assert.All(
                    essays,
                    essay =>
                        Assert.Equal(
                            string.Join(' ', lines),
                            string.Join(' ', essay.Paragraphs.Select(static paragraph => paragraph.Text))
                        )
                );
            }
        }
    }

    [Fact]
    public void Read_AnotherAuthorThanTheCatalogueHas_IsAnError()
    {
        var (essays, problems) = Read("essays.txt", "The Quiet Quay\nby Ann Author\n\nTwo.", Sources);
        Assert.Equal("quay", Assert.Single(essays).Source.Id);
        Assert.Equal(
            "The essay 'quay' is by 'Ann Author', not by 'Émile de la Quay'.",
            Assert.Single(problems).Message
        );
    }

    [Fact]
    public void Read_AnotherTitleThanTheCatalogueHas_IsAnError()
    {
        var (essays, problems) = Read("essays.txt", "The Loud Quay\nby Émile de la Quay\n\nTwo.", Sources);
        Assert.Equal("quay", Assert.Single(essays).Source.Id);
        Assert.Contains(
            "has the title 'The Loud Quay', not 'The Quiet Quay'",
            Assert.Single(problems).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(
        "\uFEFFSomething Else\nby Some Body",
        "No essay in sources.yaml has the title 'Something Else'.",
        "essays.txt:1:1"
    )]
    [InlineData(
        "\n  Something Else \n  by  Some  Body  ",
        "No essay in sources.yaml has the title 'Something Else'.",
        "essays.txt:2:1"
    )]
    [InlineData(
        "  The Loud Quay \n\n  by  Émile de la Quay ",
        "The essay 'quay' by Émile de la Quay has the title 'The Loud Quay', not 'The Quiet Quay'.",
        "test:1:1"
    )]
    [InlineData(
        "  The Quiet Quay \n\n  by  Ann Author ",
        "The essay 'quay' is by 'Ann Author', not by 'Émile de la Quay'.",
        "test:1:1"
    )]
    public void Read_LinesWithSpaceAroundThem_AreNamedTrimmed(string text, string expected, string at)
    {
        var problem = Assert.Single(Read("essays.txt", text, Sources).Problems);
        Assert.Equal(
            (expected, at, ProblemSeverity.Error),
            (problem.Message, problem.Location.ToString(), problem.Severity)
        );
    }

    [Fact]
    public void Read_AnotherTitleByAnAuthorOfTwoEssays_IsTakenForTheFirst()
    {
        Source[] sources = [.. Sources, Some.Source("pier", SourceKind.Essay, "The Pier", "Émile de la Quay")];
        var (essays, problems) = Read("essays.txt", "The Loud Quay\nby Émile de la Quay\n\nTwo.", sources);
        Assert.Equal("quay", Assert.Single(essays).Source.Id);
        Assert.Single(problems);
    }

    [Fact]
    public void Read_AnEssayThatTheCatalogueDoesNotKnow_IsAnErrorAndEndsTheOneBefore()
    {
        var (essays, problems) = Read(
            "essays.txt",
            "The Quiet Quay\nby Émile de la Quay\n\nTwo.\n\nSomething Else\nby Some Body\n\nThree.",
            Sources
        );
        Assert.Equal("Two.", Assert.Single(Assert.Single(essays).Paragraphs).Text);
        var problem = Assert.Single(problems);
        Assert.Equal("essays.txt:6:1", problem.Location.ToString());
        Assert.Contains("'Something Else'", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    // Nine letters are too few.
    [InlineData("The Harbou\nby Ann Author\nOne.", "has the title 'The Harbou', not 'The Harbour Lights: A Life'")]
    [InlineData(
        "Something Else\nby One Two Three Four Five Six\nOne.",
        "No essay in sources.yaml has the title 'Something Else'"
    )]
    [InlineData(
        "Something Else\nby Ann and Émile de la Roe\nOne.",
        "No essay in sources.yaml has the title 'Something Else'"
    )]
    public void Read_ATitleAndAnAuthorOfNoEssay_IsAnError(string text, string expected) =>
        Assert.Contains(
            expected,
            Assert.Single(Read("essays.txt", text, Sources).Problems).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("The Quay", "quay")]
    [InlineData("The Quay: Second Part", "second")]
    [InlineData("The Quay: Second Part, Revised", "second")]
    [InlineData("The Quay: Third Part", "third")]
    public void Read_TitlesOfWhichOneBeginsAnother_FindsTheMostSimilar(string title, string expected)
    {
        Source[] sources =
        [
            Some.Source("quay", SourceKind.Essay, "The Quay", "Ann Author"),
            Some.Source("second", SourceKind.Essay, "The Quay: Second Part", "Ann Author"),
            Some.Source("third", SourceKind.Essay, "The Quay: Third Part", "Ann Author"),
        ];
        foreach (var order in new[] { sources, [.. sources.Reverse()] })
        {
            var (essays, problems) = Read("essays.txt", $"{title}\nby Ann Author\n\nOne.", order);
            Assert.Equal(expected, Assert.Single(essays).Source.Id);
            Assert.Empty(problems);
        }
    }

    [Fact]
    public void Verify_AnEssayThatTheFileLacks_IsAWarningWithTheNumberOfItsQuotes()
    {
        QuoteCatalogue catalogue = new(
            Some.Author,
            [Some.Quote("a", via: Sources[0]), Some.Quote("b", via: Sources[0])],
            [],
            Sources
        );
        var verification = EssayVerifier.Verify(catalogue, "The Quiet Quay\nby Émile de la Quay\n\nTwo.");
        Assert.True(verification.IsClean);
        var problem = Assert.Single(verification.Problems);
        Assert.Equal(ProblemSeverity.Warning, problem.Severity);
        Assert.Contains(
            "does not contain the essay 'harbour', so 2 of its quotations are not verified",
            problem.Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "'The Harbour Lights: A Life', and a line 'by Ann Author'",
            problem.Fix,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("by Ann Author\nby Bea Author")]
    [InlineData("by Ann Author\n\nby Ann Author\nby Bea Author\nby Cid Author")]
    public void Read_SeveralAuthorLinesInARow_AreOneHeading(string authors)
    {
        Source[] sources = [Some.Source("quay", SourceKind.Essay, "The Quay", "Ann Author")];

        var (essays, problems) = Read("essays.txt", $"The Quay\n{authors}\n\nOne.", sources);

        Assert.Equal("quay", Assert.Single(essays).Source.Id);
        Assert.Empty(problems);
    }

    [Fact]
    public void Verify_AFileWithoutAnyEssay_IsNotClean() =>
        Assert.False(
            EssayVerifier
                .Verify(new(Some.Author, [Some.Quote("a", via: Sources[0])], [], Sources), "A shopping list.")
                .IsClean
        );

    [Theory]
    [InlineData("He said “one” and “two”.", "one|two")]
    [InlineData("“One.” “Two.”", "One.|Two.")]
    [InlineData("He said “one ‘of’ two”.", "one ‘of’ two")]
    [InlineData("He said “one “of” two”.", "one “of” two")] // marks within marks are part of the outer pair
    [InlineData("He said \"one\" and \"two\".", "one|two")] // saved with straight quotation marks
    [InlineData("“A paragraph that goes on", "A paragraph that goes on")] // its closing mark is in a later paragraph
    [InlineData("No marks but ’tis and it’s.", "")]
    [InlineData("A lone ” mark.", "")]
    public void Quotations_OfAParagraph_AreTheTextsInMarks(string paragraph, string expected) =>
        Assert.Equal(
            expected,
            string.Join('|', new Essay(Sources[0], [paragraph]).Quotations.Select(static quotation => quotation.Text))
        );

    [Fact]
    public void Quotations_AParagraphAnnouncedByAColon_IsABlock()
    {
        Essay essay = new(
            Sources[0],
            ["He drew a conclusion:", "", "The “old trident,” then.", "", "After all.", "", "He said:", "", "“Whole.”"]
        );
        Assert.Equal(
            [("The “old trident,” then.", true), ("Whole.", false)],
            essay.Quotations.Select(static q => (q.Text, q.IsBlock))
        );
    }

    [Fact]
    public void Paragraphs_OfWrappedLines_AreJoined() =>
        Assert.Equal(
            ["One two three.", "Four."],
            new Essay(Sources[0], ["One", "two\u00A0 three.", "", " ", "Four."]).Paragraphs.Select(static p => p.Text)
        );

    [Theory]
    [InlineData("One. Two! Three? Four…", 4)]
    [InlineData("He met J. B. Priestley. Then left.", 2)]
    [InlineData("He said “One. Two.” Then left.", 2)] // sentence ends within a quotation do not count, its end does
    [InlineData("He said “One,” and “Two.” Then he left.", 2)]
    [InlineData("“One!” Many did not.", 2)]
    [InlineData("“One!” he said.", 1)]
    [InlineData("He arrived at 3.30 and left.", 1)]
    public void Sentences_OfAParagraph_AreTheEssayists(string paragraph, int count) =>
        Assert.Equal(count, new Essay(Sources[0], [paragraph]).Paragraphs[0].Sentences.Count);

    private static (List<Essay> Essays, List<Problem> Problems) Read(
        string name,
        string text,
        IReadOnlyList<Source> sources
    )
    {
        List<Problem> problems = [];
        EssayFileReader reader = new(name, text, [.. sources], problems);
        return (reader.Read(), problems);
    }
}
