using System.Net.Sockets;
using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Hosting;

/// <summary>Tells the service manager when the worker is ready, that it lives, what it does, and that it stops.</summary>
/// <remarks>Ready is a worker whose settings, quote files and ledger are read, whose ports are open, and which knows whether it sends or stands by. A platform that is down does not make it
/// less ready: it would be no better after a restart.</remarks>
internal sealed partial class SystemdService(
    SystemdNotifier manager,
    IHostApplicationLifetime lifetime,
    SenderLease lease,
    Clocks clocks,
    ILogger<SystemdService> logger
) : BackgroundService
{
    /// <summary>Time between two looks, and the longest time between two signs of life.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    private bool _fails;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var starting = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await using var stopping = lifetime.ApplicationStopping.Register(() =>
            Tell("STOPPING=1\nSTATUS=Finishing what is being sent")
        );
        await started.Task.WaitAsync(stoppingToken);

        var told = Status();
        Tell($"READY=1\nSTATUS={told}");
        using PeriodicTimer timer = new(
            manager.Watchdog is { } limit && limit / 2 < Pace ? limit / 2 : Pace,
            clocks.System
        );
        while (await timer.WaitForNextTickAsync(stoppingToken) && !lifetime.ApplicationStopping.IsCancellationRequested)
        {
            var status = Status();
            var news = status == told ? "" : $"STATUS={status}\n";
            var life = manager.Watchdog is null ? "" : "WATCHDOG=1\n";
            if (news.Length + life.Length > 0)
            {
                Tell((life + news).TrimEnd('\n'));
                told = status;
            }
        }
    }

    private string Status() =>
        lease.IsHeld ? "At work" : "Standing by: another worker sends, or the ledger is out of reach";

    private void Tell(string message)
    {
        try
        {
            manager.Notify(message);
            _fails = false;
        }
        catch (SocketException e)
        {
            // Said once: whoever waits for it will notice, and the bot has better things to do.
            if (!_fails)
            {
                LogFails(manager.Address, e.Message);
            }

            _fails = true;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The service manager cannot be told how the bot fares ({Address}): {Problem}")]
    private partial void LogFails(string address, string problem);
}
