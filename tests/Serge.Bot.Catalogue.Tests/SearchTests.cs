using CsCheck;

namespace Serge.Bot.Catalogue.Tests;

/// <summary>What <c>/quote search</c> finds.</summary>
public sealed class SearchTests
{
    private static readonly QuoteCatalogue Catalogue = Some.Catalogue(
        Some.Quote(
            "end",
            "[T]he end, far from justifying the means, commands its own means.",
            ["means-and-ends"],
            Some.Memoirs
        ),
        Some.Quote("truth", "I hold truth to be a precondition of moral health.", ["truth", "freedom"]),
        Some.Quote("sea", "The open sea’s edge has no signposts.", ["freedom"], context: "On his crossing to México."),
        Some.Quote("paper", "They met at L’Anarchie, a paper.", ["anarchism"], context: "The truth of his youth."),
        Some.Quote("ends", "We are at the ends of the earth; own it.", ["exile"])
    );

    [Theory]
    [InlineData("truth", "truth paper")] // the text before the context
    [InlineData("TRUTH", "truth paper")]
    [InlineData("tru", "truth paper")] // the last word may be incomplete
    [InlineData("truth moral", "truth")] // all words
    [InlineData("moral truth", "truth")] // in any order
    [InlineData("moral tru", "truth")]
    [InlineData("mor truth", "")] // only the last word may be incomplete
    [InlineData("freedom", "truth sea")] // a topic
    [InlineData("means-and-ends", "end")]
    [InlineData("revolutionary", "end")] // the title of the work
    [InlineData("mexico", "sea")] // accents
    [InlineData("méxico", "sea")]
    [InlineData("MÉXICO crossing", "sea")]
    [InlineData("sea's edge", "sea")] // apostrophes of either kind
    [InlineData("sea’s edge", "sea")]
    [InlineData("seas edge", "sea")]
    [InlineData("sea edge", "sea")]
    [InlineData("anarchie", "paper")] // after an apostrophe
    [InlineData("l'anarchie", "paper")]
    [InlineData("lanarch", "paper")]
    [InlineData("end", "end ends")] // the whole word before the beginning
    [InlineData("ends", "ends end")] // the text before the topic
    [InlineData("own means", "end")] // as a phrase
    [InlineData("\"own means\"!", "end")] // marks are ignored
    [InlineData("the", "end sea ends paper")] // "the" before "they"
    [InlineData("nowhere", "")]
    [InlineData("truth nowhere", "")]
    [InlineData("", "end truth sea paper ends")]
    [InlineData("  … ", "end truth sea paper ends")]
    public void Search_Words_FindsTheQuotesThatContainThemAllBestFirst(string words, string expected) =>
        Assert.Equal(expected, string.Join(' ', Catalogue.Search(words).Select(static quote => quote.Id)));

    [Theory]
    [InlineData("", "freedom", "truth sea")]
    [InlineData("sea", "freedom", "sea")]
    [InlineData("sea", "exile", "")]
    [InlineData("", "no-such-topic", "")]
    [InlineData("truth", "truth", "truth")]
    public void Search_WithATopic_FindsOnlyItsQuotes(string words, string topic, string expected) =>
        Assert.Equal(expected, string.Join(' ', Catalogue.Search(words, topic).Select(static quote => quote.Id)));

    [Fact]
    public void Search_AdjacentWords_RankFirst()
    {
        var catalogue = Some.Catalogue(
            Some.Quote("apart", "Power will always, in the end, turn against the people."),
            Some.Quote("together", "They gave power to the people in the end.")
        );
        Assert.Equal(["together", "apart"], catalogue.Search("the people in the end").Select(static quote => quote.Id));
        Assert.Equal("together", catalogue.Search("power to the peop")[0].Id);
    }

    [Fact]
    public void Search_MoreThanTheLimit_IsTheBestOfThem()
    {
        Assert.Equal(["end"], Catalogue.Search("end", limit: 1).Select(static quote => quote.Id));
        Assert.Equal(["end", "truth"], Catalogue.Search("", limit: 2).Select(static quote => quote.Id));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Catalogue.Search("end", limit: 0));
    }

    [Fact]
    public void Search_MoreWordsThanTheLimit_UsesTheFirst()
    {
        var typed = string.Concat(Enumerable.Repeat("sea ", QuoteCatalogue.MaxSearchWords));
        Assert.Equal("sea", Assert.Single(Catalogue.Search(typed + "nowhere")).Id);
        Assert.Empty(Catalogue.Search(typed[4..] + "nowhere"));
    }

    [Fact]
    public void Search_AnyText_NeverThrows() =>
        Gen.String.Sample(static typed =>
        {
            Assert.NotNull(Catalogue.Search(typed));
            Assert.NotNull(Catalogue.SuggestQuotes(typed));
            Assert.NotNull(Catalogue.SuggestTopics(typed));
        });

    [Fact]
    public void Search_AmongThousandsOfQuotes_AllocatesNoMoreThanItsAnswer()
    {
        var words = Catalogue.Quotes.SelectMany(static quote => FoldedText.GetWords(quote.Text)).ToList();
        var large = Some.Catalogue([
            .. Enumerable
                .Range(0, 2_000)
                .Select(i =>
                    Some.Quote(
                        $"q-{i}",
                        string.Join(' ', Enumerable.Range(0, 20).Select(j => words[((i * 7) + (j * j)) % words.Count]))
                    )
                ),
        ]);
        _ = large.Search("the sea");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            _ = large.Search("the sea");
        }

        // Allocated are the words of the search, the heap of the best results and the list of 25. A table of the size
        // of the catalogue would need 24,000 bytes.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 0, 8_000);
    }

    [Fact]
    public void Search_AnEmptyCatalogue_FindsNothing() =>
        Assert.Empty(Some.Catalogue(Array.Empty<Quote>()).Search("end"));

    [Fact]
    public void SuggestQuotes_WhileTyping_AreThoseThatTheSearchFinds() =>
        Assert.Equal([new("sea", "The open sea’s edge has no signposts.")], Catalogue.SuggestQuotes("open s"));

    [Theory]
    [InlineData("salt", "text text-begun topic topic-begun work work-begun context context-begun")]
    [InlineData("sal", "text text-begun topic topic-begun work work-begun context context-begun")]
    public void Search_AWord_RanksTheTextBeforeTopicsTheWorkAndTheContext(string typed, string expected)
    {
        // From the lowest to the highest rank in the order of the file; the order of equal ranks is reversed below.
        Quote[] quotes =
        [
            Some.Quote("context-begun", context: "Of salts."),
            Some.Quote("context", context: "Of salt."),
            Some.Quote("work-begun", work: Some.Memoirs with { Title = "Salts" }),
            Some.Quote("work", work: Some.Memoirs with { Title = "Salt" }),
            Some.Quote("topic-begun", topics: ["sea", "salts"]),
            Some.Quote("topic", topics: ["sea", "salt"]),
            Some.Quote("text-begun", "All salts."),
            Some.Quote("text", "All salt."),
        ];
        string[] ranks = expected.Split(' ');
        if (typed == "sal")
        {
            // Neither is a whole word now, so the order of the file decides within a field.
            ranks = [.. ranks.Chunk(2).SelectMany(static pair => pair.Reverse())];
        }

        Assert.Equal(ranks, Some.Catalogue(quotes).Search(typed).Select(static quote => quote.Id));
    }

    /// <summary>The rank of each quote, computed from every word of every quote.</summary>
    [Fact]
    public void Search_AnyWords_RanksAsTheRulesSay()
    {
        var word = Gen.OneOf("a", "ab", "abc", "b", "ba", "Éa", "c’d");
        var quote = Gen.Select(word.Array[0, 5], word.Array[1, 2], word.Array[0, 2], word.Array[0, 2]);
        Gen.Select(quote.Array[0, 12], word.Array[1, 3], Gen.Int[1, 13])
            .Sample(
                static (entries, typed, limit) =>
                {
                    var catalogue = Some.Catalogue([
                        .. entries.Select(
                            static (entry, i) =>
                                Some.Quote(
                                    $"q{i}",
                                    string.Join(' ', entry.Item1),
                                    entry.Item2,
                                    Some.Memoirs with
                                    {
                                        Title = string.Join(' ', entry.Item3),
                                    },
                                    context: string.Join(' ', entry.Item4)
                                )
                        ),
                    ]);
                    var words = string.Join(' ', typed);
                    Assert.Equal(
                        catalogue
                            .Quotes.Select(quote => (quote.Id, Rank: Rank(quote, FoldedText.GetWords(words))))
                            .Where(static ranked => ranked.Rank is not null)
                            .OrderByDescending(static ranked => ranked.Rank)
                            .Select(static ranked => ranked.Id)
                            .Take(limit),
                        catalogue.Search(words, limit: limit).Select(static quote => quote.Id)
                    );
                },
                iter: 300
            );
    }

    /// <summary>The score of a quote; null when it lacks a word.</summary>
    private static int? Rank(Quote quote, List<string> typed)
    {
        (string Text, int Weight)[] fields =
        [
            (quote.Text, 8),
            (string.Join(' ', quote.Topics), 6),
            (quote.Work!.Title, 4),
            (quote.Context!, 2),
        ];
        int? WeightOf(string word) =>
            fields
                .Where(field => FoldedText.GetWordsAndParts(field.Text).Contains(word))
                .Select(static field => (int?)field.Weight)
                .FirstOrDefault();

        var words = fields.SelectMany(static field => FoldedText.GetWordsAndParts(field.Text)).Distinct().ToList();
        var scores = typed.Select(
            (word, i) =>
                i < typed.Count - 1
                    ? WeightOf(word) + 1
                    : words
                        .Where(held => held.StartsWith(word, StringComparison.Ordinal))
                        .Max(held => WeightOf(held) + (held == word ? 1 : 0))
        );
        var isPhrase =
            typed.Count > 1
            && $" {string.Join(' ', FoldedText.GetWords(quote.Text))} ".Contains(
                " " + string.Join(' ', typed),
                StringComparison.Ordinal
            );
        return scores.Aggregate((int?)(isPhrase ? 1000 : 0), static (sum, score) => sum + score);
    }

    /// <summary>The index finds the same quotes as a search without it.</summary>
    [Fact]
    public void Search_AnyWords_FindsWhatReadingEveryQuoteFinds()
    {
        var word = Gen.OneOf("a", "ab", "abc", "b", "ba", "Éa", "c’d");
        var quote = Gen.Select(word.Array[0, 6], word.Array[1, 2]);
        Gen.Select(quote.Array[0, 12], word.Array[0, 3])
            .Sample(
                static (entries, words) =>
                {
                    var catalogue = Some.Catalogue([
                        .. entries.Select(
                            static (entry, i) => Some.Quote($"q{i}", string.Join(' ', entry.Item1), entry.Item2)
                        ),
                    ]);
                    var typed = string.Join(' ', words);
                    var folded = FoldedText.GetWords(typed);
                    var expected = catalogue.Quotes.Where(q =>
                    {
                        var held = FoldedText.GetWordsAndParts(q.Text + " " + string.Join(' ', q.Topics));
                        return folded
                            .Select(
                                (w, i) =>
                                    held.Exists(h =>
                                        i == folded.Count - 1 ? h.StartsWith(w, StringComparison.Ordinal) : h == w
                                    )
                            )
                            .All(static is_ => is_);
                    });
                    Assert.Equal(
                        expected.Select(static q => q.Id).Order(StringComparer.Ordinal),
                        catalogue.Search(typed).Select(static q => q.Id).Order(StringComparer.Ordinal)
                    );
                    // The order is stable.
                    Assert.Equal(catalogue.Search(typed), catalogue.Search(typed));
                    // The limit only truncates the result.
                    Assert.Equal(catalogue.Search(typed).Take(3), catalogue.Search(typed, limit: 3));
                }
            );
    }
}
