using Microsoft.Extensions.Logging;
using Serge.Bot.Discord.Model;
using Serge.Bot.Discord.RateLimits;
using Serge.Bot.Discord.Tests.Support;

namespace Serge.Bot.Discord.Tests.RateLimits;

/// <summary>Source: Discord docs, Topics/Rate Limits.</summary>
public sealed class RateLimiterTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);
    private static readonly Route Post = Route.CreateMessage(1);

    [Fact]
    public void Acquire_OnAnUnknownRoute_LetsOneThroughUntilItIsAnswered() =>
        Simulation.Run(async time =>
        {
            var limiter = Limiter(time);
            var first = await limiter.AcquireAsync(Post, Long, None);
            var second = limiter.AcquireAsync(Post, Long, None).AsTask();
            await Task.Delay(TimeSpan.FromMinutes(1), time);
            Assert.False(second.IsCompleted);

            first.Complete(Headers(limit: 5, remaining: 4, resetAfter: 5));

            Assert.NotNull(await second);
        });

    [Fact]
    public void Acquire_OnAKnownBucket_LetsThroughAsManyAsAreLeft() =>
        Simulation.Run(async time =>
        {
            var limiter = Limiter(time);
            await AnswerAsync(limiter, Post, Headers(limit: 5, remaining: 4, resetAfter: 5));

            var at = await TimesAsync(time, limiter, Post, 9);

            // Four at once; the others wait for the reset, and are then sent one at a time until a response describes
            // the new window.
            Assert.All(at.Take(4), moment => Assert.InRange(moment.TotalSeconds, 0, 0.2));
            Assert.All(at.Skip(4), moment => Assert.InRange(moment.TotalSeconds, 5, 5.3));
        });

    [Fact]
    public void Acquire_WhenNothingIsLeft_WaitsForTheReset() =>
        Simulation.Run(async time =>
        {
            var limiter = Limiter(time);
            await AnswerAsync(limiter, Post, Headers(limit: 1, remaining: 0, resetAfter: 7.5));

            using var permit = await limiter.AcquireAsync(Post, Long, None);

            Assert.Equal(7.501, time.Elapsed.TotalSeconds, 0.0001); // to the millisecond, and one for rounding
        });

    [Fact]
    public void Acquire_WhenTheWaitIsLongerThanTheTimeout_IsRejectedAtOnceAndStatesUntilWhen() =>
        Simulation.Run(async time =>
        {
            var limiter = Limiter(time);
            await AnswerAsync(limiter, Post, Headers(limit: 1, remaining: 0, resetAfter: 60));

            var rejected = await Assert.ThrowsAsync<RateLimitRejectedException>(() =>
                limiter.AcquireAsync(Post, TimeSpan.FromSeconds(30), None).AsTask()
            );

            Assert.Equal(VirtualTime.Begin + TimeSpan.FromSeconds(60.001), rejected.Until);
            Assert.Equal(TimeSpan.Zero, time.Elapsed);
        });

    [Fact]
    public void Acquire_BehindAnAnswerThatDoesNotCome_IsRejectedWhenTheTimeoutEnds() =>
        Simulation.Run(async time =>
        {
            var limiter = Limiter(time);
            using var first = await limiter.AcquireAsync(Post, Long, None);

            await Assert.ThrowsAsync<RateLimitRejectedException>(() =>
                limiter.AcquireAsync(Post, TimeSpan.FromSeconds(30), None).AsTask()
            );

            Assert.Equal(TimeSpan.FromSeconds(30), time.Elapsed);
        });

    [Fact]
    public void Acquire_ByMany_IsServedInOrder() =>
        Simulation.Run(async time =>
        {
            var limiter = Limiter(time);
            var first = await limiter.AcquireAsync(Post, Long, None);
            List<int> order = [];
            var others = Enumerable
                .Range(0, 20)
                .Select(async i =>
                {
                    using var permit = await limiter.AcquireAsync(Post, Long, None);
                    order.Add(i);
                    await Task.Delay(TimeSpan.FromSeconds(1), time);
                })
                .ToArray();

            first.Dispose();
            await Task.WhenAll(others);

            Assert.Equal(Enumerable.Range(0, 20), order);
        });

    [Fact]
    public void Acquire_WhenCancelledWhileQueueing_DoesNotBlockTheOthers() =>
        Simulation.Run(async time =>
        {
            var limiter = Limiter(time);
            var first = await limiter.AcquireAsync(Post, Long, None);
            using var cancel = new CancellationTokenSource();
            var second = limiter.AcquireAsync(Post, Long, cancel.Token).AsTask();
            var third = limiter.AcquireAsync(Post, Long, None).AsTask();

            cancel.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
            first.Dispose();

            Assert.NotNull(await third);
        });

    [Theory]
    [InlineData(false, 1)] // nothing was sent: the request does not count
    [InlineData(true, 0)] // it may have been counted
    public void Dispose_WithoutAnAnswer_CountsTheRequestIfItWentOut(bool wentOut, int goThrough) =>
        Simulation.Run(async time =>
        {
            var limiter = Limiter(time);
            await AnswerAsync(limiter, Post, Headers(limit: 5, remaining: 1, resetAfter: 60));
            var lost = await limiter.AcquireAsync(Post, Long, None);
            lost.WasSent = wentOut;
            lost.Dispose();

            var next = limiter.AcquireAsync(Post, Long, None).AsTask();
            await Task.Delay(TimeSpan.FromSeconds(1), time);

            Assert.Equal(goThrough == 1, next.IsCompleted);
            await next;
        });

    [Fact]
    public void Acquire_ForDifferentChannels_IsIndependent() =>
        Simulation.Run(async time =>
        {
            var limiter = Limiter(time);
            await AnswerAsync(limiter, Post, Headers(limit: 1, remaining: 0, resetAfter: 600));

            using var other = await limiter.AcquireAsync(Route.CreateMessage(2), Long, None);

            Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        });

    [Fact]
    public void Acquire_ForRoutesThatShareABucket_SharesItPerChannel() =>
        Simulation.Run(async time =>
        {
            var limiter = Limiter(time);
            await AnswerAsync(limiter, Route.EditMessage(1, 10), Headers(limit: 2, remaining: 1, resetAfter: 60));
            await AnswerAsync(limiter, Post, Headers(limit: 2, remaining: 0, resetAfter: 60));

            var edit = limiter.AcquireAsync(Route.EditMessage(1, 11), Long, None).AsTask();
            using var elsewhere = await limiter.AcquireAsync(Route.EditMessage(2, 12), Long, None);
            await Task.Delay(TimeSpan.FromSeconds(30), time);

            Assert.False(edit.IsCompleted);
            await edit;
            Assert.InRange(time.Elapsed.TotalSeconds, 60, 61);
        });

    [Fact]
    public void Acquire_WhileTheBucketGetsItsName_LosesNoRequest() =>
        Simulation.Run(async time =>
        {
            var limiter = Limiter(time);
            var first = await limiter.AcquireAsync(Post, Long, None);
            var waiting = Enumerable
                .Range(0, 10)
                .Select(_ => limiter.AcquireAsync(Post, Long, None).AsTask())
                .ToArray();
            await AnswerAsync(limiter, Route.EditMessage(1, 10), Headers(limit: 3, remaining: 2, resetAfter: 1));

            first.Complete(Headers(limit: 3, remaining: 1, resetAfter: 1));
            foreach (var next in waiting)
            {
                (await next).Complete(Headers(limit: 3, remaining: 0, resetAfter: 1));
            }

            // Three at a time, each time a window begins; the response to the first one contained the name.
            Assert.InRange(time.Elapsed.TotalSeconds, 3, 4);
        });

    [Theory]
    [InlineData("user", 0)]
    [InlineData("shared", 9)] // much of the bot's own limit remains; the shared one is exhausted
    public void Acquire_AfterA429_WaitsForRetryAfterWhateverRemains(string scope, int remaining) =>
        Simulation.Run(async time =>
        {
            var limiter = Limiter(time);
            var limited = Headers(limit: 10, remaining, resetAfter: 1) with
            {
                RetryAfter = TimeSpan.FromSeconds(64.57),
                Scope = scope,
            };
            await AnswerAsync(limiter, Post, limited);

            using var next = await limiter.AcquireAsync(Post, Long, None);

            Assert.Equal(64.57, time.Elapsed.TotalSeconds, 0.001);
        });

    [Fact]
    public void Acquire_AfterAGlobal429_HoldsEverythingButAnswersToInteractions() =>
        Simulation.Run(async time =>
        {
            var limiter = Limiter(time);
            await AnswerAsync(
                limiter,
                Post,
                new RateLimitHeaders
                {
                    RetryAfter = TimeSpan.FromSeconds(20),
                    Global = true,
                    Scope = "global",
                }
            );

            using var answer = await limiter.AcquireAsync(Route.InteractionCallback(5, "token"), Long, None);
            Assert.Equal(TimeSpan.Zero, time.Elapsed);

            using var other = await limiter.AcquireAsync(Route.CurrentUser(), Long, None);
            Assert.Equal(TimeSpan.FromSeconds(20), time.Elapsed);
        });

    [Fact]
    public void Acquire_InABurstOverManyChannels_IsSpreadEvenly() =>
        Simulation.Run(async time =>
        {
            var limiter = Limiter(time, perSecond: 50);
            List<TimeSpan> at = [];
            await Task.WhenAll(
                Enumerable
                    .Range(1, 200)
                    .Select(async i =>
                    {
                        using var permit = await limiter.AcquireAsync(Route.CreateMessage((ulong)i), Long, None);
                        at.Add(time.Elapsed);
                    })
            );

            Assert.All(
                at,
                one => Assert.InRange(at.Count(other => other >= one && other < one + TimeSpan.FromSeconds(1)), 1, 50)
            );
            Assert.All(
                at.Zip(at.Skip(1)),
                pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromMilliseconds(20))
            );
            Assert.InRange(at[^1].TotalSeconds, 3.9, 4.3);
        });

    [Fact]
    public void Acquire_ForInteractions_IsNotSpread() =>
        Simulation.Run(async time =>
        {
            var limiter = Limiter(time, perSecond: 1);
            for (ulong i = 1; i <= 100; i++)
            {
                using var permit = await limiter.AcquireAsync(Route.InteractionCallback(i, "token"), Long, None);
            }

            Assert.Equal(TimeSpan.Zero, time.Elapsed);
        });

    [Fact]
    public void Answers_ThatOvertakeEachOther_DoNotGiveMoreThanThereIs() =>
        Simulation.Run(async time =>
        {
            var limiter = Limiter(time);
            await AnswerAsync(limiter, Post, Headers(limit: 5, remaining: 4, resetAfter: 60));
            var one = await limiter.AcquireAsync(Post, Long, None);
            var two = await limiter.AcquireAsync(Post, Long, None);
            two.Complete(Headers(limit: 5, remaining: 2, resetAfter: 60));
            one.Complete(Headers(limit: 5, remaining: 3, resetAfter: 60));

            var at = await TimesAsync(time, limiter, Post, 3);

            Assert.All(at[..2], moment => Assert.InRange(moment.TotalSeconds, 0, 1));
            Assert.InRange(at[2].TotalSeconds, 59, 61);
        });

    [Fact]
    public void Answers_OfAWindowThatIsOver_DoNotReopenTheNewOne() =>
        Simulation.Run(async time =>
        {
            var limiter = Limiter(time);
            await AnswerAsync(limiter, Post, Headers(limit: 2, remaining: 1, resetAfter: 5, reset: 1005));
            var late = await limiter.AcquireAsync(Post, Long, None);
            await Task.Delay(TimeSpan.FromSeconds(6), time);
            // The new window.
            await AnswerAsync(limiter, Post, Headers(limit: 2, remaining: 1, resetAfter: 5, reset: 1011));

            // Only now a response from the old window.
            late.Complete(Headers(limit: 2, remaining: 0, resetAfter: 0.01, reset: 1005));
            var at = await TimesAsync(time, limiter, Post, 2);

            // The server accepts one more until 11 s.
            Assert.InRange(at[1].TotalSeconds, 11, 12);
        });

    [Fact]
    public void Answers_ThatWereSlower_DoNotMakeTheWindowLonger() =>
        Simulation.Run(async time =>
        {
            var limiter = Limiter(time);
            await AnswerAsync(limiter, Post, Headers(limit: 2, remaining: 1, resetAfter: 5, reset: 1005));
            var slow = await limiter.AcquireAsync(Post, Long, None);
            await Task.Delay(TimeSpan.FromSeconds(2), time);
            // The request took two seconds.
            slow.Complete(Headers(limit: 2, remaining: 0, resetAfter: 5, reset: 1005));

            using var next = await limiter.AcquireAsync(Post, Long, None);

            Assert.InRange(time.Elapsed.TotalSeconds, 5, 5.1);
        });

    [Fact]
    public void Answers_WhenTheRouteGetsAnotherBucket_CountRequestsInFlightToo() =>
        Simulation.Run(async time =>
        {
            var limiter = Limiter(time);
            await AnswerAsync(limiter, Post, Headers(limit: 5, remaining: 4, resetAfter: 60));
            var onTheirWay = await Task.WhenAll(
                Enumerable.Range(0, 4).Select(_ => limiter.AcquireAsync(Post, Long, None).AsTask())
            );

            // The first was counted in a bucket of four, so the three others will be, too.
            onTheirWay[0].Complete(Headers(limit: 4, remaining: 3, resetAfter: 30) with { Bucket = "another" });
            var next = limiter.AcquireAsync(Post, Long, None).AsTask();
            await Task.Delay(TimeSpan.FromSeconds(20), time);

            Assert.False(next.IsCompleted);
            await next;
            Assert.InRange(time.Elapsed.TotalSeconds, 30, 31);
        });

    [Fact]
    public void Answers_FromBeforeTheRouteGotAnotherBucket_DoNotBringTheOldOneBack() =>
        Simulation.Run(async time =>
        {
            var limiter = Limiter(time);
            await AnswerAsync(limiter, Post, Headers(limit: 5, remaining: 4, resetAfter: 60));
            var before = await limiter.AcquireAsync(Post, Long, None);
            var after = await limiter.AcquireAsync(Post, Long, None);
            after.Complete(Headers(limit: 1, remaining: 0, resetAfter: 30) with { Bucket = "another" });

            // A late response.
            before.Complete(Headers(limit: 5, remaining: 3, resetAfter: 60));
            using var next = await limiter.AcquireAsync(Post, Long, None);

            Assert.InRange(time.Elapsed.TotalSeconds, 30, 31);
        });

    [Fact]
    public void Answers_WhenTheRouteGetsAnotherBucket_WakeRequestsThatWaitAtTheOldOneInEveryChannel() =>
        Simulation.Run(async time =>
        {
            var limiter = Limiter(time);
            await AnswerAsync(limiter, Route.CreateMessage(2), Headers(limit: 1, remaining: 0, resetAfter: 600));
            var waiting = limiter.AcquireAsync(Route.CreateMessage(2), Long, None).AsTask();

            await AnswerAsync(
                limiter,
                Post,
                Headers(limit: 5, remaining: 4, resetAfter: 5) with
                {
                    Bucket = "another",
                }
            );
            using var next = await waiting;

            Assert.InRange(time.Elapsed.TotalSeconds, 0, 1);
        });

    [Theory]
    [InlineData(0)]
    [InlineData(3)] // an ordinary timer
    [InlineData(9)]
    public void GlobalThrottle_WhenTimersAreLate_KeepsItsPace(int late)
    {
        var at = TakeAll(new GlobalThrottle(50), _ => late);

        Assert.InRange(at[^1].TotalSeconds, 19.98, 20.5);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(30)]
    [InlineData(300)]
    public void GlobalThrottle_HoweverLateTimersAre_LetsThroughFiftyASecondAtMost(int latest)
    {
        var random = new Random(7);

        var at = TakeAll(new GlobalThrottle(50), _ => random.Next(latest + 1));

        Assert.All(at.Zip(at.Skip(50)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void GlobalThrottle_WhenRequestsAreHeldUpInFlight_LeavesRoomForThemWhereTheyArrive()
    {
        var gate = new GlobalThrottle(50);
        var left = Enumerable.Range(0, 50).Select(i => TimeSpan.FromMilliseconds(20 * i)).ToList();
        left.ForEach(gate.Start);
        var arrived = TimeSpan.FromMilliseconds(1_500);
        Assert.Null(gate.GetWait(arrived));

        left.ForEach(since => gate.Finish(since, counted: true, arrived));

        // The shortest took 520 ms.
        Assert.Equal(TimeSpan.FromMilliseconds(1_000 - 260), gate.GetWait(arrived));
    }

    [Fact]
    public void GlobalThrottle_WhenARequestNeverLeft_HasItsPlaceBack()
    {
        var gate = new GlobalThrottle(1);
        gate.Start(TimeSpan.Zero);

        gate.Finish(TimeSpan.Zero, counted: false, TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.Zero, gate.GetWait(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Answers_WithoutHeaders_KeepTheRouteSerial() =>
        Simulation.Run(async time =>
        {
            var limiter = Limiter(time);
            await AnswerAsync(limiter, Post, new RateLimitHeaders());

            var first = await limiter.AcquireAsync(Post, Long, None);
            var second = limiter.AcquireAsync(Post, Long, None).AsTask();
            await Task.Delay(TimeSpan.FromMinutes(1), time);

            Assert.False(second.IsCompleted);
            first.Dispose();
            await second;
        });

    [Fact]
    public void Buckets_OfPastInteractions_AreSweptOut() =>
        Simulation.Run(async time =>
        {
            var limiter = Limiter(time);
            for (ulong i = 1; i <= 20_000; i++)
            {
                using var permit = await limiter.AcquireAsync(Route.InteractionCallback(i, "token"), Long, None);
                permit.Complete(new RateLimitHeaders());
                Assert.InRange(limiter.Count, 1, BucketTable.SweepAt);
            }
        });

    [Fact]
    public void Buckets_ThatStillSaySomething_AreKept() =>
        Simulation.Run(async time =>
        {
            var limiter = Limiter(time);
            await AnswerAsync(limiter, Post, Headers(limit: 1, remaining: 0, resetAfter: 100));
            for (ulong i = 1; i <= 2_000; i++)
            {
                using var permit = await limiter.AcquireAsync(Route.InteractionCallback(i, "token"), Long, None);
            }

            using var next = await limiter.AcquireAsync(Post, Long, None);

            Assert.Equal(100.001, time.Elapsed.TotalSeconds, 0.0001);
        });

    [Fact]
    public void Limit_WhenHit_IsLoggedWithTheRouteAndWithoutItsToken() =>
        Simulation.Run(async time =>
        {
            var log = new LogLines();
            var limiter = new RateLimiter(50, time, new FixedChance(0.5), new Logger<RateLimiter>(log));
            using var permit = await limiter.AcquireAsync(Route.InteractionCallback(5, "secret-token"), Long, None);

            permit.Complete(new RateLimitHeaders { RetryAfter = TimeSpan.FromSeconds(1.5), Scope = "user" });

            var line = Assert.Single(log.Lines);
            Assert.Equal(LogLevel.Warning, line.Level);
            Assert.Contains("POST interactions/{id}/{token}/callback", line.Text, StringComparison.Ordinal);
            Assert.Contains("1.5 s", line.Text, StringComparison.Ordinal);
        });

    [Theory]
    [InlineData("shared", false, "shared")]
    [InlineData("user", true, "user")]
    [InlineData(null, true, "global")]
    [InlineData(null, false, "unknown")]
    public void Limit_WhenHit_IsLoggedWithItsScope(string? scope, bool isGlobal, string expected) =>
        Simulation.Run(async time =>
        {
            var log = new LogLines();
            var limiter = new RateLimiter(50, time, new FixedChance(0.5), new Logger<RateLimiter>(log));
            using var permit = await limiter.AcquireAsync(Post, Long, None);

            permit.Complete(
                new RateLimitHeaders
                {
                    RetryAfter = TimeSpan.FromSeconds(1),
                    Global = isGlobal,
                    Scope = scope,
                }
            );

            Assert.Contains($"(limit: {expected})", Assert.Single(log.Lines).Text, StringComparison.Ordinal);
        });

    private static RateLimiter Limiter(VirtualTime time, double perSecond = 1000) =>
        new(perSecond, time, new FixedChance(0.5), new Logger<RateLimiter>(new LogLines()));

    private static RateLimitHeaders Headers(int limit, int remaining, double resetAfter, double? reset = null) =>
        new()
        {
            Bucket = "the-bucket",
            Limit = limit,
            Remaining = remaining,
            Reset = reset is { } at ? TimeSpan.FromSeconds(at) : null,
            ResetAfter = TimeSpan.FromSeconds(resetAfter),
        };

    /// <summary>The times of a thousand requests without another limit, each some milliseconds late.</summary>
    private static TimeSpan[] TakeAll(GlobalThrottle gate, Func<int, int> late)
    {
        var at = new TimeSpan[1_000];
        var now = TimeSpan.Zero;
        for (var i = 0; i < at.Length; i++)
        {
            now += gate.GetWait(now)!.Value;
            now += TimeSpan.FromMilliseconds(late(i));
            gate.Start(now);
            gate.Finish(now, counted: true, now);
            at[i] = now;
        }

        return at;
    }

    private static async Task AnswerAsync(RateLimiter limiter, Route route, RateLimitHeaders headers)
    {
        using var permit = await limiter.AcquireAsync(route, Long, None);
        permit.Complete(headers);
    }

    /// <summary>The times of this number of requests without responses.</summary>
    private static async Task<List<TimeSpan>> TimesAsync(VirtualTime time, RateLimiter limiter, Route route, int count)
    {
        List<TimeSpan> at = [];
        await Task.WhenAll(
            Enumerable
                .Range(0, count)
                .Select(async _ =>
                {
                    using var permit = await limiter.AcquireAsync(route, Long, None);
                    permit.WasSent = true;
                    at.Add(time.Elapsed);
                })
        );
        return at;
    }
}
