namespace Serge.Bot.Tests.Commands;

/// <summary>"Is this a quotation?" in the menu of a message.</summary>
public sealed class QuotationCheckTests : IDisposable
{
    private readonly TestCatalogue _catalogue = new();
    private readonly CommandRunner _runner;

    public QuotationCheckTests() => _runner = new CommandRunner(_catalogue.Live);

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task Check_AQuotation_NamesItsIdAndSourceForTheMemberAlone()
    {
        var reply = await _runner.CheckAsync("He wrote: **“Totalitarianism is within us.”** :fire:");

        Assert.True(reply.Private);
        Assert.Equal(
            """
            In the collection, word for word.
            “Totalitarianism is within us.”
            — Victor Serge, quoted by Guy Patrick Cunningham in “The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary”
            -# within-us
            """,
            reply.Text
        );
        Assert.Equal(["source:within-us"], reply.Buttons.Select(button => button.CustomId));
        Assert.Contains("Quoted in", (await _runner.PressAsync(reply, "Source")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_OtherWords_ShowsThemWithoutTheirMarkup()
    {
        var reply = await _runner.CheckAsync(
            "“The end, `never` justifying the means, commands its [own](https://x.y) ways”"
        );

        Assert.EndsWith(
            """
            Differences:
            - collection: end, **far from** justifying · this message: end, **never** justifying
            - collection: own **means.** · this message: own **ways**
            """,
            reply.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Check_HostileMarkup_IsEscaped()
    {
        var reply = await _runner.CheckAsync(@"One can @everyone\*\*`x` leave a Party!");

        Assert.Contains(@"**\@everyone", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_SeveralQuotations_ListsThemWithNumberedButtons()
    {
        var reply = await _runner.CheckAsync("One can leave a Party!\nTotalitarianism is among us");

        Assert.StartsWith(
            "Quotations that this message contains: 2\n1. “One can",
            reply.Text,
            StringComparison.Ordinal
        );
        Assert.Equal(["Source 1", "Source 2"], reply.Buttons.Select(button => button.Label));
        Assert.Equal(["source:leave-a-party", "source:within-us"], reply.Buttons.Select(button => button.CustomId));
    }

    [Theory]
    [InlineData(5, "**changed** word67")]
    [InlineData(7, "\nand 2 more")]
    public async Task Check_ManyDifferences_ShowsFiveAndHowManyMore(int differences, string end)
    {
        string[] words = [.. Enumerable.Range(1, 70).Select(n => $"word{n}")];
        _catalogue.Write(
            "quotes.yaml",
            $"- id: long\n  text: \"{string.Join(' ', words)}\"\n  via: cunningham\n  topics: [power]\n"
        );
        _catalogue.Live.Reload();
        var changed = words.Select((word, n) => n % 10 == 5 && n / 10 >= 7 - differences ? "changed" : word);

        var reply = await _runner.CheckAsync(string.Join(' ', changed));

        Assert.Equal(5, reply.Text.Split("**changed**").Length - 1);
        Assert.EndsWith(end, reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Format_WithoutRoomForADifference_ShowsTheQuotationAndHowManyDifferences()
    {
        var current = _catalogue.Live.Current;
        var found = Assert.Single(current.FindQuotesIn("The end, never justifying the means, commands its own means"));
        FoundQuoteFormatter formatter = new(
            current.Author,
            Strings.English,
            text => !text.Contains("never", StringComparison.Ordinal)
        );

        var text = formatter.Format(found);

        Assert.EndsWith("\nand 1 more", text, StringComparison.Ordinal);
    }

    /// <summary>Five is the maximum number of buttons in one row. The heading does not say that these are
    /// all.</summary>
    [Theory]
    [InlineData(5, "Quotations that this message contains: 5\n")]
    [InlineData(6, "Best matches among the quotations that this message contains: 5\n")]
    public async Task Check_ManyQuotations_ShowsFive(int count, string heading)
    {
        string[] texts = [.. Enumerable.Range(1, count).Select(n => $"The words of quotation number {n} end here.")];
        var entries = texts.Select(
            (text, n) => $"- id: quote-{n}\n  text: \"{text}\"\n  via: cunningham\n  topics: [power]\n"
        );
        _catalogue.Write("quotes.yaml", string.Concat(entries));
        _catalogue.Live.Reload();

        var reply = await _runner.CheckAsync(string.Join('\n', texts));

        Assert.Equal(5, reply.Buttons.Count);
        Assert.StartsWith(heading, reply.Text, StringComparison.Ordinal);
    }

    /// <summary>A post of the bot is handled like any other message.</summary>
    [Fact]
    public async Task Check_AMessageOfTheBot_FindsItsQuotation()
    {
        var post = await _runner.AskAsync("quote", ("id", "end-commands-means"));

        Assert.StartsWith(
            "In the collection, word for word.",
            (await _runner.CheckAsync(post.Text)).Text,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("Liberty is the mother, not the daughter, of order.")]
    [InlineData("Свобода не дочь, а мать порядка")]
    [InlineData("自由不是秩序的女兒，而是秩序的母親")]
    public async Task Check_UnknownWords_StatesOnlyWhatIsKnown(string message) =>
        Assert.Equal(
            "These words are not among the 3 quotations in the collection. That does not mean that they are not "
                + "authentic: the collection contains only a small part of what Victor Serge wrote.",
            (await _runner.CheckAsync(message)).Text
        );

    [Theory]
    [InlineData("")]
    [InlineData("<:serge:123> <@5>")]
    [InlineData("https://example.org/the-end-commands-its-own-means")]
    [InlineData("…!?")]
    public async Task Check_NoWords_StatesWhatIsNotRead(string message) =>
        Assert.Equal(Strings.English.MessageHasNoWords, (await _runner.CheckAsync(message)).Text);

    [Theory]
    [InlineData("Totalitarianism")]
    [InlineData("the end")]
    public async Task Check_OneOrTwoWords_AreTooFew(string message) =>
        Assert.Equal(Strings.English.MessageIsTooShort("3"), (await _runner.CheckAsync(message)).Text);

    [Fact]
    public async Task Check_WordsOfAnother_StatesWhose()
    {
        AddQuote("lenin", "speaker: Vladimir Lenin", "A revolution is worth something only if it defends itself.");

        var reply = await _runner.CheckAsync(
            "“a revolution is worth something only if it defends itself” — Victor Serge"
        );

        Assert.Contains(
            "These are words of Vladimir Lenin, not of Victor Serge.",
            reply.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Check_WordsOfANameWithAVowel_ElidesInFrench()
    {
        AddQuote("berkman", "speaker: Alexander Berkman", "A revolution is worth something only if it defends itself.");

        var reply = await _runner.CheckAsync(
            "“a revolution is worth something only if it defends itself” — Victor Serge",
            Strings.French
        );

        Assert.Contains(
            "Ces mots sont d’Alexander Berkman, et non de Victor Serge.",
            reply.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Check_UnknownWordsWithOneQuotation_IsSingular()
    {
        var others = _catalogue.Live.Current.Quotes.Skip(1).Select(quote => quote.Id);
        _catalogue.Live.Withdraw(others.ToHashSet(StringComparer.Ordinal));

        var english = await _runner.CheckAsync("Liberty is the mother, not the daughter, of order.");
        var french = await _runner.CheckAsync("Liberty is the mother, not the daughter, of order.", Strings.French);

        Assert.StartsWith(
            "These words are not those of the only quotation in the collection. ",
            english.Text,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "Ces mots ne sont pas ceux de la seule citation du recueil. ",
            french.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Check_ATextWithAWarning_StaysHidden()
    {
        AddQuote("shot", "warning: execution", "They were shot at dawn behind the wall of the prison.");

        var reply = await _runner.CheckAsync("They were shot at night behind the wall of the prison.");

        Assert.DoesNotMatch(@"(?m)^(?!.*\|\|).*(dawn|night)", reply.Text);
    }

    [Fact]
    public async Task Check_ManyLongDifferences_StaysWithinDiscordsLimit()
    {
        var words = Enumerable.Range(0, 100).Select(i => $"word{i}_*").ToArray();
        AddQuote("long", "note: long", string.Join(' ', words) + ".");
        for (var i = 5; i < words.Length; i += 5)
        {
            words[i] = new string('*', 20) + "a`_";
        }

        var reply = await _runner.CheckAsync(string.Join(' ', words));

        Assert.InRange(reply.Text.EnumerateRunes().Count(), 1, DiscordMessage.MaxTextLength);
        Assert.Contains("-# long", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_AllWithdrawn_ReportsIt()
    {
        _catalogue.Live.Withdraw(
            _catalogue.Live.Current.Quotes.Select(quote => quote.Id).ToHashSet(StringComparer.Ordinal)
        );

        Assert.Equal(Strings.English.NoQuotations, (await _runner.CheckAsync("One can leave a Party!")).Text);
    }

    private void AddQuote(string id, string field, string text)
    {
        var entry = $"- id: {id}\n  text: \"{text}\"\n  via: cunningham\n  topics: [power]\n  {field}\n";
        File.AppendAllText(Path.Combine(_catalogue.Live.Folder, "quotes.yaml"), entry);
        Assert.Equal(ReloadResult.Served, _catalogue.Live.Reload());
    }
}
