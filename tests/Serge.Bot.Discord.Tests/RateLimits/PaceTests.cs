using CsCheck;
using Serge.Bot.Discord.Model;
using Serge.Bot.Discord.Rest;
using Serge.Bot.Discord.Tests.Support;

namespace Serge.Bot.Discord.Tests.RateLimits;

/// <summary>The complete REST client against unknown limits that change: no 429 that could have been foreseen, and
/// hardly slower than with known limits. The figures are exact, because the clock is a fake.</summary>
public sealed class PaceTests(ITestOutputHelper output)
{
    private const string Post = "POST channels/{id}/messages";
    private const string Edit = "PATCH channels/{id}/messages/{id}";
    private const string Delete = "DELETE channels/{id}/messages/{id}";
    private const string Read = "GET channels/{id}/messages";
    private const string ReadChannel = "GET channels/{id}";
    private static readonly string[] Kinds = [Post, Edit, Delete, Read, ReadChannel];

    private const int Requests = 160;
    private const int Callbacks = 20;
    private const int PerSecond = 12;

    private static readonly TimeSpan Jitter = TimeSpan.FromMilliseconds(8);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromHours(1);

    /// <summary>With few channels their own limits decide, with many the limit of all requests, and in between
    /// both.</summary>
    public static TheoryData<string, int, int> Courses =>
        new(
            from course in new[] { "steady", "shrinks", "grows", "renamed", "all of it" }
            from channels in new[] { 3, 30 }
            select (course, channels, seed: channels)
        );

    [Theory]
    [MemberData(nameof(Courses))]
    public void Requests160_MeetNo429ThatCouldBeForeseen_AndLoseHardlyAnyTime(string course, int channels, int seed) =>
        Simulation.Run(async time =>
        {
            var random = new Random(seed);
            var buckets = Buckets(course);
            Route[] routes =
            [
                .. Enumerable.Range(0, Requests - Callbacks).Select(i => RandomRoute(random, channels, i)),
            ];
            using var discord = new HiddenBuckets(time, PerSecond, buckets)
            {
                Network = () => Oracle.Latency + (random.NextDouble() * Jitter),
            };
            using var rest = Client(time, discord, PerSecond);
            var oracle = Oracle.Finish(
                routes.Select(route => HiddenBucket.KindOf(route.Method, route.Path)),
                PerSecond,
                buckets
            );

            var sending = routes.Select(route => SendAsync(rest, route)).ToArray();
            var answering = Enumerable
                .Range(1, Callbacks)
                .Select(async i =>
                {
                    await Task.Delay(random.NextDouble() * oracle, time);
                    var asked = time.Elapsed;
                    await SendAsync(rest, Route.InteractionCallback((ulong)i, "t"));
                    return time.Elapsed - asked;
                })
                .ToArray();
            await Task.WhenAll(sending);
            var took = time.Elapsed;

            output.WriteLine(
                $"{took.TotalSeconds:0.00} s, oracle {oracle.TotalSeconds:0.00} s, pace {oracle / took:P1}, 429s that nobody could foresee: {discord.Unforeseeable}"
            );
            Assert.Empty(discord.Foreseeable);
            // The oracle sends only at the steps of the pace.
            Assert.InRange(oracle / took, 0.95, 1.01);
            Assert.InRange(discord.Unforeseeable, 0, course == "steady" ? 0 : 60);
            Assert.All(
                await Task.WhenAll(answering),
                wait => Assert.True(wait <= 2 * (Oracle.Latency + Jitter) + TimeSpan.FromMilliseconds(1))
            );
            Assert.Equal((Requests, 0), (discord.Served, discord.Bunched));
        });

    /// <summary>Random buckets that change at random, over a slow network.</summary>
    [Fact]
    public void Requests_AgainstAnyBuckets_OverAnyLine_MeetNo429ThatCouldBeForeseen() =>
        Gen.Select(AnyBuckets, Gen.Int[1, 30], Gen.Int[0, 400], Gen.Double[0, 0.05], Gen.Int[0, int.MaxValue])
            .Sample(
                (buckets, channels, jitter, usedByOthers, seed) =>
                    Simulation.Run(async time =>
                    {
                        var random = new Random(seed);
                        using var discord = new HiddenBuckets(time, globalPerSecond: 50, buckets)
                        {
                            Network = () => Oracle.Latency + (random.NextDouble() * TimeSpan.FromMilliseconds(jitter)),
                            IsUsedByOthers = () => random.NextDouble() < usedByOthers,
                        };
                        using var rest = Client(time, discord, perSecond: 50);

                        await Task.WhenAll(
                            Enumerable
                                .Range(0, 120)
                                .Select(async i =>
                                {
                                    await Task.Delay(
                                        random.Next(2) * random.NextDouble() * TimeSpan.FromSeconds(20),
                                        time
                                    );
                                    await SendAsync(rest, RandomRoute(random, channels, i));
                                })
                        );

                        Assert.True(discord.Foreseeable.Count == 0, string.Join("; ", discord.Foreseeable));
                        Assert.Equal(120, discord.Served);
                        Assert.Equal(0, discord.Bunched);
                    }),
                iter: 25,
                threads: 1
            );

    /// <summary>Five are sent together when a window begins. If only two are allowed by then, three get a 429, and no
    /// later request does.</summary>
    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    [InlineData(4, 1)]
    [InlineData(5, 0)]
    [InlineData(20, 0)]
    public void ABucketThatChanges_CostsRequestsInFlightAndNoOthers(int limitAfterwards, int refused) =>
        Simulation.Run(async time =>
        {
            using var discord = new HiddenBuckets(
                time,
                globalPerSecond: 1_000,
                new(Post, "before", 5, Seconds(5)),
                new(Post, "afterwards", limitAfterwards, Seconds(4), From: Seconds(12))
            );
            using var rest = Client(time, discord, perSecond: 1_000);

            await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => SendAsync(rest, Route.CreateMessage(1))));

            Assert.Empty(discord.Foreseeable);
            Assert.Equal(refused, discord.Unforeseeable);
        });

    /// <summary>A limit of a route that is found in one channel applies to all channels: only requests that are already
    /// sent are refused there.</summary>
    [Fact]
    public void ABucketThatChanges_IsNotLearnedAgainInEveryChannel() =>
        Simulation.Run(async time =>
        {
            using var discord = new HiddenBuckets(
                time,
                globalPerSecond: 1_000,
                new(Post, "before", 5, Seconds(5)),
                new(Post, "afterwards", 2, Seconds(4), From: Seconds(7))
            );
            using var rest = Client(time, discord, perSecond: 1_000);

            // In each channel 5 s windows that begin 0.2 s apart.
            await Task.WhenAll(
                Enumerable
                    .Range(1, 20)
                    .Select(async channel =>
                    {
                        await Task.Delay(Seconds(0.2 * channel), time);
                        await Task.WhenAll(
                            Enumerable.Range(0, 15).Select(_ => SendAsync(rest, Route.CreateMessage((ulong)channel)))
                        );
                    })
            );

            Assert.Empty(discord.Foreseeable);
            Assert.Equal(3, discord.Unforeseeable);
        });

    /// <summary>Edits and deletions share a bucket, and so do the two reads, until one of them changes.</summary>
    private static HiddenBucket[] Buckets(string course)
    {
        List<HiddenBucket> buckets =
        [
            new(Post, "posts", 5, Seconds(5)),
            new(Edit, "edits", 5, Seconds(4)),
            new(Delete, "edits", 5, Seconds(4)),
            new(Read, "reads", 10, Seconds(10)),
            new(ReadChannel, "reads", 10, Seconds(10)),
        ];
        if (course is "shrinks" or "all of it")
        {
            buckets.Add(new(Post, "posts", 3, Seconds(5), From: Seconds(8)));
        }

        if (course is "grows" or "all of it")
        {
            buckets.AddRange(
                new(Edit, "edits", 8, Seconds(4), From: Seconds(6)),
                new(Delete, "edits", 8, Seconds(4), From: Seconds(6))
            );
        }

        if (course is "renamed" or "all of it")
        {
            buckets.AddRange(
                new(Post, "posts, later", 3, Seconds(2.5), From: Seconds(10)),
                new(Delete, "deletions", 2, Seconds(3), From: Seconds(11)),
                new(Read, "reads, later", 4, Seconds(3), From: Seconds(12))
            );
        }

        return [.. buckets];
    }

    /// <summary>Each kind may have any of four buckets, or none, and others later on. No kind changes twice while a
    /// request may be in progress, or gets a former bucket back: with few requests, the responses do not show which
    /// change was the later one.</summary>
    private static Gen<HiddenBucket[]> AnyBuckets { get; } =
        Gen.Select(
            Gen.Select(Gen.Int[0, Kinds.Length - 1], Gen.Int[0, 3], Gen.Int[1, 10]).Array[0, 15],
            Gen.Select(Gen.Int[1, 10], Gen.Double[0.3, 8]).Array[4],
            (rows, shapes) =>
                rows.Select(
                        (row, i) =>
                        {
                            var (kind, bucket, from) = row;
                            var (limit, window) = shapes[bucket];
                            return new HiddenBucket(
                                Kinds[kind],
                                $"bucket {bucket}",
                                limit,
                                Seconds(window),
                                i < 4 ? default : Seconds(2.03 * from)
                            );
                        }
                    )
                    .OrderBy(bucket => bucket.From)
                    .DistinctBy(bucket => (bucket.Kind, bucket.Hash))
                    .ToArray()
        );

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static RestClient Client(VirtualTime time, HiddenBuckets discord, double perSecond) =>
        new(FakeApi.Settings(FakeApi.Base, perSecond), time, new FixedChance(0.5), new LogLines(), discord);

    private static async Task SendAsync(RestClient rest, Route route) =>
        Assert.IsType<RestResult.Success>(
            await rest.SendAsync(
                route,
                route.Method == HttpMethod.Get || route.Method == HttpMethod.Delete
                    ? null
                    : RequestBody.FromJson("{}"u8.ToArray()),
                CallTimeout,
                CancellationToken.None
            )
        );

    private static Route RandomRoute(Random random, int channels, int message)
    {
        var channel = (ulong)random.Next(1, channels + 1);
        return random.Next(10) switch
        {
            < 4 => Route.CreateMessage(channel),
            < 6 => Route.EditMessage(channel, (ulong)message),
            < 7 => Route.DeleteMessage(channel, (ulong)message),
            < 9 => Route.Messages(channel, 100, (ulong)message),
            _ => Route.Channel(channel),
        };
    }
}
