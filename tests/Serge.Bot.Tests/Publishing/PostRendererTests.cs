namespace Serge.Bot.Tests.Publishing;

/// <summary>The exact text of posts on each platform.</summary>
public sealed class PostRendererTests
{
    private static readonly DiscordRenderer Discord = new();

    private readonly InstanceLimits _limits = new();
    private readonly MastodonRenderer _mastodon;

    public PostRendererTests() =>
        _mastodon = new MastodonRenderer(new MastodonPostSettings(), _limits, () => Some.Author);

    [Fact]
    public void RenderQuote_OnMastodon_IsTextAttributionAndTag()
    {
        var quote = Some.Quote("Revolution implies violence. All violence is dictatorial.", written: "1919");

        Assert.Equal(
            """
            “Revolution implies violence. All violence is dictatorial.”

            — Victor Serge, 1919, quoted by Guy Patrick Cunningham in “The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary”

            #VictorSerge
            """,
            _mastodon.Render(quote)!.Text
        );
    }

    [Fact]
    public void Render_OnMastodonWithASite_LinksToThePage()
    {
        MastodonPostSettings settings = new() { SiteAddress = new Uri("https://quotes.example/serge/") };
        MastodonRenderer mastodon = new(settings, _limits, () => Some.Author);
        var quote = Some.Quote("Words.") with { Id = "words" };
        var known = Some.Event("1890-12-30", "He was born.");
        var other = Some.Event("1920-12-30", "He left.");

        Assert.Contains(
            "\n\nhttps://quotes.example/serge/quote/words/\n\n#",
            mastodon.Render(quote)!.Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "\n\nhttps://quotes.example/serge/event/event-of-1890-12-30/\n\n#",
            Day(known),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "\n\nhttps://quotes.example/serge/day/12-30/\n\n#",
            Day(known, other),
            StringComparison.Ordinal
        );

        string Day(params Event[] events) => mastodon.Render(Some.DayContent("2027-12-30", events))!.Payload.Text;
    }

    [Fact]
    public void RenderQuote_OnDiscord_EscapesTheTextAndEmphasizesTheTitle()
    {
        var quote = Some.Quote(
            "[T]he end, far from justifying the means, commands its own means.",
            fromMemoirs: true,
            context: "Of the revolution."
        );

        Assert.Equal(
            """
            “\[T\]he end, far from justifying the means, commands its own means.”
            — Victor Serge, *Memoirs of a Revolutionary*, quoted by Guy Patrick Cunningham in “The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary”
            -# Of the revolution.
            """,
            Discord.Render(quote)!.Text
        );
    }

    [Fact]
    public void RenderQuote_WithQuotationMarksInItsText_AddsNone()
    {
        var quote = Some.Quote("Lenin’s “proletarian Jacobinism,” with its detachment");

        Assert.StartsWith(
            "Lenin’s “proletarian Jacobinism,” with its detachment",
            _mastodon.Render(quote)!.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void RenderQuote_WithAContentWarning_HasItWhereThePlatformSupportsIt()
    {
        var quote = Some.Quote("All violence is dictatorial.", warning: "political violence");

        Assert.Equal("political violence", _mastodon.Render(quote)!.Warning);
        Assert.StartsWith("“All violence", _mastodon.Render(quote)!.Text, StringComparison.Ordinal);
        Assert.Null(Discord.Render(quote)!.Warning);
        Assert.StartsWith(
            "(Content warning: political violence) ||“All violence is dictatorial.”||\n— Victor Serge",
            Discord.Render(quote)!.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void RenderQuote_TooLongWithItsContext_OmitsTheContextAndNoWordOfTheQuotation()
    {
        var text = string.Concat(Enumerable.Repeat("Truth. ", 55)).Trim();

        var post = _mastodon.Render(Some.Quote(text, context: new string('c', 100)))!;

        Assert.Contains(text, post.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("ccc", post.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RenderQuote_TooLongForTheServer_IsNullAndNotShortened()
    {
        var quote = Some.Quote(new string('w', 450));

        Assert.Null(_mastodon.Render(quote));
        Assert.NotNull(Discord.Render(quote));
        MastodonInstance larger = new() { Version = "0.20", MaxCharacters = 5000 };
        await _limits.RefreshAsync(new FakeMastodon { Instance = larger }, TestContext.Current.CancellationToken);
        Assert.NotNull(_mastodon.Render(quote));
    }

    [Fact]
    public void RenderEvents_WithOneEvent_HasItsDateAndSource() =>
        Assert.Equal(
            """
            On this day, 1 February 1933: Serge dated his testament.

            Source: Cunningham, “The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary”

            #VictorSerge #OnThisDay
            """,
            RenderText(Some.Event("1933-02-01", "Serge dated his testament.", sources: Some.Cunningham))
        );

    [Fact]
    public void RenderEvents_WithADisputedDate_StatesWhatIsDisputed() =>
        Assert.Equal(
            """
            On this day, 8 March 1933: Serge was arrested. (Sources differ: Some say 9 March.)

            Source: Jean Rière, Biographical Note

            #VictorSerge #OnThisDay
            """,
            RenderText(
                Some.Event("1933-03-08", "Serge was arrested.", EventStatus.Disputed, "Some say 9 March.", Some.Riere)
            )
        );

    [Fact]
    public void RenderEvents_WithSeveralEvents_IsOnePostInTheGivenOrder() =>
        Assert.Equal(
            """
            On this day:

            7 November 1917: The Bolsheviks took power.

            7 November 1927: The Opposition marched.

            Sources: Cunningham, “The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary”; Jean Rière, Biographical Note

            #VictorSerge #OnThisDay
            """,
            RenderText(
                Some.Event("1917-11-07", "The Bolsheviks took power.", sources: Some.Cunningham),
                Some.Event("1927-11-07", "The Opposition marched.", sources: Some.Riere)
            )
        );

    [Fact]
    public void RenderEvents_WithMoreThanFit_HasTheFirstOnesComplete()
    {
        Event[] events =
        [
            .. Enumerable
                .Range(1917, 9)
                .Select(year => Some.Event($"{year}-11-07", $"{new string('e', 80)}.", sources: Some.Riere)),
        ];

        var (post, shown, _) = _mastodon.Render(Some.DayContent("2026-11-07", events))!;

        Assert.InRange(MastodonLength.Count(MastodonRenderer.ToStatus(post), _limits.Current), 400, 500);
        Assert.Equal(events.Take(shown.Count), shown);
        Assert.All(shown, e => Assert.Contains($"{e.Date.ToEnglish()}: {e.Text}", post.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void RenderEvents_WithoutEvents_IsNull()
    {
        Assert.Null(_mastodon.Render(Some.DayContent("2026-11-07")));
        Assert.Null(Discord.Render(Some.DayContent("2026-11-07")));
    }

    /// <summary>The tags of the account, of events, and those that the server requires: at most four. The tags of the
    /// server are never omitted.</summary>
    [Theory]
    [InlineData("VictorSerge", "", "#VictorSerge #OnThisDay")]
    [InlineData("VictorSerge", "hachybots", "#VictorSerge #OnThisDay #hachybots")]
    [InlineData("VictorSerge,Books,History", "hachybots", "#VictorSerge #Books #History #hachybots")]
    [InlineData("VictorSerge,Bot", "bot", "#VictorSerge #OnThisDay #bot")] // no duplicates
    [InlineData("OnThisDay", "", "#OnThisDay")]
    [InlineData("A1,B2,C3,D4", "", "#A1 #B2 #C3 #D4")]
    public void RenderEvents_Tags_AreAtMostFourAndIncludeTheRequiredOnes(string tags, string required, string expected)
    {
        var settings = Some.Mastodon() with
        {
            Tags = tags.Split(','),
            RequiredTags = required.Split(',', StringSplitOptions.RemoveEmptyEntries),
        };
        MastodonRenderer renderer = new(settings, _limits, () => Some.Author);
        var e = Some.Event("1933-02-01", "Serge dated his testament.", sources: Some.Cunningham);

        var post = renderer.Render(Some.DayContent("2026-11-07", e))!.Payload;

        Assert.Equal(expected, post.Text.Split('\n')[^1]);
    }

    [Fact]
    public void Renderers_ByDestination_HaveTheMarkupOfThePlatform()
    {
        var renderers = PostRenderers.Create(new MastodonPostSettings(), _limits, () => Some.Author);
        var mastodon = renderers.Get(Destinations.Mastodon);
        var discord = renderers.Get(Destinations.OfChannel(new ChannelId(1)));

        Assert.Equal(("mastodon", Markup.Plain), (mastodon.Platform, mastodon.Markup));
        Assert.Equal(("discord", Markup.Discord), (discord.Platform, discord.Markup));
    }

    [Theory]
    [InlineData(PostVisibility.Public, MastodonVisibility.Public)]
    [InlineData(PostVisibility.Unlisted, MastodonVisibility.Unlisted)]
    [InlineData(PostVisibility.Private, MastodonVisibility.Private)]
    [InlineData(PostVisibility.Direct, MastodonVisibility.Direct)]
    public void ToStatus_HasEverythingOfThePayload(PostVisibility visibility, MastodonVisibility expected)
    {
        Payload payload = new()
        {
            Text = "Text",
            Warning = "Warning",
            Language = "fr",
            Visibility = visibility,
        };

        var status = MastodonRenderer.ToStatus(payload);

        Assert.Equal(
            ("Text", "Warning", "fr", expected),
            (status.Text, status.Warning, status.Language, status.Visibility)
        );
    }

    private string RenderText(params Event[] events) =>
        _mastodon.Render(Some.DayContent("2026-11-07", events))!.Payload.Text;
}
