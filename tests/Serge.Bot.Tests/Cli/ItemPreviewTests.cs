namespace Serge.Bot.Tests.Cli;

/// <summary>What <c>serge preview</c> says of a quotation and of an event.</summary>
public sealed class ItemPreviewTests
{
    private static readonly BotSettings Both = new()
    {
        LedgerPath = "serge.db",
        TimeZone = TimeZoneInfo.Utc,
        Mastodon = Some.Mastodon(),
        Discord = new DiscordSettings { Token = new Secret("x"), ApiAddress = new Uri("https://d.example/") },
    };

    private static readonly PostRenderer Renderer = new(Both, new InstanceLimits());

    [Fact]
    public void Quote_IsWhatEachPlatformWouldBeSent()
    {
        var quote = Some.Quote("A *word*.", warning: "violence");

        var preview = ItemPreview.Of(quote, Renderer, Both, withdrawnSince: null);

        Assert.Equal(["Mastodon", "Discord"], preview.Posts.Select(post => post.Platform));
        Assert.Equal(Renderer.Quote(quote, Destinations.Mastodon)!.Text, preview.Posts[0].Text);
        Assert.Equal(Renderer.Quote(quote, Some.Destination("discord:7"))!.Text, preview.Posts[1].Text);
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
    public void Quote_WhoseRemarkDoesNotFit_SaysThatItIsLeftOut()
    {
        var preview = ItemPreview.Of(
            Some.Quote(new string('x', 400), context: new string('y', 100)),
            Renderer,
            Both,
            withdrawnSince: null
        );

        Assert.Contains("left out", Assert.Single(preview.Posts[0].Notes), StringComparison.Ordinal);
        Assert.DoesNotContain("yyy", preview.Posts[0].Text, StringComparison.Ordinal);
        Assert.Contains("yyy", preview.Posts[1].Text, StringComparison.Ordinal);
        Assert.Empty(preview.Posts[1].Notes);
    }

    [Fact]
    public void Quote_TooLongForOnePlatform_SaysHowLongAndThatItIsNeverPostedThere()
    {
        var preview = ItemPreview.Of(Some.Quote(new string('x', 600)), Renderer, Both, withdrawnSince: null);

        Assert.Null(preview.Posts[0].Text);
        Assert.True(preview.Posts[0].Length > 600);
        Assert.Contains("never posted there", Assert.Single(preview.Posts[0].Notes), StringComparison.Ordinal);
        Assert.NotNull(preview.Posts[1].Text);
    }

    [Theory]
    [InlineData(PostVisibility.Public, "public")]
    [InlineData(PostVisibility.Unlisted, "unlisted")]
    [InlineData(PostVisibility.Private, "private")]
    public void Quote_HasTheVisibilityOfTheSettings(MastodonVisibility visibility, string expected)
    {
        var settings = Both with { Mastodon = Both.Mastodon! with { Visibility = visibility } };

        Assert.Equal(
            [expected, null],
            ItemPreview
                .Of(Some.Quote("Words."), Renderer, settings, withdrawnSince: null)
                .Posts.Select(post => post.Visibility)
        );
    }

    [Fact]
    public void Quote_WithoutCredentials_IsUnlisted() =>
        Assert.Equal(
            "unlisted",
            ItemPreview
                .Of(Some.Quote("Words."), Renderer, Both with { Mastodon = null }, withdrawnSince: null)
                .Posts[0]
                .Visibility
        );

    [Fact]
    public void Quote_WithoutCredentials_SaysThatThePlatformIsOff() =>
        Assert.Equal(
            ["Mastodon (off)", "Discord (off)"],
            ItemPreview
                .Of(Some.Quote("Words."), Renderer, Both with { Mastodon = null, Discord = null }, withdrawnSince: null)
                .Posts.Select(post => post.Platform)
        );

    /// <summary>Each row: a date of an event, today, and the next day it is posted on.</summary>
    [Theory]
    [InlineData("1933-02-01", "2027-02-01", "2027-02-01")]
    [InlineData("1933-02-01", "2027-02-02", "2028-02-01")]
    [InlineData("1933-02-01", "2028-02-02", "2029-02-01")] // the longest wait, 365 days
    [InlineData("1912-02-29", "2027-01-01", "2027-02-28")] // no such day that year
    [InlineData("1912-02-29", "2028-01-01", "2028-02-29")]
    [InlineData("1919-01", "2027-01-01", null)]
    public void Event_NamesItsNextDay(string date, string today, string? expected)
    {
        var e = Some.Event(date, "Something happened.", sources: Some.Cunningham);

        var preview = ItemPreview.Of(
            e,
            new QuoteCatalogue([], [e], [Some.Cunningham]),
            Renderer,
            Both,
            Day(today),
            withdrawnSince: null
        );

        Assert.Equal(expected is null ? null : Day(expected), preview.Day);
        Assert.Equal(expected is null ? 0 : 2, preview.Posts.Count);
    }

    [Fact]
    public void Event_IsShownWithThoseThatShareItsDay()
    {
        var (first, second) = (
            Some.Event("1919-02-01", "The first.", sources: Some.Cunningham),
            Some.Event("1933-02-01", "The second.", sources: Some.Cunningham)
        );

        var preview = ItemPreview.Of(
            second,
            new QuoteCatalogue([], [first, second], [Some.Cunningham]),
            Renderer,
            Both,
            Day("2027-01-01"),
            withdrawnSince: null
        );

        Assert.All(preview.Posts, post => Assert.Contains("The first.", post.Text, StringComparison.Ordinal));
        Assert.All(preview.Posts, post => Assert.Contains("The second.", post.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Event_ThatTheOthersLeaveNoRoomFor_SaysSo()
    {
        var (first, second) = (
            Some.Event("1919-02-01", new string('x', 330), sources: Some.Cunningham),
            Some.Event("1933-02-01", $"The second. {new string('y', 60)}", sources: Some.Cunningham)
        );
        var catalogue = new QuoteCatalogue([], [first, second], [Some.Cunningham]);

        var crowdedOut = ItemPreview
            .Of(second, catalogue, Renderer, Both, Day("2027-01-01"), withdrawnSince: null)
            .Posts[0];
        var crowding = ItemPreview.Of(first, catalogue, Renderer, Both, Day("2027-01-01"), withdrawnSince: null).Posts[
            0
        ];

        Assert.Null(crowdedOut.Text);
        Assert.Contains("never posted there", Assert.Single(crowdedOut.Notes), StringComparison.Ordinal);
        Assert.Contains($"does not say {second.Id}", Assert.Single(crowding.Notes), StringComparison.Ordinal);
    }

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
