namespace Serge.Bot.Tests.Publishing;

/// <summary>What is wrong with an account or its server is said in one line each, with what to do about it.</summary>
public sealed class AccountExamTests : IDisposable
{
    private readonly TestCatalogue _catalogue = new();
    private readonly FakeMastodon _mastodon = new();
    private readonly FakeTimeProvider _time = new(Some.Noon);
    private readonly LogLines<MastodonStartupCheck> _log = new();
    private AccountCheck? _exam;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task Examine_AGoodCitizen_IsAllGood()
    {
        var found = await Exam().RunAsync(Stop);

        Assert.Equal([DiagnosticKind.Ok, DiagnosticKind.Note, DiagnosticKind.Ok], found.Select(finding => finding.Kind)); // the note: no key is relied on
        Assert.Equal(
            "ready: posting as serge on a server of version 4.5.7, at most 500 characters a post",
            found[0].Message
        );
        Assert.Contains("good manners", found[2].Message, StringComparison.Ordinal);
    }

    /// <summary>Each row: how the server answers about itself, what kind of trouble that is, and what the line must say.</summary>
    [Theory]
    [InlineData(
        "refused",
        "Wrong",
        "Mastodon:Address = https://m.example/",
        "does not answer as a Mastodon server does",
        "HTTP 200, but a web page"
    )]
    [InlineData("unauthorized", "Wrong", "Mastodon:AccessToken is not accepted", "Development", "HTTP 401")]
    [InlineData("unavailable", "Down", "asked again later", "connection refused")]
    public async Task Examine_AServerThatDoesNotDescribeItself_SaysWhatToDo(
        string answer,
        string kind,
        params string[] words
    )
    {
        _mastodon.InstanceAnswer = answer switch
        {
            "refused" => new Result<MastodonInstance>.Refused(
                Refusal.Gone,
                "HTTP 200, but a web page and not what a Mastodon server answers."
            ),
            "unauthorized" => new Result<MastodonInstance>.Unauthorized("HTTP 401"),
            _ => new Result<MastodonInstance>.Unavailable("connection refused"),
        };

        Says(Assert.Single(await Exam().RunAsync(Stop)), Enum.Parse<DiagnosticKind>(kind), words);
    }

    [Theory]
    [InlineData(
        "4.5.7",
        "forbidden",
        "Wrong",
        "may not read its own account",
        "profile (or read:accounts)",
        "HTTP 403: Your login is currently disabled"
    )]
    [InlineData(
        "unknown",
        "gone",
        "Wrong",
        "There is no Mastodon API at Mastodon:Address = https://m.example/",
        "without a path"
    )]
    [InlineData("4.5.7", "gone", "Wrong", "does not say whose account", "read:statuses and write:statuses")]
    [InlineData("4.5.7", "payload", "Wrong", "does not say whose account", "own account")] // an application's token
    [InlineData("4.5.7", "unauthorized", "Wrong", "Mastodon:AccessToken is not accepted")]
    [InlineData("4.5.7", "unavailable", "Down", "asked again later")]
    public async Task Examine_AServerThatDoesNotKnowUs_SaysWhatToDo(
        string version,
        string answer,
        string kind,
        params string[] words
    )
    {
        _mastodon.Instance = new MastodonInstance { Version = version };
        _mastodon.AccountAnswer = answer switch
        {
            "forbidden" => new Result<MastodonAccount>.Refused(
                Refusal.Forbidden,
                "HTTP 403: Your login is currently disabled"
            ),
            "gone" => new Result<MastodonAccount>.Refused(Refusal.Gone, "HTTP 404"),
            "payload" => new Result<MastodonAccount>.Refused(
                Refusal.Payload,
                "HTTP 422: This method requires an authenticated user"
            ),
            "unauthorized" => new Result<MastodonAccount>.Unauthorized("HTTP 401"),
            _ => new Result<MastodonAccount>.Unavailable("HTTP 503"),
        };

        Says(Assert.Single(await Exam().RunAsync(Stop)), Enum.Parse<DiagnosticKind>(kind), words);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(null, null)] // not known is no reason to complain
    [InlineData(false, true, "read:statuses")]
    [InlineData(true, false, "write:statuses")]
    [InlineData(false, false, "write:statuses", "read:statuses")]
    public async Task Examine_ATokenWithoutAScope_NamesTheScope(bool? read, bool? write, params string[] scopes)
    {
        _mastodon.Access = new MastodonAccess(read, write);

        var wrong = (await Exam().RunAsync(Stop)).Where(finding => finding.Kind == DiagnosticKind.Error).ToArray();

        Assert.Equal(scopes.Length, wrong.Length);
        Assert.All(scopes.Zip(wrong), pair => Assert.Contains(pair.First, pair.Second.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Examine_ASmallServer_NamesTheQuotationsThatAreLeftOut()
    {
        _mastodon.Instance = new MastodonInstance { Version = "4.5.7", MaxCharacters = 110 };

        var found = await Exam().RunAsync(Stop);

        Says(
            Assert.Single(found, finding => finding.Message.Contains("Too long", StringComparison.Ordinal)),
            DiagnosticKind.Note,
            "end-commands-means",
            "never cut"
        );
    }

    [Theory]
    [InlineData(false, true, "@ada@example.org", null)]
    [InlineData(false, false, "", null)] // explained, and that is all
    [InlineData(true, true, "@ada@example.org", null)]
    [InlineData(true, false, "@ada@example.org", "is not marked as automated")]
    [InlineData(true, true, "Quotations.", "names nobody to turn to")]
    public async Task ClosedBecause_AfterALook_IsTheFirstBreachWhereTheOperatorIsStrict(
        bool strict,
        bool bot,
        string bio,
        string? expected
    )
    {
        _mastodon.Account = _mastodon.Account with { Bot = bot, Note = bio };
        var exam = Exam(strict);
        await exam.RunAsync(Stop);

        Assert.Equal(expected is not null, exam.BlockedReason is not null);
        Assert.Contains(expected ?? "", exam.BlockedReason ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClosedBecause_WhileStrictAndNotLookedAtYet_IsThat()
    {
        _mastodon.InstanceAnswer = new Result<MastodonInstance>.Unavailable("down");
        var exam = Exam(strict: true);
        Assert.Contains("has not been looked at yet", exam.BlockedReason, StringComparison.Ordinal);

        await exam.RunAsync(Stop);
        Assert.Contains("cannot be asked now", exam.BlockedReason, StringComparison.Ordinal);

        _mastodon.InstanceAnswer = null;
        await exam.RunAsync(Stop);
        Assert.Null(exam.BlockedReason);
    }

    [Fact]
    public async Task Send_WhileClosed_IsUnavailableAndGoesOutOnceItIsMended()
    {
        _mastodon.Account = _mastodon.Account with { Bot = false };
        var exam = Exam(strict: true);
        await exam.RunAsync(Stop);
        var poster = TestEngine.Targets(null, _mastodon, exam);

        Assert.Contains(
            "not marked as automated",
            Assert.IsType<SendOutcome.Unavailable>(await poster.SendAsync(Some.Post(), Stop)).Reason,
            StringComparison.Ordinal
        );
        Assert.Empty(_mastodon.Posts);

        _mastodon.Account = _mastodon.Account with { Bot = true };
        await exam.RunAsync(Stop);
        Assert.IsType<SendOutcome.Sent>(await poster.SendAsync(Some.Post(), Stop));
    }

    [Fact]
    public async Task Greet_SaysEachThingOnceInItsLevel()
    {
        _mastodon.Account = _mastodon.Account with { Bot = false };
        _mastodon.Access = new MastodonAccess(ReadStatuses: false, WriteStatuses: true);
        var greeting = new MastodonStartupCheck(Exam(), new Clocks(_time, _time), _log);

        Assert.True(await greeting.CheckAsync(Stop));

        Assert.Single(
            _log.Lines,
            line => line.StartsWith("Information: Mastodon: ready: posting as serge", StringComparison.Ordinal)
        );
        Assert.Single(
            _log.Lines,
            line =>
                line.StartsWith(
                    "Warning: Mastodon: The account serge is not marked as automated",
                    StringComparison.Ordinal
                )
        );
        Assert.Single(
            _log.Lines,
            line =>
                line.StartsWith(
                    "Error: Mastodon: Mastodon:AccessToken may not read its own posts",
                    StringComparison.Ordinal
                )
        );
        _log.Clear();
        await greeting.CheckAsync(Stop);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task Greet_AStrictBotThatMayNotPost_LooksAgainUntilItMay()
    {
        _mastodon.Account = _mastodon.Account with { Bot = false };
        var greeting = new MastodonStartupCheck(Exam(strict: true), new Clocks(_time, _time), _log);
        Assert.False(await greeting.CheckAsync(Stop));

        _mastodon.Account = _mastodon.Account with { Bot = true };

        Assert.True(await greeting.CheckAsync(Stop));
    }

    [Fact]
    public async Task Greet_ATokenThatIsRefused_IsNotTriedAgain()
    {
        _mastodon.AccountAnswer = new Result<MastodonAccount>.Unauthorized("HTTP 401");

        Assert.True(await new MastodonStartupCheck(Exam(), new Clocks(_time, _time), _log).CheckAsync(Stop));
    }

    [Fact]
    public async Task AfterAPostThatDidNotReachTheServer_ItIsAskedUntilItAnswers()
    {
        SignallingTime time = new(Some.Noon);
        Clocks clocks = new(time, time);
        PlatformConnections connections = new(clocks);
        using MastodonStartupCheck greeting = new(Exam(), clocks, _log, connections);
        await greeting.StartAsync(Stop);
        Assert.Equal(MastodonStartupCheck.LookAgainAfter, await time.NextTimerAsync());
        Assert.True(connections.Mastodon.State.IsConnected);

        _mastodon.OnSend = _ => new SendOutcome.Unavailable("down");
        await TestEngine.Targets(null, _mastodon, check: null, connections).SendAsync(Some.Post(), Stop);
        Assert.False(connections.Mastodon.State.IsConnected);
        _mastodon.InstanceAnswer = new Result<MastodonInstance>.Unavailable("down");
        time.Advance(MastodonStartupCheck.LookAgainAfter);
        Assert.Equal(TimeSpan.FromSeconds(30), await time.NextTimerAsync());
        Assert.False(connections.Mastodon.State.IsConnected);

        _mastodon.InstanceAnswer = null;
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(MastodonStartupCheck.LookAgainAfter, await time.NextTimerAsync());
        Assert.True(connections.Mastodon.State.IsConnected);

        await greeting.StopAsync(Stop);
    }

    [Fact]
    public async Task Greet_AServerThatIsDown_IsTriedAgain()
    {
        _mastodon.InstanceAnswer = new Result<MastodonInstance>.Unavailable("down");
        using var greeting = new MastodonStartupCheck(Exam(), new Clocks(_time, _time), _log);
        Assert.False(await greeting.CheckAsync(Stop));

        _mastodon.InstanceAnswer = null;

        Assert.True(await greeting.CheckAsync(Stop));
        Assert.Contains(_log.Lines, line => line.Contains("posting as", StringComparison.Ordinal));
    }

    private static void Says(Diagnostic finding, DiagnosticKind kind, params string[] words)
    {
        Assert.Equal(kind, finding.Kind);
        Assert.DoesNotContain('\n', finding.Message);
        Assert.All(words, word => Assert.Contains(word, finding.Message, StringComparison.Ordinal));
    }

    private AccountCheck Exam(bool strict = false)
    {
        var settings = new BotSettings
        {
            LedgerPath = "",
            TimeZone = TimeZoneInfo.Utc,
            Mastodon = Some.Mastodon() with { EnforcesPolicyChecks = strict },
            Schedules = [Some.Schedule()],
        };
        var limits = new InstanceLimits();
        return _exam ??= new AccountCheck(
            _mastodon,
            limits,
            new PostRenderer(settings, limits),
            _catalogue.Live,
            settings,
            new Clocks(_time, _time)
        );
    }
}
