namespace Serge.Bot.Tests.Cli;

/// <summary><c>serge dismiss</c>: failed posts that need no further action no longer count as failed.</summary>
public sealed class DismissCommandTests : IDisposable
{
    private const string Key = "aaaaaaaaaaaaaaaaaaaaaaaa";
    private const string OtherKey = "bbbbbbbbbbbbbbbbbbbbbbbb";

    private readonly CommandHome _home = new();

    public DismissCommandTests() => _home.Settings(Section.Morning, Section.Mastodon);

    public void Dispose() => _home.Dispose();

    /// <summary>A post that was missed while the bot was down: it has no text, so it cannot be retried.</summary>
    [Fact]
    public async Task Dismiss_AMissedPost_RemovesItFromTheFailedOnesAndKeepsItInTheLedger()
    {
        await AddAsync(Key, PostState.Missed, post => post with { Payload = null, Items = [] });
        var before = await _home.PostAsync(Key);
        Assert.Contains("1 post failed.", await GetStatusAsync(), StringComparison.Ordinal);

        (await _home.RunAsync("dismiss", "aaa")).ShouldBe(0, "aaaaaaaa was dismissed: morning to mastodon, missed.\n");

        Assert.Equivalent(before, await _home.PostAsync(Key), strict: true);
        (await _home.RunAsync("deliveries", "--failed")).ShouldBe(0, "There are no failed posts.\n");
        Assert.Contains("aaaaaaaa", (await _home.RunAsync("deliveries")).Output, StringComparison.Ordinal);
        Assert.Contains("ok     failures        none\n", await GetStatusAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(PostState.Refused), "refused")]
    [InlineData(nameof(PostState.Unknown), "unknown")]
    [InlineData(nameof(PostState.Sent), "sent")]
    [InlineData(nameof(PostState.Cancelled), "cancelled")]
    public async Task Dismiss_EveryOtherFailure_IsPossible(string state, string name)
    {
        var known = Enum.Parse<PostState>(state);
        await AddAsync(
            Key,
            known,
            post =>
                post with
                {
                    NeedsOperator = known is PostState.Unknown or PostState.Sent,
                    CancelCause = known == PostState.Cancelled ? CancelCause.DailyLimit : null,
                }
        );

        (await _home.RunAsync("dismiss", Key)).ShouldBe(0, $"aaaaaaaa was dismissed: morning to mastodon, {name}.\n");
        (await _home.RunAsync("deliveries", "--failed")).ShouldBe(0, "There are no failed posts.\n");
    }

    /// <summary>Each row: the state of a post, and the message about it.</summary>
    [Theory]
    [InlineData(nameof(PostState.Sent), "it was sent")]
    [InlineData(nameof(PostState.Planned), "it is planned, and the running bot sends it")]
    [InlineData(nameof(PostState.Sending), "it is being sent")]
    [InlineData(
        nameof(PostState.Unknown),
        "it is unknown whether it was published, and the running bot still looks it up"
    )]
    [InlineData(nameof(PostState.Cancelled), "it was cancelled")]
    [InlineData(nameof(PostState.Retracted), "it was retracted")]
    public async Task Dismiss_APostThatHasNotFailed_StatesItsState(string state, string description)
    {
        await AddAsync(Key, Enum.Parse<PostState>(state));

        (await _home.RunAsync("dismiss", Key)).ShouldBe(
            2,
            "",
            $"aaaaaaaa has not failed: {description}. Nothing was dismissed. serge deliveries --failed lists the failed posts.\n"
        );
    }

    /// <summary>The post was recorded as missed because the clock was ahead.</summary>
    [Fact]
    public async Task Dismiss_AMissedPostOfTheFuture_IsRefused()
    {
        await _home.AddAsync(Some.Post(Key, PostState.Missed, occurrence: Some.Noon.AddHours(1)));

        var result = await _home.RunAsync("dismiss", Key);

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith(
            "aaaaaaaa has not failed: it is due in the future, and is planned again then.",
            result.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Dismiss_SeveralPosts_ListsEachOnce()
    {
        await AddAsync(Key, PostState.Refused);
        await AddAsync(OtherKey, PostState.Missed);

        (await _home.RunAsync("dismiss", "bbbb", "aaaa", Key)).ShouldBe(
            0,
            "bbbbbbbb was dismissed: morning to mastodon, missed.\naaaaaaaa was dismissed: morning to mastodon, refused.\n"
        );
        Assert.Empty(await FailedAsync());
    }

    /// <summary>Each row: the id that cannot be dismissed.</summary>
    [Theory]
    [InlineData("bbbb")] // it was sent
    [InlineData("xxxx")] // it does not exist
    [InlineData("")]
    public async Task Dismiss_SeveralPostsOfWhichOneIsWrong_ChangesNothing(string wrong)
    {
        await AddAsync(Key, PostState.Refused);
        await AddAsync(OtherKey, PostState.Sent);

        var result = await _home.RunAsync("dismiss", Key, wrong);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Equal([Key], await FailedAsync());
    }

    [Fact]
    public async Task Dismiss_AnAmbiguousPrefix_ListsTheKeysAndChangesNothing()
    {
        await AddAsync("abc1efgh-and-more", PostState.Refused);
        await AddAsync("abc2efgh-and-more", PostState.Missed);

        (await _home.RunAsync("dismiss", "abc")).ShouldBe(
            2,
            "",
            "Several posts have a key that begins with abc: abc1efgh, abc2efgh … Give more letters; serge deliveries --json shows complete keys.\n"
        );
        Assert.Equal(2, (await FailedAsync()).Count);
    }

    [Fact]
    public async Task Dismiss_APostThatWasRetried_NamesTheRetry()
    {
        await AddAsync(Key, PostState.Refused);
        await AddAsync(OtherKey, PostState.Refused, post => post with { RetryOf = Key });

        (await _home.RunAsync("dismiss", Key)).ShouldBe(
            0,
            "aaaaaaaa was already sent again as bbbbbbbb, which is refused. If that failed: serge dismiss bbbbbbbb.\n"
        );
        Assert.Equal([OtherKey], await FailedAsync());
    }

    [Fact]
    public async Task Dismiss_APostThatWasDismissed_ReportsItAndDismissesTheOthers()
    {
        await AddAsync(Key, PostState.Refused);
        await _home.RunAsync("dismiss", Key);
        await AddAsync(OtherKey, PostState.Missed);

        (await _home.RunAsync("dismiss", OtherKey, Key)).ShouldBe(
            0,
            "aaaaaaaa was already dismissed.\nbbbbbbbb was dismissed: morning to mastodon, missed.\n"
        );
    }

    /// <summary>The post was published twice. After the dismissal it needs no operator, like any other sent
    /// post.</summary>
    [Fact]
    public async Task Dismiss_APublishedPostThatWasDismissed_ReportsIt()
    {
        await AddAsync(Key, PostState.Sent, post => post with { NeedsOperator = true });
        Assert.Equal(0, (await _home.RunAsync("dismiss", Key)).ExitCode);

        (await _home.RunAsync("dismiss", Key)).ShouldBe(0, "aaaaaaaa was already dismissed.\n");
    }

    /// <summary>Simulates a worker that changes the post between the check and the dismissal.</summary>
    [Fact]
    public async Task Dismiss_APostThatChangesAtTheSameTime_ReportsIt()
    {
        await AddAsync(Key, PostState.Refused);
        await using (var database = await _home.OpenDatabaseAsync())
        {
            const string Trigger = "CREATE TRIGGER changed BEFORE UPDATE ON posts BEGIN SELECT RAISE(IGNORE); END";
            var stop = TestContext.Current.CancellationToken;
            await database.ReadAsync(session => session.ExecuteAsync(Trigger, stop), stop);
        }

        (await _home.RunAsync("dismiss", Key)).ShouldBe(
            1,
            "aaaaaaaa changed at the same time and was not dismissed. serge deliveries shows its state.\n"
        );
        Assert.Equal([Key], await FailedAsync());
    }

    /// <summary>The option has no value: “--all false” must not dismiss anything.</summary>
    [Theory]
    [InlineData("--all", "false")]
    [InlineData("--all", "true")]
    [InlineData("--all=false")]
    public async Task DismissAll_WithAValue_IsRefused(params string[] args)
    {
        await AddAsync(Key, PostState.Refused);

        var result = await _home.RunAsync(["dismiss", .. args]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Equal([Key], await FailedAsync());
    }

    [Fact]
    public async Task DismissAll_DismissesTheFailedPostsOnly()
    {
        await AddAsync(Key, PostState.Refused);
        await AddAsync(OtherKey, PostState.Sent);

        (await _home.RunAsync("dismiss", "--all")).ShouldBe(
            0,
            "aaaaaaaa was dismissed: morning to mastodon, refused.\nDismissed 1 failed post.\n"
        );
        Assert.Empty(await FailedAsync());
    }

    [Fact]
    public async Task DismissAll_OfMoreThanStatusCounts_DismissesAllAndListsTheNewest()
    {
        await _home.AddAsync([
            .. Enumerable
                .Range(0, 1001)
                .Select(i => Some.Post($"key-{i:0000}", PostState.Missed, occurrence: Some.Noon.AddMinutes(-i))),
        ]);

        var result = await _home.RunAsync("dismiss", "--all");

        var lines = result.Output.Split('\n');
        Assert.Equal((0, 23), (result.ExitCode, lines.Length));
        Assert.Equal("key-0000 was dismissed: morning to mastodon, missed.", lines[0]);
        Assert.Equal("key-0019 was dismissed: morning to mastodon, missed.", lines[19]);
        Assert.Equal(["And 981 more.", "Dismissed 1001 failed posts.", ""], lines[20..]);
        Assert.Empty(await FailedAsync());
    }

    [Fact]
    public async Task DismissAll_WithoutFailedPosts_ReportsItAndCreatesNoLedger()
    {
        (await _home.RunAsync("dismiss", "--all")).ShouldBe(0, "There are no failed posts.\n");

        Assert.False(File.Exists(_home.LedgerPath));
    }

    private async Task<string> GetStatusAsync() => (await _home.RunAsync("status")).Output;

    private Task AddAsync(string key, PostState state, Func<Post, Post>? change = null)
    {
        // Two posts of one schedule differ in their time.
        var minutes = key[0] + key[3];
        var post = Some.Post(key, state, occurrence: Some.Noon.AddMinutes(-minutes));
        return _home.AddAsync(change?.Invoke(post) ?? post);
    }

    private async Task<IReadOnlyList<string>> FailedAsync()
    {
        await using var database = await _home.OpenDatabaseAsync();
        var stop = TestContext.Current.CancellationToken;
        var failed = await new OperatorLedger(database).GetFailedAsync(Some.Noon, 2000, stop);
        return [.. failed.Select(post => post.Key)];
    }
}
