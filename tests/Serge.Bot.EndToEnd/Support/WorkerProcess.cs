using System.Diagnostics;
using System.Text;

namespace Serge.Bot.EndToEnd.Support;

/// <summary>The program <c>serge</c> as a process of its own: it can be killed, and it says what a person would read.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly Lock _lock = new();

    private WorkerProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Start();
        // Nobody sits at a terminal.
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>All it wrote so far, on both streams.</summary>
    public string Said
    {
        get
        {
            lock (_lock)
            {
                return _said.ToString();
            }
        }
    }

    /// <summary>Starts it.</summary>
    /// <param name="home">Its folder.</param>
    /// <param name="environment">Settings as environment variables.</param>
    /// <param name="arguments">The verb and what belongs to it.</param>
    /// <param name="executable">A native executable; <see langword="null"/> for the one built with these tests.</param>
    public static WorkerProcess Start(
        string home,
        IEnumerable<(string Key, string? Value)> environment,
        string arguments,
        string? executable = null
    ) => new(new Process { StartInfo = Describe(home, environment, arguments, executable) });

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Said)> RunAsync(
        string home,
        IEnumerable<(string Key, string? Value)> environment,
        string arguments,
        CancellationToken patience
    )
    {
        await using var process = Start(home, environment, arguments);
        return (await process.EndAsync(patience), process.Said);
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>The bytes that it wrote to standard output.</returns>
    public static async Task<(int ExitCode, byte[] Output)> ReadOutputAsync(
        string home,
        IEnumerable<(string Key, string? Value)> environment,
        string arguments,
        CancellationToken patience
    )
    {
        using Process process = new() { StartInfo = Describe(home, environment, arguments, executable: null) };
        process.Start();
        process.StandardInput.Close();
        process.BeginErrorReadLine();
        try
        {
            using MemoryStream output = new();
            await process.StandardOutput.BaseStream.CopyToAsync(output, patience);
            await process.WaitForExitAsync(patience);
            return (process.ExitCode, output.ToArray());
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    /// <summary>Waits for its end.</summary>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public Task<int> EndAsync(CancellationToken patience) =>
        Wait.ForAsync(ExitAsync(patience), ObserveAsync, patience, $"the end of serge {_process.StartInfo.Arguments}");

    /// <summary>Waits for its end and fails with what it wrote if the exit code is another.</summary>
    public async Task AssertEndsWithAsync(int exitCode, CancellationToken patience)
    {
        var actual = await EndAsync(patience);
        Assert.True(actual == exitCode, $"The exit code was {actual}, not {exitCode}. {await ObserveAsync()}");
    }

    /// <summary>Asks it to end, as systemd and Ctrl+C do: SIGTERM, or another signal.</summary>
    public Task SignalAsync(string signal, CancellationToken patience) => Signals.SendAsync(_process, signal, patience);

    /// <summary>Waits until it has written some words.</summary>
    /// <exception cref="TimeoutException">It did not write them in time.</exception>
    public Task SaysAsync(string words, CancellationToken patience) =>
        Wait.UntilAsync(
            () => Task.FromResult(Said.Contains(words, StringComparison.Ordinal)),
            ObserveAsync,
            patience,
            $"the worker writes: {words}"
        );

    /// <summary>Pulls the plug: SIGKILL.</summary>
    public async Task KillAsync(CancellationToken patience)
    {
        _process.Kill();
        await _process.WaitForExitAsync(patience);
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
        // A worker of a test ends before a collected profile saves time; without it, the tests need a fifth less of the processor.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        return start;
    }

    private async Task<int> ExitAsync(CancellationToken patience)
    {
        await _process.WaitForExitAsync(patience);
        return _process.ExitCode;
    }

    private Task<string> ObserveAsync() => Task.FromResult($"The worker wrote:\n{Said}");

    private void Hear(string? line)
    {
        if (line is not null)
        {
            lock (_lock)
            {
                _said.AppendLine(line);
            }
        }
    }
}
