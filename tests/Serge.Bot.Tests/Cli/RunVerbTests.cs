using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Tests.Cli;

/// <summary><c>serge run</c>: what it says when it starts, and what it ends with.</summary>
public sealed class RunVerbTests : IDisposable
{
    private const string NoHealthPages = """ "Health": { "Listen": "" } """;

    private readonly CommandHome _home = new();

    public RunVerbTests() => _home.LogsInformation();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("run")]
    [InlineData(null)]
    public async Task Run_WithoutPlatforms_SaysWhatToSet(string? verb) =>
        (await _home.RunAsync(verb is null ? [] : [verb])).Is(
            2,
            "",
            "Both platforms are off. Set Discord:Token, or Mastodon:Address and Mastodon:AccessToken, in appsettings.json or as Discord__Token and so on in the environment. To see the bot at work without any account: dotnet run --project src/Serge.Bot.Playground\n"
        );

    [Fact]
    public async Task Run_WithADiscordTokenThatIsRefused_EndsWithTwo()
    {
        _home.Settings(Section.Discord, Section.Morning, NoHealthPages);
        _home.Discord.Events.Add(new DiscordEvent.Stopped(StopCause.BadToken, "4004 Authentication failed."));

        (await _home.RunAsync("run")).Is(2, "");

        Assert.Equal(
            [
                "Information: Mastodon is off: Mastodon:Address and Mastodon:AccessToken not set",
                "Information: 3 quotations, 3 events, 1 schedules",
            ],
            _home.Log.Where(line => line.StartsWith("Information: ", StringComparison.Ordinal)).Take(2)
        );
    }

    [Fact]
    public async Task Run_UntilItIsStopped_EndsWithZero()
    {
        _home.Settings(Section.Mastodon, NoHealthPages);
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
        _home.MoreServices = static services => services.AddHostedService<StopsAtOnce>();

        (await _home.RunAsync("run")).Is(0, "");

        var warning = Assert.Single(CatalogueReader.Read(_home.Quotes).Problems);
        Assert.Equal(
            [
                "Information: Discord is off: Discord:Token not set",
                $"Warning: {warning}",
                "Information: 4 quotations, 3 events, 0 schedules",
            ],
            _home.Log.Take(3)
        );
    }

    /// <summary>Ends the bot as soon as it has started.</summary>
    private sealed class StopsAtOnce(IHostApplicationLifetime lifetime) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.StopApplication();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
