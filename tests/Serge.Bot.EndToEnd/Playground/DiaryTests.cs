using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Serge.Bot.Playground.Worker;

namespace Serge.Bot.EndToEnd.Playground;

public sealed partial class DiaryTests
{
    private readonly FakeTimeProvider _clock = new(Stage.At("2026-11-23 10:00"));
    private readonly EventLog _diary;

    public DiaryTests() => _diary = new EventLog(_clock, new ChangeSignal());

    [Fact]
    public void Write_LinesOfOneKind_ShowsTwoAndCountsTheRest()
    {
        for (var i = 1; i <= 276; i++)
        {
            _diary.Write(EventLogSource.Worker, EventLogLevel.Information, $"missed {i}", "missed");
        }

        Assert.Equal([("missed 1", 0), ("missed 2", 274)], _diary.Entries.Select(line => (line.Text, line.More)));
    }

    [Fact]
    public void Write_AnotherLineBetween_BeginsTheCountAnew()
    {
        foreach (var kind in new[] { "a", "a", "b", "a" })
        {
            _diary.Write(EventLogSource.Worker, EventLogLevel.Information, kind, kind);
        }

        Assert.All(_diary.Entries, line => Assert.Equal(0, line.More));
        Assert.Equal(4, _diary.Entries.Count);
    }

    [Fact]
    public void Write_LinesWithoutAKind_ShowsAll()
    {
        for (var i = 0; i < 10; i++)
        {
            _diary.Write(EventLogSource.Discord, EventLogLevel.Information, "The bot has connected.");
        }

        Assert.Equal(10, _diary.Entries.Count);
    }

    [Fact]
    public void Write_MoreThanItKeeps_ForgetsTheOldest()
    {
        for (var i = 1; i <= 1000; i++)
        {
            _diary.Write(EventLogSource.Discord, EventLogLevel.Information, $"line {i}");
        }

        Assert.Equal(300, _diary.Entries.Count);
        Assert.Equal(("line 701", 701), (_diary.Entries[0].Text, _diary.Entries[0].Number));
        Assert.Equal(_clock.GetUtcNow(), _diary.Entries[^1].At);
    }

    [Fact]
    public void Logger_TellsLevelsApart_AndFoldsWhatTellsOfTheSameState()
    {
        using EventLogLoggerProvider provider = new(_diary);
        var logger = provider.CreateLogger("Serge.Bot");

        for (var day = 1; day <= 5; day++)
        {
            LogPost(logger, day, "Missed");
        }

        LogPost(logger, 6, "Planned");
        LogTrouble(logger, "a wire");

        Assert.Equal(
            [
                (EventLogLevel.Information, "Post 1: Missed", 0),
                (EventLogLevel.Information, "Post 2: Missed", 3),
                (EventLogLevel.Information, "Post 6: Planned", 0),
                (EventLogLevel.Error, "Trouble with a wire", 0),
            ],
            _diary.Entries.Select(line => (line.Level, line.Text, line.More))
        );
    }

    [Fact]
    public void Logger_OfADeadWorker_IsSilent()
    {
        using EventLogLoggerProvider provider = new(_diary);
        var logger = provider.CreateLogger("Serge.Bot");

        provider.Silence();
        LogTrouble(logger, "its ledger");

        Assert.Empty(_diary.Entries);
    }

    [LoggerMessage(LogLevel.Information, "Post {Day}: {State}")]
    private static partial void LogPost(ILogger logger, int day, string state);

    [LoggerMessage(LogLevel.Error, "Trouble with {What}")]
    private static partial void LogTrouble(ILogger logger, string what);
}
