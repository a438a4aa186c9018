using System.Globalization;
using CsCheck;

namespace Serge.Bot.Catalogue.Tests;

/// <summary>Which quotations a text contains, and how it differs from them.</summary>
public sealed class QuoteFinderTests
{
    private static readonly QuoteCatalogue Catalogue = Some.Catalogue(
        Some.Quote("end", "[T]he end, far from justifying the means, commands its own means."),
        Some.Quote("power", "Power exerts on those who exercise it a pernicious influence."),
        Some.Quote("party", "One can leave a Party!"),
        Some.Quote("dared", "the Bolsheviks are the ones who dared. And that’s all that counts."),
        Some.Quote(
            "voices",
            "He who speaks, he who writes is essentially someone speaking for all those who are voiceless, and each of us must come to terms with his own problem."
        )
    );

    [Theory]
    [InlineData("Power exerts on those who exercise it a pernicious influence.", "power: Exact")]
    [InlineData("I read: “Power exerts on those who exercise it a pernicious influence.” True!", "power: Exact")]
    [InlineData("Power exerts on those\nwho exercise it   a pernicious influence", "power: Exact")] // a line break
    [InlineData("the Bolsheviks are the ones who dared. And that's all that counts", "dared: Exact")] // typed marks
    [InlineData("[T]he end, far from justifying the means, commands its own means", "end: Exact")]
    [InlineData("The end, far from justifying the means, commands its own means", "end: SameWords")] // the bracket
    [InlineData("POWER EXERTS ON THOSE WHO EXERCISE IT A PERNICIOUS INFLUENCE", "power: SameWords")]
    [InlineData("power, exerts – on those who exercise it, a pernicious influence!", "power: SameWords")]
    [InlineData("One can leave a party", "party: SameWords")]
    [InlineData("“One can leave”", "party: Part")] // three words in quotation marks
    [InlineData("I say “on those who exercise it” – Serge", "power: Part")]
    [InlineData("«\u00A0on those who exercise it\u00A0» dit-il", "power: Part")]
    [InlineData("er sagt: „on those who exercise it“ und", "power: Part")]
    [InlineData("- ‘on those who exercise it’ -", "power: Part")]
    [InlineData("wow:\n> on those who exercise it\nreally", "power: Part")] // a separate line
    [InlineData("so is essentially someone speaking for all those who are voiceless now", "voices: Part")] // 10 words
    [InlineData("so I said that on those who exercise it they have an effect", "")] // four words in a sentence
    [InlineData("the end", "")]
    [InlineData("Power", "")]
    [InlineData("Liberty is the mother, not the daughter, of order.", "")]
    [InlineData("Власть оказывает пагубное влияние", "")]
    [InlineData("權力對行使它的人產生有害的影響", "")]
    [InlineData("!!! … —", "")]
    [InlineData("", "")]
    public void FindQuotesIn_Text_StatesHowItAgrees(string text, string expected) =>
        Assert.Equal(expected, Describe(Catalogue.FindQuotesIn(text)));

    [Theory]
    [InlineData("Power exerts on those who hold it a pernicious influence.", "who [exercise|hold] it")]
    [InlineData("Power exerts on those who exercise it an influence.", "it [a pernicious|an] influence.")]
    [InlineData("Power exerts those who exercise it a pernicious influence.", "exerts [on|] those")]
    [InlineData("Power exerts on all those who exercise it a pernicious influence.", "on [|all] those")]
    [InlineData("Power exerts on those who exercise it a pernicious effect.", "pernicious [influence.|effect.] ")]
    [InlineData("Rule exerts on those who exercise it a pernicious influence.", " [Power|Rule] exerts")]
    [InlineData(
        "Rule exerts on those who exercise it a bad influence.",
        " [Power|Rule] exerts; a [pernicious|bad] influence."
    )]
    [InlineData("one may leave a party", "One [can|may] leave")]
    [InlineData(
        "is essentially somebody speaking for all those that are voiceless",
        "essentially [someone|somebody] speaking; those [who|that] are" // a part
    )]
    public void FindQuotesIn_OtherWords_ShowsTheDifferences(string text, string expected)
    {
        var found = Assert.Single(Catalogue.FindQuotesIn(text));
        Assert.Equal(QuoteAgreement.Similar, found.Agreement);
        var differences = found.Differences.Select(d => $"{d.Before} [{d.Printed}|{d.Written}] {d.After}");
        Assert.Equal(expected, string.Join("; ", differences));
    }

    [Fact]
    public void FindQuotesIn_SeveralQuotations_FindsEachBestMatchFirst() =>
        Assert.Equal(
            "dared: Exact, power: Exact, party: Similar",
            Describe(
                Catalogue.FindQuotesIn(
                    """
                    "Power exerts on those who exercise it a pernicious influence."
                    One can leave the party, says he. And he said:
                    > the Bolsheviks are the ones who dared. And that’s all that counts.
                    """
                )
            )
        );

    [Fact]
    public void FindQuotesIn_TextOverTheLimit_ComparesItsBeginning()
    {
        var filler = new string('x', QuoteCatalogue.MaxComparedLength - 22);
        Assert.Equal("party: SameWords", Describe(Catalogue.FindQuotesIn($"{filler}\nOne can leave a party")));
        Assert.Empty(Catalogue.FindQuotesIn($"{filler}xxxxxxxxxxxxxxxxxxxxxx\nOne can leave a party"));
    }

    [Fact]
    public void FindQuotesIn_TextWhoseLimitIsWithinASurrogatePair_ShowsNoHalfOfIt()
    {
        const string Words = "\nPower exerts on those who exercise it a pernicious effect";
        var filler = new string('x', QuoteCatalogue.MaxComparedLength - 1 - Words.Length);

        var found = Assert.Single(Catalogue.FindQuotesIn($"{filler}{Words}🎈"));

        Assert.Equal("effect", Assert.Single(found.Differences).Written);
    }

    [Fact]
    public void FindQuotesIn_AnyText_NeverThrows() =>
        Gen.String.Sample(static text => Assert.NotNull(Catalogue.FindQuotesIn(text)));

    [Fact]
    public void FindQuotesIn_AnyPartOfAQuotationWithAnotherWord_FindsIt() =>
        Gen.Select(Gen.Int[0, 10], Gen.Int[10, 15], Gen.Int[0, 24])
            .Sample(
                static (start, length, changed) =>
                {
                    var words = Catalogue.FindQuote("voices")!.Text.Split(' ');
                    var part = words[start..Math.Min(words.Length, start + length)];
                    part[changed % part.Length] = "zebra";
                    var found = Catalogue.FindQuotesIn($"They wrote {string.Join(' ', part)} to me");
                    Assert.Equal("voices", Assert.Single(found).Quote.Id);
                }
            );

    [Fact]
    public void FindQuotesIn_AmongThousandsOfQuotations_IsBounded()
    {
        var quotes = Enumerable
            .Range(0, 2_000)
            .Select(static i =>
                Some.Quote(
                    $"q-{i}",
                    string.Create(CultureInfo.InvariantCulture, $"The end of the year {i} is in the sea.")
                )
            );
        var large = Some.Catalogue([.. quotes, Some.Quote("party", "One can leave a Party!")]);
        var message =
            string.Concat(Enumerable.Repeat("of the end of the year in the sea ", 100)) + "One can leave a party";
        Assert.Contains("party", large.FindQuotesIn(message).Select(static found => found.Quote.Id));
        Assert.InRange(large.FindQuotesIn(message).Count, 1, 12);
    }

    private static string Describe(IEnumerable<FoundQuote> found) =>
        string.Join(", ", found.Select(static item => $"{item.Quote.Id}: {item.Agreement}"));
}
