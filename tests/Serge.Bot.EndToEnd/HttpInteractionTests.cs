using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Serge.Bot.Platforms;

namespace Serge.Bot.EndToEnd;

/// <summary>The bot receives interactions over HTTP instead of a gateway connection.</summary>
public sealed class HttpInteractionTests
{
    [Fact]
    public async Task Portal_ChecksTheEndpoint_AndAcceptsIt()
    {
        await using var stage = await Stage.OpenAsync();
        await using var worker = await StartAsync(stage);

        Assert.Null(
            await stage.Discord.SetInteractionsEndpointAsync(
                stage.Application,
                EndpointOf(worker),
                stage.CancellationToken
            )
        );
    }

    [Fact]
    public async Task Doctor_WhereCommandsGoElsewhere_ReportsItAndWhatToChange()
    {
        await using var stage = await Stage.OpenAsync();
        (string, string?)[] overHttp = [("Discord:Interactions", "http"), ("Discord:Listen", "http://127.0.0.1:0/")];
        await using (var worker = await StartAsync(stage))
        {
            var (_, before) = await DoctorTests.DoctorAsync(stage, overHttp);
            Assert.Contains(
                "ERROR  interactions    Discord:Interactions is http, but the Developer Portal has no \"Interactions Endpoint URL\"",
                before,
                StringComparison.Ordinal
            );

            await stage.Discord.SetInteractionsEndpointAsync(
                stage.Application,
                EndpointOf(worker),
                stage.CancellationToken
            );
            var (_, after) = await DoctorTests.DoctorAsync(stage, overHttp);
            Assert.Matches(@"ok     interactions    at http://127\.0\.0\.1:\d+/discord/interactions", after);
        }

        var (exitCode, output) = await DoctorTests.DoctorAsync(stage);

        Assert.Equal(1, exitCode);
        Assert.Matches(
            @"ERROR  interactions    Discord sends the commands to http://127\.0\.0\.1:\d+/discord/interactions, so none of them reaches this bot\. Clear",
            output
        );
    }

    /// <summary>Each reply is the response to Discord's request; a separate request of the bot would be lost.</summary>
    [Fact]
    public async Task Members_SeeNoDifference()
    {
        await using var stage = await Stage.OpenAsync();
        await using var worker = await StartAsync(stage);
        var requests = stage.World.Faults.Add(
            new RequestFault
            {
                Path = "/discord/api/v10/interactions/**",
                Effect = new RequestEffect.Drop(),
                Times = int.MaxValue,
            }
        );
        await stage.Discord.SetInteractionsEndpointAsync(
            stage.Application,
            EndpointOf(worker),
            stage.CancellationToken
        );

        var quote = await stage.Discord.InvokeAsync(
            stage.Member,
            stage.Channel,
            "/quote id:end-commands-means",
            stage.CancellationToken
        );
        var topics = await stage.Discord.AutocompleteAsync(
            stage.Member,
            stage.Channel,
            "/quote topic:rev",
            "topic",
            stage.CancellationToken
        );
        var mistake = await stage.Discord.InvokeAsync(
            stage.Member,
            stage.Channel,
            "/quote topic:cheese",
            stage.CancellationToken
        );

        var message = stage.Discord.SendMessage(stage.Member, stage.Channel, "One can leave a Party!");
        var check = await stage.Discord.UseMessageCommandAsync(
            stage.Member,
            message,
            "Is this a quotation?",
            stage.CancellationToken
        );

        Assert.Contains(
            "word for word",
            Assert.IsType<InteractionResult.Answered>(check).Message.Content,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "commands its own means",
            Assert.IsType<InteractionResult.Answered>(quote).Message.Content,
            StringComparison.Ordinal
        );
        Assert.Contains(
            Assert.IsType<InteractionResult.Suggested>(topics).Choices,
            choice => choice.Name == "revolution"
        );
        Assert.True(Assert.IsType<InteractionResult.Answered>(mistake).Message.IsEphemeral);
        Assert.Empty(stage.Discord.Sessions);
        Assert.False(requests.Fired.IsCompleted);
    }

    [Fact]
    public async Task TwoWorkers_ShareOneAddress()
    {
        await using var stage = await Stage.OpenAsync();
        await using var first = await StartAsync(stage);
        await using var second = await StartAsync(stage);
        List<string> answers = [];
        foreach (var worker in (WorkerHost[])[first, second, first])
        {
            await stage.Discord.SetInteractionsEndpointAsync(
                stage.Application,
                EndpointOf(worker),
                stage.CancellationToken
            );
            var answer = await stage.Discord.InvokeAsync(
                stage.Member,
                stage.Channel,
                "/quote id:end-commands-means",
                stage.CancellationToken
            );
            answers.Add(Assert.IsType<InteractionResult.Answered>(answer).Message.Content);
        }

        Assert.Equal(3, answers.Count);
        Assert.Single(answers.Distinct(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("POST", "/discord/interactions", 10, HttpStatusCode.Unauthorized)]
    [InlineData("GET", "/discord/interactions", 0, HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/", 10, HttpStatusCode.NotFound)]
    [InlineData("POST", "/discord/interactions/", 10, HttpStatusCode.NotFound)]
    [InlineData("POST", "/discord/interactions", 300_000, HttpStatusCode.RequestEntityTooLarge)]
    public async Task UnsignedRequest_IsRejected(string method, string path, int length, HttpStatusCode expected)
    {
        await using var stage = await Stage.OpenAsync();
        await using var worker = await StartAsync(stage);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(EndpointOf(worker), path));
        request.Content = length > 0 ? new StringContent(new string(' ', length)) : null;

        using var response = await client.SendAsync(request, stage.CancellationToken);

        Assert.Equal(expected, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(stage.CancellationToken));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task ATakenPort_IsNamed()
    {
        await using var stage = await Stage.OpenAsync();
        await using var first = await StartAsync(stage);
        var taken = $"http://127.0.0.1:{EndpointOf(first).Port}";

        var refused = await Assert.ThrowsAsync<SettingsException>(() => StartAsync(stage, taken));

        Assert.Contains(
            $"Discord:Listen = \"{taken}/\": cannot listen there",
            Assert.Single(refused.Problems),
            StringComparison.Ordinal
        );
    }

    private static async Task<WorkerHost> StartAsync(Stage stage, string listen = "http://127.0.0.1:0")
    {
        using var watch = stage.World.Watch();
        var settings = stage.Settings(
            ("Logging:LogLevel:Default", "None"),
            ("Discord:Interactions", "http"),
            ("Discord:Listen", listen)
        );
        var worker = await WorkerHost.BuildAsync(
            new WorkerOptions
            {
                Home = stage.Home,
                CreatesLedger = true,
                Overrides = settings,
                Clocks = new Clocks(TimeProvider.System, new LongTimers()),
            },
            stage.CancellationToken
        );
        try
        {
            await worker.StartAsync(stage.CancellationToken);
            await stage.WaitUntilAsync(watch, () => stage.Discord.GetCommands(stage.Application).Count > 0);
            // A second worker finds the commands registered before its own endpoint is open.
            var endpoint = worker.Services.GetRequiredService<IInteractionEndpoint>();
            await stage.WaitUntilAsync(() =>
                Task.FromResult(endpoint.Receive(null, null, [], new()) != InteractionReceipt.Busy)
            );
            return worker;
        }
        catch
        {
            await worker.DisposeAsync();
            throw;
        }
    }

    private static Uri EndpointOf(WorkerHost worker) =>
        new(
            worker.Services.GetRequiredService<WebServer>().GetAddress<HttpInteractionEndpoint>(),
            InteractionEndpointCheck.Path
        );

    /// <summary>The system's clock, but each timer takes a hundred times as long. Otherwise, on a busy machine, the
    /// worker could defer a reply (after 1.5 s), respond without it, or refuse a request that it has not read yet (both
    /// after 3 s).</summary>
    private sealed class LongTimers : TimeProvider
    {
        private const int Factor = 100;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, Lengthen(dueTime), Lengthen(period));

        private static TimeSpan Lengthen(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time * Factor;
    }
}
