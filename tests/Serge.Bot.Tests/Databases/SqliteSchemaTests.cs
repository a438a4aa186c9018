using Microsoft.Data.Sqlite;

namespace Serge.Bot.Tests.Databases;

/// <summary>The schema on SQLite: databases of the first release, and what is asked often.</summary>
public sealed class SqliteSchemaTests : IDisposable
{
    /// <summary>The schema of the first release, as it stands in files out there.</summary>
    private const string FirstSchema = """
        CREATE TABLE posts (
            key TEXT NOT NULL PRIMARY KEY, schedule TEXT NOT NULL, occurrence INTEGER NOT NULL, destination TEXT NOT NULL, state TEXT NOT NULL, items TEXT NOT NULL,
            payload TEXT, late_until INTEGER NOT NULL, not_before INTEGER NOT NULL, tries INTEGER NOT NULL, looks INTEGER NOT NULL, first_byte INTEGER, owner TEXT,
            lease_until INTEGER, remote_id TEXT, url TEXT, reason TEXT, UNIQUE (schedule, occurrence, destination)
        ) STRICT;
        CREATE INDEX posts_open ON posts (state, occurrence) WHERE state IN ('planned', 'sending', 'unknown');
        CREATE INDEX posts_used ON posts (destination, occurrence);
        CREATE TABLE schedules (name TEXT NOT NULL PRIMARY KEY, timing TEXT NOT NULL, next_due INTEGER) STRICT;
        INSERT INTO schedules VALUES ('morning', '0 9 * * * Etc/UTC', 1801480800000);
        INSERT INTO posts VALUES ('aaaaaaaaaaaaaaaaaaaaaaaa', 'morning', 1801480800000, 'mastodon', 'sent', 'an-id', '{"text":"Words.","visibility":"Unlisted"}',
            1801502400000, 0, 1, 0, 1801480800000, NULL, NULL, '1', 'https://mastodon.example/@serge/1', NULL);
        PRAGMA user_version = 1;
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("serge-schema-");

    private string FilePath => Path.Combine(_folder.FullName, "serge.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Open_AFileOfTheFirstRelease_KeepsWhatIsInItAndTakesSchedulesOfServers()
    {
        var path = Path.Combine(_folder.FullName, "old.db");
        await using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = FirstSchema;
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await using var database = await Database.OpenAsync(path, LedgerDatabase.Steps, TestContext.Current.CancellationToken);
        var (places, ledger) = (new GuildStore(database), new Ledger(database));
        await places.SetUpAsync(Some.Noon, "Europe/Brussels", SomePlace.Schedule());

        var post = Assert.Single(await ledger.GetRecentAsync(10, TestContext.Current.CancellationToken));
        Assert.Equal(
            ("Words.", PostState.Sent, "https://mastodon.example/@serge/1"),
            (post.Payload!.Text, post.State, post.Url!.ToString())
        );
        Assert.Equal(
            DateTimeOffset.FromUnixTimeMilliseconds(1801480800000),
            (await ledger.GetMarksAsync(TestContext.Current.CancellationToken))["morning"].NextDue
        );
        Assert.Single(await places.ListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Open_WhereAStepFailsHalfway_IsToldAndTakesNoneOfIt()
    {
        var path = Path.Combine(_folder.FullName, "odd.db");
        await using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = FirstSchema + "CREATE TABLE withdrawn (odd TEXT);";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var e = await Assert.ThrowsAsync<LedgerException>(() =>
            Database.OpenAsync(path, LedgerDatabase.Steps, TestContext.Current.CancellationToken)
        );
        Assert.Contains("withdrawn already exists", e.Message, StringComparison.Ordinal);

        await using var after = new SqliteConnection($"Data Source={path};Pooling=False");
        await after.OpenAsync(TestContext.Current.CancellationToken);
        await using var version = after.CreateCommand();
        version.CommandText = "PRAGMA user_version";
        Assert.Equal(1L, await version.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(
        "SELECT guild FROM place_schedules WHERE next_due <= 5 ORDER BY next_due, guild, name LIMIT 500",
        "place_schedules_due"
    )]
    [InlineData("SELECT guild FROM place_schedules WHERE channel = 5", "place_schedules_channel")]
    [InlineData("SELECT guild FROM place_schedules WHERE guild = 5", "sqlite_autoindex_place_schedules_1")]
    [InlineData(
        "SELECT key FROM posts WHERE destination = 'discord:1' AND occurrence >= 5 AND occurrence < 6",
        "posts_used"
    )]
    public async Task WhatIsAskedOften_IsAnsweredFromAnIndex(string question, string index)
    {
        await using var database = await Database.OpenAsync(FilePath, LedgerDatabase.Steps, TestContext.Current.CancellationToken);
        var plan = await database.ReadAsync(
            async session =>
            {
                await using var command = session.Command($"EXPLAIN QUERY PLAN {question}");
                await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
                await reader.ReadAsync(TestContext.Current.CancellationToken);
                return reader.GetString(3);
            },
            TestContext.Current.CancellationToken
        );

        Assert.StartsWith("SEARCH", plan, StringComparison.Ordinal);
        Assert.Contains(index, plan, StringComparison.Ordinal);
    }
}
