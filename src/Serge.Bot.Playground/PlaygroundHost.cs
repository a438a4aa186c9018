using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Serge.Bot.Playground.Api;
using Serge.Bot.Playground.Worker;
using Serge.Bot.Playground.World;
using Serge.Bot.Simulator;

namespace Serge.Bot.Playground;

/// <summary>The simulator, the worker and the page in one program, and a folder for the ledger that is gone afterwards.</summary>
internal sealed class PlaygroundHost : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("serge-playground-");
    private readonly CancellationTokenSource _closing = new();
    private readonly List<Task> _tasks = [];
    private WebApplication? _web;
    private WorkerSeat? _seat;
    private Database? _database;
    private EventStream? _events;

    private PlaygroundHost(IPEndPoint endpoint) => Address = new Uri($"http://{endpoint}/");

    /// <summary>Where the page is.</summary>
    public Uri Address { get; }

    /// <summary>Where the ledger is, for as long as the playground is open.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Who is there besides the bot.</summary>
    public TwoPlaces Places { get; } = new(TimeProvider.System, new SystemRandom());

    /// <summary>The settings with which a bot connects to them.</summary>
    public IReadOnlyDictionary<string, string> Connection => WorkerSettings.Connection(Places, Address);

    /// <summary>Starts all of it.</summary>
    /// <param name="home">The folder with the quote files, and the operator's settings where there are any.</param>
    /// <param name="wanted">Where the page is to be; port 0 for any free one.</param>
    /// <param name="onBusy">Told of each port that is in use; then the next one is tried.</param>
    /// <param name="withoutBot">Whether the worker's seat stays empty.</param>
    /// <exception cref="SettingsException">The operator's settings are wrong.</exception>
    /// <exception cref="CatalogueException">The quote files are wrong.</exception>
    /// <exception cref="IOException">No port is free.</exception>
    public static async Task<PlaygroundHost> StartAsync(
        string home,
        IPEndPoint wanted,
        Action<int> onBusy,
        bool withoutBot = false
    )
    {
        var endpoint = FreePort.From(wanted, onBusy);
        PlaygroundHost host = new(endpoint);
        try
        {
            await host.OpenAsync(home, endpoint, withoutBot);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for Ctrl+C, or for a failure of the playground itself.</summary>
    public async Task WaitForEndAsync()
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = _web!.Lifetime.ApplicationStopping.Register(() => stopped.TrySetResult());
        await await Task.WhenAny([stopped.Task, .. _tasks]);
    }

    /// <summary>Stops the worker in good order, closes the page and deletes the ledger.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_seat is not null)
        {
            await _seat.DisposeAsync();
        }

        await _closing.CancelAsync();
        _events?.Dispose();
        await Task.WhenAll(_tasks);
        if (_web is not null)
        {
            await _web.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        _closing.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task OpenAsync(string home, IPEndPoint endpoint, bool withoutBot)
    {
        var wire = TimeProvider.System;
        MovableCalendar calendar = new(wire);
        Clocks clocks = new(calendar, wire);
        Changes changes = new();
        Diary diary = new(wire, changes);
        _events = Places.World.Watch();

        var ledgerPath = Path.Combine(_folder.FullName, "ledger.db");
        var (settings, overrides) = WorkerSettings.Read(home, Places, Address, ledgerPath);
        _seat = new WorkerSeat(home, overrides, clocks, diary);
        _database = await Database.OpenAsync(new SqliteFile(ledgerPath), LedgerDatabase.Steps, _closing.Token);
        PlaygroundParts parts = new()
        {
            Places = Places,
            Conversation = new Conversation(calendar),
            Timeline = new Timeline(calendar),
            Diary = diary,
            Troubles = new Troubles(Places),
            Seat = _seat,
            Ledger = new Ledger(_database),
            Settings = settings,
            Clocks = clocks,
            Calendar = calendar,
            Changes = changes,
        };
        Board board = new(parts);

        _web = Build(endpoint, parts, board);
        await _web.StartAsync(_closing.Token);
        _tasks.Add(ListenAsync(_events, parts));
        if (!withoutBot)
        {
            await _seat.StartAsync(_closing.Token);
        }

        _tasks.Add(board.RunAsync(_closing.Token));
    }

    private WebApplication Build(IPEndPoint endpoint, PlaygroundParts parts, Board board)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Listen(endpoint);
            });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(_ => new CalendarApi(parts));
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
        var web = builder.Build();
        web.Use(LoopbackGuard.HandleAsync);
        web.UseSimulator(parts.Places.World);
        web.MapPage();
        web.MapApi(parts, new EventFeed(board), _closing.Token);
        return web;
    }

    /// <summary>Passes on what happens in the simulator.</summary>
    private static async Task ListenAsync(EventStream events, PlaygroundParts parts)
    {
        await foreach (var happened in events)
        {
            parts.Conversation.Hear(happened);
            parts.Timeline.Hear(happened);
            if (News.Of(happened) is var (source, weight, text))
            {
                parts.Diary.Write(source, weight, text);
            }

            parts.Changes.Tell();
        }
    }
}
