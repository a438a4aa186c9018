using Microsoft.Data.Sqlite;

namespace Serge.Bot.Tests.Databases;

/// <summary>The schema on SQLite: migration steps, and indexes of frequent queries.</summary>
public sealed class SqliteSchemaTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("serge-schema-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string FilePath => Path.Combine(_folder.FullName, "serge.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Open_AFileWithFewerSteps_KeepsItsContentAndAppliesTheOthers()
    {
        await CreateOldAsync(PostingSchema.Initial);

        await using var database = await TestEngine.OpenDatabaseAsync(FilePath);
        Ledger ledger = new(database);
        GuildStore guilds = new(database);
        await guilds.SetUpAsync(Some.Noon, "Europe/Brussels", SampleGuild.Schedule());

        Assert.Equal("Words.", Assert.Single(await ledger.GetRecentAsync(10, Stop)).Payload!.Text);
        Assert.Equal(Some.Noon, (await ledger.GetMarksAsync(Stop))["morning"].NextDue);
        Assert.Single(await guilds.ListAsync(Stop));
    }

    [Fact]
    public async Task Open_AFileWithoutDismissals_KeepsItsFailedPosts()
    {
        await CreateOldAsync(PostingSchema.Initial, GuildSchema.Initial);

        await using var database = await TestEngine.OpenDatabaseAsync(FilePath);
        OperatorLedger operators = new(database);

        Assert.Single(await operators.GetFailedAsync(Some.Noon, 10, Stop));
        Assert.Single(await operators.DismissAsync(["key"], Some.Noon, Stop));
        Assert.Empty(await operators.GetFailedAsync(Some.Noon, 10, Stop));
    }

    /// <summary>Each dismissal would make every later query of the failed posts slower.</summary>
    [Fact]
    public async Task Open_AFileWithoutDismissals_ReplacesTheIndexOfFailedPosts()
    {
        await CreateOldAsync(PostingSchema.Initial, GuildSchema.Initial);

        await using var database = await TestEngine.OpenDatabaseAsync(FilePath);
        var found = await database.ReadAsync(
            session =>
                session.QueryAsync(
                    "SELECT sql FROM sqlite_schema WHERE name = 'posts_failed'",
                    reader => reader.GetString(0),
                    Stop
                ),
            Stop
        );

        var words = Assert.Single(found).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Assert.EndsWith($" WHERE {PostConditions.MayHaveFailed}", string.Join(' ', words), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_WhenAStepFails_ReportsItAndAppliesNoPartOfIt()
    {
        string[] steps = [PostingSchema.Initial, "CREATE TABLE more (one TEXT); CREATE TABLE posts (two TEXT);"];
        await (await Database.OpenAsync(new SqliteFile(FilePath), steps[..1], Stop)).DisposeAsync();

        var e = await Assert.ThrowsAsync<LedgerException>(() =>
            Database.OpenAsync(new SqliteFile(FilePath), steps, Stop)
        );

        Assert.Contains("posts already exists", e.Message, StringComparison.Ordinal);
        await using var after = new SqliteConnection($"Data Source={FilePath};Pooling=False");
        await after.OpenAsync(Stop);
        await using var query = after.CreateCommand();
        query.CommandText = "PRAGMA user_version";
        Assert.Equal(1L, await query.ExecuteScalarAsync(Stop));
        query.CommandText = "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'more'";
        Assert.Equal(0L, await query.ExecuteScalarAsync(Stop));
    }

    [Theory]
    [InlineData(
        "SELECT guild FROM guild_schedules WHERE next_due <= 5 ORDER BY next_due, guild, name LIMIT 500",
        "guild_schedules_due"
    )]
    [InlineData("SELECT guild FROM guild_schedules WHERE channel = 5", "guild_schedules_channel")]
    [InlineData("SELECT guild FROM guild_schedules WHERE guild = 5", "sqlite_autoindex_guild_schedules_1")]
    [InlineData(
        "SELECT key FROM posts WHERE destination = 'discord:1' AND occurrence >= 5 AND occurrence < 6",
        "posts_used"
    )]
    [InlineData($"SELECT key FROM posts WHERE {PostConditions.MayHaveFailed} AND occurrence >= 5", "posts_failed")]
    public async Task WhatIsAskedOften_IsAnsweredFromAnIndex(string question, string index)
    {
        await using var database = await TestEngine.OpenDatabaseAsync(FilePath);
        var plan = await database.ReadAsync(
            async session =>
            {
                await using var command = session.CreateCommand($"EXPLAIN QUERY PLAN {question}");
                await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
                await reader.ReadAsync(TestContext.Current.CancellationToken);
                return reader.GetString(3);
            },
            TestContext.Current.CancellationToken
        );

        Assert.StartsWith("SEARCH", plan, StringComparison.Ordinal);
        Assert.Contains(index, plan, StringComparison.Ordinal);
    }

    /// <summary>Creates a file with these steps, a missed post and a schedule's due time. The current statements need
    /// the columns of later steps.</summary>
    private async Task CreateOldAsync(params string[] steps)
    {
        await using var old = await Database.OpenAsync(new SqliteFile(FilePath), steps, Stop);
        await old.WriteAsync(
            async session =>
            {
                const string Mark = "INSERT INTO schedules (name, timing, next_due) VALUES ('morning', '0 9', @at)";
                await session.ExecuteAsync(Mark, Stop, ("@at", Some.Noon.ToUnixTimeMilliseconds()));
                return await session.ExecuteAsync(
                    """
                    INSERT INTO posts (key, owner, schedule, kind, occurrence, destination, state, items, payload,
                        deadline, not_before, attempts, lookups, misses, needs_operator, copy_check_pending)
                    VALUES ('key', '', 'morning', 'scheduled', @at, 'mastodon', 'missed', '', '{"text":"Words."}',
                        @at, 0, 0, 0, 0, 0, 0)
                    """,
                    Stop,
                    ("@at", Some.Noon.ToUnixTimeMilliseconds())
                );
            },
            Stop
        );
    }
}
