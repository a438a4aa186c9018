using System.Diagnostics;
using System.Globalization;
using Serge.Bot.Benchmarks.Support;
using Serge.Bot.Simulator;
using Serge.Bot.Simulator.Common;
using Serge.Bot.Simulator.Discord;

namespace Serge.Bot.Benchmarks.Latency;

/// <summary>How long a member waits for the reply to a command, how long the start takes, and how much memory is
/// used.</summary>
/// <remarks>The programs are measured alternately, so that load on the machine affects all of them.</remarks>
internal static class LatencyBenchmark
{
    private const int Commands = 300;
    private const string Token = "the.bots.token";

    /// <summary>By then programs have released the memory that only their start needed.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    public static async Task<int> RunAsync(int rounds)
    {
        List<BenchmarkedProgram> programs =
        [
            BenchmarkedProgram.Bare(),
            BenchmarkedProgram.BareOnHttpClient(),
            BenchmarkedProgram.Worker(),
        ];
        if (BenchmarkedProgram.DiscordJs() is { } js)
        {
            programs.Add(js);
        }
        else
        {
            Console.WriteLine("Without discord.js: SERGE_NODE_CLIENTS names no folder with node_modules/discord.js.");
        }

        var measured = programs.ToDictionary(program => program, _ => new List<Round>());
        for (var n = 0; n < rounds; n++)
        {
            foreach (var program in programs)
            {
                // Measuring idle memory takes long, and the results hardly vary.
                var rest = n == 0 ? Rest : TimeSpan.Zero;
                measured[program].Add(await MeasureAsync(program, rest));
            }
        }

        Print(programs, measured);
        return 0;
    }

    private static async Task<Round> MeasureAsync(BenchmarkedProgram program, TimeSpan rest)
    {
        SimulatorWorld world = new(TimeProvider.System, new Random(1));
        var application = world.Discord.AddApplication(Token, "Serge");
        var member = world.Discord.AddUser("ada");
        var guild = world.Discord.AddGuild("Readers", member);
        var channel = world.Discord.AddChannel(guild, "quotations");
        world.Discord.Install(guild, application);
        await using var server = await SimulatorServer.StartAsync(world);
        using var watch = world.Watch();
        using CancellationTokenSource timeout = new(Timeout, TimeProvider.System);

        using var home = BenchmarkHome.Create();
        var start = program.Start(server.DiscordApiAddress, Token, home.Path);
        start.RedirectStandardOutput = true;
        var startedAt = TimeProvider.System.GetTimestamp();
        using var process = Process.Start(start)!;
        try
        {
            while (world.Discord.Sessions.Count == 0)
            {
                await watch.WaitForAsync<SimulatorEvent>(cancellationToken: timeout.Token);
            }

            var session = TimeProvider.System.GetElapsedTime(startedAt).TotalMilliseconds;
            while (world.Discord.GetCommands(application).Count == 0)
            {
                await watch.WaitForAsync<SimulatorEvent>(cancellationToken: timeout.Token);
            }

            await Task.Delay(rest, TimeProvider.System, timeout.Token);
            var memory = rest > TimeSpan.Zero ? ProcessMemory.Read(process) : null;
            List<double> waits = [];
            for (var n = 0; n < Commands; n++)
            {
                var askedAt = TimeProvider.System.GetTimestamp();
                const string Command = "/quote id:end-commands-means";
                var result = await world.Discord.InvokeAsync(member, channel, Command, timeout.Token);
                waits.Add(TimeProvider.System.GetElapsedTime(askedAt).TotalMilliseconds);
                if (result is not InteractionResult.Answered)
                {
                    throw new InvalidOperationException($"{program.Name} did not answer: {result}");
                }
            }

            return new Round(session, waits, memory);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static void Print(List<BenchmarkedProgram> programs, Dictionary<BenchmarkedProgram, List<Round>> measured)
    {
        var bare = Figures.From(measured[programs[0]]);
        Console.WriteLine(
            $"Median of {measured[programs[0]].Count} rounds of {Commands} commands (lowest–highest round) and "
                + $"multiple of “{programs[0].Name}”; milliseconds, memory in MiB."
        );
        Console.WriteLine();
        Console.WriteLine("| bot | start to session | first answer | median | p95 | p99 | resident | private |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var program in programs)
        {
            var figures = Figures.From(measured[program]);
            string[] cells =
            [
                program.Name,
                figures.Session.Describe(bare.Session),
                figures.First.Describe(bare.First),
                figures.Median.Describe(bare.Median),
                figures.P95.Describe(bare.P95),
                figures.P99.Describe(bare.P99),
                figures.Memory.Resident.ToString("0.0", CultureInfo.InvariantCulture),
                figures.Memory.Private?.ToString("0.0", CultureInfo.InvariantCulture) ?? "unknown",
            ];
            Console.WriteLine($"| {string.Join(" | ", cells)} |");
        }
    }
}
