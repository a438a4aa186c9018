using System.Text;

namespace Serge.Bot.Tests.Cli;

/// <summary><c>serge add</c>: asks for an entry and adds it to the file, or leaves the file unchanged.</summary>
public sealed class AddCommandTests : IDisposable
{
    private static readonly string[] AQuotation =
    [
        "The course is set on hope.",
        "",
        "cunningham",
        "memoirs",
        "",
        "power, party",
        "1919",
        "n",
        "On the last page.",
        "",
        "",
        "",
    ];

    private static readonly string[] AnEvent =
    [
        "1917-11-07",
        "1917-10-25",
        "The Bolsheviks took the Winter Palace.",
        "winter-palace",
        "context",
        "cunningham",
        "cunningham",
        "disputed",
        "Others say the night after.",
        "",
        "",
        "y",
    ];

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
        string[] answers =
        [
            "totalitarianism is “within” us",
            "?",
            "The Id",
            "",
            .. AQuotation[2..5],
            "?",
            .. AQuotation[5..],
        ];
        home.Typed = string.Concat(answers.Select(answer => answer + "\n"));

        (await home.RunAsync("add", "quote"))
            .Trimmed()
            .Is(
                0,
                """
                A new quotation. Enter skips an optional question, ? lists the possible answers, Ctrl+C cancels without changes.

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
        home.Typed = string.Join('\n', [.. AnEvent[..7], "?", .. AnEvent[7..^1], "no"]);

        (await home.RunAsync("add", "event"))
            .Trimmed()
            .Is(
                1,
                """
                A new event. Enter skips an optional question, ? lists the possible answers, Ctrl+C cancels without changes.

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
    [InlineData("quote", 0, "", "An answer is required.")]
    [InlineData(
        "quote",
        0,
        "“The course is set on hope.”",
        "Invalid: The whole text is in quotation marks, which the bot adds itself."
    )]
    [InlineData(
        "quote",
        0,
        "Totalitarianism is within us.",
        "Invalid: The quote 'within-us' in line 7 has the same text."
    )]
    [InlineData("quote", 1, "within-us", "Invalid: The id 'within-us' is already used")]
    [InlineData("quote", 1, "The Course", "Invalid: The id 'The Course' is not in kebab-case. Write 'the-course'.")]
    [InlineData("quote", 2, "cuningham", "There is no source 'cuningham'. Did you mean cunningham?")]
    [InlineData("quote", 2, "memoirs", "has the kind work, which is not allowed in 'via'")]
    [InlineData(
        "quote",
        2,
        "?",
        "  cunningham: The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary\n"
    )]
    [InlineData("quote", 5, "Two Words", "The topic 'Two Words' is not in kebab-case")]
    [InlineData("quote", 5, "a], b: c", "is not in kebab-case")]
    [InlineData("quote", 5, "power, power", "'power' is listed twice")]
    [InlineData("quote", 5, ",", "The list 'topics' is missing or empty")]
    [InlineData("quote", 6, "1919-02-29", "February 1919 has the days 01 to 28")]
    [InlineData("quote", 6, "\"1919", "is not a date")]
    [InlineData("quote", 7, "perhaps", "Answer y or n.")]
    [InlineData("quote", 8, "A bell \a rings.", "a control character (U+0007)")]
    [InlineData("event", 0, "7 November", "'7 November' is not a date of EDTF")]
    [InlineData("event", 1, "1917-10-26", "Write 1917-10-25 here")]
    [InlineData("event", 4, "birth", "The kind 'birth' is not known")]
    [InlineData("event", 5, "cunningham; paizis", "There is no source")]
    [InlineData("event", 7, "disputd", "Did you mean disputed?")]
    [InlineData("event", 8, "", "An answer is required.")]
    public async Task Add_AnInvalidAnswer_IsRejectedWithTheReason(string what, int before, string wrong, string reason)
    {
        var right = what == "quote" ? AQuotation : AnEvent;
        var expected = await AddedByAsync(what, right);

        var (exitCode, output) = await RunAsync(what, [.. right[..before], wrong, .. right[before..]]);

        Assert.Contains(reason, output, StringComparison.Ordinal);
        Assert.True(exitCode == 0, output);
        Assert.Equal(expected, Text(what + "s.yaml"));
    }

    /// <summary>Each row: what is added, the number of questions before, and the choices of the next one.</summary>
    [Theory]
    [InlineData(
        "quote",
        2,
        "via",
        "  cunningham: The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary\n"
    )]
    [InlineData("quote", 3, "work", "  memoirs: Memoirs of a Revolutionary\n")]
    [InlineData("quote", 5, "topics", "  means-and-ends\n  party\n  power\n  revolution\n")]
    [InlineData("event", 4, "kind", "  life\n  context\n  person\n")]
    [InlineData(
        "event",
        6,
        "sources",
        "  memoirs: Memoirs of a Revolutionary\n  cunningham: The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary\n  riere: Biographical Note\n"
    )]
    public async Task Add_AQuestionMark_ListsTheChoices(string what, int before, string key, string choices)
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

        var (_, output) = await RunAsync(what, [.. (what == "quote" ? AQuotation : AnEvent)[..before], "?"]);

        Assert.Contains($"\n{key}: {choices}{key}: ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("He said: it’s “so” \\ and #1, [sic] {or} not?", "He said: it’s “so” \\ and #1, [sic] {or} not?")]
    [InlineData("It's Serge's own.", "It’s Serge’s own.")]
    [InlineData("[T]he end: \"so it goes\" […]", "[T]he end: \"so it goes\" […]")]
    [InlineData("e\u0301te\u0301 1919", "été 1919")]
    public async Task AddQuote_AnyText_IsServedAsTyped(string typed, string served)
    {
        var (exitCode, output) = await RunAsync("quote", [typed, "a-text", .. AQuotation[2..]]);
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
        var (exitCode, output) = await RunAsync("quote", [.. AQuotation[..8], typed, .. AQuotation[9..]]);
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

    [Fact]
    public async Task Add_ASimilarText_IsAddedWithAWarning()
    {
        var (exitCode, output) = await RunAsync("quote", ["totalitarianism is “within” us", .. AQuotation[1..]]);
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
        Assert.DoesNotContain("remark", output, StringComparison.Ordinal);
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
        var (_, output) = await RunAsync("quote", [text]);

        Assert.Contains($"lower-case letters, digits, hyphens [{id}]\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddQuote_ATextWithoutLetters_SuggestsNoId()
    {
        var (_, output) = await RunAsync("quote", ["Ελπίδα", ""]);

        Assert.Contains(
            "lower-case letters, digits, hyphens\nid: An answer is required.\n",
            output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Add_WhenTheInputEnds_ChangesNothing()
    {
        for (var count = 0; count < AQuotation.Length; count++)
        {
            var (exitCode, output) = await RunAsync("quote", AQuotation[..count]);
            Assert.Equal(1, exitCode);
            Assert.Contains("Nothing was added.", output, StringComparison.Ordinal);
            Assert.Equal(TestCatalogue.Quotes, Text("quotes.yaml"));
        }
    }

    [Fact]
    public async Task Add_WhenNotConfirmed_ChangesNothing()
    {
        var (exitCode, output) = await RunAsync("quote", [.. AQuotation[..^1], "n"]);
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
        using SavingReader input = new(
            AQuotation[..^1],
            () => _catalogue.Write("events.yaml", "- id: broken\n- id: broken-too\n")
        );

        var (exitCode, output) = await RunAsync("quote", input);

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
        using SavingReader input = new(AQuotation, () => _catalogue.Write("quotes.yaml", edited));
        var (exitCode, output) = await RunAsync("quote", input);
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
        var (_, output) = await RunAsync("event", [date]);

        Assert.Equal(isAsked, output.Contains("oldStyle: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AddEvent_WithASureDateAndNoNote_HasNone()
    {
        var (exitCode, output) = await RunAsync(
            "event",
            ["1933-02-01", "It happened.", "it", "life", "cunningham", "cunningham", "sure", "", "", "", ""]
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
        var (exitCode, output) = await RunAsync("quote", [.. AQuotation[..8], "X", "5", "", ""]);

        Assert.True(exitCode == 0, output);
        Assert.EndsWith("  context: X\n  warning: 5\n", Text("quotes.yaml"), StringComparison.Ordinal);
    }

    private string PathOf(string file) => Path.Combine(_catalogue.Folder, file);

    private string Text(string file) => File.ReadAllText(PathOf(file));

    /// <summary>The file after these answers; then the file is restored.</summary>
    private async Task<string> AddedByAsync(string what, string[] answers)
    {
        var before = Text(what + "s.yaml");
        Assert.Equal(0, (await RunAsync(what, answers)).ExitCode);
        var after = Text(what + "s.yaml");
        _catalogue.Write(what + "s.yaml", before);
        return after;
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string what, string[] answers)
    {
        using StringReader input = new(string.Concat(answers.Select(answer => answer + "\n")));
        return await RunAsync(what, input);
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string what, TextReader input)
    {
        using StringWriter output = new() { NewLine = "\n" };
        CommandContext context = new()
        {
            Output = output,
            Error = output,
            Input = input,
        };
        var exitCode = await CommandLine
            .RunAsync(["add", what, "--home", _catalogue.Home], context)
            .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        return (exitCode, output.ToString());
    }

    /// <summary>Answers during the last of which another program saves the file.</summary>
    private sealed class SavingReader(string[] answers, Action save) : TextReader
    {
        private int _next;

        public override string? ReadLine()
        {
            if (_next == answers.Length - 1)
            {
                save();
            }

            return _next < answers.Length ? answers[_next++] : null;
        }
    }
}
