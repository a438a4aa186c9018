using System.Text.Json;

namespace Serge.Bot.Tests.Cli;

/// <summary>The commands that only show the quote files.</summary>
public sealed class CatalogueCommandsTests : IDisposable
{
    private readonly CommandHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Quotes_WithAWithdrawnOne_ListsAllAndMarksIt()
    {
        await _home.WithdrawAsync("within-us");

        (await _home.RunAsync("quotes")).ShouldBe(
            0,
            """
            id                  topics                      text
            end-commands-means  means-and-ends, revolution  [T]he end, far from justifying the means, commands its own means.
            within-us           power                       Totalitarianism is within us.                                      withdrawn since 2027-01-31
            leave-a-party       party, means-and-ends       One can leave a Party!

            """
        );
    }

    [Theory]
    [InlineData("--topic power", "within-us")]
    [InlineData("--topic means-and-ends", "end-commands-means leave-a-party")]
    [InlineData("--search party", "leave-a-party")]
    [InlineData("--search party --topic power", "")]
    [InlineData("--search totalitarian --topic power", "within-us")]
    public async Task Quotes_WithWordsOrATopic_ListsTheMatches(string args, string ids)
    {
        var quotes = await _home.JsonAsync(["quotes", .. args.Split(' ')]);

        Assert.Equal(
            ids,
            string.Join(' ', quotes.EnumerateArray().Select(quote => quote.GetProperty("id").GetString()))
        );
    }

    [Fact]
    public async Task Quotes_WithoutAMatch_ReportsIt() =>
        (await _home.RunAsync("quotes", "--search", "xylophone")).ShouldBe(0, "No quotation contains these words.\n");

    [Fact]
    public async Task Quotes_WithAnUnknownTopic_NamesTheTopics() =>
        (await _home.RunAsync("quotes", "--topic", "gardening")).ShouldBe(
            2,
            "",
            "There is no topic gardening. Topics: means-and-ends, party, power, revolution.\n"
        );

    [Fact]
    public async Task Quotes_AsJson_HasEveryField()
    {
        await _home.WithdrawAsync("end-commands-means");

        (await _home.RunAsync("quotes", "--json", "--topic", "revolution")).ShouldBe(
            0,
            """
            [
              {
                "id": "end-commands-means",
                "text": "[T]he end, far from justifying the means, commands its own means.",
                "topics": [
                  "means-and-ends",
                  "revolution"
                ],
                "work": "memoirs",
                "via": "cunningham",
                "withdrawnSince": "2027-01-31T08:00:00+00:00"
              }
            ]

            """
        );
    }

    [Fact]
    public async Task Quotes_OnATerminal_ShowsTheBeginningOfALongText()
    {
        _home.Write(
            "quotes.yaml",
            $"- id: long\n  text: {string.Join(' ', Enumerable.Repeat("word", 100))}.\n  via: cunningham\n  topics: [power]\n"
        );
        _home.Terminal = new Terminal(120, HasColours: false);

        var words = (await _home.RunAsync("quotes")).Output.Split("word").Length - 1;

        Assert.InRange(words, 10, 40);
    }

    [Fact]
    public async Task Quotes_OnANarrowTerminal_HaveTheirTextBelow()
    {
        _home.Terminal = new Terminal(60, HasColours: false);

        var output = (await _home.RunAsync("quotes")).Output;

        Assert.Matches(@"(?m)^within-us +power *\n +Totalitarianism is within us", output);
        Assert.All(output.TrimEnd('\n').Split('\n'), line => Assert.InRange(line.Length, 1, 60));
    }

    [Fact]
    public async Task Topics_ListsEachWithItsNumberOfQuotations()
    {
        await _home.WithdrawAsync("leave-a-party");

        (await _home.RunAsync("topics")).ShouldBe(
            0,
            """
            topic           quotations
            means-and-ends  1
            power           1
            revolution      1

            """
        );
        Assert.Equal(
            "means-and-ends 1",
            (await _home.JsonAsync("topics"))
                .EnumerateArray()
                .Select(one => $"{one.GetProperty("name")} {one.GetProperty("count")}")
                .First()
        );
    }

    [Fact]
    public async Task Topics_WhenEverythingIsWithdrawn_ReportsIt()
    {
        await _home.WithdrawAsync("leave-a-party");
        await _home.WithdrawAsync("within-us");
        await _home.WithdrawAsync("end-commands-means");

        (await _home.RunAsync("topics")).ShouldBe(0, "There are no quotations.\n");
    }

    [Fact]
    public async Task Events_WithAWithdrawnOne_ListsAllOldestFirst()
    {
        await _home.WithdrawAsync("testament");

        (await _home.RunAsync("events")).ShouldBe(
            0,
            """
            date        id         status  text
            1890-12-30  birth      sure    Victor Serge was born in Brussels to Russian exiles.
            1912-02-29  leap       sure    Something happened on a leap day.
            1933-02-01  testament  sure    In Moscow Serge dated the letter that called the Soviet Union totalitarian.  withdrawn since 2027-01-31

            """
        );
    }

    [Fact]
    public async Task Events_AsJson_HasEveryField()
    {
        _home.Write("events.yaml", Disputed);
        await _home.WithdrawAsync("night");

        (await _home.RunAsync("events", "--json")).ShouldBe(
            0,
            """
            [
              {
                "id": "morning",
                "date": "1917-02-02",
                "text": "In the morning.",
                "status": "sure"
              },
              {
                "id": "night",
                "date": "1919-02-02",
                "text": "At night.",
                "status": "disputed",
                "withdrawnSince": "2027-01-31T08:00:00+00:00"
              }
            ]

            """
        );
    }

    [Fact]
    public async Task Events_OnATerminal_HighlightsAStatusOtherThanSure()
    {
        _home.Write("events.yaml", Disputed);
        _home.Terminal = new Terminal(120, HasColours: true);

        var output = (await _home.RunAsync("events")).Output;

        Assert.Contains("\u001b[33mdisputed\u001b[0m", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[33msure", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_WithoutEvents_ReportsIt()
    {
        _home.Write("events.yaml", "[]\n");

        (await _home.RunAsync("events")).ShouldBe(0, "There are no events.\n");
    }

    [Fact]
    public async Task Quote_ById_PrintsItWithItsSource()
    {
        (await _home.RunAsync("quote", "--id", "within-us")).ShouldBe(
            0,
            "“Totalitarianism is within us.”\n\n— Victor Serge, quoted by Guy Patrick Cunningham in “The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary”\n[within-us]\n"
        );
    }

    [Fact]
    public async Task Quote_ByTheIdOfAWithdrawnOne_StatesHowToRestoreIt()
    {
        await _home.WithdrawAsync("within-us");

        Assert.EndsWith(
            "[within-us]\nWithdrawn since 2027-01-31 08:00 UTC: neither posted nor shown. To restore it: serge retract --undo within-us.\n",
            (await _home.RunAsync("quote", "--id", "within-us")).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Quote_ByAnUnknownId_SuggestsASimilarOne() =>
        Assert.Equal(
            (2, "No quotation has the id within. Did you mean within-us?"),
            (await _home.RunAsync("quote", "--id", "within")) is var result
                ? (result.ExitCode, result.Error.TrimEnd())
                : default
        );

    [Theory]
    [InlineData("--search party", "[leave-a-party]")]
    [InlineData("--topic power", "[within-us]")]
    [InlineData("--search party --topic party", "[leave-a-party]")]
    public async Task Quote_WithWordsOrATopic_PrintsAMatch(string args, string id) =>
        Assert.Contains(id, (await _home.RunAsync(["quote", .. args.Split(' ')])).Output, StringComparison.Ordinal);

    [Fact]
    public async Task Quote_WithSeveralMatches_PrintsTheBest()
    {
        // Both contain the word; the second contains only the word.
        _home.Write(
            "quotes.yaml",
            """
            - id: worse
              text: "There was once a long sentence in which the word hope came late, after many others."
              via: cunningham
              topics: [power]
            - id: better
              text: "Hope, hope, hope."
              via: cunningham
              topics: [power]

            """
        );
        var best = (await _home.JsonAsync("quotes", "--search", "hope"))[0].GetProperty("id").GetString();

        for (var i = 0; i < 10; i++)
        {
            Assert.Contains(
                $"[{best}]",
                (await _home.RunAsync("quote", "--search", "hope")).Output,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task Quote_WithoutOptions_PrintsOneThatIsNotWithdrawn()
    {
        await _home.WithdrawAsync("within-us");
        await _home.WithdrawAsync("end-commands-means");

        Assert.EndsWith("[leave-a-party]\n", (await _home.RunAsync("quote")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quote_WhenAllMatchesAreWithdrawn_ReportsIt()
    {
        await _home.WithdrawAsync("within-us");

        (await _home.RunAsync("quote", "--topic", "power")).ShouldBe(
            2,
            "",
            "All matching quotations are withdrawn. serge quotes lists them.\n"
        );
        (await _home.RunAsync("quote", "--search", "xylophone")).ShouldBe(
            2,
            "",
            "No quotation contains xylophone. Try fewer words.\n"
        );
    }

    [Fact]
    public async Task OnThisDay_WithoutADate_UsesTheTimeZoneOfTheSettings()
    {
        _home.Settings(""" "TimeZone": "Pacific/Kiritimati" """);

        (await _home.RunAsync("on-this-day", "1 February")).ShouldBe(
            0,
            """
            On this day, 1 February 1933: In Moscow Serge dated the letter that called the Soviet Union totalitarian.

            Source: Cunningham, “The End Commands the Means”

            """
        );
        Assert.Equal(
            (await _home.RunAsync("on-this-day", "02-02")).Output,
            (await _home.RunAsync("on-this-day")).Output
        );
    }

    [Fact]
    public async Task OnThisDay_WithAWithdrawnEvent_StatesHowToRestoreIt()
    {
        await _home.WithdrawAsync("testament");

        Assert.EndsWith(
            "\nNot shown: testament. Withdrawn since 2027-01-31 08:00 UTC: neither posted nor shown. To restore it: serge retract --undo testament.\n",
            (await _home.RunAsync("on-this-day", "2027-02-01")).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task OnThisDay_WithAnInvalidDay_StatesHowToWriteOne() =>
        (await _home.RunAsync("on-this-day", "30 February")).ShouldBe(
            2,
            "",
            "\"30 February\" does not exist: February has 29 days. Write it like \"1 February\", 02-01 (month first) or 2027-02-01.\n"
        );

    [Fact]
    public async Task Preview_OfAQuotation_ShowsBothPlatforms()
    {
        _home.Settings(Section.Mastodon, Section.Discord);

        (await _home.RunAsync("preview", "leave-a-party")).ShouldBe(
            0,
            """
            Mastodon: 191 of 500 characters, unlisted, en
              “One can leave a Party!”

              — Victor Serge, quoted by Guy Patrick Cunningham in “The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary”

              Said to fellow Bolsheviks.

              #VictorSerge

            Discord: 178 of 2000 characters
              “One can leave a Party!”
              — Victor Serge, quoted by Guy Patrick Cunningham in “The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary”
              Said to fellow Bolsheviks.

            Picture, for schedules with pictures
              “One can leave a Party!”
              Victor Serge
              quoted by Guy Patrick Cunningham


            """
        );
    }

    [Fact]
    public async Task Preview_OfAnEvent_StatesWhenItIsPosted()
    {
        _home.Settings(Section.Mastodon, Section.Discord);

        (await _home.RunAsync("preview", "testament")).ShouldBe(
            0,
            """
            Posted with the other events of its day, next on 1 February 2027.

            Mastodon: 180 of 500 characters, unlisted, en
              On this day, 1 February 1933: In Moscow Serge dated the letter that called the Soviet Union totalitarian.

              Source: Cunningham, “The End Commands the Means”

              #VictorSerge #OnThisDay

            Discord: 157 of 2000 characters
              On this day, 1 February 1933: In Moscow Serge dated the letter that called the Soviet Union totalitarian.
              Source: Cunningham, “The End Commands the Means”

            Picture, for schedules with pictures
              On this day
              1 February 1933
              In Moscow Serge dated the letter that called the Soviet Union totalitarian.
              Source: Cunningham, “The End Commands the Means”


            """
        );
    }

    [Theory]
    [InlineData("Pacific/Kiritimati", "next on 1 February 2028")] // there it is 2 February
    [InlineData("Etc/UTC", "next on 1 February 2027")]
    public async Task Preview_OfAnEvent_UsesTheTimeZoneOfTheSettings(string zone, string message)
    {
        _home.Settings($""" "TimeZone": "{zone}" """);

        Assert.Contains(message, (await _home.RunAsync("preview", "testament")).Output, StringComparison.Ordinal);
    }

    // On Mastodon an asterisk is not escaped; on Discord it is escaped and shown as one.
    [Fact]
    public async Task Preview_OfATextWithAsterisks_ShowsThemForBothPlatforms()
    {
        const string Starred = """
            - id: starred
              text: "Nothing *is* finished."
              via: cunningham
              topics: [power]

            """;
        _home.Write("quotes.yaml", TestCatalogue.Quotes + Starred);

        var result = await _home.RunAsync("preview", "starred");

        var shown = result
            .Output.Split('\n')
            .Count(line => line.Contains("“Nothing *is* finished.”", StringComparison.Ordinal));
        Assert.Equal(3, shown);
    }

    [Fact]
    public async Task Help_WithAHome_NamesTheAuthorOfItsQuoteFiles()
    {
        _home.Write(
            "author.yaml",
            "name: Ada Lovelace\nlived: 1815-12-10/1852-11-27\nabout: { en: mathematician, fr: mathématicienne }\ntag: AdaLovelace\n"
        );

        var result = await _home.RunAsync("--help");

        Assert.Contains("Ada Lovelace", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_OfAnEventWithoutADay_StatesThatItIsNeverPosted()
    {
        _home.Write("events.yaml", Disputed.Replace("1919-02-02", "1919-02", StringComparison.Ordinal));

        (await _home.RunAsync("preview", "night")).ShouldBe(
            1,
            "Never posted by a schedule: its date is not known to the day, or its entry says post: false. /timeline and /on-this-day show it.\n"
        );
    }

    [Fact]
    public async Task Preview_OfAWithdrawnItem_StatesHowToRestoreItAndFails()
    {
        await _home.WithdrawAsync("within-us");

        var result = await _home.RunAsync("preview", "within-us");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith(
            "Withdrawn since 2027-01-31 08:00 UTC: neither posted nor shown. To restore it: serge retract --undo within-us.\n\nMastodon (off): ",
            result.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Preview_OfAnEvent_OmitsWithdrawnEventsOfItsDay()
    {
        _home.Write("events.yaml", Disputed);
        await _home.WithdrawAsync("night");

        Assert.DoesNotContain(
            "At night.",
            (await _home.RunAsync("preview", "morning")).Output,
            StringComparison.Ordinal
        );
        Assert.Contains("At night.", (await _home.RunAsync("preview", "night")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_OfAQuotationTooLongForOnePlatform_ReportsIt()
    {
        _home.Write(
            "quotes.yaml",
            $"- id: long\n  text: {string.Join(' ', Enumerable.Repeat("word", 150))}.\n  via: cunningham\n  topics: [power]\n  warning: war\n"
        );

        var result = await _home.RunAsync("preview", "long");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith(
            "Mastodon (off): 819 of 500 characters, content warning “war”\n  Note: It is never posted there: it is too long, and a quotation is never shortened.\n\nDiscord (off): ",
            result.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Preview_AsJson_HasEveryField()
    {
        _home.Settings(Section.Mastodon, Section.Discord);
        await _home.WithdrawAsync("leave-a-party");

        (await _home.RunAsync("preview", "leave-a-party", "--json")).ShouldBe(
            1,
            """
            {
              "id": "leave-a-party",
              "kind": "quote",
              "withdrawnSince": "2027-01-31T08:00:00+00:00",
              "posts": [
                {
                  "platform": "Mastodon",
                  "text": "“One can leave a Party!”\n\n— Victor Serge, quoted by Guy Patrick Cunningham in “The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary”\n\nSaid to fellow Bolsheviks.\n\n#VictorSerge",
                  "visibility": "unlisted",
                  "language": "en",
                  "length": 191,
                  "limit": 500,
                  "notes": []
                },
                {
                  "platform": "Discord",
                  "text": "“One can leave a Party!”\n— Victor Serge, quoted by Guy Patrick Cunningham in “The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary”\n-# Said to fellow Bolsheviks.",
                  "length": 178,
                  "limit": 2000,
                  "notes": []
                }
              ],
              "picture": "“One can leave a Party!”\nVictor Serge\nquoted by Guy Patrick Cunningham"
            }

            """
        );
    }

    [Fact]
    public async Task Preview_OnATerminal_DrawsAPanelPerPlatform()
    {
        _home.Terminal = new Terminal(70, HasColours: false);

        (await _home.RunAsync("preview", "leave-a-party")).ShouldBe(
            0,
            """
            ╭─Mastodon (off): 191 of 500 characters, unlisted, en────────────────╮
            │ “One can leave a Party!”                                           │
            │                                                                    │
            │ — Victor Serge, quoted by Guy Patrick Cunningham in “The End       │
            │ Commands the Means: Victor Serge’s Memoirs of a Revolutionary”     │
            │                                                                    │
            │ Said to fellow Bolsheviks.                                         │
            │                                                                    │
            │ #VictorSerge                                                       │
            ╰────────────────────────────────────────────────────────────────────╯
            ╭─Discord (off): 178 of 2000 characters──────────────────────────────╮
            │ “One can leave a Party!”                                           │
            │ — Victor Serge, quoted by Guy Patrick Cunningham in “The End       │
            │ Commands the Means: Victor Serge’s Memoirs of a Revolutionary”     │
            │ Said to fellow Bolsheviks.                                         │
            ╰────────────────────────────────────────────────────────────────────╯
            ╭─Picture, for schedules with pictures───────────────────────────────╮
            │ “One can leave a Party!”                                           │
            │ Victor Serge                                                       │
            │ quoted by Guy Patrick Cunningham                                   │
            ╰────────────────────────────────────────────────────────────────────╯

            """
        );
    }

    [Fact]
    public async Task Preview_OfAnUnknownId_SuggestsASimilarOne()
    {
        (await _home.RunAsync("preview", "testamen")).ShouldBe(
            2,
            "",
            "No quotation or event has the id testamen. Did you mean testament? serge quotes and serge events list them.\n"
        );
        (await _home.RunAsync("preview", "xyz")).ShouldBe(
            2,
            "",
            "No quotation or event has the id xyz. serge quotes and serge events list them.\n"
        );
    }

    [Fact]
    public async Task Preview_OnAServerWithALowerLimit_UsesIt()
    {
        _home.Settings(Section.Mastodon);
        _home.Mastodon.Instance = new MastodonInstance { Version = "4.5.7", MaxCharacters = 300 };

        Assert.Contains(
            " of 300 characters",
            (await _home.RunAsync("preview", "within-us")).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Check_OnAServerWithALowerLimit_NamesTheServer()
    {
        _home.Settings(Section.Mastodon);
        _home.Mastodon.Instance = new MastodonInstance { Version = "4.5.7", MaxCharacters = 100 };

        Assert.Contains(
            "is too long for m.example: ",
            (await _home.RunAsync("check")).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Check_WhenTheServerDoesNotAnswer_AssumesTheDefaultLimit()
    {
        _home.Settings(Section.Mastodon);
        _home.Mastodon.InstanceAnswer = new Result<MastodonInstance>.Unavailable("down");

        (await _home.RunAsync("check")).ShouldBe(
            0,
            "3 quotations, 3 events, 2 sources: no problems.\n",
            "The Mastodon server did not return its limits; the default of 500 characters is assumed.\n"
        );
    }

    [Fact]
    public async Task AnyCommand_WithoutALedger_CreatesNone()
    {
        await _home.RunAsync("quotes");
        await _home.RunAsync("preview", "within-us");

        Assert.False(File.Exists(_home.LedgerPath));
    }

    [Fact]
    public async Task AnyCommand_WhenTheLedgerCannotBeRead_ShowsTheFilesAndReportsIt()
    {
        await File.WriteAllTextAsync(_home.LedgerPath, new string('x', 4096), TestContext.Current.CancellationToken);

        var result = await _home.RunAsync("quote", "--id", "within-us");

        Assert.Equal(
            (
                0,
                "The withdrawn items could not be read: HOME/serge.db is not a ledger, or it is damaged. Restore a backup, or name another file in Ledger:Path.\n"
            ),
            (result.ExitCode, result.Error)
        );
    }

    [Fact]
    public async Task Export_IsOneJsonObject()
    {
        var result = await _home.RunAsync("export");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal(3, json.RootElement.GetProperty("quotes").GetArrayLength());
        Assert.Equal(3, json.RootElement.GetProperty("events").GetArrayLength());
        Assert.Equal(2, json.RootElement.GetProperty("sources").GetArrayLength());
        Assert.Equal(result, await _home.RunAsync("export", "--format", "json"));
    }

    [Fact]
    public async Task Export_InAnUnknownFormat_NamesTheFormat()
    {
        var result = await _home.RunAsync("export", "--format", "xml");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("'json'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_WithTheEssay_FindsEveryQuotation()
    {
        (await VerifyAsync(Essay)).ShouldBe(0, "The essays contain every quotation word for word: 3 quotations.\n");
    }

    [Fact]
    public async Task Verify_WithAQuotationFromTheWorkItself_StatesThatItWasNotCompared()
    {
        await File.AppendAllTextAsync(
            Path.Combine(_home.Quotes, "quotes.yaml"),
            "\n- id: from-the-work\n  text: Nobody prints this.\n  work: memoirs\n  topics: [party]\n",
            TestContext.Current.CancellationToken
        );

        (await VerifyAsync(Essay)).ShouldBe(
            0,
            "The essays contain 3 quotations word for word. Not compared: 1 quotation without an essay (via), taken "
                + "from the work itself.\n"
        );
    }

    [Fact]
    public async Task Verify_WithoutOneOfTheEssays_StatesWhatWasNotCompared()
    {
        await File.AppendAllTextAsync(
            Path.Combine(_home.Quotes, "sources.yaml"),
            "\n- id: paizis\n  kind: essay\n  title: Another essay\n  author: Bill Paizis\n",
            TestContext.Current.CancellationToken
        );
        await File.AppendAllTextAsync(
            Path.Combine(_home.Quotes, "quotes.yaml"),
            """

            - id: from-another-essay
              text: The other essay prints this.
              via: paizis
              topics: [party]
            - id: from-the-work
              text: Nobody prints this.
              work: memoirs
              topics: [party]

            """,
            TestContext.Current.CancellationToken
        );

        var result = await VerifyAsync(Essay);

        Assert.Equal(0, result.ExitCode);
        Assert.EndsWith(
            "The essays contain 3 quotations word for word. Not compared: 1 quotation whose essay is not in the file; "
                + "1 quotation without an essay (via), taken from the work itself.\n",
            result.Output,
            StringComparison.Ordinal
        );
    }

    /// <summary>A new author may have events only.</summary>
    [Theory]
    [InlineData(2, "quote")]
    [InlineData(0, "quotes")]
    [InlineData(0, "topics")]
    public async Task Quotes_WhenThereAreNone_SayThat(int exitCode, string command)
    {
        await File.WriteAllTextAsync(
            Path.Combine(_home.Quotes, "quotes.yaml"),
            "[]\n",
            TestContext.Current.CancellationToken
        );

        var result = await _home.RunAsync(command);

        Assert.Equal((exitCode, "There are no quotations.\n"), (result.ExitCode, result.Output + result.Error));
    }

    [Fact]
    public async Task Verify_WithOtherWordsInTheEssay_ListsTheDifferences() =>
        (await VerifyAsync(Essay.Replace("within us", "among us", StringComparison.Ordinal))).ShouldBe(
            1,
            """
            HOME/quotes/quotes.yaml:6:3: error: Quote 'within-us': The essay 'cunningham' prints 'is among us.' where the quote has 'is within us.'. Write it exactly as printed.
            1 problem.

            """
        );

    [Fact]
    public async Task Verify_WhenTheFileDoesNotExist_ReportsIt()
    {
        var result = await _home.RunAsync("verify", "--essay", Path.Combine(_home.Folder, "none.txt"));

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("The essay cannot be read: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_WithoutTheOption_StatesThatItIsRequired() =>
        (await _home.RunAsync("verify")).ShouldBe(
            2,
            "",
            "Option '--essay' is required.\nserge verify --help shows what is allowed.\n"
        );

    private const string Disputed = """
        - id: night
          date: 1919-02-02
          text: At night.
          kind: life
          mentionedBy: [cunningham]
          sources: [cunningham]
          status: disputed
          note: Others say the day after.
        - id: morning
          date: 1917-02-02
          text: In the morning.
          kind: life
          mentionedBy: [cunningham]
          sources: [cunningham]
          status: sure

        """;

    private const string Essay = """
        The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary
        by Guy Patrick Cunningham

        In Memoirs of a Revolutionary he writes: “[T]he end, far from justifying the means, commands its own means.” And he
        says “Totalitarianism is within us.” Once he cried: “One can leave a Party!”

        """;

    private async Task<CommandResult> VerifyAsync(string essay)
    {
        var path = Path.Combine(_home.Folder, "essay.txt");
        await File.WriteAllTextAsync(path, essay, TestContext.Current.CancellationToken);
        return await _home.RunAsync("verify", "--essay", path);
    }
}
