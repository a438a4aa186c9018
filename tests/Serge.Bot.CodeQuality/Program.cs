using System.CommandLine;
using Serge.Bot.CodeQuality.Metrics;
using Serge.Bot.CodeQuality.Mutants;

Option<string> repository = new("--repo")
{
    Description = "Root folder of the checkout.",
    DefaultValueFactory = _ => Environment.CurrentDirectory,
};
Option<string> area = new("--area")
{
    Description = $"One of: {string.Join(", ", Area.All.Select(area => area.Name))}.",
    Required = true,
};
Option<int> seed = new("--seed") { Description = "Selects the sample.", DefaultValueFactory = _ => 1 };
Option<int> count = new("--count") { Description = "Number of mutants to test.", DefaultValueFactory = _ => 100 };
Option<int> workers = new("--workers")
{
    Description = "Number of test processes that run at the same time.",
    DefaultValueFactory = _ => Environment.ProcessorCount,
};
Option<int[]> only = new("--only")
{
    Description = "Numbers of the mutants of this sample to test, as printed; default all.",
    AllowMultipleArgumentsPerToken = true,
};
Command mutants = new(
    "mutants",
    "Changes the code of an area in small ways and counts which changes its unit tests catch."
)
{
    repository,
    area,
    seed,
    count,
    workers,
    only,
};
mutants.SetAction(
    async (result, cancellationToken) =>
    {
        SampleOptions options = new()
        {
            Repository = Path.GetFullPath(result.GetValue(repository)!),
            Area = Area.Find(result.GetValue(area)!),
            Seed = result.GetValue(seed),
            Count = result.GetValue(count),
            Workers = result.GetValue(workers),
            Only = result.GetValue(only) ?? [],
        };
        return await Sampler.RunAsync(options, Console.Out, cancellationToken);
    }
);

Option<int> worst = new("--worst") { Description = "Prints only this many members: those that are the most dense." };
Command metrics = new("metrics", "Prints figures about the code below src: size, density, namespace cycles.")
{
    repository,
    worst,
};
metrics.SetAction(
    (result, cancellationToken) =>
    {
        var folder = Path.GetFullPath(result.GetValue(repository)!);
        return result.GetValue(worst) is > 0 and var number
            ? DenseMembers.PrintAsync(folder, number, Console.Out)
            : MetricsTable.PrintAsync(folder, Console.Out, cancellationToken);
    }
);

RootCommand root = new("Measures the tests and the code of the project.") { mutants, metrics };
return await root.Parse(args).InvokeAsync();
