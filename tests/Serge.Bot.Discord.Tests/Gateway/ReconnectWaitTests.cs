using Serge.Bot.Discord.Gateway;
using Serge.Bot.Discord.Tests.Support;
using static Serge.Bot.Discord.Tests.Support.Frames;
using GatewayBot = Serge.Bot.Discord.Model.GatewayBot;

namespace Serge.Bot.Discord.Tests.Gateway;

/// <summary>A failure that repeats: the client waits before each attempt, and the wait grows.</summary>
public sealed class ReconnectWaitTests
{
    /// <summary>What the server does with each connection or with <c>GET /gateway/bot</c>.</summary>
    public static TheoryData<string> Failures =>
        [
            "refuses the call",
            "breaks the connection at once",
            "closes before the first word",
            "closes before the first word with 4011",
            "asks to reconnect instead of the first word",
            "declines the session instead of the first word",
            "breaks the connection after the first word",
            "breaks the connection when a session is asked for",
            "closes when a session is asked for",
            "closes with 4007 when a session is asked for",
            "closes with 4008 when a session is asked for",
            "closes with 4009 when a session is asked for",
            "closes with 4011 when a session is asked for",
            "declines every session",
            "asks to resume what never was",
            "begins a session and breaks the connection",
            "begins a session and closes",
            "begins a session and asks to reconnect",
            "begins a session and declines it",
            "begins a session without a name and closes",
            "is not there to be asked",
            "refuses to be asked",
            "names no gateway",
            "names what is no gateway",
        ];

    [Theory]
    [MemberData(nameof(Failures))]
    public void Read_WithTheSameFailureEachTime_WaitsBeforeEachAttempt(string failure) =>
        Simulation.Run(async time =>
        {
            // After 4011 the wait is constant.
            var isTooFew = failure.Contains("4011", StringComparison.Ordinal);
            var life = TimeSpan.FromMinutes(isTooFew ? 5 : 120);
            List<TimeSpan> attempts = [];
            var isAsking =
                failure.Contains("asked", StringComparison.Ordinal)
                && !failure.Contains("session", StringComparison.Ordinal);
            var names = failure.StartsWith("names", StringComparison.Ordinal);
            var reader = new GatewayReader(
                "the-token",
                null,
                AskAsync,
                Dial,
                time,
                new FixedChance(0.5),
                new LogLines()
            );
            using var stop = new CancellationTokenSource(life, time);
            try
            {
                await foreach (var happened in reader.ReadAsync(stop.Token))
                {
                    Assert.IsNotType<DiscordEvent.Stopped>(happened);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested) { }

            Assert.Equal(life, time.Elapsed);
            var waits = attempts.Zip(attempts.Skip(1), (one, next) => next - one).ToArray();

            // After 4011 the next shard may connect before it is cancelled.
            Assert.All(
                waits,
                wait => Assert.InRange(wait, TimeSpan.FromSeconds(isTooFew ? 0 : 0.5), TimeSpan.FromMinutes(2.1))
            );
            Assert.InRange(attempts.Count, 20, 100);

            Task<Result<GatewayBot>> AskAsync(CancellationToken cancellationToken)
            {
                time.CountStep();
                if (isAsking || names)
                {
                    attempts.Add(time.Elapsed);
                }

                return Task.FromResult<Result<GatewayBot>>(
                    failure switch
                    {
                        "is not there to be asked" => new Result<GatewayBot>.Unavailable("away"),
                        "refuses to be asked" => new Result<GatewayBot>.Refused(Refusal.Forbidden, "no"),
                        "names no gateway" => new Result<GatewayBot>.Success(new()),
                        "names what is no gateway" => new Result<GatewayBot>.Success(
                            new() { Url = new Uri("https://x.example/") }
                        ),
                        _ => ScriptedGateway.Budget(1_000_000, total: 1_000_000),
                    }
                );
            }

            IGatewaySocket Dial()
            {
                var socket = new FakeSocket(time, Called);
                socket.OnSend = frame =>
                {
                    if (frame.GetProperty("op").GetInt32() is 2 or 6)
                    {
                        HandleFrame(socket);
                    }
                };
                return socket;
            }

            void Called(FakeSocket socket)
            {
                attempts.Add(time.Elapsed);
                if (failure == "refuses the call")
                {
                    socket.Refuse();
                    return;
                }

                socket.Accept();
                switch (failure)
                {
                    case "breaks the connection at once":
                        socket.Break();
                        break;
                    case "closes before the first word":
                        socket.Close(1001);
                        break;
                    case "closes before the first word with 4011":
                        _ = CloseLaterAsync(socket);
                        break;
                    case "asks to reconnect instead of the first word":
                        socket.Deliver(Reconnect);
                        break;
                    case "declines the session instead of the first word":
                        socket.Deliver(InvalidSession(resumable: false));
                        break;
                    default:
                        socket.Deliver(Hello());
                        if (failure == "breaks the connection after the first word")
                        {
                            socket.Break();
                        }

                        break;
                }
            }

            async Task CloseLaterAsync(FakeSocket socket)
            {
                await Task.Delay(TimeSpan.FromSeconds(0.1), time);
                socket.Close(4011);
            }

            void HandleFrame(FakeSocket socket)
            {
                if (failure.StartsWith("begins", StringComparison.Ordinal))
                {
                    socket.Deliver(Ready(failure.Contains("without", StringComparison.Ordinal) ? "" : "session"));
                }

                switch (failure)
                {
                    case "breaks the connection when a session is asked for"
                    or "begins a session and breaks the connection":
                        socket.Break();
                        break;
                    case "asks to resume what never was":
                        socket.Deliver(InvalidSession(resumable: true));
                        break;
                    case "declines every session" or "begins a session and declines it":
                        socket.Deliver(InvalidSession(resumable: false));
                        break;
                    case "begins a session and asks to reconnect":
                        socket.Deliver(Reconnect);
                        break;
                    default:
                        socket.Close(
                            failure.Contains("with 4", StringComparison.Ordinal)
                                ? int.Parse(failure[12..16], System.Globalization.CultureInfo.InvariantCulture)
                                : null
                        );
                        break;
                }
            }
        });

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public void Read_WhileConnectingFails_DoublesTheWaitUpToTwoMinutes(double chance) =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time).Refuses(40).Sends(Hello()).Expects<Identify>();

            await gateway.PlayAsync(new FixedChance(chance));

            var calls = gateway.Connections.ConvertAll(connection => connection.DialledAt.TotalSeconds);

            // 2^n s after the n-th attempt, with jitter; later ones are two minutes apart.
            Assert.All(
                Enumerable.Range(1, 6),
                n => Assert.InRange(calls[n], ((1 << n) - 1) * 0.3, ((1 << n) - 1) * 1.8)
            );
            Assert.All(calls[20..].Zip(calls[19..]), pair => Assert.Equal(120, pair.First - pair.Second, 0.001));
        });

    /// <summary>A rate limit of <c>/gateway/bot</c> for almost a day: it is reported once, with its time, and there is
    /// no request before its end.</summary>
    [Fact]
    public void GatewayAddress_DuringARateLimit_IsAskedForOnceAfterIt() =>
        Simulation.Run(async time =>
        {
            var end = VirtualTime.Begin + TimeSpan.FromSeconds(82_721);
            List<TimeSpan> asked = [];
            var gateway = new ScriptedGateway(time)
                .Waits(TimeSpan.FromSeconds(82_721))
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready());
            gateway.Bot = () =>
            {
                asked.Add(time.Elapsed);
                if (asked.Count > 1)
                {
                    return ScriptedGateway.Budget(remaining: 1000);
                }

                return new Result<GatewayBot>.Unavailable($"Retry after {end:u}.") { RetryAt = end };
            };

            var events = await gateway.PlayAsync();

            Assert.Equal(["Disconnected", "Ready"], SessionTests.Names(events));
            Assert.Equal(new DiscordEvent.Disconnected($"Retry after {end:u}."), events[0]);
            Assert.True(asked[1] >= TimeSpan.FromSeconds(82_721), $"Asked again after {asked[1]}");
        });
}
