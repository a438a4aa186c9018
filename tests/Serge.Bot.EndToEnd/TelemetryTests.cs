using System.Text;
using System.Text.Json;

namespace Serge.Bot.EndToEnd;

/// <summary>What other programs receive from a running bot: metrics and traces at a collector, and a structured
/// log.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task ACollector_GetsMetricsAndSpansOfPostsAndAnswers_AndNoSecret()
    {
        await using var stage = await Stage.OpenAsync();
        await using var collector = await Collector.StartAsync(stage.CancellationToken);
        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        using var watch = stage.World.Watch();
        await using var worker = WorkerProcess.Start(
            stage.Home,
            Stage.AsEnvironment(stage.Settings([.. schedule, .. collector.Environment])),
            "run"
        );
        await stage.WaitUntilAsync(watch, () => stage.Discord.GetCommands(stage.Application).Count > 0);
        await stage.Discord.InvokeAsync(stage.Member, stage.Channel, "/quote search:liberty", stage.CancellationToken);

        foreach (
            var metric in new[]
            {
                "serge.posts",
                "serge.post.delay",
                "serge.interaction.duration",
                "serge.discord.connections",
                "http.client.request.duration",
                "serge-bot",
            }
        )
        {
            await collector.HasAsync("/v1/metrics", metric, stage.CancellationToken);
        }

        foreach (
            var attribute in new[]
            {
                "serge.post.state",
                "mastodon",
                "serge.post.key",
                "serge.interaction.result",
                "answered",
            }
        )
        {
            await collector.HasAsync("/v1/traces", attribute, stage.CancellationToken);
        }

        await File.AppendAllTextAsync(
            Path.Combine(stage.Home, "quotes", "quotes.yaml"),
            "- id: no text\n",
            stage.CancellationToken
        );
        await collector.HasAsync("/v1/metrics", "serge.catalogue.reloads", stage.CancellationToken);

        var all = Encoding.UTF8.GetString(collector.Everything);
        Assert.All(
            [
                Stage.DiscordToken,
                Stage.MastodonToken,
                "liberty",
                stage.Channel.Id.ToString(),
                stage.Channel.Guild!.Id.ToString(),
                stage.Member.Id.ToString(),
            ],
            secret => Assert.DoesNotContain(secret, all, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task AnAddressThatIsNone_StopsTheStartAndIsNotRepeated()
    {
        await using var stage = await Stage.OpenAsync();

        var (exitCode, output) = await WorkerProcess.RunAsync(
            stage.Home,
            Stage.AsEnvironment(stage.Settings(("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:s3cret"))),
            "run",
            stage.CancellationToken
        );

        Assert.Equal(2, exitCode);
        Assert.Equal(
            "OTEL_EXPORTER_OTLP_ENDPOINT is not a valid address. Set it to an address such as http://127.0.0.1:4317.\n",
            output
        );
    }

    [Fact]
    public async Task TheLogForPrograms_IsOneObjectALine()
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        await using var worker = WorkerProcess.Start(
            stage.Home,
            Stage.AsEnvironment(stage.Settings([.. schedule, ("Logging:Console:FormatterName", "json")])),
            "run"
        );
        await worker.WaitForOutputAsync("Posted morning to mastodon", stage.CancellationToken);
        await worker.SignalAsync("TERM", stage.CancellationToken);
        await worker.EndAsync(stage.CancellationToken);

        var lines = worker
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToArray();
        var posted = Assert.Single(
            lines,
            line =>
                line.GetProperty("Message")
                    .GetString()!
                    .StartsWith("Posted morning to mastodon", StringComparison.Ordinal)
        );
        Assert.Equal("Information", posted.GetProperty("LogLevel").GetString());
        Assert.Equal("morning", posted.GetProperty("State").GetProperty("Schedule").GetString());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", posted.GetProperty("Timestamp").GetString()!);
    }
}
