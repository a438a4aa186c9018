using System.Net.Sockets;
using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Hosting;

/// <summary>Notifies systemd when the worker is ready or stops, of its status, and of the watchdog.</summary>
/// <remarks>The worker is ready when the settings, quote files and ledger were read, its ports are open, and
/// it knows whether it holds the sender's lease. An unavailable platform does not count, because a restart
/// would not help.</remarks>
internal sealed partial class SystemdService(
    SystemdNotifier notifier,
    IHostApplicationLifetime lifetime,
    SenderLease lease,
    Clocks clocks,
    ILogger<SystemdService> logger
) : BackgroundService
{
    /// <summary>The longest interval between two messages; half of the watchdog's interval if
    /// that is shorter.</summary>
    private static readonly TimeSpan MaxInterval = TimeSpan.FromSeconds(5);

    private bool _hasFailed;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onStarted = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await using var onStopping = lifetime.ApplicationStopping.Register(NotifyStopping);
        await started.Task.WaitAsync(stoppingToken);

        var lastStatus = GetStatus();
        Notify($"READY=1\nSTATUS={lastStatus}");
        using PeriodicTimer timer = new(GetInterval(), clocks.System);
        while (await timer.WaitForNextTickAsync(stoppingToken) && !lifetime.ApplicationStopping.IsCancellationRequested)
        {
            var status = GetStatus();
            NotifyRunning(status, hasChanged: status != lastStatus);
            lastStatus = status;
        }
    }

    private TimeSpan GetInterval()
    {
        var half = notifier.Watchdog / 2;
        return half < MaxInterval ? half.Value : MaxInterval;
    }

    private string GetStatus() =>
        lease.IsHeld ? "Running" : "Standby: another worker is sending, or the ledger is unavailable";

    private void NotifyRunning(string status, bool hasChanged)
    {
        List<string> lines = [];
        if (notifier.Watchdog is not null)
        {
            lines.Add("WATCHDOG=1");
        }

        if (hasChanged)
        {
            lines.Add($"STATUS={status}");
        }

        if (lines.Count > 0)
        {
            Notify(string.Join('\n', lines));
        }
    }

    private void NotifyStopping() => Notify("STOPPING=1\nSTATUS=Stopping: finishing posts that are being sent");

    private void Notify(string message)
    {
        try
        {
            notifier.Notify(message);
            _hasFailed = false;
        }
        catch (SocketException e)
        {
            // Logged once per failure; systemd notices missing messages by itself.
            if (!_hasFailed)
            {
                LogFailed(notifier.Address, e.Message);
            }

            _hasFailed = true;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Notifying systemd at {Address} failed: {Problem}")]
    private partial void LogFailed(string address, string problem);
}
