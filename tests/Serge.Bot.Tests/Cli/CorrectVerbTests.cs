namespace Serge.Bot.Tests.Cli;

/// <summary><c>serge correct</c>: copies get the text of the quote files.</summary>
public sealed class CorrectVerbTests : IDisposable
{
    private const string Right = """
        “Totalitarianism is within us.”
        — Victor Serge, quoted by Guy Patrick Cunningham
        #VictorSerge
        """;

    private readonly CommandHome _home = new();

    public CorrectVerbTests() => _home.Settings(Section.Morning, Section.Mastodon, Section.Discord);

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Correct_WithoutYes_OnlyShowsTheOldAndTheNewText()
    {
        await AddWrongAsync();

        (await _home.RunAsync("correct", "within-us")).Is(0, $"{Diff}Nothing was done. Say --yes to do it.\n");
        Assert.Equal("Wrong words.\nTwo lines.", Assert.Single(await _home.PostsAsync()).Payload!.Text);
        Assert.Empty(_home.Mastodon.Changes);
    }

    [Fact]
    public async Task Correct_WithYes_EditsTheCopyAndTheLedger()
    {
        await AddWrongAsync();

        (await _home.RunAsync("correct", "within-us", "--yes")).Is(
            0,
            $"{Diff}aaaaaaaa  Mon 1 Feb 2027 09:00 +01:00  morning → mastodon  https://m.example/42: edited\nAll 1 done.\n"
        );
        Assert.Equal([$"edit 42: {Right}"], _home.Mastodon.Changes);
        var post = Assert.Single(await _home.PostsAsync());
        Assert.Equal(
            (PostState.Sent, Right, "Corrected on 2027-02-01 12:00Z."),
            (post.State, post.Payload!.Text, post.Reason)
        );
    }

    [Fact]
    public async Task Correct_ACopyOnDiscord_EditsItThere()
    {
        await _home.AddAsync(
            Some.Post(state: PostState.Sent, to: "discord:7", text: "Wrong words.") with
            {
                Items = ["within-us"],
                RemoteId = "900",
            }
        );

        Assert.Equal(0, (await _home.RunAsync("correct", "within-us", "--yes")).ExitCode);
        Assert.StartsWith("edit 7/900: ", Assert.Single(_home.Discord.Calls), StringComparison.Ordinal);
        Assert.Contains("Totalitarianism is within us.", _home.Discord.Calls[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Correct_WhenThePlatformRefuses_FailsAndKeepsTheLedger()
    {
        await AddWrongAsync();
        _home.Mastodon.OnChange = _ => new SendOutcome.Refused(Refusal.Gone, "HTTP 404");

        var result = await _home.RunAsync("correct", "within-us", "--yes");

        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith(
            """
            42: not edited: it is no longer there, or this server does not edit. (HTTP 404)
            0 done, 1 not. What is done is written down; the same command takes up the rest.

            """,
            result.Output,
            StringComparison.Ordinal
        );
        Assert.Equal("Wrong words.\nTwo lines.", Assert.Single(await _home.PostsAsync()).Payload!.Text);
    }

    [Fact]
    public async Task Correct_WhenEveryCopyIsRight_SaysSo()
    {
        await _home.AddAsync(
            Some.Post(state: PostState.Sent, text: Right) with
            {
                Items = ["within-us"],
                RemoteId = "42",
            }
        );

        (await _home.RunAsync("correct", "within-us", "--yes")).Is(
            0,
            "Every copy of within-us says what the files say.\n"
        );
    }

    [Theory]
    [InlineData(null)]
    [InlineData(nameof(PostState.Missed))]
    [InlineData(nameof(PostState.Retracted))]
    public async Task Correct_WhenNoCopyIsOut_SaysSo(string? state)
    {
        if (state is not null)
        {
            await _home.AddAsync(Some.Post(state: Enum.Parse<PostState>(state)) with { Items = ["within-us"] });
        }

        (await _home.RunAsync("correct", "within-us", "--yes")).Is(0, "No copy of within-us is out.\n");
    }

    [Fact]
    public async Task Correct_AWithdrawnItem_IsCorrectedToo()
    {
        await AddWrongAsync();
        await _home.WithdrawAsync("within-us");

        Assert.Equal(0, (await _home.RunAsync("correct", "within-us", "--yes")).ExitCode);
        Assert.Single(_home.Mastodon.Changes);
    }

    [Fact]
    public async Task Correct_OnAServerWithALowerLimit_SaysThatItDoesNotFit()
    {
        await AddWrongAsync();
        _home.Mastodon.Instance = new MastodonInstance { Version = "4.5.7", MaxCharacters = 20 };

        (await _home.RunAsync("correct", "within-us", "--yes")).Is(
            1,
            """
            aaaaaaaa  Mon 1 Feb 2027 09:00 +01:00  morning → mastodon  https://m.example/42
              As it stands in the files now it is too long for this destination. Shorten it, or take it back with serge retract.

            aaaaaaaa  Mon 1 Feb 2027 09:00 +01:00  morning → mastodon  https://m.example/42: As it stands in the files now it is too long for this destination. Shorten it, or take it back with serge retract.
            0 done, 1 not. What is done is written down; the same command takes up the rest.

            """
        );
    }

    [Fact]
    public async Task Correct_AnIdThatDoesNotExist_SaysWhatIsLikeIt() =>
        (await _home.RunAsync("correct", "within")).Is(
            2,
            "",
            "There is no quotation or event with the id within, and none was ever posted. Did you mean within-us?\n"
        );

    private static string Diff =>
        "aaaaaaaa  Mon 1 Feb 2027 09:00 +01:00  morning → mastodon  https://m.example/42\n"
        + "  - Wrong words.\n  - Two lines.\n"
        + string.Concat(Right.Split('\n').Select(line => $"  + {line}\n"))
        + "\n";

    private Task AddWrongAsync() =>
        _home.AddAsync(
            Some.Post(
                state: PostState.Sent,
                occurrence: Some.At("2027-02-01 08:00"),
                text: "Wrong words.\nTwo lines."
            ) with
            {
                Items = ["within-us"],
                RemoteId = "42",
                Url = new Uri("https://m.example/42"),
            }
        );
}
