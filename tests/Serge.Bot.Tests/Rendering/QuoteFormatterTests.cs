namespace Serge.Bot.Tests.Rendering;

/// <summary>The exact text of quotations with their attribution and our remarks.</summary>
public sealed class QuoteFormatterTests
{
    [Theory]
    [InlineData(null, null, "", "", "")]
    [InlineData("Context.", null, "\n-# Context.", "", "")]
    [InlineData(null, "Note.", "\n-# Note.", "\n-# Note.", "")]
    [InlineData("Context.", "Note.", "\n-# Context. Note.", "\n-# Note.", "")]
    public void GetVariants_OmitTheContextFirstAndThenTheNote(
        string? context,
        string? note,
        string complete,
        string withoutContext,
        string withoutRemarks
    )
    {
        var quote = Some.Quote("Words.", context: context) with { Note = note };
        const string Words = "“Words.”\n— Victor Serge, quoted by Guy Patrick Cunningham";

        Assert.Equal(
            [Words + complete, Words + withoutContext, Words + withoutRemarks],
            QuoteFormatter.GetVariants(quote, Markup.Discord, Strings.English)
        );
        Assert.Equal(Words + complete, QuoteFormatter.Format(quote, Markup.Discord, Strings.English));
    }

    [Fact]
    public void Format_WithWorkAndDate_NamesThemInTheReadersLanguage()
    {
        var quote = Some.Quote("All is *within* us.", fromMemoirs: true, written: "1942-08") with
        {
            Note = "Of *1942*.",
        };

        Assert.Equal(
            """
            “All is *within* us.”
            — Victor Serge, Memoirs of a Revolutionary, August 1942, quoted by Guy Patrick Cunningham
            Of *1942*.
            """,
            QuoteFormatter.Format(quote, Markup.Plain, Strings.English)
        );
        Assert.Equal(
            """
            “All is \*within\* us.”
            — Victor Serge, *Memoirs of a Revolutionary*, août 1942, cité par Guy Patrick Cunningham
            -# Of \*1942\*.
            """,
            QuoteFormatter.Format(quote, Markup.Discord, Strings.French)
        );
    }

    [Fact]
    public void Format_WithAnEssayWithoutAnAuthor_NamesItsTitle()
    {
        var quote = Some.Quote("Words.") with { Via = Some.Cunningham with { Author = null, Title = "A [title]" } };

        Assert.Equal(
            "“Words.”\n— Victor Serge, quoted by A \\[title\\]",
            QuoteFormatter.Format(quote, Markup.Discord, Strings.English)
        );
    }

    [Theory]
    [InlineData("Words.", "“Words.”")]
    [InlineData("He said “no.”", "He said “no.”")]
    [InlineData("He said \"no.\"", "“He said \"no.\"”")]
    [InlineData("Only a closing” one", "“Only a closing” one”")]
    public void AddQuotationMarks_AddsQuotationMarksIfTheTextHasNone(string words, string marked) =>
        Assert.Equal(marked, QuoteFormatter.AddQuotationMarks(words));
}
