using System.Collections;
using Microsoft.Extensions.Logging.Abstractions;

namespace Serge.Bot.Tests.Commands;

public sealed class QuoteCommandTests : IDisposable
{
    private static readonly QuotePictures NoPictures = new(TestEngine.Drawer(new CardSettings { IsEnabled = false }));

    private readonly TestCatalogue _catalogue = new();
    private readonly CommandRunner _runner;

    public QuoteCommandTests() => _runner = new CommandRunner(_catalogue.Live);

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task Quote_WithoutOptions_IsAnyQuotationWithItsSourceForAllToSee()
    {
        var shown = await _runner.AskAsync("quote");

        Assert.Contains("— Victor Serge", shown.Text, StringComparison.Ordinal);
        Assert.Contains("quoted by Guy Patrick Cunningham", shown.Text, StringComparison.Ordinal);
        Assert.False(shown.Private);
        Assert.Equal(["Another one", "Source"], shown.Buttons.Select(button => button.Label));
    }

    [Fact]
    public async Task Quote_AskedOften_GivesThemAll()
    {
        HashSet<string> seen = [];
        for (var n = 0; n < 100; n++)
        {
            seen.Add((await _runner.AskAsync("quote")).Text);
        }

        Assert.Equal(3, seen.Count);
    }

    [Theory]
    [InlineData("topic", "party", "One can leave a Party!")]
    [InlineData("topic", "Party", "One can leave a Party!")]
    [InlineData("search", "totalitarianism", "Totalitarianism is within us.")]
    [InlineData("search", "JUSTIFYING means", "commands its own means")]
    [InlineData("search", "within-us", "Totalitarianism is within us.")] // a selected suggestion arrives as its id
    [InlineData("id", "leave-a-party", "One can leave a Party!")]
    [InlineData("search", " ?! ", "— Victor Serge")] // without a word there is no search
    public async Task Quote_ByOption_IsTheOneAskedFor(string option, string value, string words)
    {
        var shown = await _runner.AskAsync("quote", (option, value));

        Assert.Contains(words, shown.Text, StringComparison.Ordinal);
        Assert.False(shown.Private);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public async Task Quote_AskedForInPrivate_IsForTheOneWhoAsked(string value, bool isPrivate) =>
        Assert.Equal(isPrivate, (await _runner.AskAsync("quote", ("private", value))).Private);

    [Theory]
    [InlineData("quote")]
    [InlineData("topics")]
    public async Task AskedWhenAllQuotationsAreWithdrawn_ReportsItToTheOneWhoAsked(string command)
    {
        _catalogue.Live.Withdraw(
            _catalogue.Live.Unfiltered.Quotes.Select(quote => quote.Id).ToHashSet(StringComparer.Ordinal)
        );

        var shown = await _runner.AskAsync(command);

        Assert.Equal("There are no quotations at the moment: all of them are withdrawn.", shown.Text);
        Assert.True(shown.Private);
    }

    [Fact]
    public async Task Another_WhenAllQuotationsWereWithdrawnMeanwhile_LeavesTheMessageAndReportsIt()
    {
        var shown = await _runner.AskAsync("quote");
        _catalogue.Live.Withdraw(
            _catalogue.Live.Unfiltered.Quotes.Select(quote => quote.Id).ToHashSet(StringComparer.Ordinal)
        );

        var answer = await _runner.PressAsync(shown, "Another one");

        Assert.Contains("none fits any more", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quote_WithAPicture_HasItAlsoAfterTheButton()
    {
        InstalledFonts.Require();
        CommandRunner runner = new(_catalogue.Live, cards: new CardSettings());

        var shown = await runner.AskAsync("quote", ("id", "leave-a-party"), ("picture", "true"));
        var next = await runner.PressAsync(shown, "Another one");

        Assert.StartsWith(
            "“One can leave a Party!”\nVictor Serge",
            shown.Picture!.Description,
            StringComparison.Ordinal
        );
        Assert.Contains("“One can leave a Party!”", shown.Text, StringComparison.Ordinal);
        Assert.NotNull(next.Picture);
        Assert.NotEqual(shown.Picture.Description, next.Picture.Description);
    }

    [Theory]
    [InlineData("en-GB", "\n-# No picture: it cannot be drawn here.")]
    [InlineData("fr", "\n-# Pas d’image")]
    public async Task Quote_WithAPictureThatCannotBeDrawn_ReportsIt(string locale, string words)
    {
        var shown = await _runner.AskAsync(Strings.For(locale), "quote", ("picture", "true"));

        Assert.Null(shown.Picture);
        Assert.Contains(words, shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quote_WithoutAPicture_HasNoneAfterTheButton()
    {
        CommandRunner runner = new(_catalogue.Live, cards: new CardSettings());

        var next = await runner.PressAsync(await runner.AskAsync("quote", ("picture", "false")), "Another one");

        Assert.Null(next.Picture);
        Assert.DoesNotContain("picture", next.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("topic", "partty", "party")] // the similar one is suggested
    [InlineData("topic", "zzz", "means-and-ends")] // otherwise some existing ones
    [InlineData("search", "xylophone", "“xylophone”")]
    [InlineData("id", "leave-a-partty", "Did you mean `leave-a-party`?")]
    [InlineData("id", "nothing-like-it", "pick one from the list")]
    public async Task Quote_WhenNothingFits_StatesWhatToTypeInstead(string option, string value, string content)
    {
        var shown = await _runner.AskAsync("quote", (option, value));

        Assert.Contains(content, shown.Text, StringComparison.Ordinal);
        Assert.True(shown.Private);
    }

    [Fact]
    public async Task Quote_SearchWithinATopic_LooksThereOnly()
    {
        Assert.Contains(
            "One can leave",
            (await _runner.AskAsync("quote", ("topic", "party"), ("search", "leave"))).Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "No quotation about party has the words “totalitarianism”",
            (await _runner.AskAsync("quote", ("topic", "party"), ("search", "totalitarianism"))).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Another_PressedAgainAndAgain_ShowsEachOnceAndThenStatesThatItStartsAgain()
    {
        var shown = await _runner.AskAsync("quote");
        List<string> texts = [shown.Text];
        for (var n = 0; n < 2; n++)
        {
            shown = await _runner.PressAsync(shown, "Another one");
            Assert.True(shown.Replaces);
            texts.Add(shown.Text);
        }

        Assert.Equal(3, texts.Distinct().Count());
        Assert.Contains(
            "All 3 have been shown",
            (await _runner.PressAsync(shown, "Another one")).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Another_OfATopic_StaysWithTheTopic()
    {
        var shown = await _runner.AskAsync("quote", ("topic", "means-and-ends"));
        var next = await _runner.PressAsync(shown, "Another one");

        Assert.NotEqual(shown.Text, next.Text);
        Assert.All([shown, next], one => Assert.Matches("its own means|leave a Party", one.Text));
    }

    [Fact]
    public async Task Another_OfASearch_StaysWithTheWords()
    {
        var shown = await _runner.AskAsync("quote", ("search", "means: ends"));

        Assert.EndsWith(":means: ends", shown.Button("Another one").CustomId, StringComparison.Ordinal);
        Assert.Matches("its own means|leave a Party", (await _runner.PressAsync(shown, "Another one")).Text);
    }

    [Fact]
    public async Task Another_WhenThereIsNoOther_LeavesTheMessageAndReportsIt()
    {
        var shown = await _runner.AskAsync("quote", ("topic", "party"));
        Assert.Equal(["Source"], shown.Buttons.Select(button => button.Label));

        // The message has the button, because the topic had another quotation at that time.
        shown = await _runner.AskAsync("quote", ("topic", "means-and-ends"));
        _catalogue.Write(
            "quotes.yaml",
            TestCatalogue.Quotes.Replace(
                shown.Text.Contains("leave", StringComparison.Ordinal)
                    ? "[means-and-ends, revolution]"
                    : "[party, means-and-ends]",
                "[party]",
                StringComparison.Ordinal
            )
        );
        Assert.Equal(ReloadResult.Served, _catalogue.Live.Reload());
        shown = await _runner.PressAsync(shown, "Another one");

        Assert.False(shown.Replaces);
        Assert.True(shown.Private);
        Assert.Contains("no other quotation", shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_AfterTheTopicIsGone_StatesThatTheButtonIsOutOfUse()
    {
        var shown = await _runner.AskAsync("quote", ("topic", "means-and-ends"));
        _catalogue.Write(
            "quotes.yaml",
            TestCatalogue.Quotes.Replace("means-and-ends", "ends", StringComparison.Ordinal)
        );
        Assert.Equal(ReloadResult.Served, _catalogue.Live.Reload());

        var answer = await _runner.PressAsync(shown, "Another one");

        Assert.Contains("no longer in use", answer.Text, StringComparison.Ordinal);
        Assert.True(answer.Private);
    }

    [Theory]
    [InlineData("quote:")]
    [InlineData("quote::::")]
    [InlineData("quote:AAAAAAAAAAAAAAAAAAAA:zzzzzz:")]
    [InlineData("quote:AAAAAAAAAAAAAAAAAAAA")]
    public async Task Press_OnAButtonOfAnotherMake_StatesThatItIsOutOfUse(string customId)
    {
        var shown = await _runner.PressAsync(customId);

        Assert.Contains("no longer in use", shown.Text, StringComparison.Ordinal);
        Assert.True(shown.Private);
    }

    [Fact]
    public async Task Buttons_OfTheLongestSearch_FitDiscordsLimit()
    {
        var word = new string('w', 60);
        _catalogue.Write(
            "quotes.yaml",
            TestCatalogue
                .Quotes.Replace("Said to", word, StringComparison.Ordinal)
                .Replace("work: memoirs", $"work: memoirs\n  context: {word}.", StringComparison.Ordinal)
        );
        Assert.Equal(ReloadResult.Served, _catalogue.Live.Reload());

        var shown = await _runner.AskAsync("quote", ("search", word), ("topic", "means-and-ends"));

        Assert.InRange(shown.Button("Another one").CustomId.Length, 60, 100);
    }

    [Fact]
    public async Task Quote_InFrench_KeepsTheWordsAndWritesTheRestInFrench()
    {
        var shown = await _runner.AskAsync(Strings.French, "quote", ("id", "end-commands-means"));

        Assert.Equal(
            "“\\[T\\]he end, far from justifying the means, commands its own means.”\n— Victor Serge, *Memoirs of a Revolutionary*, cité par Guy Patrick Cunningham dans «\u00A0The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary\u00A0»\n-# end-commands-means",
            shown.Text
        );
        Assert.Equal(["Une autre", "Source"], shown.Buttons.Select(button => button.Label));
    }

    [Fact]
    public async Task Quote_TooLongForDiscord_IsNeverCutButReportsIt()
    {
        _catalogue.Write(
            "quotes.yaml",
            TestCatalogue.Quotes.Replace(
                "Totalitarianism is within us.",
                string.Concat(Enumerable.Repeat("w** ", 350)).Trim(),
                StringComparison.Ordinal
            )
        );
        Assert.Equal(ReloadResult.Served, _catalogue.Live.Reload());

        Assert.Contains(
            "too long",
            (await _runner.AskAsync("quote", ("id", "within-us"))).Text,
            StringComparison.Ordinal
        );
        for (var n = 0; n < 30; n++)
        {
            Assert.DoesNotContain("w\\*", (await _runner.AskAsync("quote")).Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("topic", "p", "party", "power")]
    [InlineData("search", "total", "within-us")]
    [InlineData("id", "LEAVE", "leave-a-party")]
    public async Task Quote_WhileTyping_Suggests(string option, string typed, params string[] values)
    {
        var choices = await _runner.CompleteAsync("quote", option, typed);

        Assert.Equal(values, choices.Select(choice => choice.Value).Order(StringComparer.Ordinal));
    }

    /// <summary>The remark that a new cycle begins must fit, if necessary instead of the context.</summary>
    [Theory]
    [InlineData(1000)]
    [InlineData(1320)]
    [InlineData(1380)]
    [InlineData(1400)]
    [InlineData(1420)]
    [InlineData(1450)]
    [InlineData(1500)]
    public async Task Another_OnTheLongestQuotations_FitsIntoAMessage(int length)
    {
        _catalogue.Write(
            "quotes.yaml",
            string.Concat(
                new[] { "a", "b" }.Select(id =>
                    $"""
                        - id: {id}
                          text: "{new string(id[0], length)}"
                          via: cunningham
                          topics: [power]
                          context: {new string('c', 300)}
                          note: {new string('n', 200)}

                        """
                )
            )
        );
        Assert.Equal(ReloadResult.Served, _catalogue.Live.Reload());
        foreach (var strings in Strings.All)
        {
            var shown = await _runner.AskAsync(strings, "quote");
            for (var n = 1; n <= 4; n++)
            {
                shown = await _runner.PressAsync(shown.Button(strings.Another).CustomId, strings);
                Assert.True(DiscordMessage.Fits(shown.Text), $"{shown.Text.Length} characters");
                Assert.Equal(
                    n % 2 == 0,
                    shown.Text.EndsWith($"\n-# {strings.AllWereShown(2)}", StringComparison.Ordinal)
                );
            }
        }
    }

    [Theory]
    [InlineData("topic", "", 25)]
    [InlineData("topic", "topic-number-1", 25)]
    [InlineData("search", "word", 25)]
    [InlineData("id", "quote-", 25)]
    [InlineData("id", "quote-4", 11)]
    [InlineData("private", "", 0)]
    public async Task Quote_WhileTypingAmongMany_SuggestsAtMostTwentyFiveInOrder(string option, string typed, int count)
    {
        _catalogue.Write(
            "quotes.yaml",
            string.Concat(
                Enumerable
                    .Range(1, 49)
                    .Select(n =>
                        $"""
                            - id: quote-{n}
                              text: "Words of number {n}, unlike {string.Concat(
                                Enumerable.Repeat($"n{n} ", n)
                            )}all others."
                              via: cunningham
                              topics: [topic-number-{100 + n}]

                            """
                    )
            )
        );
        Assert.Equal(ReloadResult.Served, _catalogue.Live.Reload());

        var choices = await _runner.CompleteAsync("quote", option, typed);

        var current = _catalogue.Live.Current;
        Assert.Equal(count, choices.Count);
        Assert.Equal(
            option switch
            {
                "topic" => current.SuggestTopics(typed).Select(topic => new Choice(topic.Name, topic.Name)),
                "search" => current.SuggestQuotes(typed).Select(found => new Choice(found.Text, found.QuoteId)),
                "id" => current
                    .Quotes.Where(quote => quote.Id.StartsWith(typed, StringComparison.Ordinal))
                    .Take(25)
                    .Select(quote => new Choice(quote.Id, quote.Id)),
                _ => [],
            },
            choices
        );
    }

    [Fact]
    public async Task Quote_WhileTypingASearchWithinATopic_SuggestsFromTheTopic() =>
        Assert.Equal(
            ["leave-a-party"],
            (
                await new Bot.Commands.QuoteSlashCommand(_catalogue.Live, NoPictures, new Random(1)).CompleteAsync(
                    new Interaction.Autocomplete
                    {
                        Id = new InteractionId(1),
                        Name = "quote",
                        Option = "search",
                        Input = "",
                        Options = new Dictionary<string, string> { ["topic"] = "party" },
                        Handle = this,
                    },
                    Strings.English,
                    TestContext.Current.CancellationToken
                )
            ).Select(choice => choice.Value)
        );

    /// <summary>A button id contains the cycle, a hash of the topic and the search words. The format must not change,
    /// because posted buttons use it.</summary>
    [Theory]
    [InlineData(null, null, "^quote:[A-Za-z0-9_-]{20}::$")]
    [InlineData("means-and-ends", null, "^quote:[A-Za-z0-9_-]{20}:0d-sDQ:$")]
    [InlineData(null, "means: ends", "^quote:[A-Za-z0-9_-]{20}::means: ends$")]
    [InlineData("Means-and-Ends", "ends", "^quote:[A-Za-z0-9_-]{20}:0d-sDQ:ends$")]
    public async Task Buttons_CarryTheCycleTheTopicAndTheWords(string? topic, string? search, string customId)
    {
        var shown = await _runner.AskAsync(
            "quote",
            [.. topic is null ? [] : new[] { ("topic", topic) }, .. search is null ? [] : new[] { ("search", search) }]
        );

        Assert.Matches(customId, shown.Button("Another one").CustomId);
        Assert.Matches("^source:[a-z-]+$", shown.Button("Source").CustomId);
    }

    /// <summary>A suggestion that was selected within a topic continues within the topic; an id continues with all
    /// quotations.</summary>
    [Theory]
    [InlineData("search", 2)]
    [InlineData("id", 3)]
    public async Task Another_AfterOneThatWasPicked_ContinuesWithinTheTopicOfTheSearch(string option, int count)
    {
        var shown = await _runner.AskAsync("quote", (option, "leave-a-party"), ("topic", "means-and-ends"));
        List<string> texts = [shown.Text];
        for (var n = 1; n < count; n++)
        {
            shown = await _runner.PressAsync(shown, "Another one");
            texts.Add(shown.Text);
        }

        Assert.StartsWith("“One can leave a Party!”", texts[0], StringComparison.Ordinal);
        Assert.Equal(count, texts.Distinct().Count());
        Assert.EndsWith(
            $"All {count} have been shown; now they repeat.",
            (await _runner.PressAsync(shown, "Another one")).Text,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(" leave-a-party ", "", "One can leave a Party!")]
    [InlineData("", " party ", "One can leave a Party!")]
    public async Task Quote_ByIdOrTopic_IgnoresSpacesAround(string id, string topic, string words) =>
        Assert.Contains(
            words,
            (await _runner.AskAsync("quote", id.Length > 0 ? ("id", id) : ("topic", topic))).Text,
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Quote_BySearch_IsTheBestMatch()
    {
        for (var n = 0; n < 5; n++)
        {
            Assert.Contains(
                "leave-a-party",
                (await _runner.AskAsync("quote", ("search", "party"))).Text,
                StringComparison.Ordinal
            );
            Assert.Contains(
                "end-commands-means",
                (await _runner.AskAsync("quote", ("search", "means"))).Text,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task Quote_OfATopicThatThereIsNot_NamesFiveThatThereAre()
    {
        _catalogue.Write(
            "quotes.yaml",
            TestCatalogue.Quotes.Replace("[power]", "[apple, banana, cherry-tree]", StringComparison.Ordinal)
        );
        Assert.Equal(ReloadResult.Served, _catalogue.Live.Reload());

        Assert.Equal(
            "There is no topic “xyxyxyxyxy”. Some that exist: means-and-ends, apple, banana, cherry-tree, party. All of them: `/topics`.",
            (await _runner.AskAsync("quote", ("topic", "xyxyxyxyxy"))).Text
        );
        Assert.Equal(
            "There is no topic “tre che”. Some that exist: cherry-tree, means-and-ends, apple, banana, party. All of them: `/topics`.",
            (await _runner.AskAsync("quote", ("topic", "tre che"))).Text
        );
    }

    /// <summary>A quotation is shown in full up to Discord's limit, including escapes and a reserve for a remark, and
    /// not shown beyond it.</summary>
    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task Quote_AroundDiscordsLimit_IsShownWholeOrNotAtAll(int excess, bool isShown)
    {
        const string Attribution = "— Victor Serge, quoted by Guy Patrick Cunningham";
        var room = 2000 - "“”\n".Length - Attribution.Length - "\n-# within-us".Length - 101 + excess;
        var stars = new string('*', 400);
        var text = new string('w', room - 800) + stars;
        _catalogue.Write(
            "quotes.yaml",
            TestCatalogue.Quotes.Replace("Totalitarianism is within us.", text, StringComparison.Ordinal)
        );
        Assert.Equal(ReloadResult.Served, _catalogue.Live.Reload());

        Assert.Equal(
            isShown
                ? $"“{text.Replace("*", @"\*", StringComparison.Ordinal)}”\n{Attribution} in “The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary”\n-# within-us"
                : "The quotation within-us is too long for a message on Discord. `/source` shows where to read it.",
            (await _runner.AskAsync("quote", ("id", "within-us"))).Text
        );
        Assert.Equal(!isShown, (await _runner.AskAsync("quote", ("id", "within-us"))).Private);
        Assert.Equal(
            isShown,
            (await _runner.AskAsync("quote", ("topic", "power"))).Text.Contains("within-us", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("within-us")]
    [InlineData("retracted-since")] // the button of a post works for as long as the post exists
    [InlineData("")]
    [InlineData("\ud83d:::")]
    public async Task Another_UnderAPost_IsAnotherQuotationForTheOneWhoPressed(string id)
    {
        for (var n = 0; n < 20; n++)
        {
            var shown = await _runner.PressAsync($"quote:another:{id}");

            Assert.True(shown.Private);
            Assert.False(shown.Replaces);
            Assert.Contains("— Victor Serge", shown.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("within us", id == "within-us" ? shown.Text : "", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Another_UnderAPost_HasNoPictureAlsoAfterTheButton()
    {
        CommandRunner runner = new(_catalogue.Live, cards: new CardSettings());

        var shown = await runner.PressAsync("quote:another:within-us");
        var next = await runner.PressAsync(shown, "Another one");

        Assert.Equal((null, null), (shown.Picture, next.Picture));
        Assert.DoesNotContain("No picture", next.Text, StringComparison.Ordinal);
    }

    /// <summary>The test catalogue has three quotations.</summary>
    [Theory]
    [InlineData(1, "“One can leave a Party!”")]
    [InlineData(2, "There is no other quotation that fits.")]
    public async Task Another_WhenTheOthersWereWithdrawn_ShowsWhatIsLeft(int withdrawn, string words)
    {
        string[] ids = ["end-commands-means", "leave-a-party"];
        _catalogue.Live.Withdraw(ids.Take(withdrawn).ToHashSet(StringComparer.Ordinal));

        var shown = await _runner.PressAsync("quote:another:within-us");

        Assert.Contains(words, shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_UnderAPost_LeadsToAllTheOthers()
    {
        var shown = await _runner.PressAsync("quote:another:within-us");

        Assert.Equal(["Another one", "Source"], shown.Buttons.Select(button => button.Label));
        HashSet<string> seen = [shown.Text];
        for (var n = 0; n < 2; n++)
        {
            shown = await _runner.PressAsync(shown, "Another one");
            Assert.True(shown.Replaces);
            seen.Add(shown.Text);
        }

        Assert.Equal(3, seen.Count);
    }

    /// <summary>Reading the fonts of a machine can take longer than Discord's time limit. A separate message would be
    /// public, even after an ephemeral one.</summary>
    [Theory]
    [InlineData("quote:", typeof(Reply.DeferredUpdate), typeof(Reply.Update))]
    [InlineData("", typeof(Reply.Deferred), typeof(Reply.Message))]
    public async Task Another_WhosePictureTakesLong_ReplacesItsMessageOnly(string press, Type deferral, Type reply)
    {
        using SlowFolders folders = new();
        using PictureDrawer drawer = new(
            new CardSettings(),
            new FontFolders(folders),
            NullLogger<PictureDrawer>.Instance
        );
        QuoteSlashCommand command = new(_catalogue.Live, new QuotePictures(drawer), new Random(1));
        FakeDiscord discord = new();
        FakeTimeProvider clock = new();
        InteractionDispatcher dispatcher = new(
            discord,
            [command],
            new CommandMentions(),
            new Clocks(clock, clock),
            NullLogger<InteractionDispatcher>.Instance
        );
        var first = await _runner.AskAsync("quote", ("picture", "true"), ("private", "true"));
        Interaction interaction = new Interaction.Command
        {
            Id = new InteractionId(1),
            Handle = this,
            Name = "quote",
            Options = new Dictionary<string, string> { ["picture"] = "true", ["private"] = "true" },
        };
        if (press.Length > 0)
        {
            interaction = new Interaction.ButtonPress
            {
                Id = new InteractionId(1),
                Handle = this,
                CustomId = first.Button("Another one").CustomId,
            };
        }

        var answering = dispatcher.HandleAsync(interaction, TestContext.Current.CancellationToken);
        clock.Advance(InteractionDispatcher.DeferAfter);

        var deferred = await discord.NextReplyAsync();
        Assert.IsType(deferral, deferred);
        Assert.True(deferred is Reply.DeferredUpdate or Reply.Deferred(Ephemeral: true));
        folders.Open();
        await answering;
        Assert.IsType(reply, await discord.NextReplyAsync());
    }

    /// <summary>Folders that can be listed after <see cref="Open"/>.</summary>
    private sealed class SlowFolders : IReadOnlyList<string>, IDisposable
    {
        private readonly ManualResetEventSlim _isOpen = new();

        public int Count => 0;

        public string this[int index] => throw new ArgumentOutOfRangeException(nameof(index));

        public void Open() => _isOpen.Set();

        public IEnumerator<string> GetEnumerator()
        {
            _isOpen.Wait(TestContext.Current.CancellationToken);
            yield break;
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public void Dispose() => _isOpen.Dispose();
    }

    [Fact]
    public void Another_UnderAPost_IsDeferredPrivately()
    {
        Interaction.ButtonPress press = new()
        {
            Id = new InteractionId(1),
            Handle = new object(),
            CustomId = "quote:another:x",
        };

        Assert.True(_runner.Command("quote").IsEphemeral(press));
        Assert.False(_runner.Command("quote").ReplacesMessage(press));
    }
}
