using Serge.Bot.Benchmarks.Support;

namespace Serge.Bot.Benchmarks.Growth;

/// <summary>Servers with one daily schedule each, at nine o'clock UTC, written by one statement per table.</summary>
internal static class ManyServers
{
    /// <summary>The first day on which the schedules are due.</summary>
    public static readonly DateTimeOffset NineOClock = new(2027, 2, 1, 9, 0, 0, TimeSpan.Zero);

    private const string Numbers =
        "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < @count)";

    public static async Task AddAsync(IdleWorker worker, int count)
    {
        await worker.ExecuteAsync($"{Numbers} INSERT INTO guilds (guild) SELECT n FROM numbers", ("@count", count));
        await worker.ExecuteAsync(
            $"""
            {Numbers} INSERT INTO guild_schedules (guild, name, channel, time, days, content, next_due)
            SELECT n, 'morning', n, 540, 127, 'quote', @due FROM numbers
            """,
            ("@count", count),
            ("@due", NineOClock.ToUnixTimeMilliseconds())
        );
    }
}
