namespace Serge.Bot.Catalogue.Tests.Verifying;

/// <summary>What verify reports about quotes, with two small essays written for these tests.</summary>
public sealed class EssayVerifierTests
{
    private const string Essays = """
        The Harbour Lights: A Life at Sea

        by Ann Author

        Victor Serge never owned a boat. “We wanted a harbour,” he warns, “a place of rest.” He found few of them. In his Memoirs he writes, “[T]he open sea, far from being empty, has no signposts.” It is a hard saying. As he noted in 1921, “Salt is honest. All honesty is dry,” and he meant it.

        As the scholar Jane Doe, a captain during the 1960s, recently observed, “Harbours have been the soul of cities for half a century.” This continues today. His early love of maps is the reason Mary Roe called him “one of the most seaworthy of twentieth century minds.” Others were less kind.

        He can be quite blunt, writing, “The tide is within us,” while at the same time insisting, “The coast seems to me, in spite of the fog, to be near.”

        On its face, one thing Serge said could be taken for a weather report:

        Neptune’s “old trident,” with its three points, is the whole of the matter. I am quite sure that the wind is a result.

        After all, sailors say such things every day of the long winter in the north.

        The Quiet Quay

        By Bob Writer

        “During that summer I learnt, among the pilots, to keep silent…. Already an ‘official chart’ was being drawn.”

        The pilots were hungry: “At the height of the storm the fish were thrown away.” The purpose would be “as a means of reaching the shore”.
        """;

    private static readonly Source Harbour = Some.Source(
        "harbour",
        SourceKind.Essay,
        "The Harbour Lights",
        "Ann Author"
    );
    private static readonly Source Quay = Some.Source("quay", SourceKind.Essay, "The Quiet Quay", "Bob Writer");

    [Theory]
    [InlineData("[T]he open sea, far from being empty, has no signposts.")]
    [InlineData("Salt is honest. All honesty is dry")] // the comma is part of the essayist's sentence
    [InlineData("Salt is honest.")] // one complete sentence of two
    [InlineData("The tide is within us")]
    [InlineData("The coast seems to me, in spite of the fog, to be near.")]
    public void Verify_WordsAsPrinted_IsClean(string text) => AssertClean(Some.Quote("a", text, via: Harbour));

    [Theory]
    [InlineData(
        "During that summer I learnt, among the pilots, to keep silent…. Already an ‘official chart’ was being drawn."
    )]
    [InlineData("At the height of the storm the fish were thrown away.")]
    [InlineData("as a means of reaching the shore")]
    public void Verify_WordsOfTheOtherEssay_IsClean(string text) =>
        AssertClean(Some.Quote("a", text, via: Quay, note: "No speaker is named."));

    [Theory]
    [InlineData("We wanted a harbour, a place of rest.")]
    [InlineData("We wanted a harbour a place of rest.")] // without the comma that may be the essayist's
    public void Verify_AnInterruptedSentence_IsCleanWhenMarked(string text)
    {
        AssertClean(Some.Quote("a", text, via: Harbour, joined: true));
        AssertError(Some.Quote("a", text, via: Harbour), "interrupts this sentence", "joined: true");
    }

    [Theory]
    [InlineData(
        "Neptune’s “old trident,” with its three points, is the whole of the matter. I am quite sure that the wind is a result."
    )]
    [InlineData("I am quite sure that the wind is a result.")]
    public void Verify_ABlockQuotation_IsListedForReviewUntilTheEntryAnswers(string text)
    {
        var quote = Some.Quote("a", text, via: Harbour);
        var question = "Quote 'a': The essay prints it after a colon, without quotation marks; is it a quotation?";

        var notes = Verify(quote).ReviewNotes;

        Assert.Equal(question, Assert.Single(notes).Message);
        AssertClean(quote with { Answers = new Dictionary<string, string> { ["block"] = "It is a quotation." } });
    }

    /// <summary>A paragraph that begins with a quotation mark contains words of the essayist, too.</summary>
    [Fact]
    public void Verify_AnInterruptedSentenceInAParagraphAfterAColon_IsTheQuotationOnly()
    {
        const string essays = """
            The Harbour Lights
            by Ann Author

            Serge remembers the rock this way:

            “We needed a lamp,” he explains, “a way of life.” But lamps were costly.
            """;

        AssertError("But lamps were costly.", isJoined: false);
        AssertProblems([], "We needed a lamp, a way of life.", isJoined: true);

        void AssertError(string text, bool isJoined) =>
            AssertProblems(
                ["Quote 'a': The words are in a paragraph after a colon, but not inside one pair of quotation marks."],
                text,
                isJoined
            );

        void AssertProblems(string[] expected, string text, bool isJoined)
        {
            var quote = Some.Quote("a", text, via: Harbour, joined: isJoined);
            var verification = EssayVerifier.Verify(new(Some.Author, [quote], [], [Harbour]), essays);
            Assert.Equal(expected, verification.Problems.Select(static problem => problem.Message));
        }
    }

    /// <summary>Only a person can distinguish a block that begins with a quotation from a sentence that
    /// quotes.</summary>
    [Theory]
    [InlineData("Liberty", true, "")]
    [InlineData("“Liberty” is a word I distrust. It hides too much.", true, "")]
    [InlineData("It hides too much.", true, "")]
    [InlineData("It hides too much.", false, "If the whole paragraph is a quotation, add 'block' to 'answers'.")]
    [InlineData("Serge said of it:", true, "They are the essayist's words, or several quotations")]
    public void Verify_ABlockThatBeginsWithAQuotation_IsAcceptedIfTheEntryAnswers(
        string text,
        bool isAnswered,
        string fix
    )
    {
        const string essays = """
            The Harbour Lights
            by Ann Author

            Serge said of it:

            “Liberty” is a word I distrust. It hides too much.
            """;
        Dictionary<string, string> answers = isAnswered ? new() { ["block"] = "It is a quotation." } : [];
        var quote = Some.Quote("a", text, via: Harbour) with { Answers = answers };

        var verification = EssayVerifier.Verify(new(Some.Author, [quote], [], [Harbour]), essays);

        Assert.Equal(fix.Length == 0, verification.IsClean);
        var fixes = string.Concat(verification.Problems.Select(static problem => problem.Fix));
        Assert.StartsWith(fix, fixes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("We needed a lamp.\n\nIt was a way of life.", "")]
    [InlineData("It was a way of life.", "")]
    [InlineData("We needed a lamp. It was a mode of life.", "prints 'a way of' where the quote has 'a mode of'.")]
    public void Verify_AQuotationOfTwoParagraphs_IsComparedAsAWhole(string text, string expected)
    {
        const string essays = """
            The Harbour Lights
            by Ann Author

            Serge remembers the rock this way: “We needed a lamp.

            “It was a way of life.” But lamps were costly.
            """;
        var quote = Some.Quote("a", text, via: Harbour);

        var verification = EssayVerifier.Verify(new(Some.Author, [quote], [], [Harbour]), essays);

        var problems = verification.Problems.Select(static problem => problem.Message);
        Assert.EndsWith(expected, string.Concat(problems), StringComparison.Ordinal);
        Assert.Equal(expected.Length > 0, problems.Any());
        Assert.Empty(verification.ReviewNotes);
    }

    [Fact]
    public void Verify_AWholeSentenceMarkedAsJoined_IsAnError() =>
        AssertError(
            Some.Quote("a", "Salt is honest. All honesty is dry", via: Harbour, joined: true),
            "prints it whole",
            "Remove 'joined'"
        );

    [Theory]
    [InlineData(
        "[T]he open sea, far from being empty, has no signpost.",
        "prints 'no signposts.' where the quote has 'no signpost.'"
    )] // one letter is missing
    [InlineData(
        "[T]he open sea, far from being emptied, has no signposts.",
        "prints 'being empty, has' where the quote has 'being emptied, has'"
    )]
    [InlineData(
        "The open sea, far from being empty, has no signposts.",
        "prints '[T]he open' where the quote has 'The open'"
    )] // brackets are kept
    [InlineData(
        "[T]he Open sea, far from being empty, has no signposts.",
        "prints '[T]he open sea,' where the quote has '[T]he Open sea,'"
    )] // and case
    [InlineData(
        "[T]he open sea – far from being empty – has no signposts.",
        "prints 'open sea, far' where the quote has 'open sea – far'"
    )] // and marks
    [InlineData(
        "[T]he open sea, far from being empty, has no signposts!",
        "prints 'no signposts.' where the quote has 'no signposts!'"
    )]
    [InlineData(
        "Minerva’s “old trident,” with its three points, is the whole of the matter.",
        "prints 'Neptune’s “old' where the quote has 'Minerva’s “old'"
    )] // a name
    [InlineData(
        "Neptune's “old trident,” with its three points, is the whole of the matter.",
        "prints 'Neptune’s “old' where the quote has 'Neptune's “old'"
    )]
    [InlineData("We wanted a haven, a place of rest.", "does not quote these words")]
    [InlineData("The sea is wet.", "does not quote these words")]
    public void Verify_WordsNotAsPrinted_IsAnErrorThatShowsTheDifference(string text, string expected) =>
        AssertError(Some.Quote("a", text, via: Harbour), expected);

    [Theory]
    [InlineData("Salt is honest", "prints '.' right after")]
    [InlineData("I am quite sure that the wind is a result", "prints '.' right after")]
    public void Verify_AMissingFullStop_IsAnError(string text, string expected) =>
        AssertError(Some.Quote("a", text, via: Harbour), expected, "only a comma");

    [Theory]
    [InlineData(".", "prints '.' right after")]
    [InlineData("!", "prints '!' right after")]
    [InlineData("?", "prints '?' right after")]
    [InlineData("…", "prints '…' right after")]
    [InlineData(";", "prints ';' right after")]
    [InlineData(":", "prints ':' right after")]
    [InlineData(" and dry.", "look")]
    [InlineData(", dry.", "look")]
    [InlineData(",", "")]
    [InlineData("", "")]
    public void Verify_AMissingEnd_IsCheckedByItsMark(string rest, string expected)
    {
        var verification = EssayVerifier.Verify(
            new(Some.Author, [Some.Quote("a", "Salt is honest", via: Harbour)], [], [Harbour]),
            $"The Harbour Lights\nby Ann Author\n\nHe wrote, “Salt is honest{rest}”"
        );
        Assert.Equal(
            expected,
            verification switch
            {
                { Problems: [var problem] } => problem
                    .Message["Quote 'a': The essay ".Length..]
                    .Replace(" these words.", "", StringComparison.Ordinal),
                { ReviewNotes: [_] } => "look",
                _ => "",
            }
        );
    }

    [Theory]
    [InlineData("“It is so. Salt is honest.”", false)] // a whole sentence before
    [InlineData("“Is it so?” Salt is honest.”", false)]
    [InlineData("“(It is so.) Salt is honest.”", false)]
    [InlineData("“so salt is honest: Salt is honest.”", true)]
    [InlineData("“It is so. Salt is honest. So.”", false)]
    public void Verify_AMissingBeginning_IsListedWhenNoSentenceEndsThere(string quotation, bool isCut) =>
        Assert.Equal(
            isCut,
            EssayVerifier
                .Verify(
                    new(Some.Author, [Some.Quote("a", "Salt is honest.", via: Harbour)], [], [Harbour]),
                    $"The Harbour Lights\nby Ann Author\n\nHe wrote, {quotation}"
                )
                .ReviewNotes.Any(static remark =>
                    remark.Message.Contains("part of a sentence", StringComparison.Ordinal)
                )
        );

    [Fact]
    public void Verify_ANameSeveralTimesNearAQuotation_IsListedOnce() =>
        Assert.Equal(
            "Quote 'a': The essay names Doe, Roe near it; are the words those of Victor Serge?",
            Assert
                .Single(
                    EssayVerifier
                        .Verify(
                            new(Some.Author, [Some.Quote("a", "Salt is honest.", via: Harbour)], [], [Harbour]),
                            "The Harbour Lights\nby Ann Author\n\nOf Doe and Roe and of Doe he wrote, “Salt is honest.”"
                        )
                        .ReviewNotes
                )
                .Message
        );

    /// <summary>The entry's answer settles the question, but not for a name that it does not contain.</summary>
    [Theory]
    [InlineData("names", "Doe and Roe are whom he wrote of.", 0)]
    [InlineData("names", "Doe is whom he wrote of.", 1)]
    [InlineData("part", "It is a whole sentence.", 1)]
    public void Verify_AQuestionThatTheEntryAnswers_IsNotAskedAgain(string question, string answer, int asked)
    {
        var quote = Some.Quote("a", "Salt is honest.", via: Harbour) with
        {
            Answers = new Dictionary<string, string> { [question] = answer },
        };

        var verification = EssayVerifier.Verify(
            new(Some.Author, [quote], [], [Harbour]),
            "The Harbour Lights\nby Ann Author\n\nOf Doe and Roe he wrote, “Salt is honest.”"
        );

        Assert.Equal(asked, verification.ReviewNotes.Count);
    }

    [Theory]
    [InlineData("she", "Salt is honest.", null, true)]
    [InlineData("he", "Salt is honest.", null, false)]
    [InlineData(null, "Salt is honest.", null, true)]
    [InlineData("he", "Salt is honest.", "she", true)]
    public void Verify_ThePronounOfTheAuthor_IsTheAuthor(string? pronoun, string text, string? speaker, bool isClean)
    {
        var quote = Some.Quote("a", text, via: Harbour) with { Speaker = speaker };
        var author = Some.Author with { Pronoun = pronoun };

        var verification = EssayVerifier.Verify(
            new(author, [quote], [], [Harbour]),
            "The Harbour Lights\nby Ann Author\n\nAs she wrote, “Salt is honest.”"
        );

        Assert.Equal(isClean, verification.IsClean);
    }

    [Fact]
    public void Verify_AnEssayThatIsTwiceInTheFile_IsReadFromTheFirstCopy()
    {
        var verification = EssayVerifier.Verify(
            new(
                Some.Author,
                [Some.Quote("a", "Salt is honest.", via: Harbour), Some.Quote("b", "Salt is dry.", via: Harbour)],
                [Some.Event("e", "1921", text: "He wrote that salt is a very honest thing indeed")],
                [Harbour]
            ),
            """
            The Harbour Lights
            by Ann Author

            He wrote, “Salt is honest.”

            The Harbour Lights
            by Ann Author

            He wrote that salt is a very honest thing indeed.
            """
        );
        Assert.Equal(
            ["Quote 'b'", "The event 'e' copies words of an essay"],
            verification.Problems.Select(static problem => problem.Message.Split(':')[0])
        );
    }

    [Fact]
    public void Verify_SeveralQuotes_IsEachAgainstItsOwnEssay()
    {
        var verification = Verify(
            Some.Quote("right", "Salt is honest.", via: Harbour),
            Some.Quote("wrong", "Salt is dishonest indeed and dry.", via: Harbour),
            Some.Quote("also-right", "as a means of reaching the shore", via: Quay, note: "Unnamed."),
            Some.Quote("elsewhere", "The tide is within us", via: Quay)
        );
        Assert.Equal(
            ["Quote 'wrong'", "Quote 'elsewhere'"],
            verification.Problems.Select(static problem => problem.Message.Split(':')[0])
        );
    }

    [Fact]
    public void Verify_CopiedWordsInTheLastEventAndContext_IsAnErrorForEach()
    {
        QuoteCatalogue catalogue = new(
            Some.Author,
            [
                Some.Quote("q1", "Salt is honest.", via: Harbour),
                Some.Quote(
                    "q2",
                    "The tide is within us",
                    via: Harbour,
                    context: "They say such things every day of the long winter"
                ),
            ],
            [
                Some.Event("e1", "1921", text: "Nothing copied."),
                Some.Event("e2", "1921", text: "The pilots were hungry: At the height of the storm"),
            ],
            [Harbour, Quay]
        );
        Assert.Equal(
            [
                "The context of the quote 'q2' copies words of an essay: 'say such things every day of the long winter'.",
                "The event 'e2' copies words of an essay: 'the pilots were hungry at the height of the storm'.",
            ],
            EssayVerifier.Verify(catalogue, Essays).Problems.Select(static problem => problem.Message)
        );
    }

    [Theory]
    [InlineData("Victor Serge never owned a boat.")] // the essayist's own words
    [InlineData("he meant it")]
    [InlineData("“We wanted a harbour,” he warns, “a place of rest.”")]
    public void Verify_WordsOutsideOfTheMarks_IsAnError(string text) =>
        AssertError(Some.Quote("a", text, via: Harbour), "not inside one pair of quotation marks");

    [Theory]
    [InlineData("The tide is within us, The coast seems to me, in spite of the fog, to be near.")] // of one sentence
    [InlineData("a place of rest. [T]he open sea, far from being empty, has no signposts.")] // of two sentences
    [InlineData("We wanted a harbour, [T]he open sea, far from being empty, has no signposts.")] // not consecutive
    [InlineData("a place of rest. We wanted a harbour,")] // in the wrong order
    [InlineData("We wanted, a place of rest.")] // cut at the boundary
    public void Verify_WordsPutTogetherThatAreNotHalvesOfOneSentence_IsAnError(string text) =>
        Assert.False(Verify(Some.Quote("a", text, via: Harbour, joined: true)).IsClean);

    [Theory]
    [InlineData("far from being empty, has no signposts.")]
    [InlineData("[T]he open sea, far from being empty")]
    [InlineData("the wind is a result.")]
    [InlineData("wanted a harbour, a place", true)]
    public void Verify_PartOfASentence_IsListedForReview(string text, bool joined = false)
    {
        var verification = Verify(Some.Quote("a", text, via: Harbour, joined: joined));
        Assert.True(verification.IsClean);
        Assert.Contains(
            verification.ReviewNotes,
            static remark => remark.Message.Contains("part of a sentence", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Verify_PartOfAWord_IsAnError() =>
        AssertError(Some.Quote("a", "alt is honest.", via: Harbour), "prints");

    [Fact]
    public void Verify_TheWrongEssay_IsAnErrorThatNamesTheRightOne() =>
        AssertError(
            Some.Quote("a", "Salt is honest.", via: Quay),
            "are in the essay 'harbour', not in 'quay'",
            "via: harbour"
        );

    [Theory]
    [InlineData("Harbours have been the soul of cities for half a century.", "Jane Doe")]
    [InlineData("one of the most seaworthy of twentieth century minds.", "Mary Roe")]
    public void Verify_WordsOfAnotherPerson_IsAnErrorEvenWithANote(string text, string name)
    {
        AssertError(Some.Quote("a", text, via: Harbour), $"attributes these words to {name}", "Remove the quote");
        AssertError(Some.Quote("a", text, via: Harbour, note: "Surely Serge."), $"attributes these words to {name}");
    }

    [Fact]
    public void Verify_ASpeakerWhoIsNotNamed_IsListedForReviewUnlessANoteExplainsIt()
    {
        var text = "At the height of the storm the fish were thrown away.";
        Assert.Contains(
            Verify(Some.Quote("a", text, via: Quay)).ReviewNotes,
            static remark => remark.Message.Contains("names no speaker", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(
            Verify(Some.Quote("a", text, via: Quay, note: "Unnamed.")).ReviewNotes,
            static remark => remark.Message.Contains("names no speaker", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Verify_AWorkOrAYearThatTheEssayDoesNotName_IsListedForReview()
    {
        var memoirs = Some.Memoirs;
        Assert.Empty(
            Verify(
                Some.Quote("a", "[T]he open sea, far from being empty, has no signposts.", work: memoirs, via: Harbour)
            ).ReviewNotes
        );
        Assert.Empty(Verify(Some.Quote("a", "Salt is honest.", written: "1921", via: Harbour)).ReviewNotes);
        Assert.Contains(
            "does not name 'Memoirs of a Revolutionary'",
            Assert.Single(Verify(Some.Quote("a", "Salt is honest.", work: memoirs, via: Harbour)).ReviewNotes).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "does not mention 1922",
            Assert
                .Single(Verify(Some.Quote("a", "Salt is honest.", written: "1922", via: Harbour)).ReviewNotes)
                .Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("Sailors say such things every day of the long winter.", true)] // nine words of the essay
    [InlineData("They say such things every day of the long night.", true)] // eight
    [InlineData("They say such things every day of the year.", false)] // seven
    [InlineData("THEY SAY—such things, every day: of the long night!", true)] // despite marks and case
    [InlineData("Jane Doe was born.", false)]
    public void Verify_OurOwnSentences_HaveNoEightWordsInARowOfAnEssay(string text, bool isCopied)
    {
        QuoteCatalogue events = new(Some.Author, [], [Some.Event("e", "1921", text: text)], [Harbour, Quay]);
        QuoteCatalogue contexts = new(
            Some.Author,
            [Some.Quote("q", "Salt is honest.", via: Harbour, context: text)],
            [],
            [Harbour, Quay]
        );
        foreach (
            var verification in new[] { EssayVerifier.Verify(events, Essays), EssayVerifier.Verify(contexts, Essays) }
        )
        {
            Assert.Equal(!isCopied, verification.IsClean);
            Assert.All(
                verification.Problems,
                static problem =>
                    Assert.Contains("say such things every day of the long", problem.Message, StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public void Verify_AProblem_HasTheLocationOfTheQuote()
    {
        var quote = Some.Quote("a", "No such words.", via: Harbour) with { Location = new("quotes.yaml", 12, 3) };
        var problem = Assert.Single(Verify(quote).Problems);
        Assert.StartsWith("quotes.yaml:12:3: error: Quote 'a': ", problem.ToString(), StringComparison.Ordinal);
    }

    private static VerificationResult Verify(params Quote[] quotes) =>
        EssayVerifier.Verify(new(Some.Author, quotes, [], [Some.Memoirs, Harbour, Quay]), Essays);

    private static void AssertClean(Quote quote)
    {
        var verification = Verify(quote);
        Assert.Empty(verification.Problems);
        Assert.True(verification.IsClean);
    }

    private static void AssertError(Quote quote, string what, string fix = "")
    {
        var verification = Verify(quote);
        Assert.False(verification.IsClean);
        Assert.Contains(
            verification.Problems,
            problem =>
                problem.Severity == ProblemSeverity.Error
                && problem.Message.Contains(what, StringComparison.Ordinal)
                && problem.Fix.Contains(fix, StringComparison.Ordinal)
        );
    }
}
