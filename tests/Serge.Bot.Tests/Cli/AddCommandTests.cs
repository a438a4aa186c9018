using System.Text;

namespace Serge.Bot.Tests.Cli;

/// <summary><c>serge add</c>: asks for an entry and adds it to the file, or leaves the file unchanged.</summary>
public sealed class AddCommandTests : IDisposable
{
    private static readonly Answers AQuotation = new(
        ("text", "The course is set on hope."),
        ("via", "cunningham"),
        ("work", "memoirs"),
        ("topics", "power, party"),
        ("written", "1919"),
        ("joined", "n"),
        ("context", "On the last page.")
    );

    private static readonly Answers AnEvent = new(
        ("date", "1917-11-07"),
        ("oldStyle", "1917-10-25"),
        ("text", "The Bolsheviks took the Winter Palace."),
        ("id", "winter-palace"),
        ("kind", "context"),
        ("mentionedBy", "cunningham"),
        ("sources", "cunningham"),
        ("status", "disputed"),
        ("note", "Others say the night after."),
        (Answers.Confirmation, "y")
    );

    private readonly TestCatalogue _catalogue = new();

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task AddQuote_WithValidAnswers_AppendsAnEntryAndChangesNothingElse()
    {
        var (exitCode, output) = await RunAsync("quote", AQuotation);

        Assert.Equal(0, exitCode);
        Assert.Contains("Added the-course-is-set.", output, StringComparison.Ordinal);
        Assert.Equal(
            TestCatalogue.Quotes
                + "\n"
                + """
                - id: the-course-is-set
                  text: "The course is set on hope."
                  work: memoirs
                  via: cunningham
                  topics: [power, party]
                  written: 1919
                  context: On the last page.

                """,
            Text("quotes.yaml")
        );
    }

    [Fact]
    public async Task AddEvent_WithValidAnswers_AppendsAnEntry()
    {
        var (exitCode, output) = await RunAsync("event", AnEvent);

        Assert.True(exitCode == 0, output);
        Assert.EndsWith(
            "\n\n"
                + """
                - id: winter-palace
                  date: 1917-11-07
                  oldStyle: 1917-10-25
                  text: The Bolsheviks took the Winter Palace.
                  kind: context
                  sources: [cunningham]
                  mentionedBy: [cunningham]
                  status: disputed
                  note: Others say the night after.

                """,
            Text("events.yaml"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task AddQuote_PrintsThisDialogue()
    {
        using CommandHome home = new();
        home.Typed = """
            totalitarianism is “within” us
            ?
            The Id

            cunningham
            memoirs

            ?
            power, party
            1919
            n
            On the last page.




            """;

        (await home.RunAsync("add", "quote"))
            .Trimmed()
            .ShouldBe(
                0,
                """
                A new quotation. Enter skips an optional question, ? lists the possible answers and ?part those with this part, < goes back to the previous question, Ctrl+C cancels without changes.

                The text, exactly as between the essay’s quotation marks
                text: Warning: The quote 'within-us' in line 7 has the same text except for punctuation, spaces, accents or capitals. Keep one of the two, or add a 'note' to this one that says why both are needed.

                An id that is never used again: lower-case letters, digits, hyphens [totalitarianism-is-within-us]
                id: An id that is never used again: lower-case letters, digits, hyphens
                id: Invalid: The id 'The Id' is not in kebab-case. Write 'the-id'.
                id:
                The essay that quotes it; Enter if it is from the work itself
                via:
                The work that it is from, if the essay names it
                work:
                Whose words they are, if not those of the author of the work, such as Victor Serge
                speaker:
                One to three topics, separated by commas
                topics:   means-and-ends
                  party
                  power
                  revolution
                topics:
                When it was written, if the source says so, such as 1919 or 1933-02-01
                written:
                Does the essay split the sentence (“…,” he explains, “…”)? y or n
                joined:
                One neutral line of context, if the text needs it
                context:
                A content warning, if readers may want one
                warning:
                What is uncertain, such as a speaker whom the essay does not name
                note:
                - id: totalitarianism-is-within-us
                  text: "totalitarianism is “within” us"
                  work: memoirs
                  via: cunningham
                  topics: [power, party]
                  written: 1919
                  context: On the last page.

                Warning: The quote 'within-us' in line 7 has the same text except for punctuation, spaces, accents or capitals. Keep one of the two, or add a 'note' to this one that says why both are needed.
                Add it to quotes.yaml? [Y/n] Added totalitarianism-is-within-us. A running bot uses it within seconds.

                """
            );
    }

    [Fact]
    public async Task AddEvent_PrintsThisDialogue()
    {
        using CommandHome home = new();
        home.Typed = """
            1917-11-07
            1917-10-25
            The Bolsheviks took the Winter Palace.
            winter-palace
            context
            cunningham
            cunningham
            ?
            disputed
            Others say the night after.


            no
            """;

        (await home.RunAsync("add", "event"))
            .Trimmed()
            .ShouldBe(
                1,
                """
                A new event. Enter skips an optional question, ? lists the possible answers and ?part those with this part, < goes back to the previous question, Ctrl+C cancels without changes.

                The date, only as exact as it is known: 1933-02-01, 1919-01, 1936-21 (spring), 1919, 1904~ (about), 1933/1936
                date:
                The day in the Julian calendar, such as 1917-10-25, if Russia still used it
                oldStyle:
                What happened: one sentence in the past tense, without the date
                text:
                An id that is never used again: lower-case letters, digits, hyphens [the-bolsheviks-took-the]
                id:
                life (of Victor Serge, and books), context (the times) or person (a birth or death)
                kind:
                The essays that mention it, separated by commas
                mentionedBy:
                What the date rests on, separated by commas: only what gives this date
                sources:
                sure (there is no reason to doubt it), likely (the best or only sources say so) or disputed (good ones differ)
                status:   sure
                  likely
                  disputed
                status:
                What other sources say, if they differ
                note:
                A content warning, if readers may want one
                warning:
                The quotation that belongs to it: its post has both
                quote:
                - id: winter-palace
                  date: 1917-11-07
                  oldStyle: 1917-10-25
                  text: The Bolsheviks took the Winter Palace.
                  kind: context
                  sources: [cunningham]
                  mentionedBy: [cunningham]
                  status: disputed
                  note: Others say the night after.

                Add it to events.yaml? [Y/n] Nothing was added.

                """
            );
    }

    [Theory]
    [InlineData("quote", "text", "", "An answer is required.")]
    [InlineData(
        "quote",
        "text",
        "“The course is set on hope.”",
        "Invalid: The whole text is in quotation marks, which the bot adds itself."
    )]
    [InlineData(
        "quote",
        "text",
        "Totalitarianism is within us.",
        "Invalid: The quote 'within-us' in line 7 has the same text."
    )]
    [InlineData("quote", "id", "within-us", "Invalid: The id 'within-us' is already used")]
    [InlineData("quote", "id", "leap", "Invalid: The id 'leap' is already used by the event in line")]
    [InlineData("event", "id", "within-us", "Invalid: The id 'within-us' is already used by the quote in line")]
    [InlineData("quote", "id", "The Course", "Invalid: The id 'The Course' is not in kebab-case. Write 'the-course'.")]
    [InlineData("quote", "via", "cuningham", "There is no source 'cuningham'. Did you mean cunningham?")]
    [InlineData("quote", "via", "memoirs", "has the kind work, which is not allowed in 'via'")]
    [InlineData(
        "quote",
        "via",
        "?",
        "  cunningham: The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary\n"
    )]
    [InlineData("quote", "topics", "Two Words", "The topic 'Two Words' is not in kebab-case")]
    [InlineData("quote", "topics", "a], b: c", "is not in kebab-case")]
    [InlineData("quote", "topics", "power, power", "'power' is listed twice")]
    [InlineData("quote", "topics", ",", "The list 'topics' is missing or empty")]
    [InlineData("quote", "written", "1919-02-29", "February 1919 has the days 01 to 28")]
    [InlineData("quote", "written", "\"1919", "is not a date")]
    [InlineData("quote", "joined", "perhaps", "Answer y or n.")]
    [InlineData("quote", "context", "A bell \a rings.", "a control character (U+0007)")]
    [InlineData("event", "date", "7 November", "'7 November' is not a date of EDTF")]
    [InlineData("event", "oldStyle", "1917-10-26", "Write 1917-10-25 here")]
    [InlineData("event", "kind", "birth", "The kind 'birth' is not known")]
    [InlineData("event", "mentionedBy", "cunningham; paizis", "There is no source")]
    [InlineData("event", "status", "disputd", "Did you mean disputed?")]
    [InlineData("event", "note", "", "An answer is required.")]
    public async Task Add_AnInvalidAnswer_IsRejectedWithTheReason(string what, string key, string wrong, string reason)
    {
        var right = Get(what);
        var expected = await AddedByAsync(what, right);

        var (exitCode, output) = await RunAsync(what, right.With((key, wrong)));

        Assert.Contains(reason, output, StringComparison.Ordinal);
        Assert.True(exitCode == 0, output);
        Assert.Equal(expected, Text(what + "s.yaml"));
    }

    /// <summary>Each row: what is added, the key that is asked for, and its choices.</summary>
    [Theory]
    [InlineData(
        "quote",
        "via",
        "  cunningham: The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary\n"
    )]
    [InlineData("quote", "work", "  memoirs: Memoirs of a Revolutionary\n")]
    [InlineData("quote", "topics", "  means-and-ends\n  party\n  power\n  revolution\n")]
    [InlineData("event", "kind", "  life\n  context\n  person\n")]
    [InlineData(
        "event",
        "sources",
        "  memoirs: Memoirs of a Revolutionary\n  cunningham: The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary\n  riere: Biographical Note\n"
    )]
    public async Task Add_AQuestionMark_ListsTheChoices(string what, string key, string choices)
    {
        await File.AppendAllTextAsync(
            PathOf("sources.yaml"),
            "- id: riere\n  kind: reference\n  title: Biographical Note\n  author: Jean Rière\n",
            TestContext.Current.CancellationToken
        );

        // The most frequent topic is not the first in alphabetical order.
        _catalogue.Write(
            "quotes.yaml",
            TestCatalogue.Quotes.Replace(
                "[means-and-ends, revolution]",
                "[revolution, power]",
                StringComparison.Ordinal
            )
        );

        var (_, output) = await RunAsync(what, Get(what).With((key, "?")));

        Assert.Contains($"\n{key}: {choices}{key}: ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("He said: it’s “so” \\ and #1, [sic] {or} not?", "He said: it’s “so” \\ and #1, [sic] {or} not?")]
    [InlineData("It's Serge's own.", "It’s Serge’s own.")]
    [InlineData("[T]he end: \"so it goes\" […]", "[T]he end: \"so it goes\" […]")]
    [InlineData("e\u0301te\u0301 1919", "été 1919")]
    public async Task AddQuote_AnyText_IsServedAsTyped(string typed, string served)
    {
        var (exitCode, output) = await RunAsync("quote", AQuotation.With(("text", typed), ("id", "a-text")));
        Assert.True(exitCode == 0, output);
        Assert.Equal(ReloadResult.Served, _catalogue.Live.Reload());
        Assert.Equal(served, _catalogue.Live.Current.FindQuote("a-text")!.Text);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("- a dash")]
    [InlineData("a: b # c")]
    [InlineData("* star & co")]
    [InlineData("“Curly” first.")]
    [InlineData("ends with a colon:")]
    [InlineData("\"straight\" first")]
    public async Task AddQuote_AnyContext_IsServedAsTyped(string typed)
    {
        var (exitCode, output) = await RunAsync("quote", AQuotation.With(("context", typed)));
        Assert.True(exitCode == 0, output);
        Assert.Equal(ReloadResult.Served, _catalogue.Live.Reload());
        Assert.Equal(typed, _catalogue.Live.Current.FindQuote("the-course-is-set")!.Context);
    }

    [Theory]
    [InlineData("\uFEFF", "\r\n", "\r\n")] // a byte order mark and Windows line ends
    [InlineData("# no line end at the end\n", "\n", "")]
    [InlineData("", "\n", "\n\n\n")]
    [InlineData("", "\n", "  \t \n# a comment at the end\n")]
    public async Task Add_ToAnyFile_KeepsItsBytesAndLineEnds(string start, string lineEnd, string end)
    {
        var before = Encoding.UTF8.GetBytes(
            start + TestCatalogue.Quotes.TrimEnd().Replace("\n", lineEnd, StringComparison.Ordinal) + end
        );
        await File.WriteAllBytesAsync(PathOf("quotes.yaml"), before, TestContext.Current.CancellationToken);

        var (exitCode, output) = await RunAsync("quote", AQuotation);

        Assert.True(exitCode == 0, output);
        var after = await File.ReadAllBytesAsync(PathOf("quotes.yaml"), TestContext.Current.CancellationToken);
        Assert.True(after.AsSpan().StartsWith(before));
        Assert.Equal(
            lineEnd == "\n",
            !Encoding.UTF8.GetString(after[before.Length..]).Contains('\r', StringComparison.Ordinal)
        );
        Assert.Equal(ReloadResult.Served, _catalogue.Live.Reload());
        Assert.NotNull(_catalogue.Live.Current.FindQuote("the-course-is-set"));
    }

    [Theory]
    [InlineData("", "\n\n- id: ")]
    [InlineData("\n", "\n- id: ")]
    [InlineData("\n\n", "- id: ")]
    [InlineData("\r\n\r\n", "- id: ")]
    public async Task Add_AfterAnyEndOfTheFile_LeavesOneBlankLineBetween(string end, string addition)
    {
        var before = TestCatalogue.Quotes.TrimEnd() + end;
        await File.WriteAllTextAsync(PathOf("quotes.yaml"), before, TestContext.Current.CancellationToken);

        var (exitCode, output) = await RunAsync("quote", AQuotation);

        Assert.True(exitCode == 0, output);
        var after = await File.ReadAllTextAsync(PathOf("quotes.yaml"), TestContext.Current.CancellationToken);
        Assert.StartsWith(addition, after[before.Length..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_ASimilarText_IsAddedWithAWarning()
    {
        var (exitCode, output) = await RunAsync("quote", AQuotation.With(("text", "totalitarianism is “within” us")));
        Assert.Equal(0, exitCode);
        Assert.Contains(
            "Warning: The quote 'within-us' in line 7 has the same text except for",
            output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Add_WhenOtherEntriesHaveWarnings_DoesNotRepeatThem()
    {
        const string twice = """
            - id: within-us-too
              text: "Totalitarianism is within us!"
              via: cunningham
              topics: [power]

            """;
        _catalogue.Write("quotes.yaml", TestCatalogue.Quotes + twice);
        Assert.NotEmpty(CatalogueReader.Read(_catalogue.Folder).Problems);

        var (exitCode, output) = await RunAsync("quote", AQuotation);

        Assert.Equal(0, exitCode);
        Assert.DoesNotContain("Warning:", output, StringComparison.Ordinal);
    }

    /// <summary>Each row: the text of a quotation, and the suggested id.</summary>
    [Theory]
    [InlineData("Hope.", "hope")]
    [InlineData("One, two – three: four; five.", "one-two-three-four")]
    [InlineData("Été à l’École normale", "ete-a-lecole-normale")]
    [InlineData("[T]he end’s 2 means", "the-ends-2-means")]
    [InlineData("Ελπίδα now", "now")]
    public async Task AddQuote_AnyText_SuggestsAnIdOfItsFirstFourWords(string text, string id)
    {
        var (_, output) = await RunAsync("quote", new Answers(("text", text)));

        Assert.Contains($"lower-case letters, digits, hyphens [{id}]\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddQuote_ATextWithoutLetters_SuggestsNoId()
    {
        var (_, output) = await RunAsync("quote", new Answers(("text", "Ελπίδα"), ("id", "")));

        Assert.Contains(
            "lower-case letters, digits, hyphens\nid: An answer is required.\n",
            output,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("quote")]
    [InlineData("event")]
    public void Questionnaire_WritesTheKeysOfItsFileInTheirOrder(string what)
    {
        var questionnaire = what == "quote" ? Questionnaire.OfQuote(Some.Author) : Questionnaire.OfEvent(Some.Author);
        _catalogue.Write(questionnaire.FileName, "- unheard-of: x\n");

        var problem = CatalogueReader.Read(_catalogue.Folder).Problems[0];

        // Keys that are not asked for come last.
        var asked = string.Join(", ", questionnaire.Order);
        Assert.StartsWith($"An entry of this file has {asked}", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_WhenTheInputEnds_ChangesNothing()
    {
        var questions = Questionnaire.OfQuote(Some.Author).Questions.Select(question => question.Key);
        string[] keys = [.. questions, Answers.Confirmation];
        foreach (var key in keys)
        {
            var (exitCode, output) = await RunAsync("quote", AQuotation.With((key, null)));
            Assert.Equal(1, exitCode);
            Assert.Contains("Nothing was added.", output, StringComparison.Ordinal);
            Assert.Equal(TestCatalogue.Quotes, Text("quotes.yaml"));
        }
    }

    [Fact]
    public async Task Add_WhenNotConfirmed_ChangesNothing()
    {
        var (exitCode, output) = await RunAsync("quote", AQuotation.With((Answers.Confirmation, "n")));
        Assert.Equal(1, exitCode);
        Assert.EndsWith("Nothing was added.\n", output, StringComparison.Ordinal);
        Assert.Equal(TestCatalogue.Quotes, Text("quotes.yaml"));
    }

    [Fact]
    public async Task Add_ToAListInBrackets_ShowsTheEntryAndChangesNothing()
    {
        _catalogue.Write("quotes.yaml", "[]\n");
        var (exitCode, output) = await RunAsync("quote", AQuotation);
        Assert.Equal(1, exitCode);
        Assert.Contains("Add it by hand:\n\n- id: the-course-is-set\n", output, StringComparison.Ordinal);
        Assert.Equal("[]\n", Text("quotes.yaml"));
    }

    [Fact]
    public async Task Add_ToAFileWithAnEndOfDocument_ChangesNothing()
    {
        var before = TestCatalogue.Quotes + "...\n";
        _catalogue.Write("quotes.yaml", before);

        var (exitCode, output) = await RunAsync("quote", AQuotation);

        Assert.Equal(1, exitCode);
        Assert.Contains(
            $"The entry cannot be added at the end of quotes.yaml. {PathOf("quotes.yaml")}:",
            output,
            StringComparison.Ordinal
        );
        Assert.Equal(before, Text("quotes.yaml"));
    }

    [Fact]
    public async Task Add_WhenAnotherFileBecomesInvalid_ShowsTheFirstErrorAndAddsNothing()
    {
        var answers = AQuotation.AndAt(
            "note",
            () => _catalogue.Write("events.yaml", "- id: broken\n- id: broken-too\n")
        );

        var (exitCode, output) = await RunAsync("quote", answers);

        var errors = CatalogueReader.Read(_catalogue.Folder).Problems;
        Assert.True(errors.Count > 1);
        Assert.Equal(1, exitCode);
        Assert.Contains(
            $"The entry cannot be added at the end of quotes.yaml. {errors[0]}\nNothing was added. Add it by hand:\n\n- id: the-course-is-set\n",
            output,
            StringComparison.Ordinal
        );
        Assert.Equal(TestCatalogue.Quotes, Text("quotes.yaml"));
    }

    [Fact]
    public async Task Add_ToAFileWithErrors_ListsTheErrorsAndChangesNothing()
    {
        _catalogue.Write("quotes.yaml", "- id: broken\n");
        var (exitCode, output) = await RunAsync("quote", AQuotation);
        Assert.Equal(2, exitCode);
        Assert.Contains("quotes.yaml:1:3: error: The key 'text' is missing.", output, StringComparison.Ordinal);
        Assert.Equal("- id: broken\n", Text("quotes.yaml"));
    }

    [Theory]
    [InlineData("One can leave a Party!", "One can leave a Party!\n# mine")] // longer
    [InlineData("One can leave a Party!", "One may leave a Party!")] // as long
    [InlineData("Said to fellow Bolsheviks.", "")]
    public async Task Add_WhenTheFileIsSavedMeanwhile_AddsNothing(string before, string after)
    {
        var edited = TestCatalogue.Quotes.Replace(before, after, StringComparison.Ordinal);
        var answers = AQuotation.AndAt(Answers.Confirmation, () => _catalogue.Write("quotes.yaml", edited));
        var (exitCode, output) = await RunAsync("quote", answers);
        Assert.Equal(1, exitCode);
        Assert.Contains(
            "quotes.yaml was changed in the meantime.\nNothing was added.",
            output,
            StringComparison.Ordinal
        );
        Assert.Equal(edited, Text("quotes.yaml"));
    }

    /// <summary>Each row: a date, and whether Russia used the Julian calendar then.</summary>
    [Theory]
    [InlineData("1917-11-07", true)]
    [InlineData("1918-02-13", true)]
    [InlineData("1918-02-14", false)]
    [InlineData("1933-02-01", false)]
    [InlineData("1917-11", false)] // no day
    [InlineData("1917-11-07~", false)] // not exact
    public async Task AddEvent_OnADayInTheJulianCalendar_AsksForItsDate(string date, bool isAsked)
    {
        var (_, output) = await RunAsync("event", new Answers(("date", date)));

        Assert.Equal(isAsked, output.Contains("oldStyle: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AddEvent_WithASureDateAndNoNote_HasNone()
    {
        var (exitCode, output) = await RunAsync(
            "event",
            new Answers(
                ("date", "1933-02-01"),
                ("text", "It happened."),
                ("id", "it"),
                ("kind", "life"),
                ("mentionedBy", "cunningham"),
                ("sources", "cunningham"),
                ("status", "sure")
            )
        );

        Assert.True(exitCode == 0, output);
        Assert.EndsWith(
            "\n\n- id: it\n  date: 1933-02-01\n  text: It happened.\n  kind: life\n  sources: [cunningham]\n  mentionedBy: [cunningham]\n  status: sure\n",
            Text("events.yaml"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task AddQuote_AnswersOfOneLetter_AreWrittenUnchanged()
    {
        var (exitCode, output) = await RunAsync("quote", AQuotation.With(("context", "X"), ("warning", "5")));

        Assert.True(exitCode == 0, output);
        Assert.EndsWith("  context: X\n  warning: 5\n", Text("quotes.yaml"), StringComparison.Ordinal);
    }

    private string PathOf(string file) => Path.Combine(_catalogue.Folder, file);

    private string Text(string file) => File.ReadAllText(PathOf(file));

    /// <summary>The file after these answers; then the file is restored.</summary>
    private async Task<string> AddedByAsync(string what, Answers answers)
    {
        var before = Text(what + "s.yaml");
        Assert.Equal(0, (await RunAsync(what, answers)).ExitCode);
        var after = Text(what + "s.yaml");
        _catalogue.Write(what + "s.yaml", before);
        return after;
    }

    private static Answers Get(string what) => what == "quote" ? AQuotation : AnEvent;

    private async Task<(int ExitCode, string Output)> RunAsync(string what, Answers answers)
    {
        using StringWriter output = new() { NewLine = "\n" };
        using AnsweringReader input = new(answers, output);
        CommandContext context = new()
        {
            Output = output,
            Error = output,
            Input = input,
        };
        var exitCode = await CommandLine
            .RunAsync(["add", what, "--home", _catalogue.Home], context)
            .WaitAsync(Bounded.Longest, TestContext.Current.CancellationToken);
        return (exitCode, output.ToString());
    }

    /// <summary>The input of a person, by key. Several answers for a key are used in order; the answer
    /// <see langword="null"/> ends the input.</summary>
    private sealed record Answers(params (string Key, string? Text)[] Items)
    {
        /// <summary>The key of the last question: whether to add the entry.</summary>
        public const string Confirmation = "Add it";

        /// <summary>A key with an action that runs just before its answer.</summary>
        public (string Key, Action Run)? Before { get; private init; }

        /// <summary>The same, with these answers given first.</summary>
        public Answers With(params (string Key, string? Text)[] first) => this with { Items = [.. first, .. Items] };

        /// <summary>The same, while another program acts before this key is answered.</summary>
        public Answers AndAt(string key, Action run) => this with { Before = (key, run) };
    }

    /// <summary>Answers the last question: Enter if there is no answer, and the end of the input if the question is
    /// repeated.</summary>
    private sealed class AnsweringReader(Answers answers, StringWriter output) : TextReader
    {
        private readonly List<(string Key, string? Text)> _left = [.. answers.Items];
        private readonly HashSet<string> _skipped = new(StringComparer.Ordinal);

        public override string? ReadLine()
        {
            var prompt = output.ToString().Split('\n')[^1];
            var key = prompt.StartsWith(Answers.Confirmation, StringComparison.Ordinal)
                ? Answers.Confirmation
                : prompt.Split(':')[0];
            if (answers.Before is { } before && before.Key == key)
            {
                before.Run();
            }

            var index = _left.FindIndex(answer => answer.Key == key);
            if (index < 0)
            {
                return _skipped.Add(key) ? "" : null;
            }

            var text = _left[index].Text;
            _left.RemoveAt(index);
            return text;
        }
    }
}
