using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Serge.Bot.Fuzz;

/// <summary>Runs targets on changed samples and collects escapes.</summary>
internal sealed class Fuzzer(IReadOnlyList<IFuzzTarget> targets, int seed, TextWriter output)
{
    private const long MaxMemory = 200 * 1024 * 1024;

    /// <summary>Escapes with the same cause are printed once; then the target is stopped.</summary>
    private const int MaxEscapes = 20;

    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(2);

    /// <summary>An input that hangs cannot be stopped, so it ends the run.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    private readonly HashSet<string> _causes = new(StringComparer.Ordinal);

    /// <summary>Gives each target the same time.</summary>
    /// <returns>The number of escapes with different causes.</returns>
    public async Task<int> RunAsync(TimeSpan total)
    {
        foreach (var target in targets)
        {
            var inputs = await RunAsync(target, total / targets.Count);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{target.Name}: {inputs} inputs"));
        }

        return _causes.Count;
    }

    private async Task<int> RunAsync(IFuzzTarget target, TimeSpan time)
    {
        Mutator mutator = new(target, seed);
        var watch = Stopwatch.StartNew();
        var inputs = 0;
        while (watch.Elapsed < time && _causes.Count < MaxEscapes)
        {
            var input = mutator.Next();
            inputs++;
            if (await FindEscapeAsync(target, input) is { } escape && _causes.Add($"{target.Name}: {GetCause(escape)}"))
            {
                await PrintAsync(target, inputs, input, escape);
            }
        }

        return inputs;
    }

    private static async Task<string?> FindEscapeAsync(IFuzzTarget target, byte[] input)
    {
        var escape = await RunOnceAsync(target, input);
        if (escape is null || escape.Contains("Exception", StringComparison.Ordinal))
        {
            return escape;
        }

        // Load or a garbage collection may be the cause, so the input is run once more.
        return await RunOnceAsync(target, input);
    }

    private static async Task<string?> RunOnceAsync(IFuzzTarget target, byte[] input)
    {
        var before = GC.GetTotalMemory(forceFullCollection: false);
        var processor = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        try
        {
            await Task.Run(() => target.RunAsync(input, CancellationToken.None)).WaitAsync(Hang);
        }
        catch (TimeoutException)
        {
            return "no answer";
        }
        catch (Exception e)
        {
            return e.ToString();
        }

        // On a busy machine the run takes longer although the code is not slow.
        var used = Environment.CpuUsage.TotalTime - processor;
        if (watch.Elapsed > MaxTime && used > MaxTime / 2)
        {
            return string.Create(CultureInfo.InvariantCulture, $"took {watch.Elapsed.TotalSeconds:0.0} s");
        }

        var grown = GC.GetTotalMemory(forceFullCollection: false) - before;
        return grown > MaxMemory ? $"needs {grown / 1024 / 1024} MB" : null;
    }

    /// <summary>The exception's type and where it was thrown; equal for inputs with the same cause.</summary>
    private static string GetCause(string escape)
    {
        var lines = escape.Split('\n');
        var type = lines[0].Split(':')[0];
        var frame = Array.Find(lines, line => line.Contains("at Serge.Bot.", StringComparison.Ordinal)) ?? "";
        return type + frame.Split(" in ")[0];
    }

    private async Task PrintAsync(IFuzzTarget target, int number, byte[] input, string escape)
    {
        var lines = escape.Split('\n');
        await output.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"ESCAPE {target.Name}, seed {seed}, input {number}:")
        );
        await output.WriteLineAsync(string.Join('\n', lines.Take(12)));
        await output.WriteLineAsync($"input: {Convert.ToBase64String(input)}");
        await output.WriteLineAsync($"as text: {Encoding.UTF8.GetString(input[..Math.Min(input.Length, 1000)])}\n");
    }
}
