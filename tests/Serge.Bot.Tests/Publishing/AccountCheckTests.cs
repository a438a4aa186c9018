namespace Serge.Bot.Tests.Publishing;

/// <summary>Each problem of an account or its server is reported in one line that states how to fix it.</summary>
public sealed class AccountCheckTests : IDisposable
{
    private readonly TestCatalogue _catalogue = new();
    private readonly FakeMastodon _mastodon = new();
    private readonly FakeTimeProvider _time = new(Some.Noon);
    private AccountCheck? _check;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task Run_WithAnAccountThatPasses_ReturnsOk()
    {
        var found = await CreateCheck().RunAsync(Stop);

        Assert.Equal(
            [DiagnosticKind.Ok, DiagnosticKind.Note, DiagnosticKind.Ok],
            found.Select(diagnostic => diagnostic.Kind)
        ); // the note: the server does not support idempotency keys
        Assert.Equal("ready: posts as serge; server version 4.5.7, at most 500 characters per post", found[0].Message);
        Assert.Contains("policy checks passed", found[2].Message, StringComparison.Ordinal);
    }

    /// <summary>Each row: the response about the server, the kind of the diagnostic, and words of its
    /// message.</summary>
    [Theory]
    [InlineData(
        "refused",
        "Error",
        "Mastodon:Address = https://m.example/",
        "does not answer like a Mastodon server",
        "HTTP 200, but a web page"
    )]
    [InlineData("unauthorized", "Error", "The server rejects Mastodon:AccessToken", "Development", "HTTP 401")]
    [InlineData("unavailable", "Unavailable", "checks again later", "connection refused")]
    public async Task Run_WhenTheServerDoesNotDescribeItself_StatesHowToFixIt(
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

        AssertDiagnostic(Assert.Single(await CreateCheck().RunAsync(Stop)), Enum.Parse<DiagnosticKind>(kind), words);
    }

    [Theory]
    [InlineData(
        "4.5.7",
        "forbidden",
        "Error",
        "may not read its own account",
        "profile (or read:accounts)",
        "HTTP 403: Your login is currently disabled"
    )]
    [InlineData(
        "unknown",
        "gone",
        "Error",
        "There is no Mastodon API at Mastodon:Address = https://m.example/",
        "without a path"
    )]
    [InlineData(
        "4.5.7",
        "gone",
        "Error",
        "returns no account for Mastodon:AccessToken",
        "read:statuses and write:statuses"
    )]
    [InlineData("4.5.7", "payload", "Error", "returns no account for Mastodon:AccessToken", "own account")] // app token
    [InlineData("4.5.7", "unauthorized", "Error", "The server rejects Mastodon:AccessToken")]
    [InlineData("4.5.7", "unavailable", "Unavailable", "checks again later")]
    public async Task Run_WhenTheServerDoesNotReturnTheAccount_StatesHowToFixIt(
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

        AssertDiagnostic(Assert.Single(await CreateCheck().RunAsync(Stop)), Enum.Parse<DiagnosticKind>(kind), words);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(null, null)] // unknown is not reported
    [InlineData(false, true, "read:statuses")]
    [InlineData(true, false, "write:statuses")]
    [InlineData(false, false, "write:statuses", "read:statuses")]
    public async Task Run_WithATokenThatLacksAScope_NamesTheScope(bool? read, bool? write, params string[] scopes)
    {
        _mastodon.Access = new MastodonTokenScopes(read, write);

        var wrong = (await CreateCheck().RunAsync(Stop))
            .Where(diagnostic => diagnostic.Kind == DiagnosticKind.Error)
            .ToArray();

        Assert.Equal(scopes.Length, wrong.Length);
        Assert.All(
            scopes.Zip(wrong),
            pair => Assert.Contains(pair.First, pair.Second.Message, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Run_OnAServerWithALowLimit_NamesTheQuotationsThatAreTooLong()
    {
        _mastodon.Instance = new MastodonInstance { Version = "4.5.7", MaxCharacters = 110 };

        var found = await CreateCheck().RunAsync(Stop);

        AssertDiagnostic(
            Assert.Single(found, diagnostic => diagnostic.Message.Contains("Too long for", StringComparison.Ordinal)),
            DiagnosticKind.Note,
            "end-commands-means",
            "not shortened"
        );
    }

    /// <summary>Without hashtags in the settings, posts have the hashtags of the author.</summary>
    [Theory]
    [InlineData("#VictorSerge")]
    [InlineData("#OnThisDay", "OnThisDay", "History")]
    public async Task Run_WithAProfileThatFeaturesNoTagOfThePosts_RecommendsTheFirst(
        string expected,
        params string[] tags
    )
    {
        _mastodon.FeaturedTags = ["Books"];

        var found = await CreateCheck(tags: tags).RunAsync(Stop);

        AssertDiagnostic(
            Assert.Single(found, diagnostic => diagnostic.Message.Contains("hashtags", StringComparison.Ordinal)),
            DiagnosticKind.Note,
            $"Recommended: {expected}, so"
        );
    }

    [Theory]
    [InlineData(false, true, "@ada@example.org", null)]
    [InlineData(false, false, "", null)] // only reported
    [InlineData(true, true, "@ada@example.org", null)]
    [InlineData(true, false, "@ada@example.org", "is not marked as automated")]
    [InlineData(true, true, "Quotations.", "names no contact")]
    public async Task BlockedReason_AfterACheck_IsTheFirstWarningIfChecksAreEnforced(
        bool isEnforced,
        bool bot,
        string bio,
        string? expected
    )
    {
        _mastodon.Account = _mastodon.Account with { Bot = bot, Note = bio };
        var check = CreateCheck(isEnforced);
        await check.RunAsync(Stop);

        Assert.Equal(expected is not null, check.BlockedReason is not null);
        Assert.Contains(expected ?? "", check.BlockedReason ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task BlockedReason_WhenEnforcedAndNotCheckedYet_StatesThat()
    {
        _mastodon.InstanceAnswer = new Result<MastodonInstance>.Unavailable("down");
        var check = CreateCheck(isEnforced: true);
        Assert.Contains("has not been checked yet", check.BlockedReason, StringComparison.Ordinal);

        await check.RunAsync(Stop);
        Assert.Contains("Mastodon server is unavailable", check.BlockedReason, StringComparison.Ordinal);

        _mastodon.InstanceAnswer = null;
        await check.RunAsync(Stop);
        Assert.Null(check.BlockedReason);
    }

    [Fact]
    public async Task Send_WhileBlocked_IsUnavailableUntilTheProblemIsFixed()
    {
        _mastodon.Account = _mastodon.Account with { Bot = false };
        var check = CreateCheck(isEnforced: true);
        await check.RunAsync(Stop);
        var target = TestEngine.Targets(null, _mastodon, check).Get(Destinations.Mastodon);

        Assert.Contains(
            "not marked as automated",
            Assert.IsType<SendOutcome.Unavailable>(await target.SendAsync(Some.Post(), SendDeadline.None, Stop)).Reason,
            StringComparison.Ordinal
        );
        Assert.Empty(_mastodon.Posts);

        _mastodon.Account = _mastodon.Account with { Bot = true };
        await check.RunAsync(Stop);
        Assert.IsType<SendOutcome.Sent>(await target.SendAsync(Some.Post(), SendDeadline.None, Stop));
    }

    private static void AssertDiagnostic(Diagnostic diagnostic, DiagnosticKind kind, params string[] words)
    {
        Assert.Equal(kind, diagnostic.Kind);
        Assert.DoesNotContain('\n', diagnostic.Message);
        Assert.All(words, word => Assert.Contains(word, diagnostic.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task Run_WithoutTheScopeForMentions_StatesHowToFixItAndStopsNoPost(bool forwards, int warnings)
    {
        _mastodon.OnMentions = _ => new Result<MastodonMentions>.Refused(Refusal.Forbidden, "HTTP 403");
        var check = CreateCheck(isEnforced: true, forwards);

        var found = await check.RunAsync(Stop);

        var messages = found.Where(diagnostic => diagnostic.Kind == DiagnosticKind.Warning).Select(d => d.Message);
        Assert.Equal(
            warnings,
            messages.Count(message => message.Contains("scope read:notifications", StringComparison.Ordinal))
        );
        Assert.Null(check.BlockedReason);
    }

    private AccountCheck CreateCheck(bool isEnforced = false, bool forwardsMentions = false, params string[] tags)
    {
        var mastodon = Some.Mastodon() with
        {
            EnforcesPolicyChecks = isEnforced,
            ForwardsMentions = forwardsMentions,
            Tags = tags,
        };
        var settings = new BotSettings
        {
            LedgerPath = "",
            TimeZone = TimeZoneInfo.Utc,
            Mastodon = mastodon,
            MastodonPosts = mastodon,
            Schedules = [Some.Schedule()],
        };
        var limits = new InstanceLimits();
        return _check ??= new AccountCheck(
            _mastodon,
            limits,
            new MastodonRenderer(settings.MastodonPosts, limits, () => Some.Author),
            _catalogue.Live,
            settings,
            new Clocks(_time, _time)
        );
    }
}
