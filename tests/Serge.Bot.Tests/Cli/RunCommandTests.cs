using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Tests.Cli;

/// <summary><c>serge run</c>: what it logs at the start, and its exit codes.</summary>
public sealed class RunCommandTests : IDisposable
{
    private const string NoHealthEndpoints = """ "Health": { "Listen": "" } """;

    private readonly CommandHome _home = new();

    public RunCommandTests() => _home.EnableLog();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Run_WithoutPlatforms_StatesWhatToSet() =>
        (await _home.RunAsync("run")).ShouldBe(
            2,
            "",
            "No platform has credentials. Set Discord:Token, or Mastodon:Address and Mastodon:AccessToken, in appsettings.json or in the environment (Discord__Token and so on). To try the bot without an account: dotnet run --project src/Serge.Bot.Playground\n"
        );

    [Fact]
    public async Task Run_WithARejectedDiscordToken_HasExitCode2()
    {
        _home.Settings(Section.Discord, Section.Morning, NoHealthEndpoints, Section.FirstRefusalCounts);
        _home.Discord.Events.Add(new DiscordEvent.Stopped(StopCause.InvalidToken, "4004 Authentication failed."));

        (await _home.RunAsync("run")).ShouldBe(2, "");

        Assert.Equal(
            [
                "Information: Mastodon is disabled: Mastodon:Address and Mastodon:AccessToken not set",
                $"Information: Starting; version: {ProgramVersion.Text}, quotations: 3, events: 3, schedules: 1",
            ],
            _home.Log.Where(line => line.StartsWith("Information: ", StringComparison.Ordinal)).Take(2)
        );
    }

    [Fact]
    public async Task Run_UntilItIsStopped_HasExitCode0()
    {
        _home.Settings(Section.Mastodon, NoHealthEndpoints);
        _home.Write(
            "quotes.yaml",
            TestCatalogue.Quotes
                + """
                - id: within-us-too
                  text: "Totalitarianism is within us!"
                  via: cunningham
                  topics: [power]

                """
        );
        _home.MoreServices = static services => services.AddHostedService<StopImmediately>();

        (await _home.RunAsync("run")).ShouldBe(0, "");

        var warning = Assert.Single(CatalogueReader.Read(_home.Quotes).Problems);
        Assert.Equal(
            [
                "Information: Discord is disabled: Discord:Token not set",
                $"Warning: {warning}",
                $"Information: Starting; version: {ProgramVersion.Text}, quotations: 4, events: 3, schedules: 0",
            ],
            _home.Log.Take(3)
        );
    }

    [Fact]
    public async Task Run_StoppedWhileServicesStart_HasExitCode0()
    {
        _home.Settings(Section.Mastodon, NoHealthEndpoints);
        _home.MoreServices = static services => services.AddHostedService<StopDuringStart>();

        (await _home.RunAsync("run")).ShouldBe(0, "");
    }

    /// <summary>An idle bot allocates too little memory to trigger a garbage collection.</summary>
    [Fact]
    public async Task Run_TenSecondsAfterTheStart_ReleasesTheMemoryOfTheStart()
    {
        _home.Settings(Section.Mastodon, NoHealthEndpoints);
        var start = _home.SystemClock.GetUtcNow();
        TaskCompletionSource<DateTimeOffset> released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _home.OnMemoryRelease = () => released.SetResult(_home.SystemClock.GetUtcNow());
        _home.MoreServices = services =>
            services
                .AddSingleton(released.Task)
                .AddSingleton<FakeTimeProvider>(_home.SystemClock)
                .AddHostedService<StopAfterRelease>();

        (await _home.RunAsync("run")).ShouldBe(0, "");

        // The clock is advanced by one second at a time, and by the short delays of the worker.
        Assert.InRange(await released.Task - start, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30));
    }

    /// <summary>Moves the clock until the memory is released, and stops the worker.</summary>
    private sealed class StopAfterRelease(
        IHostApplicationLifetime lifetime,
        FakeTimeProvider clock,
        Task<DateTimeOffset> released
    ) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.ApplicationStarted.Register(() =>
            {
                for (var second = 0; second < 10; second++)
                {
                    clock.Advance(TimeSpan.FromSeconds(1));
                }

                // While another thread creates a timer, that thread may run the due timers, with a delay.
                released.Wait(Bounded.Longest, CancellationToken.None);
                lifetime.StopApplication();
            });
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>Stops the worker while it starts, and itself does not start before that.</summary>
    private sealed class StopDuringStart(IHostApplicationLifetime lifetime) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.StopApplication();
            return Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>Stops the worker as soon as it has started.</summary>
    private sealed class StopImmediately(IHostApplicationLifetime lifetime) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.ApplicationStarted.Register(lifetime.StopApplication);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
