using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;

namespace Serge.Bot.Tests.Hosting;

/// <summary>The messages to systemd from the start of a worker to its stop.</summary>
public sealed class SystemdServiceTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("serge-systemd-");
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified)
    {
        // A missing message fails the test instead of blocking it.
        ReceiveTimeout = 300_000,
    };
    private readonly SignallingTime _system = new(Some.Noon);
    private readonly StoppableLifetime _lifetime = new();
    private readonly LogLines<SystemdService> _log = new();
    private Database _database = null!;
    private SenderLease _lease = null!;
    private SystemdService? _service;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Address => Path.Combine(_folder.FullName, "notify");

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has such sockets.");
        _database = await TestEngine.OpenDatabaseAsync();
        _lease = new SenderLease(
            new SenderRows(_database),
            new SenderAccounts(["test"]),
            new DeliverySettings(),
            new Clocks(_system, _system),
            new Random(1),
            NullLogger<SenderLease>.Instance
        );
        _socket.Bind(new UnixDomainSocketEndPoint(Address));
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            await _service.StopAsync(CancellationToken.None);
            _service.Dispose();
        }

        _lease.Dispose();
        _lifetime.Dispose();
        _socket.Dispose();
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Execute_WithTheLease_ReportsReadyThenAliveThenStopping()
    {
        await _lease.RenewAsync(Stop);
        await StartAsync(watchdog: TimeSpan.FromSeconds(30));
        Assert.Equal("READY=1\nSTATUS=Running", Receive());
        Assert.Equal(TimeSpan.FromSeconds(5), await _system.NextTimerAsync());

        _system.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("WATCHDOG=1", Receive());

        _lifetime.StopApplication();
        Assert.Equal("STOPPING=1\nSTATUS=Stopping: finishing posts that are being sent", Receive());
    }

    [Fact]
    public async Task Execute_WhenTheLeaseIsAcquired_ReportsItOnce()
    {
        await StartAsync(watchdog: null);
        Assert.Equal("READY=1\nSTATUS=Standby: another worker is sending, or the ledger is unavailable", Receive());
        await _system.NextTimerAsync();

        await _lease.RenewAsync(Stop);
        _system.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("STATUS=Running", Receive());

        // Nothing has changed, and there is no watchdog.
        await _lease.RenewAsync(Stop);
        _system.Advance(TimeSpan.FromSeconds(5));
        _lifetime.StopApplication();
        Assert.Equal("STOPPING=1\nSTATUS=Stopping: finishing posts that are being sent", Receive());
    }

    [Fact]
    public async Task Execute_WithAWatchdog_ReportsAChangeInTheSameMessage()
    {
        await StartAsync(watchdog: TimeSpan.FromSeconds(30));
        Receive();
        await _system.NextTimerAsync();

        await _lease.RenewAsync(Stop);
        _system.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("WATCHDOG=1\nSTATUS=Running", Receive());
    }

    [Theory]
    [InlineData(4, 2)]
    [InlineData(9.9, 4.95)]
    [InlineData(10, 5)]
    [InlineData(100, 5)]
    public async Task Execute_WithAWatchdog_NotifiesTwicePerIntervalAndAtLeastEveryFiveSeconds(
        double watchdog,
        double interval
    )
    {
        await StartAsync(TimeSpan.FromSeconds(watchdog));

        Assert.Equal(TimeSpan.FromSeconds(interval), await _system.NextTimerAsync());
    }

    [Fact]
    public async Task Execute_BeforeTheHostHasStarted_SendsNothing()
    {
        _service = new SystemdService(
            new SystemdNotifier(Address, Watchdog: null),
            _lifetime,
            _lease,
            new Clocks(_system, _system),
            _log
        );
        await _service.StartAsync(Stop);

        _lifetime.StopApplication();
        Assert.Equal("STOPPING=1\nSTATUS=Stopping: finishing posts that are being sent", Receive());
        await _service.StopAsync(Stop);
        Assert.Equal(0, _socket.Available);
    }

    [Fact]
    public async Task Execute_WhenTheSocketIsClosed_LogsItOnce()
    {
        _socket.Close();
        File.Delete(Address);
        await StartAsync(watchdog: TimeSpan.FromSeconds(30));
        await _system.NextTimerAsync();

        _lifetime.StopApplication();

        Assert.StartsWith(
            $"Warning: Notifying systemd at {Address} failed: ",
            Assert.Single(_log.Lines),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Execute_WhenTheSocketFailsAgain_LogsItAgain()
    {
        var moved = Path.Combine(_folder.FullName, "moved");
        File.Move(Address, moved);
        await StartAsync(watchdog: TimeSpan.FromSeconds(30));
        await _system.NextTimerAsync();
        File.Move(moved, Address);

        // The second message is sent after the first has been recorded as successful.
        for (var message = 0; message < 2; message++)
        {
            _system.Advance(TimeSpan.FromSeconds(5));
            Assert.Equal("WATCHDOG=1", Receive());
        }

        File.Delete(Address);
        _lifetime.StopApplication();

        Assert.Equal(2, _log.Lines.Count);
        Assert.All(_log.Lines, line => Assert.StartsWith("Warning: Notifying systemd", line, StringComparison.Ordinal));
    }

    private async Task StartAsync(TimeSpan? watchdog)
    {
        _service = new SystemdService(
            new SystemdNotifier(Address, watchdog),
            _lifetime,
            _lease,
            new Clocks(_system, _system),
            _log
        );
        await _service.StartAsync(Stop);
        _lifetime.Start();
    }

    private string Receive()
    {
        var buffer = new byte[200];
        return Encoding.UTF8.GetString(buffer, 0, _socket.Receive(buffer));
    }
}
