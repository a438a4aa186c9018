namespace Serge.Bot.Catalogue.Tests;

public sealed class QuoteCatalogueTests
{
    [Fact]
    public void Find_ByItsId_IsTheEntryOrNull()
    {
        QuoteCatalogue catalogue = new([Some.Quote("a"), Some.Quote("b")], [Some.Event("a", "1917")], [Some.Essay]);
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
        Assert.Throws<ArgumentException>(
            "quotes",
            static () => new QuoteCatalogue([Some.Quote("a"), Some.Quote("a")], [], [])
        );
        Assert.Throws<ArgumentException>(
            "events",
            static () => new QuoteCatalogue([], [Some.Event("a", "1917"), Some.Event("a", "1918")], [])
        );
        Assert.Throws<ArgumentException>("sources", static () => new QuoteCatalogue([], [], [Some.Essay, Some.Essay]));
    }

    [Fact]
    public void Construct_ListsThatChangeLater_KeepsWhatItWasGiven()
    {
        List<Quote> quotes = [Some.Quote("a")];
        QuoteCatalogue catalogue = new(quotes, [], []);
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
    public void WithTopic_AKnownTopic_IsItsQuotesInTheOrderOfTheFile()
    {
        var catalogue = Some.Catalogue(
            Some.Quote("b", topics: ["hope"]),
            Some.Quote("c"),
            Some.Quote("a", topics: ["war", "hope"])
        );
        Assert.Equal(["b", "a"], catalogue.WithTopic("hope").Select(static quote => quote.Id));
        Assert.Empty(catalogue.WithTopic("Hope"));
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
    public void Suggest_AQuote_IsLabelledWithItsFirstWholeWords(string text, string expected)
    {
        var suggestion = Assert.Single(Some.Catalogue(Some.Quote("a", text)).Suggest(""));
        Assert.Equal(new Suggestion("a", expected), suggestion);
        Assert.InRange(suggestion.Text.Length, 1, Suggestion.MaxLength);
    }

    [Fact]
    public void Suggest_ALongWordOfPairs_IsNotCutWithinOne()
    {
        var text = "x" + string.Concat(Enumerable.Repeat("🌊", 80));
        var label = Assert.Single(Some.Catalogue(Some.Quote("a", text)).Suggest("")).Text;
        Assert.True(label.Length <= Suggestion.MaxLength);
        Assert.DoesNotContain('\uFFFD', System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(label)));
    }

    [Fact]
    public void Suggest_AQuoteOfExactlyTheLimit_IsWhole()
    {
        var text = string.Concat(Enumerable.Repeat("word ", 19)) + "words";
        Assert.Equal(100, text.Length);
        Assert.Equal(text, Assert.Single(Some.Catalogue(Some.Quote("a", text)).Suggest("word")).Text);
    }
}
