using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Serge.Bot.Playground.Worker;

namespace Serge.Bot.EndToEnd.Playground;

public sealed partial class EventLogTests
{
    private readonly FakeTimeProvider _clock = new(Stage.At("2026-11-23 10:00"));
    private readonly EventLog _log;

    public EventLogTests() => _log = new EventLog(_clock, new ChangeSignal());

    [Fact]
    public void Write_LinesOfOneKind_ShowsTwoAndCountsTheRest()
    {
        for (var i = 1; i <= 276; i++)
        {
            _log.Write(EventLogSource.Worker, EventLogLevel.Information, $"missed {i}", "missed");
        }

        Assert.Equal([("missed 1", 0), ("missed 2", 274)], _log.Entries.Select(line => (line.Text, line.More)));
    }

    [Fact]
    public void Write_AnotherLineBetween_BeginsTheCountAgain()
    {
        foreach (var kind in new[] { "a", "a", "b", "a" })
        {
            _log.Write(EventLogSource.Worker, EventLogLevel.Information, kind, kind);
        }

        Assert.All(_log.Entries, line => Assert.Equal(0, line.More));
        Assert.Equal(4, _log.Entries.Count);
    }

    [Fact]
    public void Write_LinesWithoutAKind_ShowsAll()
    {
        for (var i = 0; i < 10; i++)
        {
            _log.Write(EventLogSource.Discord, EventLogLevel.Information, "The bot has connected.");
        }

        Assert.Equal(10, _log.Entries.Count);
    }

    [Fact]
    public void Write_MoreThanItKeeps_RemovesTheOldest()
    {
        for (var i = 1; i <= 1000; i++)
        {
            _log.Write(EventLogSource.Discord, EventLogLevel.Information, $"line {i}");
        }

        Assert.Equal(300, _log.Entries.Count);
        Assert.Equal(("line 701", 701), (_log.Entries[0].Text, _log.Entries[0].Number));
        Assert.Equal(_clock.GetUtcNow(), _log.Entries[^1].At);
    }

    [Fact]
    public void Logger_DistinguishesLevels_AndFoldsEntriesOfTheSameState()
    {
        using EventLogLoggerProvider provider = new(_log);
        var logger = provider.CreateLogger("Serge.Bot");

        for (var day = 1; day <= 5; day++)
        {
            LogPost(logger, day, "Missed");
        }

        LogPost(logger, 6, "Planned");
        LogFault(logger, "a wire");

        Assert.Equal(
            [
                (EventLogLevel.Information, "Post 1: Missed", 0),
                (EventLogLevel.Information, "Post 2: Missed", 3),
                (EventLogLevel.Information, "Post 6: Planned", 0),
                (EventLogLevel.Error, "Trouble with a wire", 0),
            ],
            _log.Entries.Select(line => (line.Level, line.Text, line.More))
        );
    }

    [Fact]
    public void Logger_OfADeadWorker_IsSilent()
    {
        using EventLogLoggerProvider provider = new(_log);
        var logger = provider.CreateLogger("Serge.Bot");

        provider.Silence();
        LogFault(logger, "its ledger");

        Assert.Empty(_log.Entries);
    }

    [LoggerMessage(LogLevel.Information, "Post {Day}: {State}")]
    private static partial void LogPost(ILogger logger, int day, string state);

    [LoggerMessage(LogLevel.Error, "Trouble with {What}")]
    private static partial void LogFault(ILogger logger, string what);
}
