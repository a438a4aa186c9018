using System.CommandLine;
using Serge.Bot.Fuzz;
using Serge.Bot.Fuzz.Targets;

Option<int> seconds = new("--seconds") { Description = "How long, in all.", DefaultValueFactory = _ => 120 };
Option<int> seed = new("--seed")
{
    Description = "Selects the inputs; default random, and printed.",
    DefaultValueFactory = _ => Random.Shared.Next(),
};
Option<string?> only = new("--target") { Description = "Only this target." };
RootCommand root = new("Changes real samples at random and looks for input that the bot does not answer as documented.")
{
    seconds,
    seed,
    only,
};
root.SetAction(
    async (result, _) =>
    {
        using Workspace workspace = new();
        IFuzzTarget[] all =
        [
            new GatewayTarget(),
            new DiscordRestTarget(),
            new MastodonRestTarget(),
            new QuoteFilesTarget(),
            new EssayTarget(),
            new SettingsTarget(workspace),
            new CommandTarget(workspace),
            new CliTarget(workspace),
        ];
        var name = result.GetValue(only);
        IFuzzTarget[] targets = [.. all.Where(target => name is null || target.Name == name)];
        if (targets.Length == 0)
        {
            await Console.Error.WriteLineAsync($"Targets: {string.Join(", ", all.Select(target => target.Name))}.");
            return 2;
        }

        Console.WriteLine($"Seed {result.GetValue(seed)}");
        Fuzzer fuzzer = new(targets, result.GetValue(seed), Console.Out);
        var escapes = await fuzzer.RunAsync(TimeSpan.FromSeconds(result.GetValue(seconds)));
        Console.WriteLine(escapes == 0 ? "No escape." : $"Escapes: {escapes}.");
        return escapes == 0 ? 0 : 1;
    }
);
return await root.Parse(args).InvokeAsync();
