namespace Serge.Bot.Tests.Cli;

/// <summary><c>serge post</c>: what a schedule would post now, and with <c>--now</c> the post itself.</summary>
public sealed class PostCommandTests : IDisposable
{
    private const string OneQuote = """
        - id: within-us
          text: "Totalitarianism is within us."
          via: cunningham
          topics: [power]

        """;

    private const string Text = """
        “Totalitarianism is within us.”

        — Victor Serge, quoted by Guy Patrick Cunningham in “The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary”
        """;

    private readonly CommandHome _home = new();

    public PostCommandTests()
    {
        _home.Settings(Section.Morning, Section.Mastodon, Section.Discord);
        _home.Write("quotes.yaml", OneQuote);
        _home.ScheduleClock.SetUtcNow(Some.Noon.AddMilliseconds(700));
    }

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Post_WithoutNow_OnlyShowsWhatWouldBePosted()
    {
        (await _home.RunAsync("post", "--schedule", "morning")).ShouldBe(
            0,
            """
            → mastodon
            “Totalitarianism is within us.”

            — Victor Serge, quoted by Guy Patrick Cunningham in “The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary”

            #VictorSerge

            → discord:7
            “Totalitarianism is within us.”
            — Victor Serge, quoted by Guy Patrick Cunningham in “The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary”

            Nothing was posted. Add --now to post it.

            """
        );
        Assert.Empty(await _home.PostsAsync());
        Assert.Equal((0, 0), (_home.Mastodon.Sends, _home.Discord.Calls.Count));
    }

    [Fact]
    public async Task Post_Now_PostsToEveryDestinationAndRecordsIt()
    {
        (await _home.RunAsync("post", "--now", "--schedule", "morning")).ShouldBe(
            0,
            "mastodon: posted\ndiscord:7: posted https://discord.com/channels/1/7/900\n"
        );

        Assert.Equal($"{Text}\n\n#VictorSerge", Assert.Single(_home.Mastodon.Posts).Status.Text);
        Assert.Single(_home.Discord.Calls, call => call.StartsWith("send 7: ", StringComparison.Ordinal));
        Assert.All(
            await _home.PostsAsync(),
            post =>
                Assert.Equal(
                    (PostState.Sent, PostKind.Manual, ScheduleId.OfOperator("morning"), Some.Noon, "within-us", 1),
                    (post.State, post.Kind, post.Schedule, post.Occurrence, Assert.Single(post.Items), post.Attempts)
                )
        );
        Assert.Equal(2, (await _home.PostsAsync()).Count);
    }

    /// <summary>Each row: the outcome of the send, the exit code, what is printed, and the state in the
    /// ledger.</summary>
    public static TheoryData<SendOutcome, int, string, string> Outcomes =>
        new()
        {
            { new SendOutcome.Sent("42", null), 0, "posted", nameof(PostState.Sent) },
            {
                new SendOutcome.Sent("42", new Uri("https://m.example/@serge/42")),
                0,
                "posted https://m.example/@serge/42",
                nameof(PostState.Sent)
            },
            {
                new SendOutcome.Refused(Refusal.Payload, "HTTP 422"),
                1,
                "not posted yet; a running bot retries it. HTTP 422 (refused once; it is sent again, and only a second refusal is final)",
                nameof(PostState.Planned)
            },
            {
                new SendOutcome.Unavailable("HTTP 503"),
                1,
                "not posted yet; a running bot retries it. HTTP 503",
                nameof(PostState.Planned)
            },
            {
                new SendOutcome.Unknown("The response was lost."),
                1,
                "unknown whether it was posted; a running bot looks it up. The response was lost.",
                nameof(PostState.Unknown)
            },
        };

    [Theory]
    [MemberData(nameof(Outcomes))]
    public async Task Post_Now_PrintsTheOutcome(SendOutcome outcome, int exitCode, string message, string state)
    {
        _home.Mastodon.OnSend = _ => outcome;

        (await _home.RunAsync("post", "--now", "--schedule", "morning")).ShouldBe(
            exitCode,
            $"mastodon: {message}\ndiscord:7: posted https://discord.com/channels/1/7/900\n"
        );
        Assert.Equal(
            state,
            Assert.Single(await _home.PostsAsync(), post => post.Destination == Destinations.Mastodon).State.ToString()
        );
    }

    [Fact]
    public async Task Post_Now_WhenEveryDestinationFails_PrintsEachOutcome()
    {
        _home.Mastodon.OnSend = _ => new SendOutcome.Refused(Refusal.Payload, "HTTP 422");
        _home.Discord.OnSend = () => new SendOutcome.Refused(Refusal.Forbidden, "HTTP 403");

        (await _home.RunAsync("post", "--now", "--schedule", "morning")).ShouldBe(
            1,
            "mastodon: not posted yet; a running bot retries it. HTTP 422 (refused once; it is sent again, and only a second refusal is final)\n"
                + "discord:7: not posted yet; a running bot retries it. HTTP 403 (refused once; it is sent again, and only a second refusal is final)\n"
        );
    }

    [Fact]
    public async Task Post_Now_WhenTheWorkerStillSendsThePostAfterTheLease_ReportsIt()
    {
        TakeOverWhileSending(post => post with { ClaimedBy = "worker" });

        (await _home.RunAsync("post", "--now", "--schedule", "one")).ShouldBe(
            1,
            "mastodon: the running bot is still sending it; serge deliveries shows the result\n"
        );
        Assert.Equal(new DeliverySettings().Lease, _home.SystemClock.Skipped.Aggregate((sum, wait) => sum + wait));
    }

    /// <summary>Each row: the state to which the worker changes the post, the output of the command, and its exit
    /// code.</summary>
    [Theory]
    [InlineData(nameof(PostState.Sent), "posted https://m.example/@serge/1", 0)]
    [InlineData(nameof(PostState.Planned), "not posted yet; a running bot retries it. HTTP 503", 1)]
    [InlineData(nameof(PostState.Refused), "not posted: HTTP 503", 1)]
    public async Task Post_Now_WhenTheWorkerTakesThePostOver_ReportsItsResult(string state, string result, int exitCode)
    {
        var final = Enum.Parse<PostState>(state);
        TakeOverWhileSending(post =>
            post with
            {
                State = final,
                ClaimedBy = null,
                LeaseUntil = null,
                Reason = final == PostState.Sent ? null : "HTTP 503",
                Url = final == PostState.Sent ? new Uri("https://m.example/@serge/1") : null,
            }
        );

        (await _home.RunAsync("post", "--now", "--schedule", "one")).ShouldBe(exitCode, $"mastodon: {result}\n");
        Assert.Empty(_home.SystemClock.Skipped);
    }

    /// <summary>A worker claims the post while the command sends it.</summary>
    private void TakeOverWhileSending(Func<Post, Post> change)
    {
        _home.Settings(
            Section.Mastodon,
            """ "Schedules": { "one": { "Cron": "0 9 * * *", "Content": "quote", "To": ["mastodon"] } } """
        );
        _home.Mastodon.OnSend = _ =>
        {
            _home.TakeOverAsync(change).GetAwaiter().GetResult();
            return null;
        };
    }

    [Fact]
    public async Task Post_Now_WithoutContent_Succeeds()
    {
        _home.Settings(
            Section.Mastodon,
            """ "Schedules": { "days": { "Cron": "0 9 * * *", "Content": "on-this-day", "To": ["mastodon"] } } """
        );
        _home.ScheduleClock.SetUtcNow(Some.At("2027-05-05 12:00"));

        (await _home.RunAsync("post", "--schedule", "days")).ShouldBe(
            0,
            "→ mastodon\nNo event is dated 5 May.\n\nNothing was posted. Add --now to post it.\n"
        );
        (await _home.RunAsync("post", "--schedule", "days", "--now")).ShouldBe(
            0,
            "mastodon: nothing to post: No event is dated 5 May.\n"
        );
        var post = Assert.Single(await _home.PostsAsync());
        Assert.Equal((PostState.Cancelled, CancelCause.NoContent), (post.State, post.CancelCause));
        Assert.Equal(0, _home.Mastodon.Sends);
    }

    [Fact]
    public async Task Post_Now_BeyondTheDailyLimit_FailsAndNamesTheSetting()
    {
        _home.Settings(
            """ "Mastodon": { "Address": "https://m.example/", "AccessToken": "secret", "PostsPerDay": 1 } """,
            """ "Schedules": { "one": { "Cron": "0 9 * * *", "Content": "quote", "To": ["mastodon"] } } """
        );
        await _home.AddAsync(Some.Post(state: PostState.Sent, occurrence: Some.Noon.AddHours(-1)));

        (await _home.RunAsync("post", "--schedule", "one", "--now")).ShouldBe(
            1,
            "mastodon: not posted: Daily limit reached: mastodon already has 1 post on 2027-02-01. Reduce the schedules, or change Mastodon:PostsPerDay.\n"
        );
    }

    [Fact]
    public async Task Post_Now_TwiceInTheSameSecond_PostsOnce()
    {
        await _home.RunAsync("post", "--now", "--schedule", "morning");

        (await _home.RunAsync("post", "--now", "--schedule", "morning")).ShouldBe(0, "");
        Assert.Equal(1, _home.Mastodon.Sends);
    }

    [Fact]
    public async Task Post_WithOneDisabledPlatform_PostsToTheOther()
    {
        _home.Settings(Section.Morning, Section.Discord);

        (await _home.RunAsync("post", "--now", "--schedule", "morning")).ShouldBe(
            0,
            "discord:7: posted https://discord.com/channels/1/7/900\n"
        );
        Assert.Single(await _home.PostsAsync());
    }

    [Fact]
    public async Task Post_WithDisabledPlatformsOnly_StatesThatTheyHaveNoCredentials()
    {
        _home.Settings(Section.Morning);

        (await _home.RunAsync("post", "--schedule", "morning")).ShouldBe(
            2,
            "",
            "morning posts to mastodon, discord:7, but no credentials are set for that. serge doctor shows what to set.\n"
        );
    }

    [Fact]
    public async Task Post_OfAScheduleThatDoesNotExist_NamesThoseThatDo()
    {
        (await _home.RunAsync("post", "--schedule", "mornin")).ShouldBe(
            2,
            "",
            "There is no schedule mornin. Did you mean morning? Schedules: morning.\n"
        );
        _home.Settings(
            """ "Schedules": { "a": { "Cron": "0 9 * * *", "Content": "quote", "To": ["mastodon"] }, "b": { "Cron": "0 9 * * *", "Content": "quote", "To": ["mastodon"] } } """
        );
        (await _home.RunAsync("post", "--schedule", "morning")).ShouldBe(
            2,
            "",
            "There is no schedule morning. Schedules: a, b.\n"
        );
        _home.Settings();
        (await _home.RunAsync("post", "--schedule", "morning")).ShouldBe(
            2,
            "",
            "There is no schedule morning. Schedules: none.\n"
        );
    }

    [Fact]
    public async Task Post_WithoutASchedule_PointsAtTheHelp()
    {
        var result = await _home.RunAsync("post", "--now");

        result.ShouldBe(2, "", "Option '--schedule' is required.\nserge post --help shows what is allowed.\n");
    }

    /// <summary>Each row: whether the account is marked as automated, and the outcome when policy checks are
    /// enforced.</summary>
    [Theory]
    [InlineData(true, 0, "mastodon: posted\n")]
    [InlineData(
        false,
        1,
        "mastodon: not posted yet; a running bot retries it. Mastodon:PolicyChecks is enforce, so nothing is posted there. The account serge is not marked as automated. Mark it in the account's preferences: readers and moderators expect it of a bot.\n"
    )]
    public async Task Post_Now_WithEnforcedPolicyChecks_ChecksTheAccountFirst(bool isBot, int exitCode, string output)
    {
        _home.Settings(
            """ "Mastodon": { "Address": "https://m.example/", "AccessToken": "secret", "PolicyChecks": "enforce" } """,
            """ "Schedules": { "one": { "Cron": "0 9 * * *", "Content": "quote", "To": ["mastodon"] } } """
        );
        _home.Mastodon.Account = _home.Mastodon.Account with { Bot = isBot };

        (await _home.RunAsync("post", "--now", "--schedule", "one")).ShouldBe(exitCode, output);
    }

    [Fact]
    public async Task Post_WhenTheServerDoesNotReturnItsLimits_ReportsIt()
    {
        _home.Mastodon.InstanceAnswer = new Result<MastodonInstance>.Unavailable("down");

        Assert.Equal(
            "The Mastodon server did not return its limits; the default of 500 characters is assumed.\n",
            (await _home.RunAsync("post", "--schedule", "morning")).Error
        );
    }
}
