using CsCheck;
using Serge.Bot.Discord.Rest;
using Serge.Bot.Discord.Tests.Support;

namespace Serge.Bot.Discord.Tests.RateLimits;

/// <summary>A thousand mixed requests against limits that are known from answers only, and that change: no 429 that could have been foreseen,
/// and hardly slower than somebody who knows them. Exact, for the clock is a fake one.</summary>
public sealed class PaceTests
{
    private const int Requests = 1000;
    private static readonly TimeSpan Way = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromHours(2);

    /// <summary>What happens to the limits, by name: nothing; they shrink; they grow; routes change their buckets; all of it.</summary>
    public static TheoryData<string, int> Courses => new(
        from course in new[] { "steady", "shrink", "grow", "rename", "all" }
        from seed in new[] { 1, 2, 3 }
        select (course, seed));

    [Theory]
    [MemberData(nameof(Courses))]
    public void Requests_AgainstHiddenLimits_KeepTheirPace(string course, int seed) => Simulation.Run(async time =>
    {
        var routes = Mixed(new Random(seed));
        var server = new LimitedServer(new HiddenLimits(Limits(course)), time, () => Way, () => false);

        await SendAllAsync(routes, server, time);

        Assert.Empty(server.Foreseeable);
        Assert.Equal(Requests, server.Served);
        var pace = OracleTime(routes, new HiddenLimits(Limits(course))) / time.Elapsed;
        TestContext.Current.TestOutputHelper?.WriteLine($"{course} {seed}: {time.Elapsed}, {pace:P1} of the oracle, {server.Unforeseeable} unforeseeable");
        Assert.InRange(pace, 0.95, 1);
        Assert.InRange(server.Unforeseeable, 0, course == "steady" ? 0 : 60);
    });

    [Fact]
    public void Requests_OverAnyLine_MeetNo429ThatCouldBeForeseen() =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[0, 400], Gen.Int[0, 4], Gen.Double[0, 0.05]).Sample(
            (seed, jitter, course, shared) => Simulation.Run(async time =>
            {
                var chance = new Random(seed);
                var server = new LimitedServer(
                    new HiddenLimits(Limits(new[] { "steady", "shrink", "grow", "rename", "all" }[course])),
                    time,
                    () => Way + TimeSpan.FromMilliseconds(chance.Next(jitter + 1)),
                    () => chance.NextDouble() < shared);

                await SendAllAsync([.. Mixed(chance).Take(200)], server, time);

                Assert.Empty(server.Foreseeable);
                Assert.Equal(200, server.Served);
                Assert.True(server.Jostled == 0 || jitter > 30);
            }),
            iter: 30);

    private static async Task SendAllAsync(Route[] routes, LimitedServer server, VirtualTime time)
    {
        using var rest = new RestClient(
            new DiscordClientOptions { Token = "the-token" }, "DiscordBot", time, new Random(1), new LogLines(), server);
        var results = await Task.WhenAll(routes.Select(route => rest.SendAsync(route, null, Patience, CancellationToken.None)));
        Assert.All(results, result => Assert.IsType<RestResult.Done>(result));
    }

    /// <summary>How long somebody takes who knows each bucket after its first answer, and what is left in it at any moment; the way there is
    /// the same.</summary>
    private static TimeSpan OracleTime(Route[] routes, HiddenLimits limits)
    {
        var queues = routes.GroupBy(route => (route.Template, route.Major)).Select(group => new Queue<Route>(group)).ToList();
        Dictionary<(string, string), TimeSpan> known = [];
        var now = Way;
        while (queues.Count > 0)
        {
            var (queue, at) = queues.Select(queue => (queue, At: Arrival(queue.Peek()))).MinBy(next => next.At);
            var route = queue.Dequeue();
            Assert.Null(limits.Take(route, at));
            known.TryAdd(KeyOf(route, at), at);
            queues.RemoveAll(empty => empty.Count == 0);
            now = at;
        }

        return now + Way;

        (string, string) KeyOf(Route route, TimeSpan at) => (limits.LimitOf(route, at).Bucket, route.Major);

        TimeSpan Arrival(Route route)
        {
            var at = limits.FreeAt(route, now);
            return known.TryGetValue(KeyOf(route, at), out var first) && at < first + Way + Way ? limits.FreeAt(route, first + Way + Way) : at;
        }
    }

    /// <summary>Posts, edits, deletions and questions, over some channels and servers.</summary>
    private static Route[] Mixed(Random chance) => [.. Enumerable.Range(0, Requests).Select(i =>
    {
        var place = (ulong)chance.Next(1, 16);
        return chance.Next(10) switch
        {
            < 4 => Route.CreateMessage(place),
            < 6 => Route.EditMessage(place, (ulong)i),
            6 => Route.DeleteMessage(place, (ulong)i),
            7 => Route.Messages(place, 100, null),
            8 => Route.Channel(place),
            _ => Route.GuildMember(place % 5, (ulong)i),
        };
    })];

    private static Func<string, TimeSpan, HiddenLimit> Limits(string course) => (template, at) =>
    {
        var late = at > TimeSpan.FromSeconds(12);
        var shrinks = late && course is "shrink" or "all";
        var grows = late && course is "grow" or "all";
        var renamed = at > TimeSpan.FromSeconds(7) && course is "rename" or "all" ? "2" : "1";
        return template switch
        {
            "POST channels/{id}/messages" => new("post" + renamed, shrinks ? 3 : 5, TimeSpan.FromSeconds(5)),

            // Edits and deletions share one.
            "PATCH channels/{id}/messages/{id}" => new("change", grows ? 8 : 4, TimeSpan.FromSeconds(4)),
            "DELETE channels/{id}/messages/{id}" => new(renamed == "2" ? "delete" : "change", grows ? 8 : 4, TimeSpan.FromSeconds(4)),
            "GET channels/{id}/messages" => new("read", 5, TimeSpan.FromSeconds(3)),
            "GET channels/{id}" => new("ask", shrinks ? 2 : 6, TimeSpan.FromSeconds(6)),
            _ => new("member" + renamed, 10, TimeSpan.FromSeconds(10)),
        };
    };
}
