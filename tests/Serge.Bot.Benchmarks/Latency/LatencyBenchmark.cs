using System.Diagnostics;
using System.Globalization;
using Serge.Bot.Benchmarks.Support;
using Serge.Bot.Simulator;
using Serge.Bot.Simulator.Common;
using Serge.Bot.Simulator.Discord;

namespace Serge.Bot.Benchmarks.Latency;

/// <summary>How long a member waits, from the command on its way to the bot until its answer is taken in; one contestant after the other, in turns, so that a
/// busy moment of the machine falls on all of them.</summary>
internal static class LatencyBenchmark
{
    private const int Rounds = 3;
    private const int WarmUp = 300;

    public static async Task<int> RunAsync(int commands)
    {
        using var home = BenchmarkHome.Create();
        Contestant[] contestants =
        [
            Contestant.Bare,
            Contestant.Worker(home.Path),
            .. Contestant.DiscordJs() is { } js ? [js] : Array.Empty<Contestant>(),
        ];
        if (contestants.Length < 3)
        {
            Console.WriteLine(
                "discord.js is left out: SERGE_NODE_CLIENTS names no folder with node_modules/discord.js in it."
            );
        }

        var measured = contestants.ToDictionary(contestant => contestant, _ => new List<Measured>());
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var contestant in contestants)
            {
                measured[contestant].Add(await MeasureAsync(contestant, commands));
            }
        }

        Console.WriteLine(
            $"{commands} answers, the best of {Rounds} rounds each; in brackets as a multiple of {Contestant.Bare.Name}"
        );
        var yardstick = Measured.Best(measured[Contestant.Bare]);
        Console.WriteLine(
            $"{"", -20}{"median", 18}{"99th percentile", 20}{"first answer", 20}{"ready", 20}{"memory", 22}"
        );
        foreach (var contestant in contestants)
        {
            var best = Measured.Best(measured[contestant]);
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{contestant.Name, -20}{Cell(best.Median, yardstick.Median, "ms"), 18}{Cell(best.Slowest, yardstick.Slowest, "ms"), 20}{Cell(best.First, yardstick.First, "ms"), 20}{Cell(best.Ready, yardstick.Ready, "ms"), 20}{Cell(best.Memory, yardstick.Memory, "MiB"), 22}"
                )
            );
        }

        return 0;
    }

    private static async Task<Measured> MeasureAsync(Contestant contestant, int commands)
    {
        SimulatorWorld world = new(TimeProvider.System, new Random(1));
        var application = world.Discord.AddApplication("the.bots.token", "Serge");
        var member = world.Discord.AddUser("ada");
        var guild = world.Discord.AddGuild("Readers", member);
        var channel = world.Discord.AddChannel(guild, "quotations");
        world.Discord.Install(guild, application);
        await using var server = await SimulatorServer.StartAsync(world);
        using var watch = world.Watch();

        var start = contestant.Start(server.DiscordApiAddress, "the.bots.token");
        start.RedirectStandardOutput = true;
        var from = TimeProvider.System.GetTimestamp();
        using var process = Process.Start(start)!;
        try
        {
            using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60), TimeProvider.System);
            while (world.Discord.GetCommands(application).Count == 0 || world.Discord.Sessions.Count == 0)
            {
                await watch.WaitForAsync<SimulatorEvent>(cancellationToken: patience.Token);
            }

            var ready = TimeProvider.System.GetElapsedTime(from).TotalMilliseconds;
            List<double> waits = [];
            for (var i = 0; i < WarmUp + commands; i++)
            {
                var asked = TimeProvider.System.GetTimestamp();
                var result = await world.Discord.InvokeAsync(
                    member,
                    channel,
                    "/quote id:end-commands-means",
                    patience.Token
                );
                waits.Add(TimeProvider.System.GetElapsedTime(asked).TotalMilliseconds);
                if (result is not InteractionResult.Answered)
                {
                    throw new InvalidOperationException($"{contestant.Name} did not answer: {result}");
                }
            }

            process.Refresh();
            return Measured.From(waits, WarmUp, ready, process.WorkingSet64 / 1024.0 / 1024.0);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    private static string Cell(double value, double yardstick, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{value:0.##} {unit} ({value / yardstick:0.00})");
}

/// <summary>What was measured of one contestant in one round. Milliseconds, and MiB of working set at the end.</summary>
internal sealed record Measured(double Median, double Slowest, double First, double Ready, double Memory)
{
    /// <param name="waits">All waits, in order.</param>
    /// <param name="warmUp">How many at the start do not count, but for the first.</param>
    /// <param name="ready">From the start of the process until its commands are registered and it is connected.</param>
    /// <param name="memory">At the end.</param>
    public static Measured From(IReadOnlyList<double> waits, int warmUp, double ready, double memory)
    {
        var sorted = waits.Skip(warmUp).Order().ToArray();
        return new Measured(sorted[sorted.Length / 2], sorted[sorted.Length * 99 / 100], waits[0], ready, memory);
    }

    /// <summary>The best of several rounds, figure by figure: everything else is the machine's doing.</summary>
    public static Measured Best(IReadOnlyList<Measured> rounds) =>
        new(
            rounds.Min(one => one.Median),
            rounds.Min(one => one.Slowest),
            rounds.Min(one => one.First),
            rounds.Min(one => one.Ready),
            rounds.Min(one => one.Memory)
        );
}
