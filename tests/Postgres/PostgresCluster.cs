using System.Diagnostics;
using System.Globalization;

namespace Serge.Bot.Tests.Postgres;

/// <summary>A PostgreSQL cluster to throw away: <c>tests/Postgres/postgres.sh</c>. As a fixture of the assembly it is started once, by the first test
/// that needs it; where the machine has none, such a test is skipped and says why.</summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    public const string Password = "secret-of-postgres";

    private readonly SemaphoreSlim _turn = new(1, 1);
    private string? _folder;
    private string? _port;
    private string? _missing;
    private int _databases;

    /// <summary>The connection string of an empty database that nobody else has. It is a schema of its own in one database, which is quicker.</summary>
    public async Task<string> NewDatabaseAsync(CancellationToken cancellationToken)
    {
        await StartedAsync(cancellationToken);
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await RunSqlAsync($"CREATE SCHEMA {name}", cancellationToken);
        return $"{Address()};Search Path={name}";
    }

    /// <summary>Runs SQL as the superuser.</summary>
    public async Task RunSqlAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new Npgsql.NpgsqlConnection(Address());
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Where it is. A machine that is busy with other tests may take its time to answer.</summary>
    public string Address(string database = "postgres", string user = "serge", string password = Password) =>
        $"Host=127.0.0.1;Port={_port};Username={user};Password={password};Database={database};Timeout=60";

    /// <summary>Starts it, unless it was.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_folder is null && _missing is null)
            {
                var (exitCode, said) = await RunAsync(
                    ["new", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)],
                    cancellationToken
                );
                switch (exitCode)
                {
                    case 0:
                        (_folder, _port) = (said.Split('\n')[0], said.Split('\n')[1]);
                        break;
                    case 3:
                        _missing = said;
                        break;
                    default:
                        throw new InvalidOperationException($"The throw-away PostgreSQL did not start: {said}");
                }
            }
        }
        finally
        {
            _turn.Release();
        }

        Assert.SkipWhen(_missing is not null, $"NOT TESTED on PostgreSQL: {_missing}");
    }

    /// <summary>Stops it, connections and all.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => DoAsync(["stop", _folder!], cancellationToken);

    /// <summary>Starts it again where it was.</summary>
    public Task StartAgainAsync(CancellationToken cancellationToken) => DoAsync(["start", _folder!], cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_folder is not null)
        {
            await RunAsync(["remove", _folder], CancellationToken.None);
        }

        _turn.Dispose();
    }

    private static async Task DoAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var (exitCode, said) = await RunAsync(arguments, cancellationToken);
        Assert.True(exitCode == 0, $"The throw-away PostgreSQL did not {arguments[0]}: {said}");
    }

    private static async Task<(int ExitCode, string Said)> RunAsync(
        string[] arguments,
        CancellationToken cancellationToken
    )
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(AppContext.BaseDirectory, "postgres.sh"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, error) = (
            process.StandardOutput.ReadToEndAsync(cancellationToken),
            process.StandardError.ReadToEndAsync(cancellationToken)
        );
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, $"{await output}{await error}".Trim());
    }
}
