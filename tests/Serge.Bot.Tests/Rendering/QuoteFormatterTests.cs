namespace Serge.Bot.Tests.Rendering;

/// <summary>The exact text of quotations with their attribution and the bot's remarks.</summary>
public sealed class QuoteFormatterTests
{
    private const string Essay = " in “The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary”";

    /// <summary>The title of the essay is omitted before the context, and the context before the note.</summary>
    [Fact]
    public void GetVariants_LeaveOutTheEssayTheContextAndLastTheNote()
    {
        var quote = Some.Quote("Words.", context: "Context.") with { Note = "Note." };
        const string Words = "“Words.”\n— Victor Serge, quoted by Guy Patrick Cunningham";

        Assert.Equal(
            [
                $"{Words}{Essay}\n-# Context. Note.",
                $"{Words}\n-# Context. Note.",
                $"{Words}{Essay}\n-# Note.",
                $"{Words}\n-# Note.",
                Words,
            ],
            QuoteFormatter.GetVariants(quote, Markup.Discord, Strings.English)
        );
        Assert.Equal(
            $"{Words}{Essay}\n-# Context. Note.",
            QuoteFormatter.Format(quote, Markup.Discord, Strings.English)
        );
        Assert.Equal($"{Words}\n-# Note.", QuoteFormatter.FormatBriefly(quote, Markup.Discord, Strings.English));
    }

    [Fact]
    public void GetVariants_WithALink_HaveTheAddressOfTheEssayOrOfTheWork()
    {
        var essay = Some.Cunningham with { Url = new Uri("https://essay.example/") };
        var work = Some.Memoirs with { Url = new Uri("https://work.example/") };
        var quote = Some.Quote("Words.") with { Via = essay, Work = work };

        Assert.EndsWith("\n\nhttps://essay.example/", WithLink(quote), StringComparison.Ordinal);
        Assert.EndsWith("\n\nhttps://work.example/", WithLink(quote with { Via = null }), StringComparison.Ordinal);
        Assert.DoesNotContain("http", WithLink(Some.Quote("Words.")), StringComparison.Ordinal);

        static string WithLink(Quote quote) =>
            QuoteFormatter.GetVariants(quote, Markup.Plain, Strings.English, new PageLinks(site: null)).First();
    }

    /// <summary>Without an essay in between, the date of the work is used for the words.</summary>
    [Theory]
    [InlineData("Rosa Luxemburg", null, null, "1919", "— Rosa Luxemburg, *Order Prevails in Berlin*, 1919")]
    [InlineData(
        "Rosa Luxemburg",
        null,
        "1919-01-14",
        "1951",
        "— Rosa Luxemburg, *Order Prevails in Berlin*, 14 January 1919"
    )]
    [InlineData("Rosa Luxemburg", "Rosa Luxemburg", null, null, "— Rosa Luxemburg, *Order Prevails in Berlin*")]
    [InlineData(
        "Victor Serge",
        "Victor Serge",
        null,
        "1919",
        "— Victor Serge, in *Order Prevails in Berlin* by Rosa Luxemburg, 1919"
    )]
    public void Format_AQuotationFromTheWorkItself_NamesItsAuthorTitleAndYear(
        string author,
        string? speaker,
        string? written,
        string? published,
        string credit
    )
    {
        var work = Some.Memoirs with
        {
            Title = "Order Prevails in Berlin",
            Author = "Rosa Luxemburg",
            Published = published is null ? null : Some.Date(published),
        };
        var quote = Some.Quote("Words.", written: written) with
        {
            Author = author,
            Speaker = speaker,
            Work = work,
            Via = null,
        };

        Assert.Equal($"“Words.”\n{credit}", QuoteFormatter.Format(quote, Markup.Discord, Strings.English));
    }

    [Fact]
    public void Format_AQuotationWithAContentWarning_IsHiddenOnDiscord() =>
        Assert.StartsWith(
            "(Content warning: hunger) ||“Words.”||\n— ",
            QuoteFormatter.Format(Some.Quote("Words.", warning: "hunger"), Markup.Discord, Strings.English),
            StringComparison.Ordinal
        );

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

            — Victor Serge, Memoirs of a Revolutionary, August 1942, quoted by Guy Patrick Cunningham in “The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary”

            Of *1942*.
            """,
            QuoteFormatter.Format(quote, Markup.Plain, Strings.English)
        );
        Assert.Equal(
            """
            “All is \*within\* us.”
            — Victor Serge, *Memoirs of a Revolutionary*, août 1942, cité par Guy Patrick Cunningham dans « The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary »
            -# Of \*1942\*.
            """,
            QuoteFormatter.Format(quote, Markup.Discord, Strings.French).Replace('\u00A0', ' ')
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
