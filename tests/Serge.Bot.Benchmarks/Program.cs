using System.Globalization;
using Serge.Bot.Benchmarks.Catalogue;
using Serge.Bot.Benchmarks.Growth;
using Serge.Bot.Benchmarks.Latency;

return args switch
{
    ["latency"] => await LatencyBenchmark.RunAsync(commands: 2000),
    ["latency", var commands]
        when int.TryParse(commands, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 10 =>
        await LatencyBenchmark.RunAsync(count),
    ["catalogue"] => CatalogueBenchmark.Run(entries: 10_000),
    ["growth", .. var rest] => await GrowthCommand.TryRunAsync(rest) ?? Explain(),
    ["bare", var api, var token] => await BareBot.RunAsync(new Uri(api), token),
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
        catalogue            how long 10,000 quotations and as many events take to read and check, to search and to complete
        latency [COMMANDS]   how long a member waits for an answer: the worker, a bare socket loop and a discord.js bot, against one simulator

        {GrowthCommand.Help}

        The worker is the one built beside this program; SERGE_NATIVE names a native one instead. discord.js is taken from the folder that SERGE_NODE_CLIENTS names
        (one with node_modules/discord.js in it) and left out where there is none.
        """
    );
    return 2;
}
