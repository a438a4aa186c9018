using System.Net.Sockets;
using System.Text;

namespace Serge.Bot.EndToEnd;

/// <summary>The real worker under a service manager: it sends the messages for ready, watchdog and stopping, and reads
/// its secrets from files.</summary>
public sealed class ServiceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("serge-service-");
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public ServiceTests() => _socket.Bind(new UnixDomainSocketEndPoint(Address));

    private string Address => Path.Combine(_folder.FullName, "notify");

    public void Dispose()
    {
        _socket.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Run_UnderAServiceManager_SaysReadyThenLivesThenStops()
    {
        await using var stage = await Stage.OpenAsync();
        await using var worker = WorkerProcess.Start(
            stage.Home,
            [.. Settings(stage), ("WATCHDOG_USEC", "500000")],
            "run"
        );

        Assert.Equal("READY=1\nSTATUS=Running", await ReceiveNotificationAsync(stage));
        Assert.True(File.Exists(stage.LedgerPath));
        Assert.Equal("WATCHDOG=1", await ReceiveNotificationAsync(stage));
        await worker.SignalAsync("TERM", stage.CancellationToken);
        string last;
        do
        {
            last = await ReceiveNotificationAsync(stage);
        } while (last == "WATCHDOG=1");

        Assert.Equal("STOPPING=1\nSTATUS=Stopping: finishing posts that are being sent", last);
        await worker.AssertEndsWithAsync(0, stage.CancellationToken);
    }

    [Fact]
    public async Task Run_AStandbyWorker_IsReadyAndStatesThatItIsOnStandby()
    {
        await using var stage = await Stage.OpenAsync();
        await using var first = await stage.StartWorkerAsync(TimeProvider.System);

        await using var second = WorkerProcess.Start(stage.Home, Settings(stage), "run");

        Assert.StartsWith("READY=1\nSTATUS=Standby", await ReceiveNotificationAsync(stage), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WithWrongSettings_IsNeverReady()
    {
        await using var stage = await Stage.OpenAsync();
        await using var worker = WorkerProcess.Start(
            stage.Home,
            [.. Settings(stage), ("Delivery__Lease", "soon")],
            "run"
        );

        await worker.AssertEndsWithAsync(2, stage.CancellationToken);
        Assert.Equal(0, _socket.Available);
    }

    [Fact]
    public async Task Run_WhereTheServiceManagerDoesNotListen_ReportsItOnceAndWorks()
    {
        await using var stage = await Stage.OpenAsync();
        await using var worker = WorkerProcess.Start(
            stage.Home,
            [
                .. Stage.AsEnvironment(stage.Settings()),
                ("NOTIFY_SOCKET", "/nowhere/notify"),
                ("WATCHDOG_USEC", "200000"),
            ],
            "run"
        );

        await worker.WaitForOutputAsync("Discord is ready", stage.CancellationToken);
        await worker.WaitForOutputAsync("Notifying systemd", stage.CancellationToken);
        await worker.SignalAsync("TERM", stage.CancellationToken);

        await worker.AssertEndsWithAsync(0, stage.CancellationToken);
        Assert.Single(worker.Output.Split("Notifying systemd")[1..]);
    }

    [Fact]
    public async Task Run_WithCredentialsInAFolder_ConnectsAndPostsWithThem()
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        var settings = stage.Settings(schedule);
        foreach (var key in (string[])["Discord:Token", "Mastodon:AccessToken"])
        {
            await File.WriteAllTextAsync(
                Path.Combine(_folder.FullName, key.Replace(":", "__", StringComparison.Ordinal)),
                settings[key] + "\n",
                stage.CancellationToken
            );
            settings.Remove(key);
        }

        // The socket of these tests does not exist, and its path is in another folder.
        File.Delete(Address);
        await using var worker = WorkerProcess.Start(
            stage.Home,
            [.. Stage.AsEnvironment(settings), ("CREDENTIALS_DIRECTORY", _folder.FullName)],
            "run"
        );
        await stage.WaitUntilSettledAsync(2);

        Assert.Equal(["morning discord Sent", "morning mastodon Sent"], await stage.LedgerAsync());
        Assert.DoesNotContain(Stage.DiscordToken, worker.Output, StringComparison.Ordinal);
    }

    private IEnumerable<(string Key, string? Value)> Settings(Stage stage) =>
        [.. Stage.AsEnvironment(stage.Settings()), ("NOTIFY_SOCKET", Address)];

    private async Task<string> ReceiveNotificationAsync(Stage stage)
    {
        var buffer = new byte[1000];
        return Encoding.UTF8.GetString(buffer, 0, await _socket.ReceiveAsync(buffer, stage.CancellationToken));
    }
}
