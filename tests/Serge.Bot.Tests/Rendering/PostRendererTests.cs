namespace Serge.Bot.Tests.Rendering;

/// <summary>What people see, to the letter.</summary>
public sealed class PostRendererTests
{
    private static readonly Destination Mastodon = Destinations.Mastodon;
    private static readonly Destination Discord = Some.Destination("discord:1");

    private readonly InstanceLimits _limits = new();

    [Fact]
    public void Quote_OnMastodon_IsWordsSourceAndTag() =>
        Assert.Equal(
            """
            “Revolution implies violence. All violence is dictatorial.”
            — Victor Serge, 1919, quoted by Guy Patrick Cunningham
            #VictorSerge
            """,
            Renderer()
                .Quote(
                    Some.Quote("Revolution implies violence. All violence is dictatorial.", written: "1919"),
                    Mastodon
                )!
                .Text
        );

    [Fact]
    public void Quote_OnDiscord_EscapesTheWordsAndSetsTheTitle() =>
        Assert.Equal(
            """
            “\[T\]he end, far from justifying the means, commands its own means.”
            — Victor Serge, *Memoirs of a Revolutionary*, quoted by Guy Patrick Cunningham
            -# Of the revolution.
            """,
            Renderer()
                .Quote(
                    Some.Quote(
                        "[T]he end, far from justifying the means, commands its own means.",
                        fromMemoirs: true,
                        context: "Of the revolution."
                    ),
                    Discord
                )!
                .Text
        );

    [Fact]
    public void Quote_WithMarksOfItsOwn_StandsWithoutOuterOnesWordForWord() =>
        Assert.StartsWith(
            "Lenin’s “proletarian Jacobinism,” with its detachment",
            Renderer().Quote(Some.Quote("Lenin’s “proletarian Jacobinism,” with its detachment"), Mastodon)!.Text,
            StringComparison.Ordinal
        );

    [Fact]
    public void Quote_WithAWarning_CarriesItWhereThePlatformHasOne()
    {
        var quote = Some.Quote("All violence is dictatorial.", warning: "political violence");

        Assert.Equal("political violence", Renderer().Quote(quote, Mastodon)!.Warning);
        Assert.Null(Renderer().Quote(quote, Discord)!.Warning);
    }

    [Fact]
    public void Quote_TooLongWithItsContext_GivesUpTheContextAndNotAWord()
    {
        var text = string.Concat(Enumerable.Repeat("Truth. ", 55)).Trim();
        var post = Renderer().Quote(Some.Quote(text, context: new string('c', 100)), Mastodon)!;

        Assert.Contains(text, post.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("ccc", post.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quote_TooLongForTheInstance_IsNotCutButLeftOut()
    {
        var quote = Some.Quote(new string('w', 450));

        Assert.Null(Renderer().Quote(quote, Mastodon));
        Assert.NotNull(Renderer().Quote(quote, Discord));
        await _limits.AskAsync(
            new FakeMastodon
            {
                Instance = new MastodonInstance { Version = "0.20", MaxCharacters = 5000 },
            },
            TestContext.Current.CancellationToken
        );
        Assert.NotNull(Renderer().Quote(quote, Mastodon));
    }

    [Fact]
    public void Day_WithOneEvent_NamesItsDateAndSource() =>
        Assert.Equal(
            """
            On this day, 1 February 1933: Serge dated his testament.
            Source: Cunningham, “The End Commands the Means”
            #VictorSerge #OnThisDay
            """,
            Renderer()
                .Day(
                    [Some.Event("1933-02-01", "Serge dated his testament.", sources: Some.Cunningham)],
                    Mastodon,
                    out _
                )!
                .Text
        );

    [Fact]
    public void Day_WithADisputedDate_SaysWhatIsDisputed() =>
        Assert.Equal(
            """
            On this day, 8 March 1933: Serge was arrested. (The date is disputed. Some say 9 March.)
            Source: Jean Rière, Biographical Note
            #VictorSerge #OnThisDay
            """,
            Renderer()
                .Day(
                    [
                        Some.Event(
                            "1933-03-08",
                            "Serge was arrested.",
                            EventStatus.Disputed,
                            "Some say 9 March.",
                            Some.Riere
                        ),
                    ],
                    Mastodon,
                    out _
                )!
                .Text
        );

    [Fact]
    public void Day_WithSeveralEvents_SharesOnePostInTheOrderGiven() =>
        Assert.Equal(
            """
            On this day:
            7 November 1917: The Bolsheviks took power.
            7 November 1927: The Opposition marched.
            Sources: Cunningham, “The End Commands the Means”; Jean Rière, Biographical Note
            #VictorSerge #OnThisDay
            """,
            Renderer()
                .Day(
                    [
                        Some.Event("1917-11-07", "The Bolsheviks took power.", sources: Some.Cunningham),
                        Some.Event("1927-11-07", "The Opposition marched.", sources: Some.Riere),
                    ],
                    Mastodon,
                    out _
                )!
                .Text
        );

    [Fact]
    public void Day_WithMoreThanFits_KeepsTheFirstOnesWhole()
    {
        var events = Enumerable
            .Range(1917, 9)
            .Select(year => Some.Event($"{year}-11-07", $"{new string('e', 80)}.", sources: Some.Riere))
            .ToArray();

        var post = Renderer().Day(events, Mastodon, out var shown)!;

        Assert.InRange(MastodonLength.Of(post.ToStatus(), _limits.Current), 400, 500);
        Assert.Equal(events.Take(shown.Count), shown);
        Assert.All(shown, e => Assert.Contains($"{e.Date.ToEnglish()}: {e.Text}", post.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Day_WithoutEvents_HasNothingToSay() => Assert.Null(Renderer().Day([], Mastodon, out _));

    /// <summary>The account's tags, those that the server asks for, and what stands below an event: four at most, and the server's never left out.</summary>
    [Theory]
    [InlineData("VictorSerge", "", "#VictorSerge #OnThisDay")]
    [InlineData("VictorSerge", "hachybots", "#VictorSerge #OnThisDay #hachybots")]
    [InlineData("VictorSerge,Books,History", "hachybots", "#VictorSerge #Books #History #hachybots")]
    [InlineData("VictorSerge,Bot", "bot", "#VictorSerge #OnThisDay #bot")] // never twice
    [InlineData("OnThisDay", "", "#OnThisDay")]
    [InlineData("A1,B2,C3,D4", "", "#A1 #B2 #C3 #D4")]
    public void Day_Tags_AreCappedAndKeepTheServers(string tags, string required, string expected)
    {
        var mastodon = Some.Mastodon() with
        {
            Tags = tags.Split(','),
            RequiredTags = required.Split(',', StringSplitOptions.RemoveEmptyEntries),
        };
        var renderer = new PostRenderer(
            new BotSettings
            {
                LedgerPath = "serge.db",
                TimeZone = TimeZoneInfo.Utc,
                Mastodon = mastodon,
            },
            _limits
        );

        var post = renderer.Day(
            [Some.Event("1933-02-01", "Serge dated his testament.", sources: Some.Cunningham)],
            Mastodon,
            out _
        )!;

        Assert.Equal(expected, post.Text.Split('\n')[^1]);
    }

    private PostRenderer Renderer() =>
        new(new BotSettings { LedgerPath = "serge.db", TimeZone = TimeZoneInfo.Utc }, _limits);
}
