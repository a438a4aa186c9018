using System.Diagnostics;

namespace Serge.Bot.CodeQuality.Mutants;

internal sealed record SampleOptions
{
    public required string Repository { get; init; }
    public required Area Area { get; init; }

    /// <summary>The same seed and the same code give the same mutants.</summary>
    public required int Seed { get; init; }

    public required int Count { get; init; }
    public required int Workers { get; init; }

    /// <summary>Numbers of the mutants to test; empty for all.</summary>
    public IReadOnlyList<int> Only { get; init; } = [];
}

/// <summary>Tests a random sample of an area's mutants and prints which of them no test catches.</summary>
internal static class Sampler
{
    /// <summary>A run that takes five times as long as the unchanged code, and at least this long, counts as
    /// caught.</summary>
    private static readonly TimeSpan ShortestLimit = TimeSpan.FromSeconds(60);

    /// <returns>0 when at least 90 % are caught, else 1.</returns>
    public static async Task<int> RunAsync(
        SampleOptions options,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        var area = options.Area;
        var projectFolder = Path.Combine(options.Repository, "src", area.Project);
        var compiler = await ProjectCompiler.OpenAsync(projectFolder, cancellationToken);
        var runs = Enumerable
            .Range(0, options.Workers)
            .Select(worker => new TestRun(options.Repository, area, worker, compiler.AssemblyFile))
            .ToList();

        var clock = Stopwatch.StartNew();
        if (
            await runs[0].RunAsync(compiler.Compile(), TimeSpan.FromMinutes(10), cancellationToken) != TestResult.Passed
        )
        {
            await output.WriteLineAsync($"The tests of {area.Name} fail on unchanged code:\n{runs[0].LastOutput}");
            return 1;
        }

        var limit = clock.Elapsed * 5 > ShortestLimit ? clock.Elapsed * 5 : ShortestLimit;
        var folders = area.Folders.Select(folder => Path.Combine(projectFolder, folder) + Path.DirectorySeparatorChar);
        var files = compiler.Trees.Where(tree => area.Folders.Count == 0 || folders.Any(tree.FilePath.StartsWith));
        Mutant[] mutants =
        [
            .. files.OrderBy(tree => tree.FilePath, StringComparer.Ordinal).SelectMany(MutantFinder.Find),
        ];
        await output.WriteLineAsync(
            $"{area.Name}: {mutants.Length} possible mutants, seed {options.Seed}; unchanged tests took {clock.Elapsed.TotalSeconds:0.0} s"
        );
        new Random(options.Seed).Shuffle(mutants);

        Queue queue = new(mutants, compiler, options);
        var results = new List<(int Number, Mutant Mutant, TestResult Result)>();
        await Task.WhenAll(
            runs.Select(run =>
                Task.Run(
                    async () =>
                    {
                        while (queue.Next() is { } next)
                        {
                            var result = await run.RunAsync(next.Assembly, limit, cancellationToken);
                            lock (results)
                            {
                                results.Add((next.Number, next.Mutant, result));
                            }

                            if (result != TestResult.Failed)
                            {
                                var word = result == TestResult.Passed ? "survived" : "timed out (caught)";
                                await output.WriteLineAsync(
                                    $"{word} #{next.Number} {next.Mutant.Describe(options.Repository)}"
                                );
                            }
                        }
                    },
                    cancellationToken
                )
            )
        );

        var caught = results.Count(result => result.Result != TestResult.Passed);
        await output.WriteLineAsync(
            $"{area.Name}: {caught} of {results.Count} mutants caught ({100.0 * caught / results.Count:0} %), "
                + $"seed {options.Seed}, {clock.Elapsed.TotalSeconds:0} s"
        );
        return caught * 10 >= results.Count * 9 ? 0 : 1;
    }

    /// <summary>Returns compiled mutants in the order of the sample; mutants that do not compile are skipped.</summary>
    private sealed class Queue(IReadOnlyList<Mutant> mutants, ProjectCompiler compiler, SampleOptions options)
    {
        private readonly Lock _lock = new();
        private int _position;
        private int _number;

        public (int Number, Mutant Mutant, byte[] Assembly)? Next()
        {
            lock (_lock)
            {
                while (_position < mutants.Count && _number < options.Count)
                {
                    var mutant = mutants[_position++];
                    if (compiler.Compile(mutant) is { } assembly)
                    {
                        _number++;
                        if (options.Only.Count == 0 || options.Only.Contains(_number))
                        {
                            return (_number, mutant, assembly);
                        }
                    }
                }

                return null;
            }
        }
    }
}
