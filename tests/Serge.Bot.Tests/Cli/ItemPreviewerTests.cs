namespace Serge.Bot.Tests.Cli;

/// <summary>How a quotation or event would be posted on each platform.</summary>
public sealed class ItemPreviewerTests
{
    private static readonly BotSettings Both = new()
    {
        LedgerPath = "serge.db",
        TimeZone = TimeZoneInfo.Utc,
        Mastodon = Some.Mastodon(),
        Discord = Some.Discord(),
    };

    private static readonly PostRenderers Renderers = PostRenderers.Create(
        Both.MastodonPosts,
        new InstanceLimits(),
        () => Some.Author
    );

    [Fact]
    public void Preview_AQuotation_IsWhatEachPlatformWouldGet()
    {
        var quote = Some.Quote("A *word*.", warning: "violence");

        var preview = Previewer(Both).Preview(quote, Some.Catalogue(), withdrawnSince: null);

        Assert.Equal(["Mastodon", "Discord"], preview.Posts.Select(post => post.Platform));
        Assert.Equal(Renderers.Get(Destinations.Mastodon).Render(quote)!.Text, preview.Posts[0].Text);
        Assert.Equal(Renderers.Get(Some.Destination("discord:7")).Render(quote)!.Text, preview.Posts[1].Text);
        Assert.Equal(
            ("violence", "unlisted", "en", 500),
            (preview.Posts[0].Warning, preview.Posts[0].Visibility, preview.Posts[0].Language, preview.Posts[0].Limit)
        );
        Assert.Equal(
            (null, null, 2000),
            (preview.Posts[1].Warning, preview.Posts[1].Visibility, preview.Posts[1].Limit)
        );
        Assert.All(preview.Posts, post => Assert.Empty(post.Notes));
    }

    [Fact]
    public void Preview_AQuotationWhoseRemarkDoesNotFit_NotesThatItIsOmitted()
    {
        var preview = Previewer(Both)
            .Preview(
                Some.Quote(new string('x', 400), context: new string('y', 100)),
                Some.Catalogue(),
                withdrawnSince: null
            );

        Assert.Contains("omitted", Assert.Single(preview.Posts[0].Notes), StringComparison.Ordinal);
        Assert.DoesNotContain("yyy", preview.Posts[0].Text, StringComparison.Ordinal);
        Assert.Contains("yyy", preview.Posts[1].Text, StringComparison.Ordinal);
        Assert.Empty(preview.Posts[1].Notes);
    }

    [Fact]
    public void Preview_AQuotationTooLongForOnePlatform_HasItsLengthAndANote()
    {
        var preview = Previewer(Both).Preview(Some.Quote(new string('x', 600)), Some.Catalogue(), withdrawnSince: null);

        Assert.Null(preview.Posts[0].Text);
        Assert.True(preview.Posts[0].Length > 600);
        Assert.Contains("never posted there", Assert.Single(preview.Posts[0].Notes), StringComparison.Ordinal);
        Assert.NotNull(preview.Posts[1].Text);
    }

    [Theory]
    [InlineData(PostVisibility.Public, "public")]
    [InlineData(PostVisibility.Unlisted, "unlisted")]
    [InlineData(PostVisibility.Private, "private")]
    public void Preview_AQuotation_HasTheVisibilityOfTheSettings(PostVisibility visibility, string expected)
    {
        var settings = Both with { MastodonPosts = new MastodonPostSettings { Visibility = visibility } };

        Assert.Equal(
            [expected, null],
            Previewer(settings)
                .Preview(Some.Quote("Words."), Some.Catalogue(), withdrawnSince: null)
                .Posts.Select(post => post.Visibility)
        );
    }

    [Fact]
    public void Preview_WithoutCredentials_HasTheVisibilityOfTheSettings() =>
        Assert.Equal(
            "public",
            Previewer(
                    Both with
                    {
                        Mastodon = null,
                        MastodonPosts = new MastodonPostSettings { Visibility = PostVisibility.Public },
                    }
                )
                .Preview(Some.Quote("Words."), Some.Catalogue(), withdrawnSince: null)
                .Posts[0]
                .Visibility
        );

    [Fact]
    public void Preview_WithoutCredentials_MarksThePlatformAsOff() =>
        Assert.Equal(
            ["Mastodon (off)", "Discord (off)"],
            Previewer(Both with { Mastodon = null, Discord = null })
                .Preview(Some.Quote("Words."), Some.Catalogue(), withdrawnSince: null)
                .Posts.Select(post => post.Platform)
        );

    /// <summary>Each row: the date of an event, today, and the next day on which it is posted.</summary>
    [Theory]
    [InlineData("1933-02-01", "2027-02-01", "2027-02-01")]
    [InlineData("1933-02-01", "2027-02-02", "2028-02-01")]
    [InlineData("1933-02-01", "2028-02-02", "2029-02-01")] // the longest wait, 365 days
    [InlineData("1912-02-29", "2027-01-01", "2027-02-28")] // the year has no 29 February
    [InlineData("1912-02-29", "2028-01-01", "2028-02-29")]
    [InlineData("1919-01", "2027-01-01", null)]
    public void Preview_AnEvent_HasItsNextDay(string date, string today, string? expected)
    {
        var e = Some.Event(date, "Something happened.", sources: Some.Cunningham);

        var preview = Previewer(Both)
            .Preview(e, new QuoteCatalogue(Some.Author, [], [e], [Some.Cunningham]), Day(today), withdrawnSince: null);

        Assert.Equal(expected is null ? (DateOnly?)null : Day(expected), preview.Day);
        Assert.Equal(expected is null ? 0 : 2, preview.Posts.Count);
    }

    [Fact]
    public void Preview_AnEvent_IncludesTheOthersOfItsDay()
    {
        var (first, second) = (
            Some.Event("1919-02-01", "The first.", sources: Some.Cunningham),
            Some.Event("1933-02-01", "The second.", sources: Some.Cunningham)
        );

        var preview = Previewer(Both)
            .Preview(
                second,
                new QuoteCatalogue(Some.Author, [], [first, second], [Some.Cunningham]),
                Day("2027-01-01"),
                withdrawnSince: null
            );

        Assert.All(preview.Posts, post => Assert.Contains("The first.", post.Text, StringComparison.Ordinal));
        Assert.All(preview.Posts, post => Assert.Contains("The second.", post.Text, StringComparison.Ordinal));
    }

    /// <summary>The first event of its day may have <c>post: false</c>.</summary>
    [Fact]
    public void Preview_AnEvent_HasThePictureOfThePost()
    {
        var notPosted = Some.Event("1919-02-01", "The first.", sources: Some.Cunningham) with { IsPosted = false };
        var posted = Some.Event("1933-02-01", "The second.", sources: Some.Cunningham);
        QuoteCatalogue catalogue = new(Some.Author, [], [notPosted, posted], [Some.Cunningham]);

        var preview = Previewer(Both).Preview(posted, catalogue, Day("2027-01-01"), withdrawnSince: null);

        Assert.Contains("The second.", preview.Picture, StringComparison.Ordinal);
        Assert.DoesNotContain("The first.", preview.Picture, StringComparison.Ordinal);
    }

    [Fact]
    public void Preview_AnEventThatIsNeverPosted_HasNoPicture()
    {
        var tooLong = Some.Event("1919-02-01", new string('x', 3000), sources: Some.Cunningham);
        QuoteCatalogue catalogue = new(Some.Author, [], [tooLong], [Some.Cunningham]);

        var preview = Previewer(Both).Preview(tooLong, catalogue, Day("2027-01-01"), withdrawnSince: null);

        Assert.Null(preview.Picture);
    }

    [Fact]
    public void Preview_AnEventForWhichTheOthersLeaveNoSpace_HasANote()
    {
        var (first, second) = (
            Some.Event("1919-02-01", new string('x', 330), sources: Some.Cunningham),
            Some.Event("1933-02-01", $"The second. {new string('y', 60)}", sources: Some.Cunningham)
        );
        var catalogue = new QuoteCatalogue(Some.Author, [], [first, second], [Some.Cunningham]);

        var omitted = Previewer(Both).Preview(second, catalogue, Day("2027-01-01"), withdrawnSince: null).Posts[0];
        var complete = Previewer(Both).Preview(first, catalogue, Day("2027-01-01"), withdrawnSince: null).Posts[0];

        Assert.Null(omitted.Text);
        Assert.Contains("never posted there", Assert.Single(omitted.Notes), StringComparison.Ordinal);
        Assert.Contains(
            $"Omitted because the post would be too long: {second.Id}.",
            Assert.Single(complete.Notes),
            StringComparison.Ordinal
        );
    }

    private static ItemPreviewer Previewer(BotSettings settings) => new(settings, Renderers);

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
