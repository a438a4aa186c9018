using System.Diagnostics;
using System.Globalization;

namespace Serge.Bot.Benchmarks.Support;

/// <summary>A temporary PostgreSQL cluster for one measurement, started by <c>tests/Postgres/postgres.sh</c>. It ends
/// with this process. <c>fsync</c> is off, so commits are faster than on a real server.</summary>
internal sealed class ThrowAwayPostgres : IAsyncDisposable
{
    /// <summary>The exit code of the script if PostgreSQL is not installed.</summary>
    private const int NotInstalled = 3;

    private readonly string _folder;
    private readonly string _address;
    private int _schemas;

    private ThrowAwayPostgres(string folder, string port)
    {
        _folder = folder;
        _address = $"Host=127.0.0.1;Port={port};Username=serge;Password=secret-of-postgres;Database=postgres";
    }

    /// <returns><see langword="null"/> if PostgreSQL is not installed.</returns>
    public static async Task<ThrowAwayPostgres?> TryStartAsync()
    {
        var (exitCode, output) = await RunAsync("new", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        if (exitCode == NotInstalled)
        {
            Console.WriteLine("PostgreSQL is not installed, so only SQLite is measured.");
            return null;
        }

        if (exitCode != 0)
        {
            throw new InvalidOperationException($"PostgreSQL did not start: {output}");
        }

        var lines = output.Split('\n');
        return new ThrowAwayPostgres(lines[0], lines[1]);
    }

    /// <summary>The connection string of an empty ledger.</summary>
    public async Task<string> CreateLedgerAsync()
    {
        _schemas++;
        var schema = string.Create(CultureInfo.InvariantCulture, $"ledger_{_schemas}");
        await using Npgsql.NpgsqlConnection connection = new(_address);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"CREATE SCHEMA {schema}";
        await command.ExecuteNonQueryAsync();
        return $"{_address};Search Path={schema}";
    }

    public async ValueTask DisposeAsync() => await RunAsync("remove", _folder);

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var script = Path.Combine(BenchmarkHome.FindRepository(), "tests", "Postgres", "postgres.sh");
        ProcessStartInfo start = new("bash", [script, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output.Trim());
    }
}
