namespace Serge.Bot.Tests.Publishing;

/// <summary>The check of the Mastodon account at the start: what it logs, and when it is repeated.</summary>
public sealed class MastodonStartupCheckTests : IDisposable
{
    private readonly TestCatalogue _catalogue = new();
    private readonly FakeMastodon _mastodon = new();
    private readonly FakeTimeProvider _time = new(Some.Noon);
    private readonly LogLines<MastodonStartupCheck> _log = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task Check_LogsEachDiagnosticOnceAtItsLevel()
    {
        _mastodon.Account = _mastodon.Account with { Bot = false };
        _mastodon.Access = new MastodonTokenScopes(ReadStatuses: false, WriteStatuses: true);
        using var startup = CreateStartupCheck();

        Assert.True(await startup.CheckAsync(Stop));

        Assert.Single(
            _log.Lines,
            line => line.StartsWith("Information: Mastodon: ready: posts as serge", StringComparison.Ordinal)
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
        await startup.CheckAsync(Stop);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task Check_WhenPostingIsBlocked_IsRepeatedUntilItIsNot()
    {
        _mastodon.Account = _mastodon.Account with { Bot = false };
        using var startup = CreateStartupCheck(isEnforced: true);
        Assert.False(await startup.CheckAsync(Stop));

        _mastodon.Account = _mastodon.Account with { Bot = true };

        Assert.True(await startup.CheckAsync(Stop));
    }

    [Fact]
    public async Task Check_WithARejectedToken_IsRepeated()
    {
        _mastodon.AccountAnswer = new Result<MastodonAccount>.Unauthorized("HTTP 401");

        using var startup = CreateStartupCheck();

        Assert.False(await startup.CheckAsync(Stop));
        _mastodon.AccountAnswer = null;
        Assert.True(await startup.CheckAsync(Stop));
    }

    [Fact]
    public async Task Execute_AfterAFailedPost_ChecksUntilTheServerAnswers()
    {
        SignallingTime time = new(Some.Noon);
        Clocks clocks = new(time, time);
        PlatformConnections connections = new(clocks);
        using MastodonStartupCheck startup = new(CreateCheck(), clocks, _log, connections);
        await startup.StartAsync(Stop);
        Assert.Equal(MastodonStartupCheck.RecheckInterval, await time.NextTimerAsync());
        Assert.True(connections.Mastodon.State.IsConnected);

        _mastodon.OnSend = _ => new SendOutcome.Unavailable("down");
        var target = TestEngine.Targets(null, _mastodon, check: null, connections).Get(Destinations.Mastodon);
        await target.SendAsync(Some.Post(), SendDeadline.None, Stop);
        Assert.False(connections.Mastodon.State.IsConnected);
        _mastodon.InstanceAnswer = new Result<MastodonInstance>.Unavailable("down");
        time.Advance(MastodonStartupCheck.RecheckInterval);
        Assert.Equal(TimeSpan.FromSeconds(30), await time.NextTimerAsync());
        Assert.False(connections.Mastodon.State.IsConnected);

        _mastodon.InstanceAnswer = null;
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(MastodonStartupCheck.RecheckInterval, await time.NextTimerAsync());
        Assert.True(connections.Mastodon.State.IsConnected);

        await startup.StopAsync(Stop);
    }

    [Fact]
    public async Task Check_WhenTheServerDoesNotAnswer_IsRepeated()
    {
        _mastodon.InstanceAnswer = new Result<MastodonInstance>.Unavailable("down");
        using var startup = CreateStartupCheck();
        Assert.False(await startup.CheckAsync(Stop));

        _mastodon.InstanceAnswer = null;

        Assert.True(await startup.CheckAsync(Stop));
        Assert.Contains(_log.Lines, line => line.Contains("posts as", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Execute_AfterAFaultInTheCheck_LogsItOnceAndRepeatsTheCheck()
    {
        var account = _mastodon.Account;
        _mastodon.Account = null!;
        SignallingTime time = new(Some.Noon);
        Clocks clocks = new(time, time);
        using MastodonStartupCheck startup = new(CreateCheck(), clocks, _log, new PlatformConnections(clocks));
        await startup.StartAsync(Stop);
        Assert.Equal(TimeSpan.FromSeconds(30), await time.NextTimerAsync());
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(TimeSpan.FromSeconds(60), await time.NextTimerAsync());
        Assert.Single(_log.Lines, line => line.Contains("The account could not be checked", StringComparison.Ordinal));

        _mastodon.Account = account;
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(MastodonStartupCheck.RecheckInterval, await time.NextTimerAsync());

        await startup.StopAsync(Stop);
    }

    private MastodonStartupCheck CreateStartupCheck(bool isEnforced = false)
    {
        Clocks clocks = new(_time, _time);
        return new MastodonStartupCheck(CreateCheck(isEnforced), clocks, _log, new PlatformConnections(clocks));
    }

    private AccountCheck CreateCheck(bool isEnforced = false)
    {
        BotSettings settings = new()
        {
            LedgerPath = "",
            TimeZone = TimeZoneInfo.Utc,
            Mastodon = Some.Mastodon() with { EnforcesPolicyChecks = isEnforced },
            Schedules = [Some.Schedule()],
        };
        InstanceLimits limits = new();
        MastodonRenderer renderer = new(settings.MastodonPosts, limits, () => Some.Author);
        return new AccountCheck(_mastodon, limits, renderer, _catalogue.Live, settings, new Clocks(_time, _time));
    }
}
