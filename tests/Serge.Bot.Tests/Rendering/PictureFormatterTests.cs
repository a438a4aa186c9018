namespace Serge.Bot.Tests.Rendering;

/// <summary>The words of pictures, and their description.</summary>
public sealed class PictureFormatterTests
{
    [Fact]
    public void Format_AQuotation_HasTheTitleOfTheWorkInItalics()
    {
        var quote = Some.Quote("All is within us.", fromMemoirs: true, written: "1942-08", context: "Context.") with
        {
            Note = "Note.",
        };

        var picture = PictureFormatter.Format(quote, Strings.English);

        var italic = Assert.Single(picture.Credit.SelectMany(line => line.Runs), run => run.IsItalic);
        Assert.Equal("Memoirs of a Revolutionary", italic.Text);
        Assert.Equal(
            """
            “All is within us.”
            Victor Serge, Memoirs of a Revolutionary, August 1942
            quoted by Guy Patrick Cunningham
            """,
            picture.Description
        );
    }

    [Fact]
    public void Format_AQuotationWithoutAWork_HasNoItalics()
    {
        var picture = PictureFormatter.Format(Some.Quote("He said “no”."), Strings.French);

        Assert.DoesNotContain(picture.Credit.SelectMany(line => line.Runs), run => run.IsItalic);
        Assert.Equal("He said “no”.\nVictor Serge\ncité par Guy Patrick Cunningham", picture.Description);
    }

    [Fact]
    public void Format_WordsInAWorkBySomebodyElse_NamesBothAuthors()
    {
        var work = Some.Memoirs with
        {
            Title = "Order Prevails",
            Author = "Rosa Luxemburg",
            Published = Some.Date("1919"),
        };
        var quote = Some.Quote("Words.") with
        {
            Author = "Karl Liebknecht",
            Speaker = "Karl Liebknecht",
            Work = work,
            Via = null,
        };

        var picture = PictureFormatter.Format(quote, Strings.English);

        Assert.Equal("“Words.”\nKarl Liebknecht, in Order Prevails by Rosa Luxemburg, 1919", picture.Description);
        var italic = Assert.Single(picture.Credit.SelectMany(line => line.Runs), run => run.IsItalic);
        Assert.Equal("Order Prevails", italic.Text);
    }

    [Fact]
    public void Format_WordsInAWorkByANameWithAVowel_ElidesInFrench()
    {
        var quote = Some.Quote("Words.") with
        {
            Author = "Alexander Berkman",
            Speaker = "Alexander Berkman",
            Work = Some.Memoirs with { Title = "Living My Life", Author = "Emma Goldman" },
            Via = null,
        };

        var picture = PictureFormatter.Format(quote, Strings.French);

        Assert.Equal("“Words.”\nAlexander Berkman, dans Living My Life d’Emma Goldman", picture.Description);
    }

    [Theory]
    [InlineData("1921-03", "March 1921")]
    [InlineData("1921", "1921")]
    public void Format_AnEventWithoutADay_DoesNotSayOnThisDay(string date, string title)
    {
        var picture = PictureFormatter.Format(
            Some.Event(date, "It happened.", sources: Some.Cunningham),
            Strings.English
        );

        Assert.Equal((null, title), (picture.Kicker, picture.Title));
    }

    [Theory]
    [InlineData(EventStatus.Sure, "")]
    [InlineData(EventStatus.Disputed, " (Sources differ: Others say May.)")]
    public void Format_AnEvent_HasItsDateAndItsSource(EventStatus status, string note)
    {
        var e = Some.Event("1933-02-01", "He is arrested.", status, "Others say May.", Some.Cunningham);

        var picture = PictureFormatter.Format(e, Strings.English);

        Assert.Equal(("On this day", "1 February 1933"), (picture.Kicker, picture.Title));
        Assert.StartsWith(
            $"On this day\n1 February 1933\nHe is arrested.{note}\nSource: ",
            picture.Description,
            StringComparison.Ordinal
        );
    }
}
