using System.Diagnostics;
using Serge.Bot.Benchmarks.Latency;
using Serge.Bot.Benchmarks.Support;
using Serge.Bot.Hosting;
using Serge.Bot.Posting.Storage;
using Serge.Bot.Simulator;
using Serge.Bot.Simulator.Common;
using Serge.Bot.Simulator.Discord;
using Serge.Bot.Simulator.Discord.Model;

namespace Serge.Bot.Benchmarks.Growth;

/// <summary>How long members wait for replies while the worker sends posts to many channels, compared with an idle
/// worker.</summary>
internal static class BusyGrowth
{
    private const int ChannelsPerServer = 10;
    private const int WarmUp = 300;

    /// <summary>The pause between the commands of a member.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task RunAsync(string charts, int max)
    {
        MarkdownTable table = new(
            "posts",
            "answers",
            "idle, median ms",
            "idle, p99 ms",
            "busy, median ms",
            "busy, p99 ms",
            "p99, busy / idle"
        );
        List<(double, double)> idle = [];
        List<(double, double)> busy = [];
        foreach (var posts in ScheduleGrowth.Sizes(1000, max))
        {
            var (before, during, answers) = await MeasureAsync(posts);
            table.Add(
                MarkdownTable.Format(posts),
                MarkdownTable.Format(answers),
                MarkdownTable.Format(before.Median),
                MarkdownTable.Format(before.P99),
                MarkdownTable.Format(during.Median),
                MarkdownTable.Format(during.P99),
                MarkdownTable.Format(during.P99 / before.P99)
            );
            idle.Add((posts, before.P99));
            busy.Add((posts, during.P99));
        }

        table.Print("Answers while posts are sent");
        new SvgChart(
            "Answers while posts are sent",
            "posts due in one minute",
            "99th percentile, milliseconds",
            [new ChartLine("idle", idle), new ChartLine("while posts are sent", busy)]
        ).Write(Path.Combine(charts, "busy.svg"));
    }

    private static async Task<(Samples Idle, Samples Busy, int Answers)> MeasureAsync(int posts)
    {
        using var home = BenchmarkHome.Create();
        SimulatorWorld world = new(TimeProvider.System, new Random(1));
        var application = world.Discord.AddApplication("the.bots.token", "Serge");
        var member = world.Discord.AddUser("ada");
        var channels = AddChannels(world, application, member, posts);
        var due = NextMinuteAfter(TimeProvider.System.GetUtcNow().AddSeconds(60));
        await AddSchedulesAsync(home, channels, due);
        await using var server = await SimulatorServer.StartAsync(world);
        using var watch = world.Watch();
        var start = BenchmarkedProgram.Worker().Start(server.DiscordApiAddress, "the.bots.token", home.Path);
        using var process = Process.Start(start)!;
        try
        {
            using CancellationTokenSource timeout = new(TimeSpan.FromMinutes(30), TimeProvider.System);
            while (world.Discord.GetCommands(application).Count == 0 || world.Discord.Sessions.Count == 0)
            {
                await watch.WaitForAsync<SimulatorEvent>(cancellationToken: timeout.Token);
            }

            var sent = CountPostsAsync(watch, posts, timeout.Token);
            var warmUp = 0;
            await AskAsync(world, member, channels[0].Channel, () => warmUp++ < WarmUp, timeout.Token);
            var idle = await AskAsync(
                world,
                member,
                channels[0].Channel,
                () => TimeProvider.System.GetUtcNow() < due,
                timeout.Token
            );
            // The scheduler runs each second.
            await Task.Delay(due.AddSeconds(2) - TimeProvider.System.GetUtcNow(), TimeProvider.System, timeout.Token);
            var busy = await AskAsync(world, member, channels[0].Channel, () => !sent.IsCompleted, timeout.Token);
            await sent;
            return (Samples.Of(idle), Samples.Of(busy), busy.Count);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    /// <summary>Sends a command repeatedly.</summary>
    /// <returns>Milliseconds until each reply.</returns>
    private static async Task<List<double>> AskAsync(
        SimulatorWorld world,
        User member,
        Channel channel,
        Func<bool> shouldContinue,
        CancellationToken cancellationToken
    )
    {
        List<double> waits = [];
        while (shouldContinue())
        {
            var asked = TimeProvider.System.GetTimestamp();
            var result = await world.Discord.InvokeAsync(
                member,
                channel,
                "/quote id:end-commands-means",
                cancellationToken
            );
            waits.Add(TimeProvider.System.GetElapsedTime(asked).TotalMilliseconds);
            if (result is not InteractionResult.Answered)
            {
                throw new InvalidOperationException($"The worker did not answer: {result}");
            }

            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }

        return waits;
    }

    /// <summary>Completes when all posts have arrived.</summary>
    private static async Task CountPostsAsync(EventStream watch, int posts, CancellationToken cancellationToken)
    {
        for (var arrived = 0; arrived < posts; )
        {
            var created = await watch.WaitForAsync<DiscordWorldEvent.MessageCreated>(
                cancellationToken: cancellationToken
            );
            arrived += created.Message.Origin is null ? 1 : 0;
        }
    }

    private static List<(Guild Guild, Channel Channel)> AddChannels(
        SimulatorWorld world,
        Application application,
        User member,
        int count
    )
    {
        List<(Guild, Channel)> channels = [];
        while (channels.Count < count)
        {
            var guild = world.Discord.AddGuild($"Server {channels.Count}", member);
            world.Discord.Install(guild, application);
            for (var n = 0; n < ChannelsPerServer; n++)
            {
                channels.Add((guild, world.Discord.AddChannel(guild, $"quotations-{n}")));
            }
        }

        return channels;
    }

    /// <summary>Creates a schedule for each channel, as its admins would.</summary>
    private static async Task AddSchedulesAsync(
        BenchmarkHome home,
        List<(Guild Guild, Channel Channel)> channels,
        DateTimeOffset due
    )
    {
        await using var database = await Database.OpenAsync(
            new SqliteFile(home.Ledger),
            LedgerDatabase.Steps,
            CancellationToken.None
        );
        await database.WriteAsync(
            async session =>
            {
                foreach (var (guild, channel) in channels)
                {
                    await session.ExecuteAsync(
                        $"INSERT INTO guilds (guild) VALUES ({guild.Id.Value}) ON CONFLICT (guild) DO NOTHING",
                        CancellationToken.None
                    );
                    await session.ExecuteAsync(
                        $"""
                        INSERT INTO guild_schedules (guild, name, channel, time, days, content, zone, next_due)
                        VALUES ({guild.Id.Value}, '{channel.Name}', {channel.Id.Value}, {(int)
                            due.TimeOfDay.TotalMinutes}, 127,
                            'quote', 'Etc/UTC', {due.ToUnixTimeMilliseconds()})
                        """,
                        CancellationToken.None
                    );
                }

                return 0;
            },
            CancellationToken.None
        );
    }

    private static DateTimeOffset NextMinuteAfter(DateTimeOffset moment) =>
        moment.AddMinutes(1).AddTicks(-(moment.Ticks % TimeSpan.TicksPerMinute));
}
