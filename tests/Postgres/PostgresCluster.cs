using System.Diagnostics;
using System.Globalization;

namespace Serge.Bot.Tests.Postgres;

/// <summary>A temporary PostgreSQL cluster, created by <c>tests/Postgres/postgres.sh</c>. It is an assembly fixture:
/// the first test that needs it starts it. On a machine without PostgreSQL these tests are skipped, with the
/// reason.</summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    public const string Password = "secret-of-postgres";

    private readonly SemaphoreSlim _turn = new(1, 1);
    private string? _folder;
    private string? _port;
    private string? _missing;
    private int _databases;

    /// <summary>Creates an empty database and returns its connection string. It is a schema in one shared database,
    /// because creating a schema is faster.</summary>
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

    /// <summary>The connection string. The timeouts are long because a busy machine may respond late.</summary>
    public string Address(string database = "postgres", string user = "serge", string password = Password) =>
        $"Host=127.0.0.1;Port={_port};Username={user};Password={password};Database={database};Timeout=60;Command Timeout=60";

    /// <summary>Starts the cluster if it is not running yet.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_folder is null && _missing is null)
            {
                var (exitCode, printed) = await RunAsync(
                    ["new", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)],
                    cancellationToken
                );
                switch (exitCode)
                {
                    case 0:
                        (_folder, _port) = (printed.Split('\n')[0], printed.Split('\n')[1]);
                        break;
                    case 3:
                        _missing = printed;
                        break;
                    default:
                        throw new InvalidOperationException($"The temporary PostgreSQL did not start: {printed}");
                }
            }
        }
        finally
        {
            _turn.Release();
        }

        Assert.SkipWhen(_missing is not null, $"NOT TESTED on PostgreSQL: {_missing}");
    }

    /// <summary>Stops the server and closes all connections.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => DoAsync(["stop", _folder!], cancellationToken);

    /// <summary>Starts the server again on the same port.</summary>
    public Task RestartAsync(CancellationToken cancellationToken) => DoAsync(["start", _folder!], cancellationToken);

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
        var (exitCode, printed) = await RunAsync(arguments, cancellationToken);
        Assert.True(exitCode == 0, $"The temporary PostgreSQL did not {arguments[0]}: {printed}");
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(
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
