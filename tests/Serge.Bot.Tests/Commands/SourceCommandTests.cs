namespace Serge.Bot.Tests.Commands;

/// <summary><c>/source</c>.</summary>
public sealed class SourceCommandTests : IDisposable
{
    private readonly TestCatalogue _catalogue = new();
    private readonly CommandRunner _runner;

    public SourceCommandTests() => _runner = new CommandRunner(_catalogue.Live);

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task Source_OfAQuotation_HasWorkEssayAndTopics() =>
        Assert.Equal(
            """
            “\[T\]he end, far from justifying the means, commands its own means.”
            Work: Victor Serge, *Memoirs of a Revolutionary*
            Quoted in: Guy Patrick Cunningham, “The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary”
            Topics: means-and-ends, revolution
            """,
            (await _runner.AskAsync("source", ("id", "end-commands-means"))).Text
        );

    [Theory]
    [InlineData("end-commands-means", "quote/end-commands-means/")]
    [InlineData("testament", "event/testament/")]
    public async Task Source_WithASite_LinksToThePage(string id, string path)
    {
        Uri site = new("https://quotes.example/serge/");
        CommandRunner runner = new(_catalogue.Live, site: site);

        Assert.EndsWith(
            $"\nPage: <{site}{path}>",
            (await runner.AskAsync("source", ("id", id))).Text,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            $"\nPage\u00A0: <{site}{path}>",
            (await runner.AskAsync(Strings.French, "source", ("id", id))).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Source_OfAnEvent_HasEssayAndCertaintyOfTheDate() =>
        Assert.Equal(
            """
            1 February 1933: In Moscow Serge dated the letter that called the Soviet Union totalitarian.
            One source gives this day.
            The date rests on: Guy Patrick Cunningham, “The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary”
            Mentioned by: Guy Patrick Cunningham, “The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary”
            """,
            (await _runner.AskAsync("source", ("id", "testament"))).Text
        );

    [Fact]
    public void Format_OfAQuotationWithEveryField_HasEachOfThem()
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
            In the essay, the author’s words interrupt this sentence; here its two parts are joined.
            Topics: revolution
            """,
            SourceFormatter.Format(quote, Markup.Discord, Strings.English, DiscordMessage.Fits)
        );
    }

    [Fact]
    public void Format_OfADisputedEventInTheOldStyle_HasWhatIsDisputedAndBothDays()
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
            SourceFormatter.Format(known, Markup.Discord, Strings.English, DiscordMessage.Fits)
        );
    }

    [Fact]
    public void Format_OfMoreThanAMessageHolds_KeepsTheFirstLines()
    {
        var quote = Some.Quote("Words.") with { Note = new string('n', 1000), Topics = [new string('t', 1500)] };

        var text = SourceFormatter.Format(quote, Markup.Discord, Strings.English, DiscordMessage.Fits);

        Assert.True(DiscordMessage.Fits(text));
        Assert.Contains("Uncertain: nnn", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("testamant", "Did you mean `testament`?")]
    [InlineData("within us", "Did you mean `within-us`?")]
    [InlineData("nothing at all like it", "pick one from the list")]
    public async Task Source_OfNothingKnown_StatesWhatToTypeInstead(string id, string content)
    {
        var shown = await _runner.AskAsync("source", ("id", id));

        Assert.Contains(content, shown.Text, StringComparison.Ordinal);
        Assert.True(shown.Private);
    }

    [Fact]
    public async Task Source_ByTheButtonUnderAQuotation_IsForTheOneWhoPressed()
    {
        var shown = await _runner.PressAsync(await _runner.AskAsync("quote", ("id", "within-us")), "Source");

        Assert.Contains("Work: the essay does not name it.", shown.Text, StringComparison.Ordinal);
        Assert.True(shown.Private);
        Assert.False(shown.Replaces);
    }

    [Fact]
    public async Task Source_OfAQuotationThatIsGone_ReportsIt()
    {
        var gone = await _runner.PressAsync("source:gone");
        Assert.True(gone.Private);
        Assert.StartsWith("This is no longer in the collection", gone.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("totalitarian", "within-us", "testament")] // a quotation before an event
    [InlineData("1933", "testament")]
    [InlineData("dec brussels", "birth")]
    [InlineData("leave-a", "leave-a-party")]
    [InlineData("", "end-commands-means", "within-us", "leave-a-party", "testament", "birth", "leap")]
    public async Task Source_WhileTyping_SuggestsQuotationsAndEvents(string typed, params string[] ids) =>
        Assert.Equal(ids, (await _runner.CompleteAsync("source", "id", typed)).Select(choice => choice.Value));

    /// <summary>Before any input: twelve quotations, then events. With input: quotations by id and by words, and events
    /// by words and id.</summary>
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
            (await _runner.CompleteAsync("source", "id", typed)).Select(choice => choice.Value);
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
            await _runner.CompleteAsync("source", "id", "totalitarian")
        );
        Assert.Equal(
            "1er février 1933\u00A0: In Moscow Serge dated the letter that called the Soviet Union totalitarian.",
            (await _runner.CompleteAsync("source", "id", "1er", Strings.French))[0].Name
        );
        Assert.Equal(
            new Choice("Totalitarianism is within us.", "within-us"),
            Assert.Single(await _runner.CompleteAsync("source", "id", " WITHIN-us "))
        );
    }

    [Theory]
    [InlineData(" within-us ", true)]
    [InlineData("Within-us", false)]
    public async Task Source_ById_IgnoresSpacesOnly(string id, bool isFound) =>
        Assert.Equal(!isFound, (await _runner.AskAsync("source", ("id", id))).Private);

    [Fact]
    public async Task Source_WithoutAnId_StatesThatThereIsNone() =>
        Assert.StartsWith(
            "There is neither a quotation nor an event with the id “”.",
            (await _runner.AskAsync("source")).Text,
            StringComparison.Ordinal
        );
}
