using System.Diagnostics;
using System.Text;
using System.Threading.Channels;

namespace Serge.Bot.Simulator.Tests.OtherClients;

/// <summary>Runs a script of this folder with Node.js and the npm packages in the folder
/// <c>SERGE_NODE_CLIENTS</c>.</summary>
internal sealed class NodeScript : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task _ended;
    private readonly Channel<string> _lines = System.Threading.Channels.Channel.CreateUnbounded<string>();
    private readonly StringBuilder _errors = new();

    private NodeScript(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => _ = line.Data is { } text && _lines.Writer.TryWrite(text);
        process.ErrorDataReceived += (_, line) => _errors.AppendLine(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _ended = EndAsync();
    }

    /// <summary>Starts the script, or skips the test if Node.js or the package is missing.</summary>
    /// <param name="name">The script's file name.</param>
    /// <param name="package">The npm package that it needs.</param>
    /// <param name="arguments">The arguments.</param>
    public static NodeScript Start(string name, string package, params IReadOnlyList<string> arguments)
    {
        var folder = Environment.GetEnvironmentVariable("SERGE_NODE_CLIENTS") ?? "";
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(folder, "node_modules", package)),
            $"SKIPPED: set SERGE_NODE_CLIENTS to a folder where `npm install {package}` was run (and have node)."
        );
        ProcessStartInfo start = new(
            "node",
            [Path.Combine(AppContext.BaseDirectory, "OtherClients", name), .. arguments]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new NodeScript(new Process { StartInfo = start });
    }

    /// <summary>Reads the next line of the output.</summary>
    /// <exception cref="ChannelClosedException">The script has ended; the exception has its errors.</exception>
    public ValueTask<string> NextAsync(CancellationToken cancellationToken) =>
        _lines.Reader.ReadAsync(cancellationToken);

    /// <summary>Reads the output to its end.</summary>
    public async Task<IReadOnlyList<string>> ReadToEndAsync(CancellationToken cancellationToken)
    {
        await _ended.WaitAsync(cancellationToken);
        List<string> match = [];
        while (_lines.Reader.TryRead(out var line))
        {
            match.Add(line);
        }

        return match;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _ended;
        _process.Dispose();
    }

    private async Task EndAsync()
    {
        await _process.WaitForExitAsync(CancellationToken.None);
        _lines.Writer.Complete(new InvalidOperationException($"The script has ended.\n{_errors}"));
    }
}
