namespace Serge.Bot.Tests.Commands;

/// <summary><c>/topics</c>, <c>/source</c> and <c>/about</c>.</summary>
public sealed class ReferenceCommandTests : IDisposable
{
    private readonly TestCatalogue _catalogue = new();
    private readonly CommandRunner _desk;

    public ReferenceCommandTests() => _desk = new CommandRunner(_catalogue.Live);

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task Topics_AreListedWithTheirNumbersAndHowToAskForOne()
    {
        var shown = await _desk.AskAsync("topics");

        Assert.Contains(
            "means-and-ends (2), party (1), power (1), revolution (1)",
            shown.Text,
            StringComparison.Ordinal
        );
        Assert.Contains("`/quote topic:means-and-ends`", shown.Text, StringComparison.Ordinal);
        Assert.True(shown.Private);
    }

    [Fact]
    public async Task Topics_MoreThanAMessageHolds_SaysHowManyMore()
    {
        var many = string.Join(", ", Enumerable.Range(0, 400).Select(n => $"topic-number-{n}"));
        _catalogue.Write("quotes.yaml", TestCatalogue.Quotes.Replace("[power]", $"[{many}]", StringComparison.Ordinal));
        Assert.Equal(ReloadResult.Served, _catalogue.Live.Reload());

        var shown = await _desk.AskAsync("topics");

        Assert.True(Replies.Fits(shown.Text));
        var listed = shown.Text.Split('(').Length - 1;
        Assert.Contains($"and {403 - listed} more", shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_OfAQuotation_TellsWorkEssayAndTopics() =>
        Assert.Equal(
            """
            “\[T\]he end, far from justifying the means, commands its own means.”
            Work: Victor Serge, *Memoirs of a Revolutionary*
            Quoted in: Guy Patrick Cunningham, “The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary”
            Topics: means-and-ends, revolution
            """,
            (await _desk.AskAsync("source", ("id", "end-commands-means"))).Text
        );

    [Fact]
    public async Task Source_OfAnEvent_TellsEssayAndHowSureTheDateIs() =>
        Assert.Equal(
            """
            1 February 1933: In Moscow Serge dated the letter that called the Soviet Union totalitarian.
            One source gives this day.
            The date rests on: Guy Patrick Cunningham, “The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary”
            Mentioned by: Guy Patrick Cunningham, “The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary”
            """,
            (await _desk.AskAsync("source", ("id", "testament"))).Text
        );

    [Fact]
    public void SourceText_OfAQuotationWithAllThereIs_TellsAllOfIt()
    {
        var work = Some.Memoirs with
        {
            Translator = "Peter Sedgwick",
            Published = Some.Date("2012"),
            Url = new Uri("https://books.example/a)b>c"),
        };
        var quote = Some.Quote("Words.", written: "1919~") with
        {
            Work = work,
            Note = "The essay names no *speaker*.",
            IsJoined = true,
        };

        Assert.Equal(
            """
            “Words.”
            Work: Victor Serge, *Memoirs of a Revolutionary*, translated by Peter Sedgwick, 2012 <https://books.example/a)b%3Ec>
            Quoted in: Guy Patrick Cunningham, “The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary”
            Written: about 1919
            Uncertain: The essay names no \*speaker\*.
            The essay interrupts the sentence with words of its own; here its halves are joined.
            Topics: revolution
            """,
            SourceFormatter.Format(quote, Markup.Discord, Strings.English, Replies.Fits)
        );
    }

    [Fact]
    public void SourceText_OfADisputedEventInTheOldStyle_TellsWhatIsDisputedAndBothDays()
    {
        var known = Some.Event(
            "1917-11-07",
            "The Bolsheviks took power.",
            EventStatus.Disputed,
            "Some say the 8th.",
            Some.Riere
        ) with
        {
            OldStyle = JulianDay.FromGregorian(new DateOnly(1917, 11, 7)),
        };

        Assert.Equal(
            """
            7 November 1917: The Bolsheviks took power.
            Sources differ: Some say the 8th.
            By the calendar then in use in Russia: 25 October 1917
            The date rests on: Jean Rière, “Biographical Note”
            """,
            SourceFormatter.Format(known, Markup.Discord, Strings.English, Replies.Fits)
        );
    }

    [Fact]
    public void SourceText_OfMoreThanAMessageHolds_KeepsTheFirstLines()
    {
        var quote = Some.Quote("Words.") with { Note = new string('n', 1000), Topics = [new string('t', 1500)] };

        var text = SourceFormatter.Format(quote, Markup.Discord, Strings.English, Replies.Fits);

        Assert.True(Replies.Fits(text));
        Assert.Contains("Uncertain: nnn", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("testamant", "Did you mean `testament`?")]
    [InlineData("within us", "Did you mean `within-us`?")]
    [InlineData("nothing at all like it", "pick one from the list")]
    public async Task Source_OfNothingKnown_SaysWhatToTypeInstead(string id, string said)
    {
        var shown = await _desk.AskAsync("source", ("id", id));

        Assert.Contains(said, shown.Text, StringComparison.Ordinal);
        Assert.True(shown.Private);
    }

    [Fact]
    public async Task Source_ByTheButtonUnderAQuotation_IsForTheOneWhoPressed()
    {
        var shown = await _desk.PressAsync(await _desk.AskAsync("quote", ("id", "within-us")), "Source");

        Assert.Contains("Work: the essay does not name it.", shown.Text, StringComparison.Ordinal);
        Assert.True(shown.Private);
        Assert.False(shown.Replaces);
    }

    [Fact]
    public async Task Source_OfAQuotationThatIsGone_SaysSo() =>
        Assert.True((await _desk.PressAsync("source:gone")).Private);

    [Theory]
    [InlineData("totalitarian", "within-us", "testament")] // a quotation before an event
    [InlineData("1933", "testament")]
    [InlineData("dec brussels", "birth")]
    [InlineData("leave-a", "leave-a-party")]
    [InlineData("", "end-commands-means", "within-us", "leave-a-party", "testament", "birth", "leap")]
    public async Task Source_WhileTyping_SuggestsQuotationsAndEvents(string typed, params string[] ids) =>
        Assert.Equal(ids, (await _desk.CompleteAsync("source", "id", typed)).Select(choice => choice.Value));

    [Fact]
    public async Task About_SaysWhatItIsWhoRunsItWhatItKeepsAndHowToGetIt()
    {
        var about = new AboutSettings
        {
            Operator = "A *Historian*",
            Contact = "serge@example.org",
            SourceCode = new Uri("https://example.org/serge"),
            Privacy = new Uri("https://example.org/privacy.html"),
        };
        var shown = await new CommandRunner(_catalogue.Live, about: about).AskAsync("about");

        Assert.All(
            [
                "3 quotations, 3 events",
                @"Run by A \*Historian\*.",
                @"serge\@example.org",
                "<https://example.org/serge>",
                "<https://example.org/privacy.html>",
                "stores nothing about members",
                "<https://discord.com/oauth2/authorize?client_id=42&permissions=84992&scope=bot+applications.commands&integration_type=0>",
                "<https://discord.com/oauth2/authorize?client_id=42&scope=applications.commands&integration_type=1>",
            ],
            said => Assert.Contains(said, shown.Text, StringComparison.Ordinal)
        );
        Assert.True(shown.Private);
    }

    [Fact]
    public async Task About_WithoutAnOperator_SaysWhoCanTell()
    {
        Assert.Contains("ask the person who added it", (await _desk.AskAsync("about")).Text, StringComparison.Ordinal);
        Assert.Contains(
            "Vie privée\u00A0: il ne garde rien sur les membres",
            (await _desk.AskAsync(Strings.French, "about")).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Invite_AsksForTheSmallestSetOfPermissions() =>
        Assert.Equal(1024UL + 2048 + 16384 + 65536, (ulong)Invite.Needed);

    /// <summary>With nothing typed yet twelve quotations, then events; else by id, by words, and events by words and id.</summary>
    [Fact]
    public async Task Source_WhileTypingAmongMany_SuggestsAtMostTwentyFiveInOrder()
    {
        var quotes = Enumerable
            .Range(10, 30)
            .Select(n =>
                $"""
                    - id: quote-{n}
                      text: "The {n}th is unlike {string.Concat(Enumerable.Repeat($"n{n} ", n))}all others."
                      via: cunningham
                      topics: [power]

                    """
            );
        var events = Enumerable
            .Range(10, 30)
            .Select(n =>
                $"""
                    - id: event-{n}
                      date: 19{n}
                      text: Something happened, and it was number {n} of its kind.
                      kind: context
                      mentionedBy: [cunningham]
                      sources: [cunningham]
                      status: sure

                    """
            );
        _catalogue.Write("quotes.yaml", string.Concat(quotes));
        _catalogue.Write("events.yaml", string.Concat(events));
        Assert.Equal(ReloadResult.Served, _catalogue.Live.Reload());

        Assert.Equal(Ids("quote", 10, 12).Concat(Ids("event", 10, 13)), await CompleteAsync(""));
        Assert.Equal(Ids("quote", 10, 25), await CompleteAsync("quote"));
        Assert.Equal(Ids("quote", 10, 25), await CompleteAsync("unlike"));
        Assert.Equal(["quote-12", "event-12"], await CompleteAsync("12"));
        Assert.Equal(Ids("event", 10, 25), await CompleteAsync("number happened"));
        Assert.Equal(["event-31"], await CompleteAsync("EVENT 1931"));
        Assert.Equal(["event-31"], await CompleteAsync("Number -31"));
        Assert.Empty(await CompleteAsync("number xylophone"));

        static IEnumerable<string> Ids(string kind, int from, int count) =>
            Enumerable.Range(from, count).Select(n => $"{kind}-{n}");
        async Task<IEnumerable<string>> CompleteAsync(string typed) =>
            (await _desk.CompleteAsync("source", "id", typed)).Select(choice => choice.Value);
    }

    [Fact]
    public async Task Source_WhileTyping_ShowsTheWordsOfEach()
    {
        Assert.Equal(
            [
                new Choice("Totalitarianism is within us.", "within-us"),
                new Choice(
                    "1 February 1933: In Moscow Serge dated the letter that called the Soviet Union totalitarian.",
                    "testament"
                ),
            ],
            await _desk.CompleteAsync("source", "id", "totalitarian")
        );
        Assert.Equal(
            "1er février 1933\u00A0: In Moscow Serge dated the letter that called the Soviet Union totalitarian.",
            (await _desk.CompleteAsync("source", "id", "1er", Strings.French))[0].Name
        );
        Assert.Equal(
            new Choice("Totalitarianism is within us.", "within-us"),
            Assert.Single(await _desk.CompleteAsync("source", "id", " WITHIN-us "))
        );
    }

    [Theory]
    [InlineData(" within-us ", true)]
    [InlineData("Within-us", false)]
    public async Task Source_ById_IgnoresSpacesOnly(string id, bool isFound) =>
        Assert.Equal(!isFound, (await _desk.AskAsync("source", ("id", id))).Private);

    [Fact]
    public async Task Source_WithoutAnId_SaysThatThereIsNone() =>
        Assert.StartsWith(
            "There is neither a quotation nor an event with the id “”.",
            (await _desk.AskAsync("source")).Text,
            StringComparison.Ordinal
        );

    /// <summary>As many topics as fit, in steps of a tenth, and the number of the others.</summary>
    [Theory]
    [InlineData(62, 62)]
    [InlineData(63, 62)]
    public async Task Topics_AroundDiscordsLimit_ListsAllThatFit(int topics, int listed)
    {
        // Each name and its number make 30 characters with the comma.
        var quotes = Enumerable
            .Range(0, topics)
            .Select(n =>
                $"""
                    - id: quote-{n}
                      text: "The {n}th is unlike {string.Concat(Enumerable.Repeat($"n{n} ", (n % 40) + 10))}all others."
                      via: cunningham
                      topics: [{Name(n)}]

                    """
            );
        _catalogue.Write("quotes.yaml", string.Concat(quotes));
        Assert.Equal(ReloadResult.Served, _catalogue.Live.Reload());

        var text = (await _desk.AskAsync("topics")).Text;

        var step = listed == topics ? listed : topics - Math.Max(1, topics / 10);
        Assert.Equal(
            "What the quotations are about, and how many there are of each:\n"
                + string.Join(", ", Enumerable.Range(0, step).Select(n => $"{Name(n)} (1)"))
                + (
                    step == topics
                        ? ""
                        : $"\n…and {topics - step} more: start typing in the option and Discord lists them."
                )
                + $"\nAsk for one with `/quote topic:{Name(0)}`.",
            text
        );
        Assert.True(Replies.Fits(text));

        static string Name(int n) => $"topic-{n:D3}-{new string((char)('a' + (n % 26)), 14)}";
    }

    [Theory]
    [InlineData("A *Historian*", null, @"Run by A \*Historian\*.")]
    [InlineData(null, "serge@example.org", @"Contact: serge\@example.org")]
    [InlineData("Ada", "serge.example", "Run by Ada. Contact: serge.example")]
    [InlineData(null, null, "To find out who runs it, ask the person who added it.")]
    public async Task About_NamesTheOperatorAndTheContactAsFarAsTheyAreSet(string? name, string? contact, string said)
    {
        var about = new AboutSettings { Operator = name, Contact = contact };
        var lines = (await new CommandRunner(_catalogue.Live, about: about).AskAsync("about")).Text.Split('\n');

        Assert.Equal(6, lines.Length);
        Assert.Equal(said, lines[2]);
    }

    [Fact]
    public async Task About_WhenDiscordDoesNotTellTheApplication_LeavesOutTheLinks()
    {
        var discord = new FakeDiscord { Application = new Result<DiscordApplication>.Unavailable("503") };
        var settings = new BotSettings { LedgerPath = "", TimeZone = TimeZoneInfo.Utc };

        var reply = await new AboutSlashCommand(_catalogue.Live, settings, discord).HandleAsync(
            new Interaction.Command
            {
                Id = new InteractionId(1),
                Name = "about",
                Handle = this,
            },
            Strings.English,
            TestContext.Current.CancellationToken
        );

        var shown = Shown.Of(reply);
        Assert.Equal(4, shown.Text.Split('\n').Length);
        Assert.DoesNotContain("https://", shown.Text, StringComparison.Ordinal);
        Assert.True(shown.Private);
    }
}
