using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;

namespace Serge.Bot.Tests;

/// <summary>What systemd hears of a worker from its start to its end.</summary>
public sealed class ServiceNoticesTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("serge-notices-");
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified)
    {
        // A message that never comes fails the test instead of holding it up.
        ReceiveTimeout = 30_000,
    };
    private readonly SignallingTime _wire = new(Some.Noon);
    private readonly StoppableLifetime _lifetime = new();
    private readonly LogLines<SystemdService> _log = new();
    private Database _database = null!;
    private SenderLease _lease = null!;
    private SystemdService? _notices;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Address => Path.Combine(_folder.FullName, "notify");

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has such sockets.");
        _database = await Database.OpenAsync(Path.Combine(_folder.FullName, "serge.db"), Stop);
        BotSettings settings = new()
        {
            LedgerPath = "",
            TimeZone = TimeZoneInfo.Utc,
            Mastodon = Some.Mastodon(),
        };
        _lease = new SenderLease(
            new SenderRows(_database),
            settings,
            new Clocks(_wire, _wire),
            new Random(1),
            NullLogger<SenderLease>.Instance
        );
        _socket.Bind(new UnixDomainSocketEndPoint(Address));
    }

    public async ValueTask DisposeAsync()
    {
        if (_notices is not null)
        {
            await _notices.StopAsync(CancellationToken.None);
            _notices.Dispose();
        }

        _lease.Dispose();
        _lifetime.Dispose();
        _socket.Dispose();
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task AWorkerThatSends_IsReadyThenLivesThenStops()
    {
        await _lease.RenewAsync(Stop);
        await StartAsync(watchdog: TimeSpan.FromSeconds(30));
        Assert.Equal("READY=1\nSTATUS=At work", Hear());
        Assert.Equal(TimeSpan.FromSeconds(5), await _wire.NextTimerAsync());

        _wire.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("WATCHDOG=1", Hear());

        _lifetime.StopApplication();
        Assert.Equal("STOPPING=1\nSTATUS=Finishing what is being sent", Hear());
    }

    [Fact]
    public async Task AWorkerThatBeginsToSend_SaysSoOnce()
    {
        await StartAsync(watchdog: null);
        Assert.Equal("READY=1\nSTATUS=Standing by: another worker sends, or the ledger is out of reach", Hear());
        await _wire.NextTimerAsync();

        await _lease.RenewAsync(Stop);
        _wire.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("STATUS=At work", Hear());

        // Nothing new, and nobody wants a sign of life.
        await _lease.RenewAsync(Stop);
        _wire.Advance(TimeSpan.FromSeconds(5));
        _lifetime.StopApplication();
        Assert.Equal("STOPPING=1\nSTATUS=Finishing what is being sent", Hear());
    }

    [Fact]
    public async Task AChangeWithAWatchdog_IsOneMessage()
    {
        await StartAsync(watchdog: TimeSpan.FromSeconds(30));
        Hear();
        await _wire.NextTimerAsync();

        await _lease.RenewAsync(Stop);
        _wire.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("WATCHDOG=1\nSTATUS=At work", Hear());
    }

    [Theory]
    [InlineData(4, 2)]
    [InlineData(9.9, 4.95)]
    [InlineData(10, 5)]
    [InlineData(100, 5)]
    public async Task AWatchdog_HearsTwiceInItsTimeAndEveryFiveSecondsAtLeast(double watchdog, double pace)
    {
        await StartAsync(TimeSpan.FromSeconds(watchdog));

        Assert.Equal(TimeSpan.FromSeconds(pace), await _wire.NextTimerAsync());
    }

    [Fact]
    public async Task BeforeTheStart_NothingIsSaid()
    {
        _notices = new SystemdService(
            new SystemdNotifier(Address, Watchdog: null),
            _lifetime,
            _lease,
            new Clocks(_wire, _wire),
            _log
        );
        await _notices.StartAsync(Stop);

        Assert.Equal(0, _socket.Available);
    }

    [Fact]
    public async Task AManagerThatDoesNotListen_IsLoggedOnce()
    {
        _socket.Close();
        File.Delete(Address);
        await StartAsync(watchdog: TimeSpan.FromSeconds(30));
        await _wire.NextTimerAsync();

        _lifetime.StopApplication();

        Assert.StartsWith(
            $"Warning: The service manager cannot be told how the bot fares ({Address}): ",
            Assert.Single(_log.Lines),
            StringComparison.Ordinal
        );
    }

    private async Task StartAsync(TimeSpan? watchdog)
    {
        _notices = new SystemdService(
            new SystemdNotifier(Address, watchdog),
            _lifetime,
            _lease,
            new Clocks(_wire, _wire),
            _log
        );
        await _notices.StartAsync(Stop);
        _lifetime.Start();
    }

    private string Hear()
    {
        var buffer = new byte[200];
        return Encoding.UTF8.GetString(buffer, 0, _socket.Receive(buffer));
    }
}
