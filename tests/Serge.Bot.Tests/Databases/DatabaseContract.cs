namespace Serge.Bot.Tests.Databases;

/// <summary>The guarantees of every database for its readers and writers.</summary>
public abstract class DatabaseContract(TestDatabase store) : IAsyncLifetime
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Database Database { get; set; } = null!;

    public async ValueTask InitializeAsync() => Database = await store.OpenAsync();

    public async ValueTask DisposeAsync()
    {
        if (Database is not null)
        {
            await Database.DisposeAsync();
        }

        await store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Write_ThatFails_LeavesNothing()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Database.WriteAsync<int>(
                async session =>
                {
                    await AddAsync(session, "half");
                    throw new InvalidOperationException("A bug in the bot.");
                },
                Stop
            )
        );

        Assert.Empty(await NamesAsync());
        await Database.WriteAsync(session => AddAsync(session, "whole"), Stop);
        Assert.Equal(["whole"], await NamesAsync());
    }

    [Fact]
    public async Task Write_ThatIsCancelled_LeavesNothingAndTheNextOneWorks()
    {
        using CancellationTokenSource cancelled = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Database.WriteAsync(
                async session =>
                {
                    await AddAsync(session, "half");
                    await cancelled.CancelAsync();
                    cancelled.Token.ThrowIfCancellationRequested();
                    return 0;
                },
                cancelled.Token
            )
        );

        await Database.WriteAsync(session => AddAsync(session, "whole"), Stop);
        Assert.Equal(["whole"], await NamesAsync());
    }

    [Fact]
    public async Task Write_ByManyWorkers_OneAfterTheOther()
    {
        var workers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => store.OpenAsync()));
        await Database.WriteAsync(session => AddAsync(session, "counter"), Stop);

        // Each one reads a value and writes it plus one: two at the same time would lose an update.
        await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(n =>
                    Task.Run(
                        () =>
                            workers[n % 4]
                                .WriteAsync(
                                    async session =>
                                    {
                                        var found = (
                                            await session.QueryAsync(
                                                "SELECT next_due FROM schedules WHERE name = 'counter'",
                                                reader => reader.GetInt64(0),
                                                Stop
                                            )
                                        ).Single();
                                        return await session.ExecuteAsync(
                                            "UPDATE schedules SET next_due = @next WHERE name = 'counter'",
                                            Stop,
                                            ("@next", found + 1)
                                        );
                                    },
                                    Stop
                                ),
                        Stop
                    )
                )
        );

        Assert.Equal(
            40,
            (
                await Database.ReadAsync(
                    session => session.QueryAsync("SELECT next_due FROM schedules", reader => reader.GetInt64(0), Stop),
                    Stop
                )
            ).Single()
        );
        foreach (var worker in workers)
        {
            await worker.DisposeAsync();
        }
    }

    [Fact]
    public async Task Open_ByManyAtOnceForTheFirstTime_MakesOneSchema()
    {
        await Database.WriteAsync(
            async session =>
            {
                foreach (
                    var table in (string[])
                        ["posts", "follow_ups", "schedules", "guilds", "guild_schedules", "withdrawn", "senders"]
                )
                {
                    await session.ExecuteAsync($"DROP TABLE {table}", Stop);
                }

                return await session.ExecuteAsync(
                    (await store.EngineAsync()) is PostgresServer
                        ? "DELETE FROM ledger_schema"
                        : "PRAGMA user_version = 0",
                    Stop
                );
            },
            Stop
        );

        var workers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(store.OpenAsync, Stop)));

        await workers[3].WriteAsync(session => AddAsync(session, "works"), Stop);
        Assert.Equal(["works"], await NamesAsync());
        foreach (var worker in workers)
        {
            await worker.DisposeAsync();
        }
    }

    [Fact]
    public async Task Open_OneOfANewerVersion_IsRefusedInOneLineAndLeftAlone()
    {
        await using var engine = await store.EngineAsync();
        await Database.WriteAsync(session => session.ExecuteAsync(engine.SetVersion(99), Stop), Stop);

        var e = await Assert.ThrowsAsync<LedgerException>(store.OpenAsync);

        Assert.Contains(
            $"{engine.Name} was written by a newer version of the bot (schema 99; this version knows {LedgerDatabase.Steps.Count})",
            e.Message,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("\n", e.Message, StringComparison.Ordinal);
        Assert.Equal(
            "99",
            (
                await Database.ReadAsync(
                    session => session.QueryAsync(engine.VersionQuery, reader => $"{reader.GetValue(0)}", Stop),
                    Stop
                )
            ).Single()
        );
    }

    [Fact]
    public async Task Open_Again_KeepsWhatIsThere()
    {
        await Database.WriteAsync(session => AddAsync(session, "kept"), Stop);

        await using var again = await store.OpenAsync();

        Assert.Equal(
            ["kept"],
            await again.ReadAsync(
                session => session.QueryAsync("SELECT name FROM schedules", reader => reader.GetString(0), Stop),
                Stop
            )
        );
    }

    private static Task<int> AddAsync(DatabaseSession session, string name) =>
        session.ExecuteAsync(
            "INSERT INTO schedules (name, timing, next_due) VALUES (@name, '', 0)",
            Stop,
            ("@name", name)
        );

    private Task<IReadOnlyList<string>> NamesAsync() =>
        Database.ReadAsync(
            session => session.QueryAsync("SELECT name FROM schedules", reader => reader.GetString(0), Stop),
            Stop
        );
}
