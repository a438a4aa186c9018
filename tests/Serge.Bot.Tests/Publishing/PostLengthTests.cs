namespace Serge.Bot.Tests.Publishing;

/// <summary>A post may have exactly the maximum length of its platform, and not one character more.</summary>
public sealed class PostLengthTests
{
    private const string Attribution = "— Victor Serge, quoted by Guy Patrick Cunningham";
    private const int MastodonLimit = 500;

    private static readonly DiscordRenderer Discord = new();

    private readonly InstanceLimits _limits = new();
    private readonly MastodonRenderer _mastodon;

    public PostLengthTests() =>
        _mastodon = new MastodonRenderer(new MastodonPostSettings(), _limits, () => Some.Author);

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void RenderQuote_AroundTheLimitOfDiscord_IsCompleteUpToTheLimit(int excess, bool isPosted)
    {
        var expected = $"“{new string('w', 2000 + excess - Attribution.Length - 3)}”\n{Attribution}";

        var post = Discord.Render(Some.Quote(GetQuoted(expected)));

        Assert.Equal(isPosted ? expected : null, post?.Text);
    }

    [Fact]
    public void RenderQuote_OnDiscord_CountsCodePoints()
    {
        var quote = Some.Quote(string.Concat(Enumerable.Repeat("𝔖", 2000 - Attribution.Length - 3)));

        var post = Discord.Render(quote)!;

        Assert.Equal(new PostLength(2000, 2000), Discord.Measure(post));
        Assert.True(post.Text.Length > 3000);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task RenderQuote_AroundTheLimitOfTheMastodonServer_IsCompleteUpToTheLimit(int excess, bool isPosted)
    {
        foreach (var limit in new[] { MastodonLimit, 1000 })
        {
            await SetLimitAsync(limit);
            var words = Fill(limit + excess, $"“”\n\n{Attribution}\n\n#VictorSerge");
            var expected = $"“{words}”\n\n{Attribution}\n\n#VictorSerge";

            var post = _mastodon.Render(Some.Quote(GetQuoted(expected)));

            Assert.Equal(isPosted ? expected : null, post?.Text);
        }
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void RenderQuote_OnMastodon_CountsTheContentWarning(int excess, bool isPosted)
    {
        const string Warning = "political violence";
        var text = Fill(MastodonLimit + excess, $"“”\n\n{Attribution}\n\n#VictorSerge{Warning}");
        var quote = Some.Quote(text, warning: Warning);

        Assert.Equal(isPosted, _mastodon.Render(quote) is not null);
        Assert.Equal(!isPosted, _mastodon.FindTooLong(CatalogueOf(quote)).Any());
    }

    /// <summary>The bot's remarks are omitted one after the other, and only if they do not fit.</summary>
    [Theory]
    [InlineData(0, "\n-# Context. Note.")]
    [InlineData(1, "\n-# Note.")]
    [InlineData(9, "\n-# Note.")]
    [InlineData(10, "")]
    [InlineData(18, "")]
    [InlineData(19, null)]
    public void RenderQuote_TooLongWithRemarks_OmitsTheContextBeforeTheNoteAndNoWordOfTheQuotation(
        int excess,
        string? remarks
    )
    {
        var complete = $"“”\n{Attribution}\n-# Context. Note.";
        var text = Fill(2000 + excess, complete);
        var quote = Some.Quote(text, context: "Context.") with { Note = "Note." };

        var post = Discord.Render(quote);

        Assert.Equal(remarks is null ? null : $"“{text}”\n{Attribution}{remarks}", post?.Text);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 1)]
    public void RenderEvents_AroundTheLimit_HasAsManyCompleteEventsAsFit(int excess, int count)
    {
        const string Rest = """
            On this day:

            7 November 1917: The Bolsheviks took power.

            7 November 1927: .

            Source: Jean Rière

            #VictorSerge #OnThisDay
            """;
        Event[] events =
        [
            Some.Event("1917-11-07", "The Bolsheviks took power.", sources: Some.Riere),
            Some.Event("1927-11-07", $"{Fill(MastodonLimit + excess, Rest)}.", sources: Some.Riere),
        ];

        var rendered = _mastodon.Render(Some.DayContent("2026-11-07", events))!;

        Assert.Equal(events.Take(count), rendered.Shown);
        Assert.Equal(count == 2 ? 500 : 120, _mastodon.Measure(rendered.Payload).Length);
    }

    [Fact]
    public void RenderEvents_WhenTheFirstEventIsTooLong_IsNull()
    {
        Event[] events =
        [
            Some.Event("1917-11-07", new string('e', 500), sources: Some.Riere),
            Some.Event("1927-11-07", "The Opposition marched.", sources: Some.Riere),
        ];

        Assert.Null(_mastodon.Render(Some.DayContent("2026-11-07", events)));
        Assert.NotNull(Discord.Render(Some.DayContent("2026-11-07", events)));
    }

    [Fact]
    public void FindTooLong_ReturnsTheQuotationsThatDoNotFit_WithTheLengthOfTheirShortestVariant()
    {
        Quote[] quotes =
        [
            Some.Quote(new string('a', 2000 - Attribution.Length - 3), "exactly", context: "Omitted."),
            Some.Quote(new string('b', 2003 - Attribution.Length - 3), "longer", context: "Omitted."),
            Some.Quote("Short.", "short"),
        ];

        Assert.Equal([(quotes[1], new PostLength(2003, 2000))], Discord.FindTooLong(CatalogueOf(quotes)));
        Assert.Equal(
            [(quotes[0], new PostLength(2015, 500)), (quotes[1], new PostLength(2018, 500))],
            _mastodon.FindTooLong(CatalogueOf(quotes))
        );
    }

    [Fact]
    public async Task Measure_ReturnsTheLengthAndTheLimitOfThePlatform()
    {
        var payload = new Payload { Text = "𝔖 e\u0301 https://example.org/a", Warning = "war" };

        Assert.Equal(new PostLength(26, 2000), Discord.Measure(payload));
        Assert.Equal(new PostLength(3 + 4 + 23, 500), _mastodon.Measure(payload));
        await SetLimitAsync(1000);
        Assert.Equal(new PostLength(30, 1000), _mastodon.Measure(payload));
    }

    [Theory]
    [InlineData(499, true)]
    [InlineData(500, true)]
    [InlineData(501, false)]
    public void Fits_UpToTheLimit(int length, bool fits)
    {
        Payload payload = new() { Text = new string('w', length) };

        Assert.Equal(fits, new PostLength(length, 500).Fits);
        Assert.Equal(fits, _mastodon.Fits(payload));
    }

    private static string GetQuoted(string post) => post[1..post.IndexOf('”', StringComparison.Ordinal)];

    /// <summary>The number of letters that are missing to this length.</summary>
    private static string Fill(int length, string rest) => new('w', length - rest.Length);

    private static QuoteCatalogue CatalogueOf(params Quote[] quotes) => new(Some.Author, quotes, [], []);

    private Task SetLimitAsync(int limit)
    {
        MastodonInstance instance = new() { Version = "4.5.7", MaxCharacters = limit };
        return _limits.RefreshAsync(new FakeMastodon { Instance = instance }, TestContext.Current.CancellationToken);
    }
}
