namespace Serge.Bot.Tests.Commands;

/// <summary><c>/topics</c>.</summary>
public sealed class TopicsCommandTests : IDisposable
{
    private readonly TestCatalogue _catalogue = new();
    private readonly CommandRunner _runner;

    public TopicsCommandTests() => _runner = new CommandRunner(_catalogue.Live);

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task Topics_AreListedWithTheirNumbersAndHowToAskForOne()
    {
        var shown = await _runner.AskAsync("topics");

        Assert.Contains(
            "means-and-ends (2), party (1), power (1), revolution (1)",
            shown.Text,
            StringComparison.Ordinal
        );
        Assert.Contains("`/quote topic:means-and-ends`", shown.Text, StringComparison.Ordinal);
        Assert.True(shown.Private);
    }

    [Fact]
    public async Task Topics_MoreThanAMessageHolds_StatesHowManyMore()
    {
        var many = string.Join(", ", Enumerable.Range(0, 400).Select(n => $"topic-number-{n}"));
        _catalogue.Write("quotes.yaml", TestCatalogue.Quotes.Replace("[power]", $"[{many}]", StringComparison.Ordinal));
        Assert.Equal(ReloadResult.Served, _catalogue.Live.Reload());

        var shown = await _runner.AskAsync("topics");

        Assert.True(DiscordMessage.Fits(shown.Text));
        var listed = shown.Text.Split('(').Length - 1;
        Assert.Contains($"and {403 - listed} more", shown.Text, StringComparison.Ordinal);
    }

    /// <summary>As many topics as fit, in steps of a tenth, and the number of the others.</summary>
    [Theory]
    [InlineData(62, 62)]
    [InlineData(63, 62)]
    public async Task Topics_AroundDiscordsLimit_ListsAllThatFit(int topics, int listed)
    {
        // Each name and its number make 30 characters with the comma.
        var quotes = Enumerable
            .Range(0, topics)
            .Select(n =>
                $"""
                    - id: quote-{n}
                      text: "The {n}th is unlike {string.Concat(Enumerable.Repeat($"n{n} ", (n % 40) + 10))}all others."
                      via: cunningham
                      topics: [{Name(n)}]

                    """
            );
        _catalogue.Write("quotes.yaml", string.Concat(quotes));
        Assert.Equal(ReloadResult.Served, _catalogue.Live.Reload());

        var text = (await _runner.AskAsync("topics")).Text;

        var step = listed == topics ? listed : topics - Math.Max(1, topics / 10);
        Assert.Equal(
            "What the quotations are about, and how many there are of each:\n"
                + string.Join(", ", Enumerable.Range(0, step).Select(n => $"{Name(n)} (1)"))
                + (
                    step == topics
                        ? ""
                        : $"\n…and {topics - step} more. Type in the option `topic` of `/quote` to find them."
                )
                + $"\nAsk for one with `/quote topic:{Name(0)}`.",
            text
        );
        Assert.True(DiscordMessage.Fits(text));

        static string Name(int n) => $"topic-{n:D3}-{new string((char)('a' + (n % 26)), 14)}";
    }
}
