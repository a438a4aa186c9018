using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Serge.Bot.Benchmarks.Latency;
using Serge.Bot.Benchmarks.Support;
using Serge.Bot.Simulator;
using Serge.Bot.Simulator.Discord;
using Serge.Bot.Simulator.Discord.Model;

namespace Serge.Bot.Benchmarks.Growth;

/// <summary>The processor time that an interaction over HTTP costs a worker, compared with a minimal endpoint, and
/// whether it costs more with two workers behind one address. Processor time is measured because it does not depend on
/// other programs.</summary>
internal static class InteractionGrowth
{
    private const string Token = "the.bots.token";
    private const int Concurrency = 8;
    private const int WarmUp = 2000;

    /// <summary>After this number of commands the next worker receives the commands.</summary>
    private const int Turn = 100;

    /// <summary>The processor time that an idle worker uses per second is subtracted.</summary>
    private static readonly TimeSpan IdlePeriod = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(1);

    public static async Task RunAsync(int commands)
    {
        await using var postgres = await ThrowAwayPostgres.TryStartAsync();
        MarkdownTable table = new(
            "endpoint",
            "processes",
            "CPU, ms per interaction",
            "interactions per second and core",
            "relative to bare"
        );
        var bare = await MeasureAsync(1, commands, (api, port) => StartBare(api, port, "responds"));
        Add("bare, answer in the response", 1, bare);
        var callsBack = await MeasureAsync(1, commands, (api, port) => StartBare(api, port, "calls-back"));
        Add("bare, answer by a request to Discord", 1, callsBack);
        foreach (var workers in new[] { 1, 2, 4 })
        {
            using var home = BenchmarkHome.Create();
            var ledger = postgres is null ? null : await postgres.CreateLedgerAsync();
            Add(
                "serge",
                workers,
                await MeasureAsync(workers, commands, (api, port) => StartWorker(home, ledger, api, port))
            );
        }

        table.Print("Interactions over HTTP");

        void Add(string name, int processes, double each) =>
            table.Add(
                name,
                MarkdownTable.Format(processes),
                MarkdownTable.Format(each),
                MarkdownTable.Format(1000 / each),
                MarkdownTable.Format(bare / each)
            );
    }

    /// <returns>Milliseconds of processor time per interaction, without the time that idle workers use.</returns>
    private static async Task<double> MeasureAsync(int count, int commands, Func<Uri, int, ProcessStartInfo> start)
    {
        SimulatorWorld world = new(TimeProvider.System, new Random(1));
        // A busy machine must not affect the result.
        world.Discord.Options.ResponseTimeout = StartTimeout;
        var application = world.Discord.AddApplication(Token, "Serge");
        var member = world.Discord.AddUser("ada");
        var guild = world.Discord.AddGuild("Readers", member);
        var channel = world.Discord.AddChannel(guild, "quotations");
        world.Discord.Install(guild, application);
        await using var server = await SimulatorServer.StartAsync(world);
        List<(Process Process, Uri Endpoint)> workers = [];
        try
        {
            for (var n = 0; n < count; n++)
            {
                var port = FindFreePort();
                var endpoint = new Uri($"http://127.0.0.1:{port}/discord/interactions");
                workers.Add((Process.Start(start(server.DiscordApiAddress, port))!, endpoint));
                await WaitUntilReadyAsync(world.Discord, application, endpoint);
            }

            await AskAsync(WarmUp * count);
            var busy = await MeasureAsync(() => AskAsync(commands));
            var idle = await MeasureAsync(() => Task.Delay(IdlePeriod, TimeProvider.System));
            return (busy.Work - (idle.Work / idle.Elapsed * busy.Elapsed)) / commands;
        }
        finally
        {
            foreach (var (process, _) in workers)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
                process.Dispose();
            }
        }

        // Processor time of all workers, and wall time, in milliseconds.
        async Task<(double Work, double Elapsed)> MeasureAsync(Func<Task> run)
        {
            var before = workers.Sum(worker => GetProcessorTime(worker.Process));
            var elapsed = await Samples.TimeAsync(run);
            return (workers.Sum(worker => GetProcessorTime(worker.Process)) - before, elapsed);
        }

        async Task AskAsync(int total)
        {
            for (var asked = 0; asked < total; asked += Turn)
            {
                var endpoint = workers[asked / Turn % workers.Count].Endpoint;
                await world.Discord.SetInteractionsEndpointAsync(application, endpoint);
                await Parallel.ForAsync(
                    0,
                    Turn,
                    new ParallelOptions { MaxDegreeOfParallelism = Concurrency },
                    async (_, stop) => await AskOnceAsync(world.Discord, member, channel, stop)
                );
            }
        }
    }

    private static async Task AskOnceAsync(
        DiscordWorld discord,
        User member,
        Channel channel,
        CancellationToken cancellationToken
    )
    {
        var result = await discord.InvokeAsync(member, channel, "/quote id:end-commands-means", cancellationToken);
        if (result is not InteractionResult.Answered)
        {
            throw new InvalidOperationException($"The endpoint did not answer: {result}");
        }
    }

    private static async Task WaitUntilReadyAsync(DiscordWorld discord, Application application, Uri endpoint)
    {
        var from = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                if (
                    await discord.SetInteractionsEndpointAsync(application, endpoint) is null
                    && discord.GetCommands(application).Count > 0
                )
                {
                    return;
                }
            }
            catch (HttpRequestException) when (TimeProvider.System.GetElapsedTime(from) < StartTimeout)
            {
                // The endpoint does not listen yet.
            }

            if (TimeProvider.System.GetElapsedTime(from) > StartTimeout)
            {
                throw new TimeoutException($"{endpoint} did not start.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }
    }

    private static ProcessStartInfo StartBare(Uri api, int port, string mode)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Serge.Bot.Benchmarks.dll");
        ProcessStartInfo start = new("dotnet", [program, "bare-endpoint", api.ToString(), Token, $"{port}", mode]);
        start.Environment["Logging__LogLevel__Default"] = "None";
        return start;
    }

    private static ProcessStartInfo StartWorker(BenchmarkHome home, string? postgres, Uri api, int port)
    {
        var start = BenchmarkedProgram.Worker().Start(api, Token, home.Path);
        start.Environment["Discord__Interactions"] = "http";
        start.Environment["Logging__LogLevel__Default"] = "Error";
        start.Environment["Discord__Listen"] = $"http://127.0.0.1:{port}/";
        if (postgres is not null)
        {
            start.Environment["Ledger__PostgreSQL"] = postgres;
        }

        return start;
    }

    private static double GetProcessorTime(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime.TotalMilliseconds;
    }

    private static int FindFreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
