namespace Serge.Bot.Tests.Cli;

/// <summary><c>serge retry</c>: a failed post is planned once more, unless it must not be.</summary>
public sealed class RetryVerbTests : IDisposable
{
    private const string Key = "aaaaaaaaaaaaaaaaaaaaaaaa";

    private readonly CommandHome _home = new();

    public RetryVerbTests() =>
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
    [InlineData(nameof(PostState.Refused), "a schedule that is gone", 6)]
    public async Task Retry_AFailedPost_PlansTheSameTextForNow(string state, string schedule, int lateHours)
    {
        var old = await AddAsync(Enum.Parse<PostState>(state), post => post with { Schedule = schedule });

        var result = await _home.RunAsync("retry", Key);

        var again = Assert.Single(await _home.PostsAsync(), post => post.RetryOf == Key);
        result.Is(
            0,
            $"{again.Key[..8]} goes to mastodon in place of aaaaaaaa: the running bot sends it now, or as soon as it runs.\nWords.\n"
        );
        Assert.Equal(
            (PostState.Planned, schedule, Some.Noon, Some.Noon.AddHours(lateHours), Destinations.Mastodon),
            (again.State, again.Schedule, again.Occurrence, again.Deadline, again.Destination)
        );
        Assert.Equal(("Words.", "an-id"), (again.Payload!.Text, Assert.Single(again.Items)));
        Assert.Equivalent(old, await _home.PostAsync(Key));
        Assert.Empty(_home.Mastodon.Posts);
    }

    [Fact]
    public async Task Retry_APostThatTheDailyLimitCancelled_PlansItAgain()
    {
        await AddAsync(PostState.Cancelled, post => post with { Reason = "Flood guard: enough." });

        Assert.Equal(0, (await _home.RunAsync("retry", "aaa")).ExitCode);
        Assert.Equal(2, (await _home.PostsAsync()).Count);
    }

    /// <summary>Each row: the state, its reason, and what is said. Nothing is planned.</summary>
    [Theory]
    [InlineData(
        nameof(PostState.Sent),
        null,
        "aaaaaaaa was sent. To say it once more, use serge post --now --schedule morning."
    )]
    [InlineData(
        nameof(PostState.Planned),
        "HTTP 503",
        "aaaaaaaa is planned: the running bot sends it by itself. HTTP 503"
    )]
    [InlineData(nameof(PostState.Planned), null, "aaaaaaaa is planned: the running bot sends it by itself.")]
    [InlineData(nameof(PostState.Sending), null, "aaaaaaaa is being sent at this moment. Look again in a few minutes.")]
    [InlineData(nameof(PostState.Retracted), "Retracted.", "aaaaaaaa was taken back. Retracted.")]
    [InlineData(nameof(PostState.Cancelled), "Off.", "aaaaaaaa was called off on purpose. Off.")]
    public async Task Retry_APostThatHasNotFailed_SaysWhyNot(string state, string? reason, string says)
    {
        await AddAsync(Enum.Parse<PostState>(state), post => post with { Reason = reason });

        await IsRefusedAsync(says);
    }

    [Fact]
    public async Task Retry_ASentPostWithALink_NamesTheLink()
    {
        await AddAsync(PostState.Sent, post => post with { Url = new Uri("https://m.example/@serge/42") });

        await IsRefusedAsync(
            "aaaaaaaa was sent: https://m.example/@serge/42. To say it once more, use serge post --now --schedule morning."
        );
    }

    [Fact]
    public async Task Retry_APostThatWasNeverWritten_NamesTheCommandThatPosts()
    {
        await AddAsync(PostState.Missed, post => post with { Payload = null, Reason = "The bot was not at work." });

        await IsRefusedAsync(
            "aaaaaaaa was never written. The bot was not at work. To post what the schedule has to say now: serge post --now --schedule morning."
        );
    }

    [Fact]
    public async Task Retry_APostThatWasRetried_NamesItsSuccessor()
    {
        await AddAsync(PostState.Refused);
        await _home.AddAsync(
            Some.Post("bbbbbbbbbbbbbbbbbbbbbbbb", PostState.Refused, occurrence: Some.Noon.AddHours(-1)) with
            {
                RetryOf = Key,
            }
        );

        await IsRefusedAsync(
            "aaaaaaaa was sent again as bbbbbbbb, which is refused. If that failed too: serge retry bbbbbbbb.",
            posts: 2
        );
    }

    [Fact]
    public async Task Retry_APostOfAWithdrawnItem_SaysHowToRestoreIt()
    {
        await AddAsync(PostState.Refused, post => post with { Items = ["within-us", "an-id"] });
        await _home.WithdrawAsync("an-id");

        await IsRefusedAsync("aaaaaaaa says an-id, which is withdrawn. To put it back: serge retract --undo an-id.");
    }

    [Fact]
    public async Task Retry_AtTheMomentOfAnotherPost_SaysSo()
    {
        await AddAsync(PostState.Refused);
        await _home.AddAsync(Some.Post("bbbbbbbbbbbbbbbbbbbbbbbb", PostState.Sent));

        await IsRefusedAsync("Another post of this schedule was planned at the same moment. Try again.", posts: 2);
    }

    /// <summary>The schedule's day in Tokyo, nine hours ahead: each row says when the post was due and whether that day is over.</summary>
    [Theory]
    [InlineData("2027-01-31 15:00", false)] // 1 February 00:00
    [InlineData("2027-01-31 14:59", true)] // 31 January 23:59
    public async Task Retry_APostOfADaysEvents_GoesByTheDayOfTheSchedule(string due, bool isOver)
    {
        await AddAsync(
            PostState.Refused,
            post => post with { Items = ["within-us", "testament"], Occurrence = Some.At(due) }
        );

        if (isOver)
        {
            await IsRefusedAsync(
                "aaaaaaaa says what happened on this day, and that day, 31 January, is over. To post it all the same: serge retry aaaaaaaa --on-another-day."
            );
        }

        Assert.Equal(
            0,
            (await _home.RunAsync(["retry", Key, .. isOver ? (string[])["--on-another-day"] : []])).ExitCode
        );
        Assert.Equal(2, (await _home.PostsAsync()).Count);
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
    public async Task Retry_AnIdThatNoPostHas_SaysWhatListsThem()
    {
        await AddAsync(PostState.Refused);

        (await _home.RunAsync("retry", "b")).Is(
            2,
            "",
            "No post has an id that begins with b. serge deliveries --failed lists those that failed.\n"
        );
    }

    [Fact]
    public async Task Retry_ABeginningOfSeveralIds_ListsAtMostFive()
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

        (await _home.RunAsync("retry", "abc")).Is(
            2,
            "",
            "Several posts have an id that begins with abc: abc1efgh, abc2efgh, abc3efgh, abc4efgh, abc5efgh … Give more letters of it; serge deliveries --json has them all.\n"
        );
    }

    [Fact]
    public async Task Retry_AnUnknownPostThatIsThere_CountsItAsSent()
    {
        await AddAsync(PostState.Unknown, post => post with { Lookups = 3 });
        _home.Mastodon.OnLook = () => new LookupResult.Found("42", new Uri("https://m.example/@serge/42"));

        (await _home.RunAsync("retry", Key)).Is(
            0,
            "aaaaaaaa is there already: https://m.example/@serge/42 Nothing was sent, and it counts as sent now.\n"
        );
        var post = Assert.Single(await _home.PostsAsync());
        Assert.Equal((PostState.Sent, "42", null, null), (post.State, post.RemoteId, post.Owner, post.LeaseUntil));
    }

    [Fact]
    public async Task Retry_AnUnknownPostThatIsThereWithoutALink_SaysSo()
    {
        await AddAsync(PostState.Unknown);
        _home.Mastodon.OnLook = () => new LookupResult.Found("42", null);

        (await _home.RunAsync("retry", Key)).Is(
            0,
            "aaaaaaaa is there already. Nothing was sent, and it counts as sent now.\n"
        );
    }

    [Fact]
    public async Task Retry_AnUnknownPostThatIsNotThere_IsSentAsAnother()
    {
        await AddAsync(PostState.Unknown);

        Assert.Equal(0, (await _home.RunAsync("retry", Key)).ExitCode);

        var old = await _home.PostAsync(Key);
        Assert.Equal(
            (PostState.Missed, "A look showed that it is not there; it is sent again as another post.", null),
            (old.State, old.Reason, old.Owner)
        );
        Assert.Single(await _home.PostsAsync(), post => post is { RetryOf: Key, State: PostState.Planned });
    }

    [Fact]
    public async Task Retry_AnUnknownPostThatCannotBeFound_NeedsAPerson()
    {
        var before = await AddAsync(PostState.Unknown);
        _home.Mastodon.OnLook = () => new LookupResult.Inconclusive("HTTP 503.");

        await IsRefusedAsync(
            "Nobody can tell whether aaaaaaaa is there already: HTTP 503. Look at mastodon yourself. If it is not there: serge retry aaaaaaaa --even-if-it-may-be-there."
        );
        Assert.Equivalent(before, await _home.PostAsync(Key));

        Assert.Equal(0, (await _home.RunAsync("retry", Key, "--even-if-it-may-be-there")).ExitCode);
        Assert.Equal(
            "Nobody could tell whether it is there; a person had it sent again.",
            (await _home.PostAsync(Key)).Reason
        );
        Assert.Single(await _home.PostsAsync(), post => post.RetryOf == Key);
    }

    [Fact]
    public async Task Retry_WhileItLooks_HoldsTheClaimOnThePost()
    {
        await AddAsync(PostState.Unknown);
        Post? claimed = null;
        _home.Mastodon.OnLook = () =>
        {
            claimed = _home.PostAsync(Key).GetAwaiter().GetResult();
            return new LookupResult.Found("42", null);
        };

        await _home.RunAsync("retry", Key);

        Assert.Equal(_home.Wire.GetUtcNow() + new DeliverySettings().Lease, claimed!.LeaseUntil);
        Assert.NotNull(claimed.Owner);
    }

    [Fact]
    public async Task Retry_WhenTheWorkerTakesThePostMeanwhile_PlansNothing()
    {
        await AddAsync(PostState.Unknown);
        _home.Mastodon.OnLook = () =>
        {
            TakeAsync().GetAwaiter().GetResult();
            return new LookupResult.NotFound();
        };

        await IsRefusedAsync(
            "The look took too long, and the running bot has aaaaaaaa now. Try again in a few minutes."
        );

        async Task TakeAsync()
        {
            await using var ledger = await Ledger.OpenAsync(_home.LedgerPath, TestContext.Current.CancellationToken);
            var post = Assert.Single(await ledger.GetRecentAsync(1, TestContext.Current.CancellationToken));
            Assert.True(
                await ledger.TryUpdateAsync(post, post with { Owner = "worker" }, TestContext.Current.CancellationToken)
            );
        }
    }

    [Fact]
    public async Task Retry_WithoutAnId_ShowsHowItIsUsed()
    {
        var result = await _home.RunAsync("retry");

        Assert.Equal((1, "Required argument 'ID' missing for command: 'retry'.\n\n"), (result.ExitCode, result.Error));
        Assert.Contains("  The id of the failed post, or its first letters", result.Output, StringComparison.Ordinal);
    }

    private async Task<Post> AddAsync(PostState state, Func<Post, Post>? change = null)
    {
        var post = Some.Post(Key, state, occurrence: Some.Noon.AddHours(-3));
        await _home.AddAsync(change?.Invoke(post) ?? post);
        return await _home.PostAsync(Key);
    }

    private async Task IsRefusedAsync(string says, int posts = 1)
    {
        (await _home.RunAsync("retry", Key)).Is(2, "", says + "\n");
        Assert.Equal(posts, (await _home.PostsAsync()).Count);
    }
}
