using Microsoft.Extensions.Time.Testing;
using Serge.Bot.Playground.Api;

namespace Serge.Bot.EndToEnd.Playground;

public sealed class StateBroadcasterTests
{
    /// <summary>Any failure may be temporary: on a suspended machine a regular expression exceeds its time
    /// limit.</summary>
    [Fact]
    public async Task RunAsync_WhenUpdatesFail_LogsItOnceAndContinues()
    {
        FakeTimeProvider clock = new(Stage.At("2026-11-23 10:00"));
        ChangeSignal changes = new();
        EventLog log = new(clock, changes);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        StateBroadcaster broadcaster = new(CreateWithoutLedger(log, clock, changes));

        var running = broadcaster.RunAsync(stopping.Token);
        for (var update = 0; update < 3; update++)
        {
            clock.Advance(TimeSpan.FromSeconds(2));
            Assert.False(running.IsCompleted);
        }

        var entry = Assert.Single(log.Entries);
        Assert.Equal(
            (EventLogLevel.Error, "The page could not be updated (NullReferenceException); trying again each second."),
            (entry.Level, entry.Text)
        );
        await stopping.CancelAsync();
        await running;
    }

    private static PlaygroundContext CreateWithoutLedger(EventLog log, TimeProvider clock, ChangeSignal changes) =>
        new(
            Platforms: null!,
            Conversation: null!,
            Timeline: null!,
            log,
            HasBot: true,
            Traffic: null!,
            Faults: null!,
            QuoteFiles: null!,
            Worker: null!,
            Ledger: null!,
            Guilds: null!,
            Settings: null!,
            new Clocks(clock, clock),
            ScheduleClock: null!,
            changes
        );
}
