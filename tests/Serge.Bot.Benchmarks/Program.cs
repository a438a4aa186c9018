using System.Globalization;
using Serge.Bot.Benchmarks.Catalogue;
using Serge.Bot.Benchmarks.Growth;
using Serge.Bot.Benchmarks.Latency;

return args switch
{
    ["latency"] => await LatencyBenchmark.RunAsync(rounds: 20),
    ["latency", var rounds]
        when int.TryParse(rounds, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1 =>
        await LatencyBenchmark.RunAsync(count),
    ["catalogue"] => CatalogueBenchmark.Run(entries: 10_000),
    ["growth", .. var rest] => await GrowthCommand.TryRunAsync(rest) ?? Explain(),
    ["bare-endpoint", var api, var token, var port, var mode] => await BareEndpoint.RunAsync(
        new Uri(api),
        token,
        int.Parse(port, CultureInfo.InvariantCulture),
        callsBack: mode == "calls-back"
    ),
    _ => Explain(),
};

static int Explain()
{
    Console.Error.WriteLine(
        $"""
        catalogue            How long 10,000 quotations and as many events take to read, check, search and complete.
        latency [ROUNDS]     How long a member waits for an answer, how long the start takes, and how much memory is used:
                             the worker, a bare socket loop and a discord.js bot with one simulator. Default: 20 rounds.

        {GrowthCommand.Help}

        Both .NET programs are those built beside this one; SERGE_NATIVE and SERGE_NATIVE_BARE name native executables
        instead. discord.js is taken from the folder that SERGE_NODE_CLIENTS names (the one that contains
        node_modules/discord.js), and is left out without it.
        """
    );
    return 2;
}
