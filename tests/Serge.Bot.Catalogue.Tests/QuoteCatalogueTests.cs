namespace Serge.Bot.Catalogue.Tests;

public sealed class QuoteCatalogueTests
{
    [Fact]
    public void Find_ByItsId_IsTheEntryOrNull()
    {
        QuoteCatalogue catalogue = new(
            Some.Author,
            [Some.Quote("a"), Some.Quote("b")],
            [Some.Event("a", "1917")],
            [Some.Essay]
        );
        Assert.Same(catalogue.Quotes[1], catalogue.FindQuote("b"));
        Assert.Same(catalogue.Events[0], catalogue.FindEvent("a"));
        Assert.Same(Some.Essay, catalogue.FindSource("harbour"));
        Assert.Null(catalogue.FindQuote("A"));
        Assert.Null(catalogue.FindEvent("b"));
        Assert.Null(catalogue.FindSource(""));
    }

    [Fact]
    public void Construct_TwoEntriesWithOneId_Throws()
    {
        AssertThrows("a", static () => new QuoteCatalogue(Some.Author, [Some.Quote("a"), Some.Quote("a")], [], []));
        AssertThrows(
            "b",
            static () => new QuoteCatalogue(Some.Author, [], [Some.Event("b", "1917"), Some.Event("b", "1918")], [])
        );
        AssertThrows(Some.Essay.Id, static () => new QuoteCatalogue(Some.Author, [], [], [Some.Essay, Some.Essay]));

        static void AssertThrows(string id, Func<object> create)
        {
            var exception = Assert.Throws<ArgumentException>(create);
            Assert.EndsWith($": {id}", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Construct_ListsThatChangeLater_KeepsTheirFirstContent()
    {
        List<Quote> quotes = [Some.Quote("a")];
        QuoteCatalogue catalogue = new(Some.Author, quotes, [], []);
        quotes.Clear();
        Assert.Single(catalogue.Quotes);
    }

    [Fact]
    public void Topics_OfTheCatalogue_AreCountedMostUsedFirstThenByName()
    {
        var catalogue = Some.Catalogue(
            Some.Quote("a", topics: ["war", "hope"]),
            Some.Quote("b", topics: ["truth", "hope"]),
            Some.Quote("c", topics: ["hope", "truth", "exile"])
        );
        Assert.Equal([new("hope", 3), new("truth", 2), new("exile", 1), new("war", 1)], catalogue.Topics);
    }

    [Fact]
    public void FindQuotesByTopic_AKnownTopic_IsItsQuotesInTheOrderOfTheFile()
    {
        var catalogue = Some.Catalogue(
            Some.Quote("b", topics: ["hope"]),
            Some.Quote("c"),
            Some.Quote("a", topics: ["war", "hope"])
        );
        Assert.Equal(["b", "a"], catalogue.FindQuotesByTopic("hope").Select(static quote => quote.Id));
        Assert.Empty(catalogue.FindQuotesByTopic("Hope"));
    }

    [Theory]
    [InlineData("", "hope truth means-and-ends war")]
    [InlineData("  ", "hope truth means-and-ends war")]
    [InlineData("h", "hope")]
    [InlineData("HOPE", "hope")]
    [InlineData("hopes", "")]
    [InlineData("e", "means-and-ends")]
    [InlineData("means and", "means-and-ends")]
    [InlineData("ends me", "means-and-ends")]
    [InlineData("means-and-ends", "means-and-ends")]
    [InlineData("tru", "truth")]
    [InlineData("ope", "")]
    public void SuggestTopics_AsTyped_AreThoseWhoseWordsBeginSo(string typed, string expected)
    {
        var catalogue = Some.Catalogue(
            Some.Quote("a", topics: ["hope", "truth", "means-and-ends"]),
            Some.Quote("b", topics: ["hope", "truth", "war"]),
            Some.Quote("c", topics: ["hope"])
        );
        Assert.Equal(expected, string.Join(' ', catalogue.SuggestTopics(typed).Select(static topic => topic.Name)));
    }

    [Fact]
    public void SuggestTopics_WhatBeginsTheName_ComesBeforeWhatBeginsALaterWord()
    {
        var catalogue = Some.Catalogue(
            Some.Quote("a", topics: ["the-end", "ends"]),
            Some.Quote("b", topics: ["the-end"])
        );
        Assert.Equal(["ends", "the-end"], catalogue.SuggestTopics("end").Select(static topic => topic.Name));
    }

    [Fact]
    public void SuggestTopics_MoreThanTheLimit_AreTheMostUsed() =>
        Assert.Equal(
            ["hope"],
            Some.Catalogue(Some.Quote("a", topics: ["war", "hope"]), Some.Quote("b", topics: ["hope"]))
                .SuggestTopics("", 1)
                .Select(static t => t.Name)
        );

    [Theory]
    [InlineData("Short and whole.", "Short and whole.")]
    [InlineData("Two\nlines.", "Two lines.")]
    [InlineData(
        "I hold truth to be a precondition of physical and moral health and so on and on, for it is the sea that we sail.",
        "I hold truth to be a precondition of physical and moral health and so on and on, for it is the sea…"
    )]
    [InlineData(
        "Oneverylongwordthatnobodywouldeverwriteinawholelifetimebutaprogramhastocopewithitallthesamebecauseitmaycome.",
        "Oneverylongwordthatnobodywouldeverwriteinawholelifetimebutaprogramhastocopewithitallthesamebecausei…"
    )]
    [InlineData(
        "A row of words that is cut straight after a comma, which would look odd before the dots of the cut, so go",
        "A row of words that is cut straight after a comma, which would look odd before the dots of the cut…"
    )]
    public void SuggestQuotes_AQuote_IsLabelledWithItsFirstWholeWords(string text, string expected)
    {
        var suggestion = Assert.Single(Some.Catalogue(Some.Quote("a", text)).SuggestQuotes(""));
        Assert.Equal(new Suggestion("a", expected), suggestion);
        Assert.InRange(suggestion.Text.Length, 1, Suggestion.MaxLength);
    }

    [Theory]
    [InlineData(99, " xy", 99)] // cut at the space
    [InlineData(98, " xy", 98)]
    [InlineData(98, " x", -1)] // exactly 100
    [InlineData(97, " x y", 99)]
    [InlineData(100, "", -1)]
    [InlineData(100, " x", 99)] // no space to cut at
    [InlineData(101, "", 99)]
    [InlineData(98, "🌊🌊", 98)] // not within a surrogate pair
    [InlineData(97, "🌊🌊", 99)]
    [InlineData(99, "🌊", 99)]
    [InlineData(96, ", x xyz", 99)]
    [InlineData(50, ",; xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", 50)] // no marks at the cut
    [InlineData(50, ": — – xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", 50)]
    public void Shorten_ATextOfAboutTheLimit_IsWholeOrCutAtTheLastSpaceThatFits(int letters, string rest, int cut)
    {
        var text = new string('w', letters) + rest;
        Assert.Equal(cut < 0 ? text : text[..cut].TrimEnd(' ') + "…", Suggestion.Shorten(text));
    }

    [Theory]
    [InlineData(20, 19, "eeeeeeeeeeeeeeeeeee")]
    [InlineData(20, 20, "eeeeeeeeeeeeeeeeeeee")]
    [InlineData(20, 21, "eeeeeeeeeeeeeeeeeee…")]
    [InlineData(200, 200, null)]
    [InlineData(200, 150, null)]
    public void Shorten_ToAnotherLimit_KeepsIt(int limit, int letters, string? expected)
    {
        var text = new string('e', letters);
        Assert.Equal(expected ?? text, Suggestion.Shorten(text, limit));
    }

    [Fact]
    public void Exclude_SomeIds_KeepsTheOthersInOrderAndTheSources()
    {
        QuoteCatalogue catalogue = new(
            Some.Author,
            [Some.Quote("a", topics: ["hope"]), Some.Quote("b", "Salt."), Some.Quote("c")],
            [Some.Event("d", "1917-03-08"), Some.Event("e", "1917-03-08")],
            [Some.Memoirs, Some.Essay]
        );
        var without = catalogue.Exclude(new HashSet<string> { "b", "d", "harbour", "elsewhere" });
        Assert.Equal(["a", "c"], without.Quotes.Select(static quote => quote.Id));
        Assert.Equal(["e"], without.Events.Select(static @event => @event.Id));
        Assert.Equal([Some.Memoirs, Some.Essay], without.Sources);
        Assert.Empty(without.Search("salt"));
        Assert.Null(without.FindQuote("b"));
        Assert.Equal(["e"], without.GetOnThisDay(new(2026, 3, 8)).Events.Select(static @event => @event.Id));
        Assert.Equal(3, catalogue.Quotes.Count);
    }

    [Fact]
    public void Exclude_OneQuoteOrOneEvent_RemovesIt()
    {
        QuoteCatalogue catalogue = new(Some.Author, [Some.Quote("a")], [Some.Event("b", "1917")], []);
        Assert.Empty(catalogue.Exclude(new HashSet<string> { "a" }).Quotes);
        Assert.Single(catalogue.Exclude(new HashSet<string> { "a" }).Events);
        Assert.Empty(catalogue.Exclude(new HashSet<string> { "b" }).Events);
        Assert.Same(catalogue, catalogue.Exclude(new HashSet<string> { "c" }));
        Assert.Same(catalogue, catalogue.Exclude(new HashSet<string>()));
    }

    [Fact]
    public void Topics_OfAQuoteThatNamesOneTwice_CountItOnce()
    {
        var catalogue = Some.Catalogue(
            Some.Quote("a", topics: ["hope", "hope"]),
            Some.Quote("b", topics: ["war"]),
            Some.Quote("c", topics: ["war"])
        );
        Assert.Equal([new("war", 2), new("hope", 1)], catalogue.Topics);
        Assert.Equal(["a"], catalogue.FindQuotesByTopic("hope").Select(static quote => quote.Id));
        Assert.Equal(["a"], catalogue.Search("", "hope").Select(static quote => quote.Id));
        Assert.Equal(["a"], catalogue.Search("words", "hope").Select(static quote => quote.Id));
    }

    [Fact]
    public void Find_TheLastOfThree_IsFound()
    {
        QuoteCatalogue catalogue = new(
            Some.Author,
            [Some.Quote("a"), Some.Quote("b"), Some.Quote("c")],
            [Some.Event("a", "1917"), Some.Event("b", "1918"), Some.Event("c", "1919")],
            [Some.Memoirs, Some.Essay]
        );
        Assert.Same(catalogue.Quotes[2], catalogue.FindQuote("c"));
        Assert.Same(catalogue.Events[2], catalogue.FindEvent("c"));
        Assert.Same(catalogue.Sources[1], catalogue.FindSource("harbour"));
        Assert.Throws<ArgumentOutOfRangeException>(() => catalogue.SuggestTopics("", 0));
    }

    [Fact]
    public void SuggestQuotes_ALongWordOfPairs_IsNotCutWithinOne()
    {
        var text = "x" + string.Concat(Enumerable.Repeat("🌊", 80));
        var label = Assert.Single(Some.Catalogue(Some.Quote("a", text)).SuggestQuotes("")).Text;
        Assert.True(label.Length <= Suggestion.MaxLength);
        Assert.DoesNotContain('\uFFFD', System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(label)));
    }

    [Fact]
    public void SuggestQuotes_AQuoteOfExactlyTheLimit_IsWhole()
    {
        var text = string.Concat(Enumerable.Repeat("word ", 19)) + "words";
        Assert.Equal(100, text.Length);
        Assert.Equal(text, Assert.Single(Some.Catalogue(Some.Quote("a", text)).SuggestQuotes("word")).Text);
    }
}
