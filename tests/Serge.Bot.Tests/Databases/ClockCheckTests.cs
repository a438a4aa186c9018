using System.Data.Common;
using System.Globalization;

namespace Serge.Bot.Tests.Databases;

/// <summary>Workers on several machines use their clocks to decide which one sends, so a clock that is wrong by more
/// than 5 s is refused.</summary>
public sealed class ClockCheckTests
{
    private readonly FakeTimeProvider _clock = new(Some.Noon);

    /// <summary>Each row: how far this machine's clock is ahead of the server's, in milliseconds, and the
    /// message.</summary>
    [Theory]
    [InlineData(0, null)]
    [InlineData(5000, null)]
    [InlineData(-5000, null)]
    [InlineData(5001, "5 s ahead of that of the server")]
    [InlineData(-5001, "5 s behind that of the server")]
    [InlineData(60_000, "60 s ahead of that of the server")]
    [InlineData(-3_600_000, "3600 s behind that of the server")]
    public async Task CheckClock_FiveSecondsApart_IsTheMost(int milliseconds, string? problem)
    {
        var check = CheckAsync(Some.Noon.AddMilliseconds(-milliseconds), answerTakes: TimeSpan.Zero);
        if (problem is null)
        {
            await check;
            return;
        }

        var e = await Assert.ThrowsAsync<LedgerException>(() => check);
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
        Assert.Contains("timedatectl set-ntp true", e.Message, StringComparison.Ordinal);
    }

    /// <summary>Each row: how far the server's clock is ahead of the time of the query, in seconds, if the response
    /// takes 20 s; and whether the clock is refused.</summary>
    [Theory]
    [InlineData(-5, false)]
    [InlineData(-6, true)]
    [InlineData(25, false)]
    [InlineData(26, true)]
    public async Task CheckClock_ASlowResponse_IsNotTakenForAWrongClock(int seconds, bool isRefused)
    {
        var check = CheckAsync(Some.Noon.AddSeconds(seconds), answerTakes: TimeSpan.FromSeconds(20));

        Assert.Equal(isRefused, await Record.ExceptionAsync(() => check) is LedgerException);
    }

    [Fact]
    public async Task CheckClock_WhereTheDatabaseGoesByThisMachinesClock_IsNotNeeded()
    {
        var (engine, database) = await FaultyEngine.OpenAsync();
        await using (database)
        {
            engine.Fails = true;

            await database.CheckClockAsync(_clock, TestContext.Current.CancellationToken);
        }
    }

    private async Task CheckAsync(DateTimeOffset theirs, TimeSpan answerTakes)
    {
        await using var database = await TestEngine.OpenDatabaseAsync(
            new ServerWithAClock(new SqliteFile(":memory:"), theirs)
        );
        SlowClock clock = new(_clock, answerTakes);
        await database.CheckClockAsync(clock, TestContext.Current.CancellationToken);
    }

    /// <summary>A clock that advances at each read.</summary>
    private sealed class SlowClock(FakeTimeProvider inner, TimeSpan step) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            var now = inner.GetUtcNow();
            inner.Advance(step);
            return now;
        }
    }

    private sealed class ServerWithAClock(IDatabaseEngine inner, DateTimeOffset now) : IDatabaseEngine
    {
        public string Name => "the server";

        public string VersionQuery => inner.VersionQuery;

        public string ClockQuery =>
            string.Create(CultureInfo.InvariantCulture, $"SELECT {now.ToUnixTimeMilliseconds()}");

        public Task<DbConnection> OpenConnectionAsync(CancellationToken cancellationToken) =>
            inner.OpenConnectionAsync(cancellationToken);

        public ValueTask ReturnConnectionAsync(DbConnection connection) => inner.ReturnConnectionAsync(connection);

        public Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellationToken) =>
            inner.BeginWriteAsync(connection, cancellationToken);

        public Task CheckAsync(DatabaseSession session, CancellationToken cancellationToken) =>
            inner.CheckAsync(session, cancellationToken);

        public string SetVersion(int version) => inner.SetVersion(version);

        public string Translate(string step) => inner.Translate(step);

        public string Explain(Exception e) => inner.Explain(e);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
