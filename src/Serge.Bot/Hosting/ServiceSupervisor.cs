using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Hosting;

/// <summary>Stops the process when a background service ends unexpectedly. A worker that lacks a part would seem to
/// work; systemd or a container engine starts it again.</summary>
internal sealed partial class ServiceSupervisor(
    IEnumerable<IHostedService> services,
    FatalErrorHandler fatalErrors,
    IHostApplicationLifetime lifetime,
    ILogger<ServiceSupervisor> logger
)
{
    private readonly BackgroundService[] _services = [.. services.OfType<BackgroundService>()];

    /// <summary>Registers it. The host's own reaction would be a stop with exit code 0.</summary>
    public static void Add(IServiceCollection services) =>
        services
            .AddSingleton<ServiceSupervisor>()
            .Configure<HostOptions>(host =>
                host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore
            );

    /// <summary>Waits until all services have ended. They must have been started.</summary>
    public Task WatchAsync() => Task.WhenAll(_services.Select(WatchAsync));

    private async Task WatchAsync(BackgroundService service)
    {
        var task = service.ExecuteTask ?? Task.CompletedTask;
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var name = service.GetType().Name;
        if (task.Exception is { InnerException: { } e })
        {
            LogFailed(name, ExceptionText.Describe(e));
            LogDetails(e, name);
        }
        else if (!lifetime.ApplicationStopping.IsCancellationRequested && !HasFinished(service))
        {
            LogEnded(name);
        }
        else
        {
            return;
        }

        fatalErrors.HandleServiceEnd();
    }

    /// <summary>Only Discord can end while the bot runs: until a setting is changed.</summary>
    private static bool HasFinished(BackgroundService service) => service is InteractionWorker { IsStopped: true };

    [LoggerMessage(
        LogLevel.Critical,
        "{Service} failed, so the bot stops with exit code 1 and should be restarted. Please report this: {Problem}"
    )]
    private partial void LogFailed(string service, string problem);

    [LoggerMessage(
        LogLevel.Critical,
        "{Service} ended unexpectedly, so the bot stops with exit code 1 and should be restarted. Please report this"
    )]
    private partial void LogEnded(string service);

    [LoggerMessage(LogLevel.Debug, "The exception that ended {Service}")]
    private partial void LogDetails(Exception e, string service);
}
