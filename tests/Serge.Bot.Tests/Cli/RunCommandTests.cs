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

    /// <summary>An idle bot allocates too little to start a collection of its own.</summary>
    [Fact]
    public async Task Run_TenSecondsAfterTheStart_ReleasesTheMemoryOfTheStart()
    {
        _home.Settings(Section.Mastodon, NoHealthEndpoints);
        CollectionCount collections = new();
        _home.MoreServices = services =>
            services
                .AddSingleton(collections)
                .AddSingleton<FakeTimeProvider>(_home.SystemClock)
                .AddHostedService<StopAfterTenSeconds>();

        (await _home.RunAsync("run")).ShouldBe(0, "");

        Assert.True(collections.After > collections.Before);
    }

    private sealed class CollectionCount
    {
        public int Before { get; set; }

        public int After { get; set; }
    }

    /// <summary>Moves the clock by ten seconds as soon as the worker has started, and stops it.</summary>
    private sealed class StopAfterTenSeconds(
        IHostApplicationLifetime lifetime,
        FakeTimeProvider clock,
        CollectionCount collections
    ) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.ApplicationStarted.Register(() =>
            {
                collections.Before = GC.CollectionCount(GC.MaxGeneration);
                clock.Advance(TimeSpan.FromSeconds(10));
                // While another thread creates a timer, that thread calls the timers that are due, perhaps later.
                SpinWait.SpinUntil(() => GC.CollectionCount(GC.MaxGeneration) > collections.Before, Bounded.Longest);
                collections.After = GC.CollectionCount(GC.MaxGeneration);
                lifetime.StopApplication();
            });
            return Task.CompletedTask;
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
