namespace Serge.Bot.Tests.Databases;

/// <summary>Errors of a PostgreSQL server: the message is one line that states how to fix it, without the password, and
/// no data is lost.</summary>
public sealed class PostgresServerTests(PostgresCluster cluster)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_WithAWrongPassword_NamesUserAndSetting()
    {
        await cluster.StartedAsync(Stop);

        AssertOneLine(
            await AssertOpenFailsAsync(cluster.Address(password: "secret-but-wrong")),
            "rejects user serge",
            "Ledger:PostgreSQL"
        );
    }

    [Fact]
    public async Task Open_WithAnUnknownUser_NamesUserAndSetting()
    {
        await cluster.StartedAsync(Stop);

        AssertOneLine(
            await AssertOpenFailsAsync(cluster.Address(user: "victor")),
            "rejects user victor",
            "Ledger:PostgreSQL"
        );
    }

    [Fact]
    public async Task Open_ADatabaseThatIsNotThere_StatesHowToMakeIt()
    {
        await cluster.StartedAsync(Stop);

        AssertOneLine(
            await AssertOpenFailsAsync(cluster.Address(database: "nowhere")),
            "no database nowhere at 127.0.0.1:",
            "createdb"
        );
    }

    [Fact]
    public async Task Open_WhereNobodyListens_StatesWhere()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();

        AssertOneLine(
            await AssertOpenFailsAsync(
                $"Host=127.0.0.1;Port={port};Username=serge;Password=secret-of-postgres;Database=serge"
            ),
            $"cannot be reached (serge at 127.0.0.1:{port})",
            "Check that it runs"
        );
    }

    [Fact]
    public async Task Open_AsAUserWhoMayMakeNoTables_StatesWhatIsMissing()
    {
        await cluster.StartedAsync(Stop);
        await cluster.RunSqlAsync("CREATE USER guest PASSWORD 'secret-of-guest'", Stop);

        // Since PostgreSQL 15 only the owner may create tables in a database; before that, permission must be revoked.
        await cluster.RunSqlAsync("REVOKE CREATE ON SCHEMA public FROM PUBLIC", Stop);

        AssertOneLine(
            await AssertOpenFailsAsync(cluster.Address(user: "guest", password: "secret-of-guest")),
            "User guest lacks a permission",
            "owner of the database"
        );
    }

    [Fact]
    public async Task Open_ADatabaseThatCannotHoldEveryLetter_IsRefused()
    {
        await cluster.StartedAsync(Stop);
        await cluster.RunSqlAsync("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0", Stop);

        AssertOneLine(await AssertOpenFailsAsync(cluster.Address(database: "latin")), "LATIN1", "ENCODING 'UTF8'");
    }

    [Fact]
    public async Task Write_ToAReadOnlyDatabase_ReportsIt()
    {
        var address = await cluster.NewDatabaseAsync(Stop);
        await (await TestEngine.OpenDatabaseAsync(Server(address))).DisposeAsync();

        AssertOneLine(
            await AssertOpenFailsAsync($"{address};Options=-c default_transaction_read_only=on"),
            "is read-only"
        );
    }

    [Fact]
    public async Task Write_WhileSomebodyHoldsTheTables_ReportsItAfterAWhile_AndContinues()
    {
        var address = await cluster.NewDatabaseAsync(Stop);
        await using var database = await TestEngine.OpenDatabaseAsync(Server($"{address};Command Timeout=1"));
        Ledger ledger = new(database);
        await using (var other = new Npgsql.NpgsqlConnection(address))
        {
            await other.OpenAsync(Stop);
            await using var transaction = await other.BeginTransactionAsync(Stop);
            await using var command = other.CreateCommand();
            command.CommandText = "LOCK TABLE posts IN ACCESS EXCLUSIVE MODE";
            await command.ExecuteNonQueryAsync(Stop);

            var e = await Assert.ThrowsAsync<LedgerException>(() =>
                ledger.PlanAsync("morning", mark: null, [Some.Post()], Stop)
            );
            AssertOneLine(e, "took too long to answer");
        }

        Assert.Single(await ledger.PlanAsync("morning", mark: null, [Some.Post()], Stop));
    }

    [Fact]
    public async Task ManyAtOnce_TakeTenConnections_AndWaitForTheirTurn()
    {
        var address = $"{await cluster.NewDatabaseAsync(Stop)};Application Name=many-at-once";
        await using var database = await TestEngine.OpenDatabaseAsync(Server(address));

        var seen = await Task.WhenAll(
            Enumerable
                .Range(0, 30)
                .Select(_ =>
                    Task.Run(
                        () =>
                            database.ReadAsync(
                                session =>
                                    session.QueryAsync(
                                        "SELECT count(*), pg_sleep(0.3) FROM pg_stat_activity WHERE application_name = 'many-at-once'",
                                        reader => reader.GetInt64(0),
                                        Stop
                                    ),
                                Stop
                            ),
                        Stop
                    )
                )
        );

        Assert.InRange(seen.Max(counts => counts.Single()), 2, 10);
    }

    [Fact]
    public async Task AServerThatStopsAndComesBack_IsReportedAndNothingIsLost()
    {
        await using var own = new PostgresCluster();
        await using var database = await TestEngine.OpenDatabaseAsync(Server(await own.NewDatabaseAsync(Stop)));
        Ledger ledger = new(database);
        await ledger.PlanAsync("morning", new ScheduleMark("timing", Some.Noon), [Some.Post("before")], Stop);

        await own.StopAsync(Stop);
        // The first query uses a connection that was cut.
        var first = await Assert.ThrowsAsync<LedgerException>(() => ledger.GetMarksAsync(Stop));
        var second = await Assert.ThrowsAsync<LedgerException>(() =>
            ledger.PlanAsync("morning", mark: null, [Some.Post("lost", occurrence: Some.Noon.AddDays(1))], Stop)
        );
        AssertOneLine(first, "postgres at 127.0.0.1:");
        AssertOneLine(second, "cannot be reached", "retries until it is available");

        await own.RestartAsync(Stop);
        Assert.Equal(["before"], (await ledger.GetRecentAsync(10, Stop)).Select(post => post.Key));
        Assert.Single(
            await ledger.PlanAsync("morning", mark: null, [Some.Post("after", occurrence: Some.Noon.AddDays(1))], Stop)
        );
    }

    [Theory]
    [InlineData(60, @"is (59|60|61) s ahead of that of")] // the query takes a while on a busy machine
    [InlineData(-60, @"is (59|60|61) s behind that of")]
    [InlineData(2, null)]
    [InlineData(-2, null)]
    public async Task CheckClock_OfAMachineWhoseClockIsOff_SaysByHowMuch(int seconds, string? expected)
    {
        var address = await cluster.NewDatabaseAsync(Stop);
        await using var database = await TestEngine.OpenDatabaseAsync(Server(address));

        var e = await Record.ExceptionAsync(() =>
            database.CheckClockAsync(new WrongClock(TimeSpan.FromSeconds(seconds)), Stop)
        );

        if (expected is null)
        {
            Assert.Null(e);
        }
        else
        {
            var problem = Assert.IsType<LedgerException>(e);
            Assert.Matches(expected, problem.Message);
            AssertOneLine(problem, "timedatectl set-ntp true");
        }
    }

    [Fact]
    public async Task Run_OnAMachineWhoseClockIsOff_DoesNotStart()
    {
        // The clock of the test shows another year than the server's.
        using CommandHome home = new();
        var address = await cluster.NewDatabaseAsync(Stop);
        home.Settings(Section.Mastodon, $$""" "Ledger": { "PostgreSQL": "{{address}}" } """);

        var result = await home.RunAsync("run");

        Assert.Equal(2, result.ExitCode);
        Assert.Matches(@"^The clock of this machine is \d+ s (ahead|behind)", result.Error);
        Assert.Contains("timedatectl set-ntp true", result.Error, StringComparison.Ordinal);
    }

    private static PostgresServer Server(string text)
    {
        Assert.True(PostgresAddress.TryParse(text, out var address));
        return new PostgresServer(address);
    }

    private static async Task<LedgerException> AssertOpenFailsAsync(string address) =>
        await Assert.ThrowsAsync<LedgerException>(() => TestEngine.OpenDatabaseAsync(Server(address)));

    private static void AssertOneLine(LedgerException e, params string[] words)
    {
        Assert.DoesNotContain("\n", e.Message, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, e.Message, StringComparison.Ordinal));

        // The details must not contain the password either.
        Assert.DoesNotContain("secret", e.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The server's clock is the real one, so the local clock is the one that differs.</summary>
    private sealed class WrongClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
