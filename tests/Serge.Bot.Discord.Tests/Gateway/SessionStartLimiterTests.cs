using Microsoft.Extensions.Logging;
using Serge.Bot.Discord.Gateway;
using Serge.Bot.Discord.Model;
using Serge.Bot.Discord.Tests.Support;

namespace Serge.Bot.Discord.Tests.Gateway;

/// <summary>When a new session may be requested.</summary>
/// <remarks>Source: Discord docs, Events/Gateway, Session Start Limit and Rate Limiting.</remarks>
public sealed class SessionStartLimiterTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(5.25);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    [Fact]
    public void Acquire_AfterAnotherOfTheSameKey_ComesFiveAndAQuarterSecondsLater() =>
        With(
            async (starts, fake, time) =>
            {
                await UsePermitAsync(starts, shard: 0);
                await Task.Delay(TimeSpan.FromSeconds(2), time);
                await UsePermitAsync(starts, shard: 1);
                Assert.Equal(Spacing, time.Elapsed);

                await Task.Delay(Spacing, time);
                await UsePermitAsync(starts, shard: 2);
                Assert.Equal(2 * Spacing, time.Elapsed); // no further wait is needed
            }
        );

    [Fact]
    public void Acquire_AfterAPermitThatWasNotUsed_ComesAtOnce() =>
        With(
            async (starts, fake, time) =>
            {
                (await AcquireGrantedAsync(starts, 0)).Permit.Dispose();
                (await AcquireGrantedAsync(starts, 1)).Permit.Dispose();

                Assert.Equal(TimeSpan.Zero, time.Elapsed);
            }
        );

    [Fact]
    public void Acquire_WhileAnotherOfTheSameKeyHasItsPermit_Waits() =>
        With(
            async (starts, fake, time) =>
            {
                fake.Concurrency = 2;
                // From now on the concurrency is known.
                await UsePermitAsync(starts, 0);
                var first = await AcquireGrantedAsync(starts, 1);
                var sameKey = starts.AcquireAsync(3, wasDeclined: false, None);
                using var otherKey = (await AcquireGrantedAsync(starts, 2)).Permit;
                await Task.Delay(Minute, time);

                Assert.False(sameKey.IsCompleted);
                first.Permit.MarkUsed();
                var spent = time.Elapsed;
                using var next = Assert.IsType<SessionStartResult.Granted>(await sameKey).Permit;
                Assert.Equal(spent + Spacing, time.Elapsed);
            }
        );

    [Theory]
    [InlineData(0.0, 1)]
    [InlineData(0.25, 2)]
    [InlineData(1.0, 5)]
    public void Acquire_AfterADeclinedSession_WaitsOneToFiveSeconds(double chance, double seconds) =>
        With(
            async (starts, _, time) =>
            {
                using var permit = Assert
                    .IsType<SessionStartResult.Granted>(await starts.AcquireAsync(0, wasDeclined: true, None))
                    .Permit;

                Assert.Equal(TimeSpan.FromSeconds(seconds), time.Elapsed);
            },
            chance
        );

    [Theory]
    [InlineData(2_000, 1)]
    [InlineData(2_001, 2)]
    public void Acquire_AfterReadingTheAddress_UsesItsAnswerForTwoSecondsAndOnce(int milliseconds, int asked) =>
        With(
            async (starts, fake, time) =>
            {
                await starts.GetGatewayAsync(None);
                await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), time);

                (await AcquireGrantedAsync(starts, 0)).Permit.Dispose();
                Assert.Equal(asked, fake.Asked.Count);

                (await AcquireGrantedAsync(starts, 0)).Permit.Dispose();
                Assert.Equal(asked + 1, fake.Asked.Count);
            }
        );

    [Theory]
    [InlineData(1000, 50, true)]
    [InlineData(1000, 49, false)]
    [InlineData(2000, 50, true)]
    [InlineData(2000, 49, false)]
    [InlineData(999, 49, true)] // a twentieth, rounded down
    [InlineData(999, 48, false)]
    [InlineData(100, 5, true)]
    [InlineData(100, 4, false)]
    [InlineData(39, 1, true)]
    [InlineData(10, 1, true)] // at least one
    [InlineData(10, 0, false)]
    [InlineData(0, 50, true)] // an impossible total: the default
    [InlineData(-2147483648, 50, true)]
    [InlineData(2147483647, 2147483647, true)]
    [InlineData(1000, -2147483648, false)]
    [InlineData(null, 50, true)] // the default is 1000
    [InlineData(null, 49, false)]
    public void Acquire_WithSoManyLeft_KeepsATwentiethAtMostFifty(int? total, int remaining, bool atOnce) =>
        With(
            async (starts, fake, time) =>
            {
                (fake.Total, fake.Remaining) = (total, remaining);
                var next = starts.AcquireAsync(0, wasDeclined: false, None);
                await Task.Yield();

                Assert.Equal(atOnce, next.IsCompleted);
                fake.Remaining = 1000;
                Assert.IsType<SessionStartResult.Granted>(await next);
                Assert.Equal(atOnce ? TimeSpan.Zero : Minute, time.Elapsed);
                Assert.Equal(
                    atOnce ? [] : [$"{remaining} new Discord sessions"],
                    fake.Log.Lines.Select(line => line.Text[5..line.Text.IndexOf(" are", StringComparison.Ordinal)])
                );
            }
        );

    [Theory]
    [InlineData(null, 60)]
    [InlineData(0L, 60)]
    [InlineData(-5L, 60)]
    [InlineData(59_999L, 60)]
    [InlineData(60_001L, 60.001)]
    [InlineData(14_400_000L, 14_400)]
    [InlineData(86_400_000L, 86_400)]
    [InlineData(86_400_001L, 86_400)]
    [InlineData(long.MaxValue, 86_400)]
    public void Acquire_WhenTheBudgetIsSpent_WaitsUntilItIsFullAgain_FromAMinuteToADay(
        long? resetAfter,
        double seconds
    ) =>
        With(
            async (starts, fake, time) =>
            {
                (fake.Remaining, fake.ResetAfter) = (49, resetAfter);
                var next = starts.AcquireAsync(0, wasDeclined: false, None);
                await Task.Yield();
                fake.Remaining = 1000;

                Assert.IsType<SessionStartResult.Granted>(await next);

                Assert.Equal(TimeSpan.FromSeconds(seconds), time.Elapsed);
                var line = Assert.Single(fake.Log.Lines);
                Assert.Equal(LogLevel.Error, line.Level);
                var until = VirtualTime.Begin + TimeSpan.FromSeconds(seconds);
                Assert.Contains($"until {until:u}", line.Text, StringComparison.Ordinal);
            }
        );

    [Fact]
    public void Acquire_WhileTheBudgetStaysSpent_AsksOnceAMinuteAndReportsItOnce() =>
        With(
            async (starts, fake, time) =>
            {
                (fake.Remaining, fake.ResetAfter) = (0, 0);
                using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(9.5), time);

                await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                    starts.AcquireAsync(0, wasDeclined: false, stop.Token)
                );

                Assert.Equal(Enumerable.Range(0, 10).Select(i => i * Minute), fake.Asked);
                Assert.Single(fake.Log.Lines);
            }
        );

    /// <summary>The response never counts the used sessions, so the client's own count decides.</summary>
    [Fact]
    public void Acquire_AfterMostOfADaysSessions_WaitsUntilTheFirstIsADayOld() =>
        With(
            async (starts, fake, time) =>
            {
                fake.Remaining = 100;
                fake.Total = 100;
                for (var i = 0; i < 96; i++)
                {
                    await UsePermitAsync(starts, 0);
                }

                Assert.Equal(95 * Spacing, time.Elapsed);
                await UsePermitAsync(starts, 0);

                Assert.InRange(time.Elapsed, Day, Day + Minute);
                Assert.Single(fake.Log.Lines);
                Assert.StartsWith("Only 4 ", fake.Log.Lines[0].Text, StringComparison.Ordinal);
            }
        );

    [Fact]
    public void Acquire_WithoutAnyFigures_StopsFiftyShortOfAThousandADay() =>
        With(
            async (starts, fake, time) =>
            {
                fake.Answer = new Result<GatewayBot>.Success(new() { Url = new Uri("wss://gateway.example/") });
                for (var i = 0; i < 951; i++)
                {
                    await UsePermitAsync(starts, 0);
                }

                Assert.Equal(950 * Spacing, time.Elapsed);
                await UsePermitAsync(starts, 0);
                Assert.InRange(time.Elapsed, Day, Day + Minute);
                Assert.StartsWith("Only 49 ", Assert.Single(fake.Log.Lines).Text, StringComparison.Ordinal);
            }
        );

    /// <summary>Permits that Discord has not counted yet are subtracted.</summary>
    [Fact]
    public void Acquire_WhileOthersAreAboutToAsk_CountsThemAsSpent() =>
        With(
            async (starts, fake, time) =>
            {
                (fake.Concurrency, fake.Remaining) = (16, 52);
                await starts.GetGatewayAsync(None);
                var permits = new List<SessionStartLimiter.SessionPermit>();
                for (var shard = 0; shard < 3; shard++)
                {
                    permits.Add((await AcquireGrantedAsync(starts, shard)).Permit);
                }

                var next = starts.AcquireAsync(3, wasDeclined: false, None);
                await Task.Delay(TimeSpan.FromSeconds(59), time);
                Assert.False(next.IsCompleted);
                Assert.StartsWith("Only 49 ", fake.Log.Lines.Single().Text, StringComparison.Ordinal);

                permits[0].MarkUsed(); // Discord counts it from now on
                permits[0].Dispose();
                // Only the first call has an effect.
                permits[0].Dispose();
                fake.Remaining--;
                // This permit will not be used.
                permits[1].Dispose();
                using var last = Assert.IsType<SessionStartResult.Granted>(await next).Permit;
                Assert.Equal(Minute, time.Elapsed);
            }
        );

    [Fact]
    public void Acquire_WithAnAnswerThatIsNone_IsNo() =>
        With(
            async (starts, fake, time) =>
            {
                fake.Answer = new Result<GatewayBot>.Unauthorized("bad token");
                Assert.Equal(
                    new SessionStartResult.Denied(new ReconnectAction.Stop(StopCause.InvalidToken), "bad token"),
                    await starts.AcquireAsync(0, wasDeclined: false, None)
                );
                fake.Answer = new Result<GatewayBot>.Unavailable("away");
                Assert.Equal(
                    new SessionStartResult.Denied(new ReconnectAction.Identify(), "away"),
                    await starts.AcquireAsync(0, wasDeclined: false, None)
                );
                fake.Answer = new Result<GatewayBot>.Success(new() { Url = new Uri("https://no.example/") });
                Assert.Equal(
                    new ReconnectAction.Identify(),
                    Assert
                        .IsType<SessionStartResult.Denied>(await starts.AcquireAsync(0, wasDeclined: false, None))
                        .Action
                );

                // None of them blocks the next caller.
                fake.Answer = null;
                (await AcquireGrantedAsync(starts, 0)).Permit.Dispose();
                Assert.Equal(TimeSpan.Zero, time.Elapsed);
            }
        );

    [Theory]
    [InlineData(1, 16, 3, 6)] // concurrency, number of shards, and the batch in which shards 3 and 6 start
    [InlineData(3, 16, 1, 2)]
    [InlineData(16, 16, 0, 0)]
    [InlineData(0, 16, 3, 6)] // invalid: one at a time
    public void Acquire_OfManyShards_GoesAsManyAtATimeAsDiscordAllows(
        int concurrency,
        int shards,
        int roundOfThree,
        int roundOfSix
    ) =>
        With(
            async (starts, fake, time) =>
            {
                fake.Concurrency = concurrency;
                await starts.GetGatewayAsync(None);
                var at = new TimeSpan[shards];
                await Task.WhenAll(
                    Enumerable
                        .Range(0, shards)
                        .Select(async shard =>
                        {
                            await UsePermitAsync(starts, shard);
                            at[shard] = time.Elapsed;
                        })
                );

                Assert.Equal((roundOfThree * Spacing, roundOfSix * Spacing), (at[3], at[6]));
                Assert.Equal((shards - 1) / Math.Max(1, concurrency) * Spacing, at.Max());
            }
        );

    /// <summary>The reasons for which a cancelled caller waits.</summary>
    public static TheoryData<string> Waits =>
        ["the rest", "the turn of its key", "the spacing", "the budget's turn", "the answer", "the budget"];

    [Theory]
    [MemberData(nameof(Waits))]
    public void Acquire_CancelledAtAnyWait_DoesNotBlockTheOthers(string where) =>
        With(
            async (starts, fake, time) =>
            {
                fake.Concurrency = 2;
                await starts.GetGatewayAsync(None);
                SessionStartLimiter.SessionPermit? blocking = null;
                Task? asking = null;
                var hold = new TaskCompletionSource();
                switch (where)
                {
                    case "the turn of its key":
                        blocking = (await AcquireGrantedAsync(starts, 0)).Permit;
                        break;
                    case "the spacing":
                        await UsePermitAsync(starts, 0);
                        break;
                    case "the budget's turn":
                        await Task.Delay(Minute, time); // the cached address is out of date
                        fake.Hold = hold.Task;
                        asking = starts.AcquireAsync(1, wasDeclined: false, None);
                        break;
                    case "the answer":
                        await Task.Delay(Minute, time);
                        fake.Hold = hold.Task;
                        break;
                    case "the budget":
                        await Task.Delay(Minute, time);
                        fake.Remaining = 3;
                        break;
                }

                using var stop = new CancellationTokenSource();
                var given = starts.AcquireAsync(0, wasDeclined: where == "the rest", stop.Token);
                await Task.Delay(TimeSpan.FromSeconds(0.5), time);
                Assert.False(given.IsCompleted);
                var behind = starts.AcquireAsync(2, wasDeclined: false, None);
                stop.Cancel();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);

                hold.SetResult();
                fake.Hold = Task.CompletedTask;
                fake.Remaining = 1000;
                blocking?.Dispose();
                using var permit = Assert
                    .IsType<SessionStartResult.Granted>(await behind.WaitAsync(2 * Minute, time))
                    .Permit;
                if (asking is Task<SessionStartResult> other)
                {
                    Assert.IsType<SessionStartResult.Granted>(await other.WaitAsync(Minute, time));
                }
            }
        );

    [Fact]
    public void Permit_SpentTwice_CountsOnceAndEndsOneTurn() =>
        With(
            async (starts, fake, time) =>
            {
                var first = await AcquireGrantedAsync(starts, 0);
                var second = starts.AcquireAsync(0, wasDeclined: false, None);
                var third = starts.AcquireAsync(0, wasDeclined: false, None);
                first.Permit.MarkUsed();
                first.Permit.MarkUsed();
                first.Permit.Dispose();

                var yes = Assert.IsType<SessionStartResult.Granted>(await second);
                await Task.Delay(Minute, time);
                // The second caller is still admitted.
                Assert.False(third.IsCompleted);
                yes.Permit.Dispose();
                await third;
            }
        );

    private static async Task<SessionStartResult.Granted> AcquireGrantedAsync(SessionStartLimiter starts, int shard) =>
        Assert.IsType<SessionStartResult.Granted>(await starts.AcquireAsync(shard, wasDeclined: false, None));

    private static async Task UsePermitAsync(SessionStartLimiter starts, int shard)
    {
        using var permit = (await AcquireGrantedAsync(starts, shard)).Permit;
        permit.MarkUsed();
    }

    private static void With(Func<SessionStartLimiter, FakeBot, VirtualTime, Task> test, double chance = 0.5) =>
        Simulation.Run(time =>
        {
            var fake = new FakeBot(time);
            var starts = new SessionStartLimiter(
                fake.AskAsync,
                time,
                new FixedChance(chance),
                new Logger<SessionStartLimiter>(fake.Log)
            );
            return test(starts, fake, time);
        });

    /// <summary><c>GET /gateway/bot</c>, controlled by the test.</summary>
    private sealed class FakeBot(VirtualTime time)
    {
        public int? Total { get; set; } = 1000;

        public int Remaining { get; set; } = 1000;

        public long? ResetAfter { get; set; } = 0;

        public int Concurrency { get; set; } = 1;

        /// <summary>Overrides the response.</summary>
        public Result<GatewayBot>? Answer { get; set; }

        /// <summary>The response is delayed until this task completes.</summary>
        public Task Hold { get; set; } = Task.CompletedTask;

        public List<TimeSpan> Asked { get; } = [];

        public LogLines Log { get; } = new();

        public async Task<Result<GatewayBot>> AskAsync(CancellationToken cancellationToken)
        {
            time.CountStep();
            Asked.Add(time.Elapsed);
            await Hold.WaitAsync(cancellationToken);
            return Answer
                ?? new Result<GatewayBot>.Success(
                    new()
                    {
                        Url = new Uri("wss://gateway.example/"),
                        SessionStartLimit = new()
                        {
                            Total = Total,
                            Remaining = Remaining,
                            ResetAfter = ResetAfter,
                            MaxConcurrency = Concurrency,
                        },
                    }
                );
        }
    }
}
