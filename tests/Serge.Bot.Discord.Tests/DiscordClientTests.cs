using Serge.Bot.Discord.Tests.Support;
using static Serge.Bot.Discord.Tests.Support.FakeApi;
using static Serge.Bot.Discord.Tests.Support.Frames;

namespace Serge.Bot.Discord.Tests;

/// <summary>The complete client, through its interface.</summary>
public sealed class DiscordClientTests
{
    private const string Callback = "POST interactions/100/secret-token-100/callback";

    [Fact]
    public void Read_ThenRespond_GoesTheWholeWay() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello())
                .Expects<Identify>(identify => Assert.Equal("the-token", identify.Token))
                .Sends(Ready(), Interaction(100, 2))
                .Waits(TimeSpan.FromSeconds(1));
            var api = new FakeApi(time)
                .On(
                    "GET gateway/bot",
                    Json(
                        200,
                        """
                        {"url":"ws://127.0.0.1:5080/discord/gateway","shards":1,
                         "session_start_limit":{"total":1000,"remaining":1000,"reset_after":0,"max_concurrency":1}}
                        """
                    )
                )
                .On(Callback, Nothing(204));
            await using var discord = Client(time, api, gateway);
            using var stop = new CancellationTokenSource();
            var script = gateway.RunAsync();

            SendOutcome? outcome = null;
            await foreach (var happened in discord.ReadAsync(stop.Token))
            {
                if (happened is DiscordEvent.InteractionReceived(Interaction.Command { Name: "quote" } command))
                {
                    outcome = await discord.RespondAsync(
                        command,
                        new Reply.Message(new DiscordMessage { Text = "words" }),
                        stop.Token
                    );
                    break;
                }
            }

            await script;
            Assert.Equal(new SendOutcome.Sent(null, null), outcome);
            Assert.Equal(
                "ws://127.0.0.1:5080/discord/gateway?v=10&encoding=json",
                gateway.Connections[0].Address.AbsoluteUri
            );
            // Leaving the loop closes the connection.
            Assert.Equal(1000, (await gateway.Connections[0].Closed.Task).Code);
        });

    [Theory]
    [InlineData(401, 0)]
    [InlineData(401, 50014)]
    [InlineData(400, 40001)]
    public void Read_WithABadToken_StopsAfterOneQuestion(int status, int code) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On("GET gateway/bot", Error(status, code, "401: Unauthorized"));
            await using var discord = api.Client();

            List<DiscordEvent> events = [];
            await foreach (var happened in discord.ReadAsync(CancellationToken.None))
            {
                events.Add(happened);
            }

            var stopped = Assert.IsType<DiscordEvent.Stopped>(Assert.Single(events));
            Assert.Equal(StopCause.InvalidToken, stopped.Cause);
            Assert.DoesNotContain("the-token", stopped.Reason, StringComparison.Ordinal);
            Assert.Single(api.Requests);
        });

    [Fact]
    public void Read_WhileDiscordIsDown_KeepsTryingUntilCancelled() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On("GET gateway/bot", Unreachable());
            await using var discord = api.Client();
            using var stop = new CancellationTokenSource(TimeSpan.FromHours(1), time);

            List<DiscordEvent> events = [];
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                await foreach (var happened in discord.ReadAsync(stop.Token))
                {
                    events.Add(happened);
                }
            });

            Assert.All(
                events.Cast<DiscordEvent.Disconnected>(),
                lost => Assert.Contains("Connection refused", lost.Reason, StringComparison.Ordinal)
            );
            Assert.InRange(events.Count, 30, 70);
            Assert.Equal(TimeSpan.FromHours(1), time.Elapsed);
        });

    [Fact]
    public void Application_AfterTheTokenWasReset_IsUnauthorized() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(
                "GET applications/@me",
                Json(200, """{"id":"41","name":"Serge"}"""),
                Error(401, 0, "401: Unauthorized")
            );
            await using var discord = api.Client();

            Assert.Equal(
                new Result<DiscordApplication>.Success(new DiscordApplication(41, "Serge")),
                await discord.GetApplicationAsync(CancellationToken.None)
            );
            Assert.IsType<Result<DiscordApplication>.Unauthorized>(
                await discord.GetApplicationAsync(CancellationToken.None)
            );
        });

    [Fact]
    public void Commands_WhileTheApplicationCannotBeRead_UseItsKnownId() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time)
                .On(
                    "GET applications/@me",
                    Json(200, """{"id":"41","name":"Serge"}"""),
                    Error(400, 50035, "Invalid Form Body")
                )
                .On("GET applications/41/commands?with_localizations=true", Json(200, "[]"));
            await using var discord = api.Client();
            await discord.GetApplicationAsync(CancellationToken.None);
            await discord.GetApplicationAsync(CancellationToken.None);

            Assert.Equal(new Result<bool>.Success(true), await discord.HasCommandsAsync([], CancellationToken.None));
            Assert.Equal(3, api.Requests.Count);
        });

    [Theory]
    [InlineData("", null)]
    [InlineData(",\"bot_public\":true", true)]
    [InlineData(",\"bot_public\":false", false)]
    [InlineData(",\"bot_public\":\"no\"", null)]
    public void Application_StatesWhetherEveryoneMayAddIt(string field, bool? expected) =>
        Simulation.Run(async time =>
        {
            var body = $$"""{"id":"41","name":"Serge"{{field}}}""";
            var api = new FakeApi(time).On("GET applications/@me", Json(200, body));
            await using var discord = api.Client();

            var result = await discord.GetApplicationAsync(CancellationToken.None);

            var application = Assert.IsType<Result<DiscordApplication>.Success>(result).Value;
            Assert.Equal(expected, application.IsPublic);
        });

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("<html/>")]
    public void Application_WithoutAnId_IsUnavailable(string body) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On("GET applications/@me", Json(200, body));
            await using var discord = api.Client();

            Assert.IsType<Result<DiscordApplication>.Unavailable>(
                await discord.GetApplicationAsync(CancellationToken.None)
            );
        });

    [Fact]
    public void Token_WithSpaceAroundIt_IsTrimmed() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).WithServer();
            await using var discord = api.Client(); // made with " the-token\n"

            await discord.GetApplicationAsync(CancellationToken.None);

            Assert.Equal("Bot the-token", api.Requests[0].Authorization);
            Assert.StartsWith(
                "DiscordBot (https://serge-bot.example/, ",
                api.Requests[0].UserAgent,
                StringComparison.Ordinal
            );
        });

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("two words")]
    [InlineData("line\nbreak")]
    [InlineData("accénted")]
    [InlineData("deleted\u007f")]
    public void Token_ThatCannotBeOne_IsRefusedWithoutBeingShown(string token)
    {
        var refused = Assert.Throws<ArgumentException>(() =>
            new DiscordClient(
                new DiscordClientOptions { Token = token },
                TimeProvider.System,
                new Random(1),
                new LogLines()
            )
        );

        Assert.True(token.Trim().Length == 0 || !refused.ToString().Contains(token, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("!")]
    [InlineData("~")]
    [InlineData("MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs")]
    public void Token_OfCharactersThatTokensHave_IsTaken(string token) =>
        new DiscordClientOptions { Token = token }.ThrowIfInvalid();

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    public void Token_OfManyCharacters_IsTakenUpToAThousand(int length, bool taken)
    {
        var options = new DiscordClientOptions { Token = new string('x', length) };

        Assert.Equal(taken, Record.Exception(options.ThrowIfInvalid) is null);
    }

    public static TheoryData<DiscordClientOptions> RightOptions =>
        [
            new DiscordClientOptions { Token = "t", Shards = 1 },
            new DiscordClientOptions { Token = "t", Shards = 10_000 },
            new DiscordClientOptions { Token = "t", RequestsPerSecond = 1 },
            new DiscordClientOptions { Token = "t", RequestsPerSecond = 10_000 },
            new DiscordClientOptions
            {
                Token = "t",
                CallTimeout = TimeSpan.FromTicks(1),
                ReplyTimeout = TimeSpan.FromTicks(1),
            },
            new DiscordClientOptions { Token = "t", ApiAddress = new Uri("http://127.0.0.1/") },
        ];

    [Theory]
    [MemberData(nameof(RightOptions), DisableDiscoveryEnumeration = true)]
    public void Options_AtTheEdgeOfTheRange_AreTaken(DiscordClientOptions options) => options.ThrowIfInvalid();

    [Fact]
    public void Options_ByDefault_AreAsDocumented()
    {
        var options = new DiscordClientOptions { Token = "t" };

        Assert.Equal(
            (50.0, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30), null, false),
            (
                options.RequestsPerSecond,
                options.ReplyTimeout,
                options.CallTimeout,
                options.Shards,
                options.InteractionsOverHttp
            )
        );
    }

    public static TheoryData<DiscordClientOptions, string> WrongOptions =>
        new()
        {
            {
                new() { Token = "t", Shards = 0 },
                "Shards"
            },
            {
                new() { Token = "t", Shards = 10_001 },
                "Shards"
            },
            {
                new() { Token = "t", RequestsPerSecond = 0.99 },
                "RequestsPerSecond"
            },
            {
                new() { Token = "t", RequestsPerSecond = 10_000.5 },
                "RequestsPerSecond"
            },
            {
                new() { Token = "t", ReplyTimeout = TimeSpan.Zero },
                "ReplyTimeout"
            },
            {
                new() { Token = "t", ApiAddress = new Uri("ftp://discord.example/") },
                "ApiAddress"
            },
            {
                new() { Token = "t", ApiAddress = new Uri("/api/v10", UriKind.Relative) },
                "ApiAddress"
            },
            {
                new() { Token = "t", RequestsPerSecond = 0 },
                "RequestsPerSecond"
            },
            {
                new() { Token = "t", RequestsPerSecond = double.NaN },
                "RequestsPerSecond"
            },
            {
                new() { Token = "t", CallTimeout = TimeSpan.Zero },
                "CallTimeout"
            },
            {
                new() { Token = "t", ReplyTimeout = TimeSpan.FromSeconds(-1) },
                "ReplyTimeout"
            },
        };

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void Options_OutOfRange_AreRefusedByName(DiscordClientOptions options, string name) =>
        Assert.Contains(
            name,
            Assert
                .Throws<ArgumentException>(() =>
                    new DiscordClient(options, TimeProvider.System, new Random(1), new LogLines())
                )
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Capabilities_AreThoseOfDiscord()
    {
        await using var discord = new DiscordClient(
            new DiscordClientOptions { Token = "the-token" },
            TimeProvider.System,
            new Random(1),
            new LogLines()
        );

        Assert.Equal(
            new Capabilities(SupportsIdempotency: true, KeyWindow: TimeSpan.FromMinutes(2), SupportsLookup: true),
            discord.Capabilities
        );
    }

    private static DiscordClient Client(VirtualTime time, FakeApi api, ScriptedGateway gateway) =>
        new(
            new DiscordClientOptions { Token = " the-token\n", ApiAddress = new Uri(Base) },
            time,
            new FixedChance(0.5),
            new LogLines(),
            api,
            gateway.Dial
        );
}
