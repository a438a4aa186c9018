using Microsoft.Extensions.Logging.Abstractions;
using Serge.Bot.Alerts;
using Serge.Bot.Rendering;
using Serge.Bot.Storage;
using Serge.Bot.Tests.Delivery;
using Serge.Bot.Tests.Support;

namespace Serge.Bot.Tests.Alerts;

public sealed class AlertWorkerTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(Some.Noon);
    private readonly FakeMastodon _mastodon = new();
    private Ledger _ledger = null!;
    private OperatorLedger _operators = null!;
    private AlertSettings _settings = new() { Mastodon = "ada@mastodon.example" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var database = await Database.OpenAsync(":memory:", Stop);
        (_ledger, _operators) = (new Ledger(database), new OperatorLedger(database));
    }

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
    }

    [Fact]
    public async Task Tell_ARefusedPost_IsPlannedAsADirectMessage()
    {
        await FailAsync("a");

        await Worker().TellAsync(Stop);

        var alert = Assert.Single(await AlertsAsync());
        Assert.Equal((PostState.Planned, MastodonVisibility.Direct), (alert.State, alert.Payload!.Visibility));
        Assert.StartsWith("@ada@mastodon.example One post needs you.", alert.Payload.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tell_NothingFailed_SaysNothing()
    {
        await Worker().TellAsync(Stop);

        Assert.Empty(await AlertsAsync());
    }

    [Fact]
    public async Task Tell_AfterARestart_TellsNothingTwice()
    {
        await FailAsync("a");
        await Worker().TellAsync(Stop);
        _clock.Advance(TimeSpan.FromHours(2));

        await Worker().TellAsync(Stop);

        Assert.Single(await AlertsAsync());
    }

    [Fact]
    public async Task Tell_WhatFailsWithinTheHour_IsGatheredInTheNext()
    {
        await FailAsync("a");
        await Worker().TellAsync(Stop);
        for (var minute = 1; minute < 60; minute++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            await FailAsync($"m{minute}");
            await Worker().TellAsync(Stop);
        }

        Assert.Single(await AlertsAsync());
        _clock.Advance(TimeSpan.FromMinutes(1));
        await Worker().TellAsync(Stop);

        Assert.Contains("59 posts need you.", (await AlertsAsync())[1].Payload!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tell_FailuresWithoutEnd_AreTellingNoMoreThanSoOftenADay()
    {
        for (var hour = 0; hour < 24; hour++)
        {
            await FailAsync($"h{hour}");
            await Worker().TellAsync(Stop);
            _clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(6, (await AlertsAsync()).Count);
    }

    [Fact]
    public async Task Tell_AFailedAlert_LeadsToNoAlert()
    {
        await FailAsync("a");
        await Worker().TellAsync(Stop);
        var alert = Assert.Single(await AlertsAsync());
        await _ledger.TryMoveAsync(alert, alert with { State = PostState.Refused, Reason = "no such account" }, Stop);
        _clock.Advance(TimeSpan.FromDays(2));

        await Worker().TellAsync(Stop);

        Assert.Single(await AlertsAsync());
    }

    [Fact]
    public async Task Tell_ATokenThatIsRefused_IsToldElsewhereOnceADay()
    {
        _settings = new AlertSettings { Mastodon = "ada", Discord = new ChannelId(7) };
        _mastodon.AccountAnswer = new Answer<MastodonAccount>.Unauthorized("401");
        for (var hour = 0; hour < 26; hour++)
        {
            await Worker().TellAsync(Stop);
            _clock.Advance(TimeSpan.FromHours(1));
        }

        var alerts = await AlertsAsync();
        Assert.Equal(2, alerts.Count);
        Assert.All(alerts, alert => Assert.Equal("discord:7", alert.Destination.ToString()));
        Assert.StartsWith(
            "Mastodon no longer accepts the bot’s token",
            alerts[0].Payload!.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task LedgerFails_ForAMinute_IsToldDirectlyAndSeldom()
    {
        var worker = Worker();
        for (var minute = 0; minute < 90; minute++)
        {
            await worker.LedgerFailsAsync(
                new LedgerException("The disk that holds the ledger is full.", new IOException()),
                Stop
            );
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(2, _mastodon.Posts.Count); // after one minute, and after one hour more
        Assert.Equal(
            (
                "@ada@mastodon.example Nothing can be posted: The disk that holds the ledger is full.",
                MastodonVisibility.Direct
            ),
            _mastodon.Posts[0].Status.Let(status => (status.Text, status.Visibility))
        );
    }

    private AlertWorker Worker() =>
        new(
            _operators,
            new Poster(new FakeDiscord(), _mastodon),
            new Tokens(new FakeDiscord(), _mastodon),
            _settings,
            new PostRenderer(new BotSettings { LedgerPath = "", TimeZone = TimeZoneInfo.Utc }, new InstanceLimits()),
            new Clocks(_clock, _clock),
            new SystemChance(),
            NullLogger<AlertWorker>.Instance
        );

    private async Task FailAsync(string key) =>
        await _ledger.PlanAsync(
            "morning",
            mark: null,
            [
                Some.Post(key.PadRight(24, 'x'), PostState.Refused, occurrence: _clock.GetUtcNow()) with
                {
                    Reason = "closed",
                },
            ],
            Stop
        );

    private Task<IReadOnlyList<Post>> AlertsAsync() => _operators.AlertsAsync(DateTimeOffset.UnixEpoch, Stop);
}
