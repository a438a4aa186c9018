using System.Diagnostics;
using System.Text;
using System.Threading.Channels;

namespace Serge.Bot.Simulator.Tests.OtherClients;

/// <summary>A script beside this file, run by Node.js, with packages that are not ours from the folder that
/// <c>SERGE_NODE_CLIENTS</c> names.</summary>
internal sealed class NodeScript : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task _ended;
    private readonly Channel<string> _lines = System.Threading.Channels.Channel.CreateUnbounded<string>();
    private readonly StringBuilder _complaints = new();

    private NodeScript(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => _ = line.Data is { } text && _lines.Writer.TryWrite(text);
        process.ErrorDataReceived += (_, line) => _complaints.AppendLine(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _ended = EndAsync();
    }

    /// <summary>Runs it, or skips the test where it cannot be run.</summary>
    /// <param name="name">The script's file name.</param>
    /// <param name="package">The package it stands on.</param>
    /// <param name="arguments">What it is told.</param>
    public static NodeScript Start(string name, string package, params IReadOnlyList<string> arguments)
    {
        var folder = Environment.GetEnvironmentVariable("SERGE_NODE_CLIENTS") ?? "";
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(folder, "node_modules", package)),
            $"NOT TRIED WITH ANOTHER'S CLIENT: set SERGE_NODE_CLIENTS to a folder where `npm install {package}` was run (and have node)."
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

    /// <summary>The next line it says.</summary>
    /// <exception cref="ChannelClosedException">It has ended; what it complained of is inside.</exception>
    public ValueTask<string> NextAsync(CancellationToken cancellationToken) =>
        _lines.Reader.ReadAsync(cancellationToken);

    /// <summary>All it says until its end.</summary>
    public async Task<IReadOnlyList<string>> ToEndAsync(CancellationToken cancellationToken)
    {
        await _ended.WaitAsync(cancellationToken);
        List<string> said = [];
        while (_lines.Reader.TryRead(out var line))
        {
            said.Add(line);
        }

        return said;
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
        _lines.Writer.Complete(new InvalidOperationException($"The script has ended.\n{_complaints}"));
    }
}
