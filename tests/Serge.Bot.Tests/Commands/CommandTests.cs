using Serge.Bot.Commands;
using Serge.Bot.Rendering;
using Serge.Bot.Tests.Support;

namespace Serge.Bot.Tests.Commands;

/// <summary>Each command as a member meets it.</summary>
public sealed class CommandTests : IDisposable
{
    private static readonly FakeTimeProvider Calendar = new(Some.At("2027-02-01 23:30"));

    private readonly TestCatalogue _catalogue = new();

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task Quote_WithoutOptions_IsAnyQuotationWithItsSourceForAllToSee()
    {
        var (text, ephemeral) = await AnswerAsync(Quote(), "quote");

        Assert.Contains("— Victor Serge", text, StringComparison.Ordinal);
        Assert.Contains("quoted by Guy Patrick Cunningham", text, StringComparison.Ordinal);
        Assert.False(ephemeral);
    }

    [Fact]
    public async Task Quote_AskedOften_GivesThemAll()
    {
        HashSet<string> seen = [];
        var quote = Quote();
        for (var n = 0; n < 100; n++)
        {
            seen.Add((await AnswerAsync(quote, "quote")).Text);
        }

        Assert.Equal(3, seen.Count);
    }

    [Theory]
    [InlineData("topic", "party", "One can leave a Party!")]
    [InlineData("topic", "Party", "One can leave a Party!")]
    [InlineData("search", "totalitarianism", "Totalitarianism is within us.")]
    [InlineData("search", "JUSTIFYING means", "commands its own means")]
    [InlineData("search", "within-us", "Totalitarianism is within us.")] // a suggestion that was picked arrives as its id
    [InlineData("id", "leave-a-party", "One can leave a Party!")]
    public async Task Quote_ByOption_IsTheOneAskedFor(string option, string value, string words)
    {
        var (text, ephemeral) = await AnswerAsync(Quote(), "quote", (option, value));

        Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.False(ephemeral);
    }

    [Theory]
    [InlineData("topic", "partty", "party")] // near ones are named
    [InlineData("topic", "zzz", "revolution")] // or some that exist
    [InlineData("search", "xylophone", "xylophone")]
    [InlineData("id", "nothing-like-it", "nothing-like-it")]
    public async Task Quote_WhenNothingFits_SaysSoToTheOneWhoAskedOnly(string option, string value, string said)
    {
        var (text, ephemeral) = await AnswerAsync(Quote(), "quote", (option, value));

        Assert.Contains(said, text, StringComparison.Ordinal);
        Assert.True(ephemeral);
    }

    [Fact]
    public async Task Quote_RepeatingWhatAMemberTyped_NeitherPingsNorLinks()
    {
        var (text, _) = await AnswerAsync(Quote(), "quote", ("id", "@everyone [x](https://evil.example)"));

        Assert.DoesNotContain(" @everyone", text.Replace(@"\@", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("https://", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("topic", "p", "party", "power")]
    [InlineData("search", "total", "within-us")]
    [InlineData("id", "LEAVE", "leave-a-party")]
    public async Task Quote_WhileTyping_Suggests(string option, string typed, params string[] values)
    {
        var choices = await CompleteAsync(Quote(), option, typed);

        Assert.Equal(values, choices.Select(choice => choice.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task OnThisDay_WithoutADate_IsTodayWhereTheBotLives()
    {
        // In Tokyo the second of February has begun.
        Assert.Contains("On this day, 1 February 1933", (await AnswerAsync(OnThisDay("Etc/UTC"), "on-this-day")).Text, StringComparison.Ordinal);
        Assert.Contains("No event is dated to 2 February", (await AnswerAsync(OnThisDay("Asia/Tokyo"), "on-this-day")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("30 December", "30 December 1890")]
    [InlineData("Dec 30", "30 December 1890")]
    [InlineData("12-30", "30 December 1890")]
    [InlineData(" 30 december ", "30 December 1890")]
    [InlineData("2027-12-30", "30 December 1890")]
    [InlineData("29 February", "29 February 1912")] // though 2027 has none
    [InlineData("28 February", "29 February 1912")] // kept on the 28th in other years
    public async Task OnThisDay_ByDate_IsThatDay(string date, string said) =>
        Assert.Contains(said, (await AnswerAsync(OnThisDay(), "on-this-day", ("date", date))).Text, StringComparison.Ordinal);

    [Fact]
    public async Task OnThisDay_OnAnEmptyDay_TellsWhatIsNearWithDates()
    {
        var (text, _) = await AnswerAsync(OnThisDay(), "on-this-day", ("date", "15 June"));

        Assert.Contains("No event is dated to 15 June.", text, StringComparison.Ordinal);
        Assert.Contains("29 February 1912", text, StringComparison.Ordinal);
        Assert.Contains("30 December 1890", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("31 February")]
    [InlineData("13-01")]
    [InlineData("@everyone")]
    public async Task OnThisDay_WithNoDate_SaysHowToWriteOne(string date)
    {
        var (text, ephemeral) = await AnswerAsync(OnThisDay(), "on-this-day", ("date", date));

        Assert.Contains("1 February", text, StringComparison.Ordinal);
        Assert.True(ephemeral);
    }

    [Fact]
    public async Task OnThisDay_WhileTyping_SuggestsDaysThatHaveEvents()
    {
        Assert.Equal(["1 February", "28 February", "30 December"], (await CompleteAsync(OnThisDay(), "date", "")).Select(choice => choice.Value));
        Assert.Equal(["30 December"], (await CompleteAsync(OnThisDay(), "date", "dec")).Select(choice => choice.Value));
    }

    [Fact]
    public async Task About_SaysWhatItIsWhoRunsItAndWhatItKeeps()
    {
        var settings = Settings() with { About = new AboutSettings { Operator = "A *Historian*", Contact = "serge@example.org", SourceCode = new Uri("https://example.org/serge") } };
        var (text, _) = await AnswerAsync(new AboutCommand(_catalogue.Live, settings), "about");

        Assert.All(["3 quotations", "3 events", @"A \*Historian\*", @"serge\@example.org", "<https://example.org/serge>", "keeps nothing about members"],
            said => Assert.Contains(said, text, StringComparison.Ordinal));
    }

    private QuoteCommand Quote() => new(_catalogue.Live, new Random(1));

    private OnThisDayCommand OnThisDay(string zone = "Etc/UTC") => new(_catalogue.Live, new OneZone(Settings() with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById(zone) }), new Clocks(Calendar, Calendar));

    private static BotSettings Settings() => new() { LedgerPath = "serge.db", TimeZone = TimeZoneInfo.Utc };

    private static async Task<(string Text, bool Ephemeral)> AnswerAsync(ISlashCommand command, string name, params (string Name, string Value)[] options)
    {
        var reply = await command.AnswerAsync(new Interaction.Command
        {
            Id = new InteractionId(1),
            Name = name,
            Handle = new object(),
            Options = options.ToDictionary(option => option.Name, option => option.Value),
        }, Words.English, TestContext.Current.CancellationToken);
        var message = Assert.IsType<Reply.Message>(reply);
        return (message.Content.Text, message.Ephemeral);
    }

    private static async Task<IReadOnlyList<Choice>> CompleteAsync(ISlashCommand command, string option, string typed) => await command.CompleteAsync(new Interaction.Completion
    {
        Id = new InteractionId(1),
        Name = command.Definition.Name,
        Option = option,
        Typed = typed,
        Handle = new object(),
    }, Words.English, TestContext.Current.CancellationToken);
}
