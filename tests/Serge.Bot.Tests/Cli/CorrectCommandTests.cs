namespace Serge.Bot.Tests.Cli;

/// <summary><c>serge correct</c>: published posts get the text of the quote files.</summary>
public sealed class CorrectCommandTests : IDisposable
{
    private const string Right = """
        “Totalitarianism is within us.”

        — Victor Serge, quoted by Guy Patrick Cunningham in “The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary”

        #VictorSerge
        """;

    private readonly CommandHome _home = new();

    public CorrectCommandTests() => _home.Settings(Section.Morning, Section.Mastodon, Section.Discord);

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Correct_WithoutYes_OnlyShowsTheOldAndTheNewText()
    {
        await AddOutdatedPostAsync();

        (await _home.RunAsync("correct", "within-us")).ShouldBe(
            0,
            $"{Diff}Nothing was changed. Add --yes to change it.\n"
        );
        Assert.Equal("Wrong words.\nTwo lines.", Assert.Single(await _home.PostsAsync()).Payload!.Text);
        Assert.Empty(_home.Mastodon.Changes);
    }

    [Fact]
    public async Task Correct_WithYes_EditsThePostAndTheLedger()
    {
        await AddOutdatedPostAsync();

        (await _home.RunAsync("correct", "within-us", "--yes")).ShouldBe(
            0,
            $"{Diff}aaaaaaaa  Mon 1 Feb 2027 09:00 +01:00  morning → mastodon  https://m.example/42: edited\nChanged 1 post.\n"
        );
        Assert.Equal([$"edit 42: {Right}"], _home.Mastodon.Changes);
        var post = Assert.Single(await _home.PostsAsync());
        Assert.Equal(
            (PostState.Sent, Right, "Corrected on 2027-02-01 12:00Z."),
            (post.State, post.Payload!.Text, post.Reason)
        );
    }

    [Fact]
    public async Task Correct_APostOnDiscord_EditsItThere()
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
    public async Task Correct_APostThatMayBePublishedTwice_StatesThatACopyMayHaveTheOldText()
    {
        const string Reason = "It was sent again after a lost response, and may be published twice: HTTP 503.";
        await _home.AddAsync(
            Some.Post(state: PostState.Sent, text: "Wrong words.") with
            {
                Items = ["within-us"],
                RemoteId = "42",
                NeedsOperator = true,
                Reason = Reason,
            }
        );

        var result = await _home.RunAsync("correct", "within-us", "--yes");

        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith(
            $"""
            edited. A second copy may be public. ({Reason}) Delete it yourself, then run serge dismiss aaaaaaaa.
            Changed 1 post.

            """,
            result.Output,
            StringComparison.Ordinal
        );
        var post = Assert.Single(await _home.PostsAsync());
        Assert.Equal(
            (PostState.Sent, true, $"Corrected on 2027-02-01 12:00Z. Earlier: {Reason}"),
            (post.State, post.NeedsOperator, post.Reason)
        );
    }

    [Fact]
    public async Task Correct_WhenThePlatformRefuses_FailsAndKeepsTheLedger()
    {
        await AddOutdatedPostAsync();
        _home.Mastodon.OnChange = _ => new SendOutcome.Refused(Refusal.Gone, "HTTP 404");

        var result = await _home.RunAsync("correct", "within-us", "--yes");

        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith(
            """
            42: not edited: it no longer exists, or the server does not support editing. (HTTP 404)
            Changed 0 of 1 post. Repeat the command for those that can still be changed.

            """,
            result.Output,
            StringComparison.Ordinal
        );
        Assert.Equal("Wrong words.\nTwo lines.", Assert.Single(await _home.PostsAsync()).Payload!.Text);
    }

    [Fact]
    public async Task Correct_WhenEveryPostMatchesTheFiles_ReportsIt()
    {
        await _home.AddAsync(
            Some.Post(state: PostState.Sent, text: Right) with
            {
                Items = ["within-us"],
                RemoteId = "42",
            }
        );

        (await _home.RunAsync("correct", "within-us", "--yes")).ShouldBe(
            0,
            "Every published post of within-us matches the files.\n"
        );
    }

    [Theory]
    [InlineData(null)]
    [InlineData(nameof(PostState.Missed))]
    [InlineData(nameof(PostState.Retracted))]
    public async Task Correct_WhenNoPostIsPublished_ReportsIt(string? state)
    {
        if (state is not null)
        {
            await _home.AddAsync(Some.Post(state: Enum.Parse<PostState>(state)) with { Items = ["within-us"] });
        }

        (await _home.RunAsync("correct", "within-us", "--yes")).ShouldBe(0, "No post of within-us is published.\n");
    }

    [Fact]
    public async Task Correct_AWithdrawnItem_EditsThePost()
    {
        await AddOutdatedPostAsync();
        await _home.WithdrawAsync("within-us");

        Assert.Equal(0, (await _home.RunAsync("correct", "within-us", "--yes")).ExitCode);
        Assert.Single(_home.Mastodon.Changes);
    }

    [Fact]
    public async Task Correct_OnAServerWithALowerLimit_StatesThatTheTextIsTooLong()
    {
        await AddOutdatedPostAsync();
        _home.Mastodon.Instance = new MastodonInstance { Version = "4.5.7", MaxCharacters = 20 };

        (await _home.RunAsync("correct", "within-us", "--yes")).ShouldBe(
            1,
            """
            aaaaaaaa  Mon 1 Feb 2027 09:00 +01:00  morning → mastodon  https://m.example/42
              Its new text is too long for this destination. Shorten it, or run serge retract.

            aaaaaaaa  Mon 1 Feb 2027 09:00 +01:00  morning → mastodon  https://m.example/42: Its new text is too long for this destination. Shorten it, or run serge retract.
            Changed 0 of 1 post. Repeat the command for those that can still be changed.

            """
        );
    }

    /// <summary>With the default limit a longer post would be shortened. Posts on Discord do not wait for it.</summary>
    [Fact]
    public async Task Correct_WhenTheServerDoesNotReturnItsLimits_LeavesItsPostsForLater()
    {
        await AddOutdatedPostAsync();
        await _home.AddAsync(
            Some.Post("bbbbbbbbbbbbbbbbbbbbbbbb", PostState.Sent, to: "discord:7", text: "Wrong words.") with
            {
                Items = ["within-us"],
                RemoteId = "900",
            }
        );
        _home.Mastodon.InstanceAnswer = new Result<MastodonInstance>.Unavailable("down");

        var result = await _home.RunAsync("correct", "within-us", "--yes");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(
            "The Mastodon server did not return its limits, so it is unknown which text fits there.",
            result.Output,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "Changed 1 of 2 posts. Repeat the command for those that can still be changed.\n",
            result.Output,
            StringComparison.Ordinal
        );
        Assert.Empty(_home.Mastodon.Changes);
        Assert.Single(_home.Discord.Calls);
        var left = (await _home.PostsAsync()).Single(post => post.Destination == Destinations.Mastodon);
        Assert.Equal("Wrong words.\nTwo lines.", left.Payload!.Text);
    }

    /// <summary>The limits do not matter for a post that cannot be edited for another reason. The operator needs that
    /// reason.</summary>
    [Fact]
    public async Task Correct_WhenTheServerDoesNotReturnItsLimits_KeepsOtherReasons()
    {
        _home.Mastodon.InstanceAnswer = new Result<MastodonInstance>.Unavailable("down");
        await _home.AddAsync(
            Some.Post(state: PostState.Sent, text: "Wrong words.") with
            {
                Items = ["within-us"],
                RemoteId = "42",
                CopyCheckPending = true,
            }
        );

        var result = await _home.RunAsync("correct", "within-us", "--yes");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("the bot checks whether it is published twice", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("limits", result.Output, StringComparison.Ordinal);
    }

    /// <summary>A text that is too long with the default limit may fit on this server.</summary>
    [Fact]
    public async Task Correct_ATextThatIsTooLongForTheDefaultLimit_ReportsThatTheLimitsAreUnknown()
    {
        _home.Mastodon.InstanceAnswer = new Result<MastodonInstance>.Unavailable("down");
        var words = string.Join(' ', Enumerable.Repeat("sea", 200));
        var files = TestCatalogue.Quotes.Replace("Totalitarianism is within us.", words, StringComparison.Ordinal);
        _home.Write("quotes.yaml", files);
        await AddOutdatedPostAsync();

        var result = await _home.RunAsync("correct", "within-us", "--yes");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("did not return its limits", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("too long", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Correct_APostOnDiscord_DoesNotDependOnTheMastodonServer()
    {
        _home.Mastodon.InstanceAnswer = new Result<MastodonInstance>.Unavailable("down");
        await _home.AddAsync(
            Some.Post(state: PostState.Sent, to: "discord:7", text: "Wrong words.") with
            {
                Items = ["within-us"],
                RemoteId = "900",
            }
        );

        Assert.Equal(0, (await _home.RunAsync("correct", "within-us", "--yes")).ExitCode);
        Assert.Single(_home.Discord.Calls);
    }

    [Fact]
    public async Task Correct_AnUnknownId_SuggestsASimilarOne() =>
        (await _home.RunAsync("correct", "within")).ShouldBe(
            2,
            "",
            "No quotation or event has the id within, and none with it was posted. Did you mean within-us?\n"
        );

    private static string Diff =>
        "aaaaaaaa  Mon 1 Feb 2027 09:00 +01:00  morning → mastodon  https://m.example/42\n"
        + "  - Wrong words.\n  - Two lines.\n"
        + string.Concat(Right.Split('\n').Select(line => $"  + {line}\n"))
        + "\n";

    private Task AddOutdatedPostAsync() =>
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
