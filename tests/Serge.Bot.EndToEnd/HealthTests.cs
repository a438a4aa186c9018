using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.EndToEnd;

/// <summary>The responses of the health endpoints, as <c>docs/health.md</c> describes them.</summary>
public sealed class HealthTests : IDisposable
{
    private static readonly (string, string?) AnyPort = ("Health:Listen", "http://127.0.0.1:0");

    private readonly HttpClient _http = new();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Ready_OfARunningBot_ReportsBothPlatformsAndNoPerson()
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        await using var worker = await stage.StartWorkerAsync(TimeProvider.System, [.. schedule, AnyPort]);
        await stage.WaitUntilSettledAsync(2);

        var (code, page) = await WaitUntilAsync(
            stage,
            worker,
            page => page.GetProperty("status").GetString() == "healthy"
        );

        var cron = schedule.Single(setting => setting.Key.EndsWith(":Cron", StringComparison.Ordinal)).Value!;
        var next = NextDate(cron, LocalDate(TimeProvider.System.GetUtcNow()));
        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Equal("sender", page.GetProperty("role").GetString());
        Assert.Empty(page.GetProperty("problems").EnumerateArray());
        Assert.Equal(
            ["discord", "mastodon"],
            page.GetProperty("platforms")
                .EnumerateArray()
                .Select(platform => platform.GetProperty("platform").GetString())
        );
        Assert.All(
            page.GetProperty("platforms").EnumerateArray(),
            platform =>
            {
                Assert.True(platform.GetProperty("connected").GetBoolean());
                Assert.InRange(
                    TimeProvider.System.GetUtcNow() - platform.GetProperty("lastPost").GetDateTimeOffset(),
                    TimeSpan.Zero,
                    Wait.Limit + TimeSpan.FromMinutes(2)
                );
                Assert.Equal(next, LocalDate(platform.GetProperty("nextPost").GetDateTimeOffset()));
            }
        );
        Assert.Equal((0, 0), (page.GetProperty("waiting").GetInt32(), page.GetProperty("failed").GetInt32()));
        Assert.True(page.GetProperty("ledger").GetProperty("works").GetBoolean());
        Assert.True(page.GetProperty("catalogue").GetProperty("quotes").GetInt32() > 0);
        Assert.All(
            [
                Stage.DiscordToken,
                Stage.MastodonToken,
                stage.Channel.Id.ToString(),
                stage.Channel.Name,
                stage.Channel.Guild!.Name,
                "Victor Serge, quoted",
            ],
            name => Assert.DoesNotContain(name, page.GetRawText(), StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Ready_WhenTheQuoteFilesAreBroken_IsDegradedAndStatesWhatToDo()
    {
        await using var stage = await Stage.OpenAsync();
        await using var worker = await stage.StartWorkerAsync(TimeProvider.System, AnyPort);
        await File.AppendAllTextAsync(
            Path.Combine(stage.Home, "quotes", "quotes.yaml"),
            "- id: no text\n",
            stage.CancellationToken
        );

        var (code, page) = await WaitUntilAsync(
            stage,
            worker,
            page =>
                page.GetProperty("problems")
                    .EnumerateArray()
                    .Any(problem => problem.GetString()!.Contains("serge check", StringComparison.Ordinal))
        );

        Assert.Equal((HttpStatusCode.OK, "degraded"), (code, page.GetProperty("status").GetString()));
        Assert.True(page.GetProperty("catalogue").GetProperty("errors").GetInt32() > 0);
        Assert.NotEqual(default, page.GetProperty("catalogue").GetProperty("refusedSince").GetDateTimeOffset());
    }

    [Fact]
    public async Task Ready_WhenNoPlatformAcceptsTheBot_Is503_AndLiveIsHealthy()
    {
        await using var stage = await Stage.OpenAsync();
        await using var worker = await BuildAsync(
            stage,
            ("Discord:Token", "MTA.wrong.x"),
            ("Mastodon:AccessToken", "wrong"),
            AnyPort
        );
        await worker.StartAsync(stage.CancellationToken);

        var (code, page) = await WaitUntilAsync(
            stage,
            worker,
            page =>
                page.GetProperty("problems")
                    .EnumerateArray()
                    .Count(problem =>
                        problem.GetString()!.Contains("until a setting is changed", StringComparison.Ordinal)
                    ) == 2
        );

        Assert.Equal(HttpStatusCode.ServiceUnavailable, code);
        Assert.Equal("unhealthy", page.GetProperty("status").GetString());
        using var live = await _http.GetAsync(Page(worker, "live"), stage.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }

    [Fact]
    public async Task Ready_OfAStandbyWorker_IsHealthyWithoutAConnection()
    {
        await using var stage = await Stage.OpenAsync();
        await using var first = await stage.StartWorkerAsync(TimeProvider.System);
        await using var second = await BuildAsync(stage, AnyPort);
        await second.StartAsync(stage.CancellationToken);

        var (_, page) = await WaitUntilAsync(
            stage,
            second,
            page => page.GetProperty("status").GetString() == "healthy"
        );

        Assert.Equal("standby", page.GetProperty("role").GetString());
        Assert.False(page.GetProperty("platforms")[0].TryGetProperty("connected", out _));
    }

    [Fact]
    public async Task Ready_WhileItStops_Is503()
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("morning", "quote", $"discord:{stage.Channel.Id}");
        stage.World.Faults.Add(
            new RequestFault
            {
                Method = "POST",
                Path = "/discord/api/v10/channels/*/messages",
                Times = 1,
                Effect = new RequestEffect.Delay(TimeSpan.FromMinutes(10), AfterHandling: true),
            }
        );
        using var watch = stage.World.Watch();
        await using var worker = await BuildAsync(stage, [.. schedule, AnyPort]);
        await worker.StartAsync(stage.CancellationToken);
        // The post is published, but the worker has not received the response yet.
        await stage.WaitUntilAsync(watch, () => stage.ChannelPosts.Count > 0);

        var stopping = worker.StopAsync(stage.CancellationToken);
        var (code, page) = await WaitUntilAsync(
            stage,
            worker,
            page =>
                page.GetProperty("problems")
                    .EnumerateArray()
                    .Any(problem => problem.GetString() == "The worker is stopping.")
        );

        Assert.Equal(HttpStatusCode.ServiceUnavailable, code);
        Assert.Equal("unhealthy", page.GetProperty("status").GetString());
        await stopping;
    }

    /// <summary>Each row: the request, and the status of the response.</summary>
    [Theory]
    [InlineData("GET", "health/live", 200)]
    [InlineData("HEAD", "health/ready", 200)]
    [InlineData("POST", "health/ready", 405)]
    [InlineData("GET", "health", 404)]
    [InlineData("GET", "", 404)]
    public async Task Pages_AreTwo_AndOnlyForReading(string method, string path, int status)
    {
        await using var stage = await Stage.OpenAsync();
        await using var worker = await stage.StartWorkerAsync(TimeProvider.System, AnyPort);
        await WaitUntilAsync(stage, worker, page => page.GetProperty("status").GetString() == "healthy");

        using var request = new HttpRequestMessage(
            new HttpMethod(method),
            new Uri(worker.Services.GetRequiredService<WebServer>().GetAddress<HealthEndpoint>(), path)
        );
        using var response = await _http.SendAsync(request, stage.CancellationToken);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(
            status == 200 && method == "GET",
            (await response.Content.ReadAsByteArrayAsync(stage.CancellationToken)).Length > 0
        );
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task ATakenPort_StopsTheStart()
    {
        await using var stage = await Stage.OpenAsync();
        await using var first = await stage.StartWorkerAsync(TimeProvider.System, AnyPort);
        var taken = first.Services.GetRequiredService<WebServer>().GetAddress<HealthEndpoint>();

        await using var second = await BuildAsync(stage, ("Health:Listen", taken.AbsoluteUri));
        var refused = await Assert.ThrowsAsync<SettingsException>(() => second.StartAsync(stage.CancellationToken));
        Assert.Contains(
            $"Health:Listen = \"{taken}\": cannot listen there",
            Assert.Single(refused.Problems),
            StringComparison.Ordinal
        );
    }

    private static Task<WorkerHost> BuildAsync(Stage stage, params (string Key, string? Value)[] more) =>
        WorkerHost.BuildAsync(
            new WorkerOptions
            {
                Home = stage.Home,
                CreatesLedger = true,
                Overrides = stage.Settings([("Logging:LogLevel:Default", "None"), .. more]),
            },
            stage.CancellationToken
        );

    private static DateOnly LocalDate(DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, TimeZoneInfo.FindSystemTimeZoneById("Europe/Brussels"));
        return DateOnly.FromDateTime(local.DateTime);
    }

    private static Uri Page(WorkerHost worker, string name) =>
        new(worker.Services.GetRequiredService<WebServer>().GetAddress<HealthEndpoint>(), $"health/{name}");

    /// <summary>Requests the page until it has the expected content.</summary>
    private async Task<(HttpStatusCode Code, JsonElement Page)> WaitUntilAsync(
        Stage stage,
        WorkerHost worker,
        Func<JsonElement, bool> isSo,
        [CallerArgumentExpression(nameof(isSo))] string expected = ""
    )
    {
        (HttpStatusCode Code, JsonElement Page)? last = null;
        await Wait.UntilAsync(
            async () =>
            {
                using var response = await _http.GetAsync(Page(worker, "ready"), stage.CancellationToken);
                var page = JsonDocument
                    .Parse(await response.Content.ReadAsStringAsync(stage.CancellationToken))
                    .RootElement;
                last = (response.StatusCode, page);
                return isSo(page);
            },
            () => Task.FromResult($"{last?.Code} {last?.Page}"),
            stage.CancellationToken,
            expected
        );
        return last!.Value;
    }

    /// <summary>The next date of a yearly schedule; one of 29 February is due in leap years only.</summary>
    private static DateOnly NextDate(string cron, DateOnly today)
    {
        var fields = cron.Split(' ');
        var (day, month) = (
            int.Parse(fields[2], CultureInfo.InvariantCulture),
            int.Parse(fields[3], CultureInfo.InvariantCulture)
        );
        return Enumerable
            .Range(today.Year, 9)
            .Where(year => day <= DateTime.DaysInMonth(year, month))
            .Select(year => new DateOnly(year, month, day))
            .First(date => date > today);
    }
}
