using System.Diagnostics;

namespace Serge.Bot.CodeQuality.Mutants;

/// <summary>How the tests of an area ended.</summary>
internal enum TestResult
{
    /// <summary>Every test passed: the mutant survived.</summary>
    Passed,

    /// <summary>A test failed, or the test process ended abnormally.</summary>
    Failed,

    /// <summary>The tests did not end in time.</summary>
    TimedOut,
}

/// <summary>A copy of a test project's output in which one assembly is replaced before each run.</summary>
internal sealed class TestRun
{
    private readonly string _folder;
    private readonly Area _area;
    private readonly string _assemblyFile;

    /// <param name="repository">Root folder of the checkout; the test project must be built.</param>
    /// <param name="area">What is tested.</param>
    /// <param name="worker">Number of this copy.</param>
    /// <param name="assemblyFile">The file that is replaced.</param>
    public TestRun(string repository, Area area, int worker, string assemblyFile)
    {
        _area = area;
        _assemblyFile = assemblyFile;
        var output = Path.Combine(repository, "artifacts", "bin", area.TestProject, "debug");
        _folder = Path.Combine(
            repository,
            "artifacts",
            "mutants",
            $"{area.Name}-{worker}",
            "bin",
            area.TestProject,
            "debug"
        );
        Copy(output, _folder);
    }

    /// <summary>Runs the area's tests against this assembly, until one fails.</summary>
    /// <param name="assembly">The assembly under test.</param>
    /// <param name="limit">After this time the process is killed.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public async Task<TestResult> RunAsync(byte[] assembly, TimeSpan limit, CancellationToken cancellationToken)
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder, _assemblyFile), assembly, cancellationToken);
        ProcessStartInfo start = new(Path.Combine(_folder, _area.TestProject))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
            // Without profiling and without write protection of compiled code, short runs spend less time in the JIT
            // compiler. A run that is killed leaves its temporary folders, so they are not in memory.
            Environment =
            {
                ["DOTNET_TieredPGO"] = "0",
                ["DOTNET_EnableWriteXorExecute"] = "0",
                ["TMPDIR"] = Path.GetTempPath(),
            },
        };
        foreach (var argument in (string[])["-stopOnFail", "-noColor", "-noLogo", .. _area.Filters])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limit);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            return TestResult.TimedOut;
        }

        LastOutput = await output + await errors;
        return process.ExitCode == 0 ? TestResult.Passed : TestResult.Failed;
    }

    /// <summary>The output of the last run.</summary>
    public string LastOutput { get; private set; } = "";

    private static void Copy(string from, string to)
    {
        if (!Directory.Exists(from))
        {
            throw new DirectoryNotFoundException($"{from} does not exist. Build the test project first.");
        }

        if (Directory.Exists(to))
        {
            Directory.Delete(to, recursive: true);
        }

        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
