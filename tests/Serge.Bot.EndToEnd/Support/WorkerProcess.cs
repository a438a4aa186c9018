using System.Diagnostics;
using System.Text;

namespace Serge.Bot.EndToEnd.Support;

/// <summary>The program <c>serge</c> in a separate process, which can be killed, and whose output can be
/// read.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Lock _lock = new();

    private WorkerProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => HandleOutput(line.Data);
        process.ErrorDataReceived += (_, line) => HandleOutput(line.Data);
        process.Start();
        // Standard input is not a terminal.
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <summary>The output so far, of both streams.</summary>
    public string Output
    {
        get
        {
            lock (_lock)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts the process.</summary>
    /// <param name="home">Its folder.</param>
    /// <param name="environment">Settings as environment variables.</param>
    /// <param name="arguments">The command and its arguments.</param>
    /// <param name="executable">A native executable; <see langword="null"/> for the one built with these tests.</param>
    public static WorkerProcess Start(
        string home,
        IEnumerable<(string Key, string? Value)> environment,
        string arguments,
        string? executable = null
    ) => new(new Process { StartInfo = Describe(home, environment, arguments, executable) });

    /// <summary>Runs the process until it exits.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string home,
        IEnumerable<(string Key, string? Value)> environment,
        string arguments,
        CancellationToken cancellationToken
    )
    {
        await using var process = Start(home, environment, arguments);
        return (await process.EndAsync(cancellationToken), process.Output);
    }

    /// <summary>Runs the process until it exits.</summary>
    /// <returns>The bytes that it wrote to standard output.</returns>
    public static async Task<(int ExitCode, byte[] Output)> ReadOutputAsync(
        string home,
        IEnumerable<(string Key, string? Value)> environment,
        string arguments,
        CancellationToken cancellationToken
    )
    {
        using Process process = new() { StartInfo = Describe(home, environment, arguments, executable: null) };
        process.Start();
        process.StandardInput.Close();
        process.BeginErrorReadLine();
        try
        {
            using MemoryStream output = new();
            await process.StandardOutput.BaseStream.CopyToAsync(output, cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, output.ToArray());
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    /// <summary>Waits until the process exits.</summary>
    /// <exception cref="TimeoutException">It did not exit in time.</exception>
    public Task<int> EndAsync(CancellationToken cancellationToken) =>
        Wait.ForAsync(
            ExitAsync(cancellationToken),
            ObserveAsync,
            cancellationToken,
            $"the end of serge {_process.StartInfo.Arguments}"
        );

    /// <summary>Waits until the process exits, and fails with its output if the exit code differs.</summary>
    public async Task AssertEndsWithAsync(int exitCode, CancellationToken cancellationToken)
    {
        var actual = await EndAsync(cancellationToken);
        Assert.True(actual == exitCode, $"The exit code was {actual}, not {exitCode}. {await ObserveAsync()}");
    }

    /// <summary>Requests a stop, as systemd and Ctrl+C do: SIGTERM, or another signal.</summary>
    public Task SignalAsync(string signal, CancellationToken cancellationToken) =>
        Signals.SendAsync(_process, signal, cancellationToken);

    /// <summary>Waits until the output contains a text.</summary>
    /// <exception cref="TimeoutException">It did not contain it in time.</exception>
    public Task WaitForOutputAsync(string words, CancellationToken cancellationToken) =>
        Wait.UntilAsync(
            () => Task.FromResult(Output.Contains(words, StringComparison.Ordinal)),
            ObserveAsync,
            cancellationToken,
            $"the worker writes: {words}"
        );

    /// <summary>Kills the process with SIGKILL.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static ProcessStartInfo Describe(
        string home,
        IEnumerable<(string Key, string? Value)> environment,
        string arguments,
        string? executable
    )
    {
        var start = new ProcessStartInfo(executable ?? Environment.ProcessPath!, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = home,
        };
        if (executable is null)
        {
            start.FileName = "dotnet";
            start.Arguments = $"\"{Path.Combine(AppContext.BaseDirectory, "serge.dll")}\" {arguments}";
        }

        start.Environment["SERGE_HOME"] = home;
        // A worker of a test ends before dynamic profiling saves time; without profiling, the tests use a fifth less
        // processor time.
        start.Environment["DOTNET_TieredPGO"] = "0";
        // A worker that is killed would leave the pipes and the socket of .NET's diagnostics in the temporary folder.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        return start;
    }

    private async Task<int> ExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    private Task<string> ObserveAsync() => Task.FromResult($"The worker wrote:\n{Output}");

    private void HandleOutput(string? line)
    {
        if (line is not null)
        {
            lock (_lock)
            {
                _output.AppendLine(line);
            }
        }
    }
}
