using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Tests.Hosting;

/// <summary>A background service that ends unexpectedly ends the process, with exit code 1 and one line.</summary>
public sealed class ServiceSupervisorTests : IDisposable
{
    private readonly CommandHome _home = new();

    public ServiceSupervisorTests()
    {
        _home.EnableLog();
        _home.Settings(Section.Mastodon, """ "Health": { "Listen": "" } """);
    }

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Run_WhenAServiceFails_HasExitCode1AndOneLine()
    {
        _home.MoreServices = static services => services.AddHostedService<FailingService>();

        (await _home.RunAsync("run")).ShouldBe(1, "");

        var line = Assert.Single(_home.Log, line => line.StartsWith("Critical: ", StringComparison.Ordinal));
        Assert.StartsWith(
            "Critical: FailingService failed, so the bot stops with exit code 1 and should be restarted. Please report "
                + "this: unhandled exception InvalidTimeZoneException: A bug. at ",
            line,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("\n", line, StringComparison.Ordinal);
        Assert.DoesNotContain(_home.Log, other => other.StartsWith("Error: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_WhenAServiceReturns_HasExitCode1AndOneLine()
    {
        _home.MoreServices = static services => services.AddHostedService<ReturningService>();

        (await _home.RunAsync("run")).ShouldBe(1, "");

        Assert.Equal(
            [
                "Critical: ReturningService ended unexpectedly, so the bot stops with exit code 1 and should be "
                    + "restarted. Please report this",
            ],
            _home.Log.Where(line => line.StartsWith("Critical: ", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void Worker_HasNoHostedServiceThatIsNotWatched()
    {
        var types = typeof(ServiceSupervisor)
            .Assembly.GetTypes()
            .Concat(typeof(DeliveryWorker).Assembly.GetTypes())
            .Where(type => type is { IsAbstract: false, IsInterface: false })
            .Where(type => type.IsAssignableTo(typeof(IHostedService)))
            .Where(type => !type.IsAssignableTo(typeof(BackgroundService)));

        // Kestrel accepts connections on separate threads.
        Assert.Equal(["WebServer"], types.Select(type => type.Name));
    }

    private sealed class FailingService : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            throw new InvalidTimeZoneException("A bug.");
        }
    }

    private sealed class ReturningService : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken) => await Task.Yield();
    }
}
