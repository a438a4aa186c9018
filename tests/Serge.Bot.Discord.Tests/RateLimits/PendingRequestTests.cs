using Microsoft.Extensions.Logging;
using Serge.Bot.Discord.Model;
using Serge.Bot.Discord.RateLimits;
using Serge.Bot.Discord.Rest;
using Serge.Bot.Discord.Tests.Support;
using static Serge.Bot.Discord.Tests.Support.FakeApi;

namespace Serge.Bot.Discord.Tests.RateLimits;

/// <summary>Requests that wait for a permit: a cancelled one, at any position, does not block the others.</summary>
public sealed class PendingRequestTests
{
    private const int Waiters = 5;
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);
    private static readonly Route Post = Route.CreateMessage(1);
    private static readonly RateLimitHeaders NoFigures = new() { Bucket = "b" };

    public static TheoryData<string, int> Positions =>
        new(
            from reason in new[] { "an answer", "the reset", "a 429", "a global 429", "the pace", "room" }
            from position in Enumerable.Range(0, Waiters)
            select (reason, position)
        );

    [Theory]
    [MemberData(nameof(Positions))]
    public void Acquire_CancelledAtAnyPosition_DoesNotBlockTheOthers(string reason, int position) =>
        Simulation.Run(async time =>
        {
            using var limiter = Limiter(time, reason is "the pace" or "room" ? 1 : 1000);
            var finish = await BlockAsync(limiter, reason);
            List<int> order = [];
            using var stop = new CancellationTokenSource();
            var waiting = Enumerable.Range(0, Waiters).Select(AcquireAsync).ToArray();
            await Task.Delay(TimeSpan.FromMilliseconds(100), time);
            Assert.Empty(order);

            stop.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting[position]);
            finish();
            await Task.WhenAll(waiting.Where((_, i) => i != position)).WaitAsync(TimeSpan.FromMinutes(1), time);

            Assert.Equal(Enumerable.Range(0, Waiters).Where(i => i != position), order);
            using var next = await limiter.AcquireAsync(Post, TimeSpan.FromMinutes(1), None);

            async Task AcquireAsync(int number)
            {
                var token = number == position ? stop.Token : None;
                using var permit = await limiter.AcquireAsync(Post, Long, token);
                order.Add(number);
                await Task.Delay(TimeSpan.FromMilliseconds(10), time);
                permit.WasSent = true;
            }
        });

    /// <summary>One reaches its timeout while the others wait.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public void Acquire_TimedOutAtAnyPosition_DoesNotBlockTheOthers(int position) =>
        Simulation.Run(async time =>
        {
            using var limiter = Limiter(time);
            var first = await limiter.AcquireAsync(Post, Long, None);
            var waiting = Enumerable
                .Range(0, Waiters)
                .Select(i => limiter.AcquireAsync(Post, i == position ? TimeSpan.FromSeconds(3) : Long, None).AsTask())
                .ToArray();

            var rejected = await Assert.ThrowsAsync<RateLimitRejectedException>(() => waiting[position]);
            Assert.Equal(TimeSpan.FromSeconds(3), time.Elapsed);
            Assert.Equal(VirtualTime.Begin + TimeSpan.FromSeconds(4), rejected.Until); // unknown, so a second later
            first.Dispose();
            foreach (var next in waiting.Where((_, i) => i != position))
            {
                (await next.WaitAsync(TimeSpan.FromSeconds(1), time)).Dispose();
            }
        });

    /// <summary>To the millisecond: a timeout exactly as long as the wait is enough.</summary>
    [Theory]
    [InlineData(7_001, true)]
    [InlineData(7_000, false)]
    public void Acquire_WithAJustSufficientTimeout_IsServed(int milliseconds, bool served) =>
        Simulation.Run(async time =>
        {
            using var limiter = Limiter(time);
            await CompleteAsync(limiter, Figures(1, 0, 7));

            var next = limiter.AcquireAsync(Post, TimeSpan.FromMilliseconds(milliseconds), None).AsTask();

            if (served)
            {
                using var permit = await next;
                Assert.Equal(TimeSpan.FromMilliseconds(7_001), time.Elapsed);
            }
            else
            {
                await Assert.ThrowsAsync<RateLimitRejectedException>(() => next);
                Assert.Equal(TimeSpan.Zero, time.Elapsed);
            }
        });

    [Fact]
    public void Acquire_WithZeroTimeout_IsServedIfThereIsRoom() =>
        Simulation.Run(async time =>
        {
            using var limiter = Limiter(time);
            using var first = await limiter.AcquireAsync(Post, TimeSpan.Zero, None);

            await Assert.ThrowsAsync<RateLimitRejectedException>(() =>
                limiter.AcquireAsync(Post, TimeSpan.Zero, None).AsTask()
            );
            Assert.Equal(TimeSpan.Zero, time.Elapsed);
        });

    [Fact]
    public void Acquire_WithACancelledToken_LeavesNothingBehind() =>
        Simulation.Run(async time =>
        {
            using var limiter = Limiter(time);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                limiter.AcquireAsync(Post, Long, new CancellationToken(canceled: true)).AsTask()
            );

            using var next = await limiter.AcquireAsync(Post, Long, None);
            Assert.Equal((TimeSpan.Zero, 1L), (time.Elapsed, next.Number));
        });

    /// <summary>The same with the complete REST client.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Send_CancelledAtAnyPosition_DoesNotBlockTheOthers(int position) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time);
            api.On("POST channels/1/messages", api.After(TimeSpan.FromSeconds(1), Json(200, "{}")));
            using var rest = api.Rest();
            using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(position + 0.5), time);

            var results = await Task.WhenAll(
                Enumerable
                    .Range(0, Waiters)
                    .Select(i =>
                        rest.SendAsync(
                            Post,
                            RequestBody.FromJson("{}"u8.ToArray()),
                            TimeSpan.FromSeconds(30),
                            i == position || i == Waiters - 1 - position ? stop.Token : None
                        )
                    )
            );

            for (var i = 0; i < Waiters; i++)
            {
                var isCancelled = i == position || (i == Waiters - 1 - position && i > position);
                Assert.Equal(isCancelled, results[i] is not RestResult.Success);
            }

            Assert.InRange(time.Elapsed.TotalSeconds, 2, 5);
        });

    /// <summary>No rate limit headers, or not all of them: each request counts against its bucket until the window
    /// ends.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Answers_WithoutFigures_CountAgainstTheBucket(bool isNamed) =>
        Simulation.Run(async time =>
        {
            using var limiter = Limiter(time);
            await CompleteAsync(limiter, Figures(5, 4, 10));
            for (var i = 0; i < 4; i++)
            {
                await CompleteAsync(limiter, isNamed ? NoFigures : new RateLimitHeaders());
            }

            Assert.InRange(time.Elapsed.TotalSeconds, 0, 1);
            using var fifth = await limiter.AcquireAsync(Post, Long, None);
            Assert.Equal(10.001, time.Elapsed.TotalSeconds, 0.0001);
        });

    [Theory]
    [InlineData("an answer with figures", true)]
    [InlineData("an answer without", true)]
    [InlineData("a 429", true)]
    [InlineData("an error", true)]
    [InlineData("no answer", true)]
    [InlineData("it never went out", false)]
    public void Requests_HoweverTheyEnd_CountAgainstTheLimitOfAllIfTheyWentOut(string end, bool counted) =>
        Simulation.Run(async time =>
        {
            using var limiter = Limiter(time, perSecond: 2);
            for (ulong channel = 1; channel <= 2; channel++)
            {
                using var permit = await limiter.AcquireAsync(Route.CreateMessage(channel), Long, None);
                await Task.Delay(TimeSpan.FromSeconds(0.5), time);
                permit.WasSent = counted;
                switch (end)
                {
                    case "an answer with figures":
                        permit.Complete(Figures(5, 4, 10));
                        break;
                    case "an answer without":
                        permit.Complete(new RateLimitHeaders());
                        break;
                    case "a 429":
                        permit.Complete(new RateLimitHeaders { RetryAfter = TimeSpan.FromSeconds(0.1) });
                        break;
                    case "an error":
                        permit.Complete(new RateLimitHeaders { IsInvalid = true });
                        break;
                }
            }

            // The first request counts until 0.5 s + 1 s less half of its duration of 0.5 s.
            using var third = await limiter.AcquireAsync(Route.CreateMessage(3), Long, None);
            Assert.Equal(counted ? 1.25 : 1, time.Elapsed.TotalSeconds, 0.001);
        });

    [Fact]
    public void Answers_ToInteractions_DoNotCountAgainstTheLimitOfAll() =>
        Simulation.Run(async time =>
        {
            using var limiter = Limiter(time, perSecond: 1);
            using var lost = await limiter.AcquireAsync(Route.InteractionCallback(1, "t"), Long, None);
            using var answered = await limiter.AcquireAsync(Route.InteractionCallback(2, "t"), Long, None);
            answered.Complete(new RateLimitHeaders());
            lost.WasSent = true;
            lost.Dispose();

            using var first = await limiter.AcquireAsync(Post, Long, None);
            Assert.Equal(TimeSpan.Zero, time.Elapsed);
            first.Dispose();
            using var second = await limiter.AcquireAsync(Route.CurrentUser(), Long, None);
            Assert.Equal(TimeSpan.FromSeconds(1), time.Elapsed);
        });

    [Fact]
    public void Permit_CompletedTwiceAndDisposed_CountsOnce() =>
        Simulation.Run(async time =>
        {
            using var limiter = Limiter(time);
            using var permit = await limiter.AcquireAsync(Post, Long, None);
            permit.Complete(Figures(3, 2, 10));
            permit.Complete(Figures(9, 9, 99));
            permit.WasSent = true;
            permit.Dispose();
            permit.Dispose();

            using var one = await limiter.AcquireAsync(Post, Long, None);
            using var two = await limiter.AcquireAsync(Post, Long, None);
            Assert.InRange(time.Elapsed.TotalSeconds, 0, 1);
            using var three = await limiter.AcquireAsync(Post, Long, None);
            Assert.Equal(10.001, time.Elapsed.TotalSeconds, 0.0001);
        });

    /// <summary>Exhausts the limit for which the other requests then wait.</summary>
    /// <returns>Releases it, if that does not happen automatically.</returns>
    private static async Task<Action> BlockAsync(RateLimiter limiter, string reason)
    {
        switch (reason)
        {
            case "the reset":
                await CompleteAsync(limiter, Figures(10, 0, 3));
                return () => { };
            case "a 429":
                await CompleteAsync(limiter, new RateLimitHeaders { RetryAfter = TimeSpan.FromSeconds(3) });
                return () => { };
            case "a global 429":
                await CompleteAsync(
                    limiter,
                    new RateLimitHeaders { RetryAfter = TimeSpan.FromSeconds(3), Global = true }
                );
                return () => { };
            case "the pace":
                (await limiter.AcquireAsync(Post, Long, None)).Dispose();
                return () => { };
            case "room":
                return (await limiter.AcquireAsync(Route.CurrentUser(), Long, None)).Dispose;
            default:
                return (await limiter.AcquireAsync(Post, Long, None)).Dispose;
        }
    }

    private static async Task CompleteAsync(RateLimiter limiter, RateLimitHeaders answer)
    {
        using var permit = await limiter.AcquireAsync(Post, Long, None);
        permit.Complete(answer);
    }

    private static RateLimitHeaders Figures(int limit, int remaining, double resetAfter) =>
        new()
        {
            Bucket = "b",
            Limit = limit,
            Remaining = remaining,
            ResetAfter = TimeSpan.FromSeconds(resetAfter),
        };

    private static RateLimiter Limiter(VirtualTime time, double perSecond = 1000) =>
        new(perSecond, time, new FixedChance(0.5), new Logger<RateLimiter>(new LogLines()));
}
