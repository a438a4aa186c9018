namespace Serge.Bot.Tests.Cli;

/// <summary><c>serge retry</c>: plans a failed post again, unless it must not be sent.</summary>
public sealed class RetryCommandTests : IDisposable
{
    private const string Key = "aaaaaaaaaaaaaaaaaaaaaaaa";

    private readonly CommandHome _home = new();

    public RetryCommandTests() =>
        _home.Settings(
            Section.Mastodon,
            Section.Discord,
            """
            "Schedules": {
              "morning": {
                "Cron": "0 9 * * *", "TimeZone": "Asia/Tokyo", "Content": "quote", "To": ["mastodon"], "GracePeriod": "02:00:00"
              }
            }
            """
        );

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData(nameof(PostState.Refused), "morning", 2)]
    [InlineData(nameof(PostState.Missed), "morning", 2)]
    [InlineData(nameof(PostState.Refused), "a deleted schedule", 6)]
    public async Task Retry_AFailedPost_PlansTheSameTextForNow(string state, string schedule, int graceHours)
    {
        var old = await AddAsync(
            Enum.Parse<PostState>(state),
            post => post with { Schedule = ScheduleId.OfOperator(schedule) }
        );

        var result = await _home.RunAsync("retry", Key);

        var again = Assert.Single(await _home.PostsAsync(), post => post.RetryOf == Key);
        result.ShouldBe(
            0,
            $"{again.Key[..8]} replaces aaaaaaaa: the bot sends it to mastodon now, or as soon as it runs.\nWords.\n"
        );
        Assert.Equal(
            (
                PostState.Planned,
                ScheduleId.OfOperator(schedule),
                Some.Noon,
                Some.Noon.AddHours(graceHours),
                Destinations.Mastodon
            ),
            (again.State, again.Schedule, again.Occurrence, again.Deadline, again.Destination)
        );
        Assert.Equal(("Words.", "an-id"), (again.Payload!.Text, Assert.Single(again.Items)));
        Assert.Equivalent(old, await _home.PostAsync(Key));
        Assert.Empty(_home.Mastodon.Posts);
    }

    [Fact]
    public async Task Retry_APostThatTheDailyLimitCancelled_PlansItAgain()
    {
        await AddAsync(PostState.Cancelled, post => post with { CancelCause = CancelCause.DailyLimit });

        Assert.Equal(0, (await _home.RunAsync("retry", "aaa")).ExitCode);
        Assert.Equal(2, (await _home.PostsAsync()).Count);
    }

    /// <summary>Each row: the state, its reason, and the message. Nothing is planned.</summary>
    [Theory]
    [InlineData(
        nameof(PostState.Sent),
        null,
        "aaaaaaaa was sent. To post new content of its schedule: serge post --now --schedule morning."
    )]
    [InlineData(nameof(PostState.Planned), "HTTP 503", "aaaaaaaa is planned: the running bot sends it. HTTP 503")]
    [InlineData(nameof(PostState.Planned), null, "aaaaaaaa is planned: the running bot sends it.")]
    [InlineData(nameof(PostState.Sending), null, "aaaaaaaa is being sent. Try again in a few minutes.")]
    [InlineData(
        nameof(PostState.Retracted),
        "Retracted on 2027-02-01.",
        "aaaaaaaa was retracted. Retracted on 2027-02-01."
    )]
    [InlineData(nameof(PostState.Cancelled), "Paused.", "aaaaaaaa was cancelled. Paused.")]
    public async Task Retry_APostThatHasNotFailed_StatesWhyNot(string state, string? reason, string message)
    {
        await AddAsync(Enum.Parse<PostState>(state), post => post with { Reason = reason });

        await AssertRefusedAsync(message);
    }

    [Fact]
    public async Task Retry_ASentPostWithALink_NamesTheLink()
    {
        await AddAsync(PostState.Sent, post => post with { Url = new Uri("https://m.example/@serge/42") });

        await AssertRefusedAsync(
            "aaaaaaaa was sent. https://m.example/@serge/42 To post new content of its schedule: serge post --now --schedule morning."
        );
    }

    [Theory]
    [InlineData("The bot was not running while it could be posted.")]
    [InlineData(null)]
    public async Task Retry_APostWithoutContent_NamesTheCommandThatPosts(string? reason)
    {
        await AddAsync(PostState.Missed, post => post with { Payload = null, Reason = reason });

        await AssertRefusedAsync(
            $"aaaaaaaa has no content. {(reason is null ? "" : $"{reason} ")}To post what its schedule has now: serge post --now --schedule morning. If it needs no further action: serge dismiss aaaaaaaa."
        );
    }

    [Fact]
    public async Task Retry_APostThatWasPublishedTwice_NamesDismiss()
    {
        await AddAsync(PostState.Sent, post => post with { NeedsOperator = true });

        await AssertRefusedAsync(
            "aaaaaaaa was sent. To post new content of its schedule: serge post --now --schedule morning. If it needs no further action: serge dismiss aaaaaaaa."
        );
    }

    [Fact]
    public async Task Retry_ACancelledPostWithoutContent_DoesNotNameDismiss()
    {
        await AddAsync(PostState.Cancelled, post => post with { Payload = null, CancelCause = CancelCause.NoContent });

        await AssertRefusedAsync(
            "aaaaaaaa has no content. To post what its schedule has now: serge post --now --schedule morning."
        );
    }

    [Fact]
    public async Task Retry_APostThatWasDismissed_PlansItAgain()
    {
        await AddAsync(PostState.Refused);
        Assert.Equal(0, (await _home.RunAsync("dismiss", Key)).ExitCode);

        Assert.Equal(0, (await _home.RunAsync("retry", Key)).ExitCode);

        Assert.Single(await _home.PostsAsync(), post => post is { RetryOf: Key, State: PostState.Planned });
    }

    [Fact]
    public async Task Retry_ADismissedPostWithoutContent_DoesNotNameDismiss()
    {
        await AddAsync(PostState.Missed, post => post with { Payload = null });
        Assert.Equal(0, (await _home.RunAsync("dismiss", Key)).ExitCode);

        await AssertRefusedAsync(
            "aaaaaaaa has no content. To post what its schedule has now: serge post --now --schedule morning."
        );
    }

    [Fact]
    public async Task Retry_AnEmptyKey_IsRefused()
    {
        await AddAsync(PostState.Refused);

        (await _home.RunAsync("retry", "")).ShouldBe(
            2,
            "",
            "The key of the post is empty. serge deliveries --failed lists the keys.\n"
        );
    }

    /// <summary>Each row: the owner and the name of a schedule that <c>serge post</c> does not accept.</summary>
    [Theory]
    [InlineData("guild:100", "morning")]
    [InlineData(ScheduleId.Operator, "removed")]
    [InlineData(ScheduleId.Operator, "serge:alert")]
    public async Task Retry_APostOfNoScheduleOfTheSettings_NamesNoCommandThatPosts(string owner, string name)
    {
        await AddAsync(
            PostState.Cancelled,
            post => post with { Schedule = new ScheduleId(owner, name), Payload = null }
        );

        await AssertRefusedAsync("aaaaaaaa has no content.");
    }

    [Fact]
    public async Task Retry_ASentPostOfAServer_NamesNoCommandThatPosts()
    {
        await AddAsync(PostState.Sent, post => post with { Schedule = new ScheduleId("guild:100", "morning") });

        await AssertRefusedAsync("aaaaaaaa was sent.");
    }

    [Fact]
    public async Task Retry_APostThatWasRetried_NamesTheRetry()
    {
        await AddAsync(PostState.Refused);
        await _home.AddAsync(
            Some.Post("bbbbbbbbbbbbbbbbbbbbbbbb", PostState.Refused, occurrence: Some.Noon.AddHours(-1)) with
            {
                RetryOf = Key,
            }
        );

        await AssertRefusedAsync(
            "aaaaaaaa was already sent again as bbbbbbbb, which is refused. If that failed: serge retry bbbbbbbb.",
            posts: 2
        );
    }

    [Fact]
    public async Task Retry_APostOfAWithdrawnItem_StatesHowToRestoreIt()
    {
        await AddAsync(PostState.Refused, post => post with { Items = ["within-us", "an-id"] });
        await _home.WithdrawAsync("an-id");

        await AssertRefusedAsync(
            "aaaaaaaa contains an-id, which is withdrawn. To restore it: serge retract --undo an-id."
        );
    }

    [Fact]
    public async Task Retry_WhenAnotherPostHasTheSameTime_ReportsIt()
    {
        await AddAsync(PostState.Refused);
        await _home.AddAsync(Some.Post("bbbbbbbbbbbbbbbbbbbbbbbb", PostState.Sent));

        await AssertRefusedAsync("Another post of this schedule was planned at the same time. Try again.", posts: 2);
    }

    /// <summary>The schedule is in Tokyo, nine hours ahead. Each row: when the post was due, and whether its day has
    /// ended.</summary>
    [Theory]
    [InlineData("2027-01-31 15:00", false)] // 1 February 00:00
    [InlineData("2027-01-31 14:59", true)] // 31 January 23:59
    public async Task Retry_APostWithEvents_DependsOnTheDayInTheZoneOfTheSchedule(string due, bool isOver)
    {
        await AddAsync(
            PostState.Refused,
            post => post with { Items = ["within-us", "testament"], Occurrence = Some.At(due) }
        );

        if (isOver)
        {
            await AssertRefusedAsync(
                "aaaaaaaa contains the events of 31 January, and that day is over. To send it anyway: serge retry aaaaaaaa --ignore-date."
            );
        }

        Assert.Equal(0, (await _home.RunAsync(["retry", Key, .. isOver ? (string[])["--ignore-date"] : []])).ExitCode);
        Assert.Equal(2, (await _home.PostsAsync()).Count);
    }

    /// <summary>It is 21:00 in Tokyo, and the schedule allows a delay of six hours.</summary>
    [Theory]
    [InlineData("testament", false, "2027-02-01 15:00")] // midnight
    [InlineData("testament", true, "2027-02-01 18:00")]
    [InlineData("within-us", false, "2027-02-01 18:00")]
    public async Task Retry_APostWithEvents_IsNotSentOnTheNextDay(string item, bool ignoresDate, string deadline)
    {
        _home.Settings(
            Section.Mastodon,
            """
            "Schedules": {
              "morning": { "Cron": "0 9 * * *", "TimeZone": "Asia/Tokyo", "Content": "on-this-day", "To": ["mastodon"] }
            }
            """
        );
        await AddAsync(
            PostState.Refused,
            post => post with { Items = [item], Occurrence = Some.At("2027-02-01 00:00") }
        );

        Assert.Equal(
            0,
            (await _home.RunAsync(["retry", Key, .. ignoresDate ? (string[])["--ignore-date"] : []])).ExitCode
        );

        var again = Assert.Single(await _home.PostsAsync(), post => post.RetryOf == Key);
        Assert.Equal(Some.At(deadline), again.Deadline);
    }

    [Fact]
    public async Task Retry_AQuotationOfAnotherDay_NeedsNoOption()
    {
        await AddAsync(
            PostState.Refused,
            post => post with { Items = ["within-us"], Occurrence = Some.At("2027-01-20 09:00") }
        );

        Assert.Equal(0, (await _home.RunAsync("retry", Key)).ExitCode);
    }

    [Fact]
    public async Task Retry_AnUnknownKey_NamesTheCommandThatListsThem()
    {
        await AddAsync(PostState.Refused);

        (await _home.RunAsync("retry", "b")).ShouldBe(
            2,
            "",
            "No post has a key that begins with b. serge deliveries --failed lists the failed posts.\n"
        );
    }

    [Fact]
    public async Task Retry_APrefixOfSeveralKeys_ListsAtMostFive()
    {
        await _home.AddAsync([
            .. Enumerable
                .Range(1, 6)
                .Select(i =>
                    Some.Post($"abcdefgh-{i}", PostState.Refused, occurrence: Some.Noon.AddHours(-i)) with
                    {
                        Key = $"abc{i}efgh-and-more",
                    }
                ),
        ]);

        (await _home.RunAsync("retry", "abc")).ShouldBe(
            2,
            "",
            "Several posts have a key that begins with abc: abc1efgh, abc2efgh, abc3efgh, abc4efgh, abc5efgh … Give more letters; serge deliveries --json shows complete keys.\n"
        );
    }

    [Fact]
    public async Task Retry_AnUnknownPostThatIsFound_RecordsItAsSent()
    {
        await AddAsync(PostState.Unknown, post => post with { Lookups = 3 });
        _home.Mastodon.OnLookup = () => new LookupResult.Found("42", new Uri("https://m.example/@serge/42"));

        (await _home.RunAsync("retry", Key)).ShouldBe(
            0,
            "aaaaaaaa was already published. https://m.example/@serge/42 Nothing was sent; it is recorded as sent.\n"
        );
        var post = Assert.Single(await _home.PostsAsync());
        Assert.Equal((PostState.Sent, "42", null, null), (post.State, post.RemoteId, post.ClaimedBy, post.LeaseUntil));
    }

    [Fact]
    public async Task Retry_AnUnknownPostThatIsFoundWithoutALink_ReportsIt()
    {
        await AddAsync(PostState.Unknown);
        _home.Mastodon.OnLookup = () => new LookupResult.Found("42", null);

        (await _home.RunAsync("retry", Key)).ShouldBe(
            0,
            "aaaaaaaa was already published. Nothing was sent; it is recorded as sent.\n"
        );
    }

    [Fact]
    public async Task Retry_AnOldUnknownPostThatIsNotFound_IsSentAgain()
    {
        await AddAsync(PostState.Unknown, post => post with { Lookups = 30, Deadline = Some.Noon.AddDays(-2) });

        Assert.Equal(0, (await _home.RunAsync("retry", Key)).ExitCode);

        var old = await _home.PostAsync(Key);
        Assert.Equal(
            (PostState.Missed, "A lookup did not find it; an operator sent it again as a new post.", null),
            (old.State, old.Reason, old.ClaimedBy)
        );
        Assert.Single(await _home.PostsAsync(), post => post is { RetryOf: Key, State: PostState.Planned });
    }

    /// <summary>The server may be about to publish it, and a new post has a new key.</summary>
    [Fact]
    public async Task Retry_AnUnknownPostThatIsNotFoundYet_IsLeftToTheRunningBot()
    {
        _home.Mastodon.Capabilities = FakeMastodon.WithKeys;
        await AddAsync(PostState.Unknown, post => post with { FirstAttemptAt = Some.Noon });

        await AssertRefusedAsync(
            "aaaaaaaa is not there now, but the server may still publish it. The running bot looks it up again, and sends it if no lookup finds it. To send it immediately: serge retry aaaaaaaa --force."
        );
        Assert.Equal((PostState.Unknown, 1), (await _home.PostAsync(Key)).Let(post => (post.State, post.Misses)));

        Assert.Equal(0, (await _home.RunAsync("retry", Key, "--force")).ExitCode);
        var retry = Assert.Single(await _home.PostsAsync(), post => post.RetryOf == Key);
        Assert.Equal((true, Some.Noon), (retry.CopyCheckPending, retry.FirstAttemptAt));
    }

    [Fact]
    public async Task Retry_AnUnknownPostWithAnInconclusiveLookup_NeedsForce()
    {
        var before = await AddAsync(PostState.Unknown);
        _home.Mastodon.OnLookup = () => new LookupResult.Inconclusive("HTTP 503.");

        await AssertRefusedAsync(
            "It is unknown whether aaaaaaaa was published: HTTP 503. Check mastodon yourself. If it is not there: serge retry aaaaaaaa --force."
        );
        Assert.Equivalent(before, await _home.PostAsync(Key));

        Assert.Equal(0, (await _home.RunAsync("retry", Key, "--force")).ExitCode);
        Assert.Equal(
            "Unknown whether it was published; an operator sent it again as a new post.",
            (await _home.PostAsync(Key)).Reason
        );
        Assert.Single(await _home.PostsAsync(), post => post.RetryOf == Key);
    }

    [Fact]
    public async Task Retry_DuringTheLookup_HasClaimedThePost()
    {
        await AddAsync(PostState.Unknown);
        Post? claimed = null;
        _home.Mastodon.OnLookup = () =>
        {
            claimed = _home.PostAsync(Key).GetAwaiter().GetResult();
            return new LookupResult.Found("42", null);
        };

        await _home.RunAsync("retry", Key);

        Assert.Equal(_home.SystemClock.GetUtcNow() + new DeliverySettings().Lease, claimed!.LeaseUntil);
        Assert.NotNull(claimed.ClaimedBy);
    }

    [Fact]
    public async Task Retry_WhenTheWorkerTakesThePostOver_PlansNothing()
    {
        await AddAsync(PostState.Unknown);
        _home.Mastodon.OnLookup = () =>
        {
            _home.TakeOverAsync(post => post with { ClaimedBy = "worker" }).GetAwaiter().GetResult();
            return new LookupResult.NotFound();
        };

        await AssertRefusedAsync("The lookup took too long, and the running bot has taken over aaaaaaaa. Try again.");
    }

    [Fact]
    public async Task Retry_WithoutAKey_PointsAtTheHelp()
    {
        var result = await _home.RunAsync("retry");

        result.ShouldBe(
            2,
            "",
            "Required argument 'ID' missing for command: 'retry'.\nserge retry --help shows what is allowed.\n"
        );
    }

    private async Task<Post> AddAsync(PostState state, Func<Post, Post>? change = null)
    {
        var post = Some.Post(Key, state, occurrence: Some.Noon.AddHours(-3));
        await _home.AddAsync(change?.Invoke(post) ?? post);
        return await _home.PostAsync(Key);
    }

    private async Task AssertRefusedAsync(string message, int posts = 1)
    {
        (await _home.RunAsync("retry", Key)).ShouldBe(2, "", message + "\n");
        Assert.Equal(posts, (await _home.PostsAsync()).Count);
    }
}
