using Serge.Bot.Benchmarks.Support;
using Serge.Bot.Guilds;
using Serge.Bot.Platforms;
using Serge.Bot.Posting.Model;

namespace Serge.Bot.Benchmarks.Growth;

/// <summary>How late posts are if the admins of all servers choose nine o'clock, without and with
/// <c>Discord:SpreadMinutes</c>. This is a calculation: nothing is sent.</summary>
internal static class SpreadGrowth
{
    /// <summary>Requests per second that Discord accepts from a bot. Source: Discord docs, Rate Limits.</summary>
    private const int RequestsPerSecond = 50;

    private static readonly TimeOnly Nine = new(9, 0);

    public static void Run(int max)
    {
        MarkdownTable table = new("servers", "`Discord:SpreadMinutes`", "median s", "95 % s", "last s");
        foreach (var servers in ScheduleGrowth.Sizes(1000, max))
        {
            foreach (var minutes in new[] { 1, 15, 30, 45, 60 })
            {
                var waits = Simulate(servers, minutes);
                table.Add(
                    MarkdownTable.Format(servers),
                    MarkdownTable.Format(minutes),
                    MarkdownTable.Format(waits[waits.Count / 2]),
                    MarkdownTable.Format(waits[(int)(waits.Count * 0.95)]),
                    MarkdownTable.Format(waits[^1])
                );
            }
        }

        table.Print("How long after the time of its schedule a post is sent");
    }

    /// <summary>Each post is one request, and the posts that are due wait in one queue.</summary>
    /// <returns>Seconds from the time of each schedule to its post, in ascending order.</returns>
    private static List<double> Simulate(int servers, int minutes)
    {
        var duePerMinute = new int[minutes];
        for (var server = 1; server <= servers; server++)
        {
            ScheduleId schedule = new(GuildSchedule.GetOwner(new GuildId((ulong)server)), "quotation");
            var time = TimeSpread.Move(Nine, schedule, minutes);
            duePerMinute[(int)(time - Nine).TotalMinutes]++;
        }

        List<double> waits = [];
        var inQueue = 0;
        foreach (var due in duePerMinute)
        {
            waits.AddRange(Enumerable.Range(inQueue + 1, due).Select(place => (double)place / RequestsPerSecond));
            inQueue = Math.Max(0, inQueue + due - (RequestsPerSecond * 60));
        }

        waits.Sort();
        return waits;
    }
}
