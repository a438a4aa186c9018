using Microsoft.Extensions.DependencyInjection;
using Serge.Bot.Hosting;
using Serge.Bot.Posting.Model;
using Serge.Bot.Posting.Storage;

namespace Serge.Bot.Benchmarks.Support;

/// <summary>A worker whose services are composed as in <c>serge run</c>, but not started. A measurement calls them
/// directly.</summary>
internal sealed class IdleWorker : IAsyncDisposable
{
    private readonly BenchmarkHome _home;
    private readonly WorkerHost _host;
    private readonly SetClock _clock;

    private IdleWorker(BenchmarkHome home, WorkerHost host, SetClock clock) =>
        (_home, _host, _clock) = (home, host, clock);

    /// <summary>The schedule clock.</summary>
    public DateTimeOffset Now
    {
        get => _clock.Now;
        set => _clock.Now = value;
    }

    public BenchmarkHome Home => _home;

    public Database Database => Get<Database>();

    /// <param name="postgres">The connection string of the ledger; <see langword="null"/> for an SQLite file.</param>
    /// <param name="now">The schedule clock.</param>
    public static async Task<IdleWorker> CreateAsync(string? postgres, DateTimeOffset now)
    {
        var home = BenchmarkHome.Create();
        SetClock clock = new() { Now = now };
        Dictionary<string, string?> settings = new()
        {
            ["Discord:Token"] = "the.bots.token",
            ["TimeZone"] = "Etc/UTC",
            ["Logging:LogLevel:Default"] = "None",
        };
        if (postgres is not null)
        {
            settings["Ledger:PostgreSQL"] = postgres;
        }

        WorkerOptions options = new()
        {
            Home = home.Path,
            CreatesLedger = true,
            Overrides = settings,
            Clocks = new Clocks(clock, TimeProvider.System),
        };
        return new IdleWorker(home, await WorkerHost.BuildAsync(options, CancellationToken.None), clock);
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Runs SQL on the ledger.</summary>
    public Task<int> ExecuteAsync(string sql, params (string Name, object? Value)[] values) =>
        Database.WriteAsync(
            session => session.ExecuteAsync(sql, CancellationToken.None, values),
            CancellationToken.None
        );

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _home.Dispose();
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
