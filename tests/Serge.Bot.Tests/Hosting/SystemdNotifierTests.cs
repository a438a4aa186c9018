using System.Net.Sockets;
using System.Text;

namespace Serge.Bot.Tests.Hosting;

/// <summary>The environment variables of systemd, and messages to its socket.</summary>
public sealed class SystemdNotifierTests
{
    [Theory]
    [InlineData(null, null, null, null, null)]
    [InlineData("", null, null, null, null)]
    [InlineData("vsock:2:1234", null, null, null, null)] // for virtual machines; not supported
    [InlineData("/run/systemd/notify", null, null, "/run/systemd/notify", null)]
    [InlineData("@abstract", null, null, "@abstract", null)]
    [InlineData("/run/notify", "120000000", null, "/run/notify", 120.0)]
    [InlineData("/run/notify", "120000000", "42", "/run/notify", 120.0)]
    [InlineData("/run/notify", "120000000", "41", "/run/notify", null)] // for another process
    [InlineData("/run/notify", "0", null, "/run/notify", null)]
    [InlineData("/run/notify", "soon", null, "/run/notify", null)]
    public void Find_ReadsTheSocketAndTheWatchdogInterval(
        string? socket,
        string? watchdog,
        string? process,
        string? address,
        double? seconds
    )
    {
        var found = SystemdNotifier.Find(
            name =>
                name switch
                {
                    "NOTIFY_SOCKET" => socket,
                    "WATCHDOG_USEC" => watchdog,
                    "WATCHDOG_PID" => process,
                    _ => null,
                },
            processId: 42
        );

        Assert.Equal(address, found?.Address);
        Assert.Equal(seconds, found?.Watchdog?.TotalSeconds);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Notify_SendsTheCompleteMessageToASocketOfEitherKind(bool isAbstract)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has such sockets.");
        var folder = Directory.CreateTempSubdirectory("serge-notify-");
        var address = isAbstract ? $"@{folder.FullName}" : Path.Combine(folder.FullName, "notify");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified)
        {
            // A missing message fails the test instead of blocking it.
            ReceiveTimeout = 300_000,
        };
        socket.Bind(new UnixDomainSocketEndPoint(isAbstract ? "\0" + address[1..] : address));

        new SystemdNotifier(address, Watchdog: null).Notify("READY=1\nSTATUS=Running");

        var buffer = new byte[100];
        Assert.Equal("READY=1\nSTATUS=Running", Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer)));
        folder.Delete(recursive: true);
    }

    /// <summary>If systemd does not read for a while, the bot drops a message instead of blocking.</summary>
    [Fact]
    public async Task Notify_WhenTheBufferOfTheSocketIsFull_FailsAtOnce()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has such sockets.");
        const int MoreThanTheBufferHolds = 100_000;
        var address = $"@serge-notify-{Guid.NewGuid()}";
        using Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint("\0" + address[1..]));
        SystemdNotifier notifier = new(address, Watchdog: null);

        var stop = TestContext.Current.CancellationToken;
        var filling = Task.Run(
            () =>
            {
                for (var message = 0; message < MoreThanTheBufferHolds; message++)
                {
                    notifier.Notify("WATCHDOG=1");
                }
            },
            stop
        );

        await Assert.ThrowsAsync<SocketException>(() => filling.WaitAsync(Bounded.Longest, stop));
    }
}
