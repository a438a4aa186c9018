namespace Serge.Bot.Tests.Rendering;

/// <summary>The exact text about a day, from the complete to the shortest variant.</summary>
public sealed class DayFormatterTests
{
    private static readonly Source Almanac = Some.Riere with
    {
        Id = "almanac",
        Title = "An almanac of the whole of the twentieth century",
        Author = null,
        Url = new Uri("https://almanac.example/1927"),
    };

    private static readonly Source Essay = Some.Cunningham with { Label = "Cunningham’s essay" };

    private static readonly Quote Quote = Some.Quote("Words of that day.", "words");

    private static readonly Event March = Some.Event(
        "1927-11-07",
        "The Opposition marched.",
        EventStatus.Disputed,
        "Some say the 6th.",
        Almanac
    ) with
    {
        MentionedBy = [Essay],
    };

    /// <summary>Each variant omits one more part; the anniversary is omitted before the titles of sources.</summary>
    [Fact]
    public void GetVariants_OfOneEvent_LeaveOutOneThingAfterTheOther() =>
        Assert.Equal(
            [
                """
                A hundred years ago today, 7 November 1927: The Opposition marched. (Sources differ: Some say the 6th.)

                Source: An almanac of the whole of the twentieth century

                Mentioned by: Cunningham’s essay

                https://almanac.example/1927
                """,
                """
                A hundred years ago today, 7 November 1927: The Opposition marched. (Sources differ: Some say the 6th.)

                Source: An almanac of the whole of the twentieth century

                https://almanac.example/1927
                """,
                """
                A hundred years ago today, 7 November 1927: The Opposition marched. (Sources differ: Some say the 6th.)

                Source: An almanac of the whole of the twentieth century
                """,
                """
                A hundred years ago today, 7 November 1927: The Opposition marched. (Sources differ.)

                Source: An almanac of the whole of the twentieth century
                """,
                """
                On this day, 7 November 1927: The Opposition marched. (Sources differ.)

                Source: An almanac of the whole of the twentieth century
                """,
                """
                On this day, 7 November 1927: The Opposition marched. (Sources differ.)

                Source: almanac.example
                """,
            ],
            GetTexts(Some.DayContent("2027-11-07", March))
        );

    [Fact]
    public void GetVariants_OfSeveralEvents_ShortenAllBeforeTheLastEventIsLeftOut()
    {
        var other = Some.Event("1917-11-07", "The Bolsheviks took power.", sources: Some.Riere);
        DayFormatter formatter = new(Markup.Plain, Strings.English, new PageLinks(site: null));

        var variants = formatter.GetVariants(Some.DayContent("2028-11-07", other, March)).ToArray();

        Assert.Equal(
            """
            On this day:

            7 November 1917: The Bolsheviks took power.

            7 November 1927: The Opposition marched. (Sources differ.)

            Sources: Jean Rière; almanac.example
            """,
            variants.Last(variant => variant.Shown.Count == 2).Text
        );
        Assert.Equal([2, 1], variants.Select(variant => variant.Shown.Count).Distinct());
        Assert.All(variants, variant => Assert.Equal(other, variant.Shown[0]));
    }

    [Fact]
    public void GetVariants_OnDiscord_HaveSmallTypeAndNoBlankLines() =>
        Assert.Equal(
            """
            On this day, 7 November 1927: The Opposition marched. (Sources differ: Some say the 6th.)
            -# Source: An almanac of the whole of the twentieth century
            -# Mentioned by: Cunningham’s essay
            """,
            new DayFormatter(Markup.Discord, Strings.English)
                .GetVariants(Some.DayContent("2028-11-07", March))
                .First()
                .Text
        );

    [Fact]
    public void GetVariants_InFrench_HaveFrenchSeparators() =>
        Assert.Equal(
            """
            Ce jour-là :
            1er mai 1917 : One.
            1er mai 1927 : Two.
            -# Sources : Cunningham, « The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary » ; Jean Rière, Biographical Note
            """,
            Plain(
                new DayFormatter(Markup.Discord, Strings.French)
                    .GetVariants(
                        Some.DayContent(
                            "2028-05-01",
                            Some.Event("1917-05-01", "One.", sources: Some.Cunningham),
                            Some.Event("1927-05-01", "Two.", sources: Some.Riere)
                        )
                    )
                    .First()
                    .Text
            )
        );

    /// <summary>A source of the date is not named a second time as an essay that mentions the event.</summary>
    [Fact]
    public void GetVariants_OfAnEssayThatGivesTheDate_NameItOnce()
    {
        var known = Some.Event("1933-02-01", "One.", sources: Essay) with { MentionedBy = [Essay] };

        Assert.Equal(
            "On this day, 1 February 1933: One.\n\nSource: Cunningham’s essay",
            GetTexts(Some.DayContent("2027-02-01", known)).First()
        );
    }

    [Theory]
    [InlineData(
        "1927-11-07",
        "2027-11-07",
        "A hundred years ago today, 7 November 1927: One.",
        "Il y a cent ans aujourd’hui, le 7 novembre 1927 : One."
    )]
    [InlineData(
        "2017-11-07",
        "2027-11-07",
        "Ten years ago today, 7 November 2017: One.",
        "Il y a dix ans aujourd’hui, le 7 novembre 2017 : One."
    )]
    [InlineData(
        "1952-11-07",
        "2027-11-07",
        "Seventy-five years ago today, 7 November 1952: One.",
        "Il y a soixante-quinze ans aujourd’hui, le 7 novembre 1952 : One."
    )]
    [InlineData(
        "1902-11-07",
        "2027-11-07",
        "A hundred and twenty-five years ago today, 7 November 1902: One.",
        "Il y a cent vingt-cinq ans aujourd’hui, le 7 novembre 1902 : One."
    )]
    [InlineData(
        "1727-11-07",
        "2027-11-07",
        "300 years ago today, 7 November 1727: One.",
        "Il y a 300 ans aujourd’hui, le 7 novembre 1727 : One."
    )]
    [InlineData(
        "1928-11-07",
        "2027-11-07",
        "On this day, 7 November 1928: One.",
        "Ce jour-là, le 7 novembre 1928 : One."
    )]
    [InlineData(
        "2027-11-07",
        "2027-11-07",
        "On this day, 7 November 2027: One.",
        "Ce jour-là, le 7 novembre 2027 : One."
    )]
    [InlineData(
        "1912-02-29",
        "2022-02-28",
        "On this day, 29 February 1912: One.",
        "Ce jour-là, le 29 février 1912 : One."
    )]
    [InlineData(
        "1912-02-29",
        "2032-02-29",
        "A hundred and twenty years ago today, 29 February 1912: One.",
        "Il y a cent vingt ans aujourd’hui, le 29 février 1912 : One."
    )]
    public void Heading_OfARoundAnniversary_NamesIt(string date, string today, string english, string french)
    {
        var day = Some.DayContent(today, Some.Event(date, "One."));

        Assert.Equal(english, new DayFormatter(Markup.Plain, Strings.English).GetVariants(day).First().Text);
        Assert.Equal(french, Plain(new DayFormatter(Markup.Plain, Strings.French).GetVariants(day).First().Text));
    }

    [Fact]
    public void Heading_OfSeveralEvents_NamesTheRoundestAnniversary()
    {
        var day = Some.DayContent(
            "2027-11-07",
            Some.Event("1917-11-07", "A hundred and ten."),
            Some.Event("1927-11-07", "A hundred.")
        );

        Assert.StartsWith(
            "A hundred years ago today, 7 November 1927, and in other years:\n\n7 November 1917: ",
            GetTexts(day).First(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void GetVariants_WithAQuotation_HaveItFirstAndThenDoWithoutIt()
    {
        var day = CreateDayWithQuote();
        var variants = new DayFormatter(Markup.Plain, Strings.English, new PageLinks(site: null))
            .GetVariants(day)
            .ToArray();

        Assert.Equal(
            """
            On this day, 7 November 1927: The Opposition marched. (Sources differ: Some say the 6th.)

            “Words of that day.”

            — Victor Serge, quoted by Guy Patrick Cunningham

            Source: An almanac of the whole of the twentieth century
            """,
            variants.Last(variant => variant.Quote is not null).Text
        );
        Assert.Equal(Quote, variants[0].Quote);
        Assert.Null(variants[^1].Quote);
        Assert.DoesNotContain("Words", variants[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Warning_OfADay_IsThatOfAllThatIsShown()
    {
        var day = CreateDayWithQuote();
        var warned = day with
        {
            Events = [day.Events[0] with { Warning = "execution" }, day.Events[0] with { Warning = "Execution" }],
            Quotes = new Dictionary<string, Quote>
            {
                [day.Events[0].Id] = Quote with { Warning = "hunger, execution" },
            },
        };
        var variants = new DayFormatter(Markup.Plain, Strings.English).GetVariants(warned).ToArray();

        Assert.Equal("execution, hunger", variants[0].Warning);
        Assert.Equal("execution", variants[^1].Warning);
        Assert.Null(new DayText("Text", day.Events, Quote).Warning);
    }

    private static DayContent CreateDayWithQuote()
    {
        var marched = March with { Quote = Quote.Id };
        QuoteCatalogue catalogue = new(Some.Author, [Quote], [marched], []);
        return catalogue.GetDayContent(new DateOnly(2028, 11, 7));
    }

    private static IEnumerable<string> GetTexts(DayContent day) =>
        new DayFormatter(Markup.Plain, Strings.English, new PageLinks(site: null))
            .GetVariants(day)
            .Select(variant => variant.Text);

    private static string Plain(string text) => text.Replace('\u00A0', ' ').Replace('\u202F', ' ');
}
