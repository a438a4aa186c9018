namespace Serge.Bot.Tests.Rendering;

/// <summary>A post may be exactly as long as its destination allows, and not one character longer.</summary>
public sealed class PostLengthTests
{
    private const string Attribution = "— Victor Serge, quoted by Guy Patrick Cunningham";
    private const int MastodonLimit = 500;

    private static readonly Destination Mastodon = Destinations.Mastodon;
    private static readonly Destination Discord = Some.Destination("discord:1");

    private readonly InstanceLimits _limits = new();

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Quote_AroundDiscordsLimit_IsPostedWholeUpToTheLimit(int excess, bool isPosted)
    {
        var expected = $"“{new string('w', 2000 + excess - Attribution.Length - 3)}”\n{Attribution}";

        Assert.Equal(isPosted ? expected : null, Renderer().Quote(Some.Quote(Quoted(expected)), Discord)?.Text);
    }

    [Fact]
    public void Quote_OnDiscord_CountsCodePoints()
    {
        var quote = Some.Quote(string.Concat(Enumerable.Repeat("𝔖", 2000 - Attribution.Length - 3)));
        var post = Renderer().Quote(quote, Discord)!;

        Assert.Equal((2000, 2000), Renderer().Measure(post, Discord));
        Assert.True(post.Text.Length > 3000);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task Quote_AroundTheMastodonServersLimit_IsPostedWholeUpToTheLimit(int excess, bool isPosted)
    {
        foreach (var limit in new[] { MastodonLimit, 1000 })
        {
            await SetLimitAsync(limit);
            var expected =
                $"“{Filler(limit + excess, $"“”\n{Attribution}\n#VictorSerge")}”\n{Attribution}\n#VictorSerge";

            Assert.Equal(isPosted ? expected : null, Renderer().Quote(Some.Quote(Quoted(expected)), Mastodon)?.Text);
        }
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Quote_OnMastodon_CountsTheWarningToo(int excess, bool isPosted)
    {
        const string Warning = "political violence";
        var text = Filler(MastodonLimit + excess, $"“”\n{Attribution}\n#VictorSerge{Warning}");
        var quote = Some.Quote(text, warning: Warning);

        Assert.Equal(isPosted, Renderer().Quote(quote, Mastodon) is not null);
        Assert.Equal(!isPosted, Renderer().TooLong(Catalogue(quote), Mastodon).Any());
    }

    /// <summary>The remarks that are ours are left out one after the other, and only when they must be.</summary>
    [Theory]
    [InlineData(0, "\n-# Context. Note.")]
    [InlineData(1, "\n-# Note.")]
    [InlineData(9, "\n-# Note.")]
    [InlineData(10, "")]
    [InlineData(18, "")]
    [InlineData(19, null)]
    public void Quote_TooLongWithItsRemarks_LosesTheContextBeforeTheNoteAndNeverAWord(int excess, string? remarks)
    {
        var whole = $"“”\n{Attribution}\n-# Context. Note.";
        var text = Filler(2000 + excess, whole);
        var quote = Some.Quote(text, context: "Context.") with { Note = "Note." };

        Assert.Equal(
            remarks is null ? null : $"“{text}”\n{Attribution}{remarks}",
            Renderer().Quote(quote, Discord)?.Text
        );
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 1)]
    public void Day_AroundTheLimit_HasAsManyWholeEventsAsFit(int excess, int count)
    {
        const string Rest = """
            On this day:
            7 November 1917: The Bolsheviks took power.
            7 November 1927: .
            Source: Jean Rière, Biographical Note
            #VictorSerge #OnThisDay
            """;
        Event[] events =
        [
            Some.Event("1917-11-07", "The Bolsheviks took power.", sources: Some.Riere),
            Some.Event("1927-11-07", $"{Filler(MastodonLimit + excess, Rest)}.", sources: Some.Riere),
        ];

        var post = Renderer().Day(events, Mastodon, out var shown)!;

        Assert.Equal(events.Take(count), shown);
        Assert.Equal(count == 2 ? 500 : 118, Renderer().Measure(post, Mastodon).Length);
    }

    [Fact]
    public void Day_WhoseFirstEventIsTooLong_IsNoPost()
    {
        Event[] events =
        [
            Some.Event("1917-11-07", new string('e', 500), sources: Some.Riere),
            Some.Event("1927-11-07", "The Opposition marched.", sources: Some.Riere),
        ];

        Assert.Null(Renderer().Day(events, Mastodon, out var shown));
        Assert.Empty(shown);
        Assert.NotNull(Renderer().Day(events, Discord, out _));
    }

    [Fact]
    public void TooLong_NamesTheQuotationsThatFitNowhere_WithTheirBarestLength()
    {
        Quote[] quotes =
        [
            Some.Quote(new string('a', 2000 - Attribution.Length - 3), "exactly", context: "Left out."),
            Some.Quote(new string('b', 2003 - Attribution.Length - 3), "longer", context: "Left out."),
            Some.Quote("Short.", "short"),
        ];

        Assert.Equal([(quotes[1], 2003, 2000)], Renderer().TooLong(Catalogue(quotes), Discord));
        Assert.Equal([(quotes[0], 2013, 500), (quotes[1], 2016, 500)], Renderer().TooLong(Catalogue(quotes), Mastodon));
    }

    [Fact]
    public async Task Measure_IsTheLengthAndTheLimitOfTheDestination()
    {
        var payload = new Payload { Text = "𝔖 e\u0301 https://example.org/a", Warning = "war" };

        Assert.Equal((26, 2000), Renderer().Measure(payload, Discord));
        Assert.Equal((3 + 4 + 23, 500), Renderer().Measure(payload, Mastodon));
        await SetLimitAsync(1000);
        Assert.Equal((30, 1000), Renderer().Measure(payload, Mastodon));
    }

    private static string Quoted(string post) => post[1..post.IndexOf('”', StringComparison.Ordinal)];

    /// <summary>As many letters as are missing to that length.</summary>
    private static string Filler(int length, string rest) => new('w', length - rest.Length);

    private static QuoteCatalogue Catalogue(params Quote[] quotes) => new(quotes, [], []);

    private Task SetLimitAsync(int limit) =>
        _limits.AskAsync(
            new FakeMastodon
            {
                Instance = new MastodonInstance { Version = "4.5.7", MaxCharacters = limit },
            },
            TestContext.Current.CancellationToken
        );

    private PostRenderer Renderer() =>
        new(new BotSettings { LedgerPath = "serge.db", TimeZone = TimeZoneInfo.Utc }, _limits);
}
