using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Serge.Bot.Browser.Support;

/// <summary>The playground in a separate process, on a free port.</summary>
internal sealed partial class PlaygroundProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(5);

    private readonly Process _process;

    /// <summary>The folder of its files. The process is killed, so it cannot delete them itself.</summary>
    private readonly DirectoryInfo _folder;

    private PlaygroundProcess(Process process, DirectoryInfo folder) => (_process, _folder) = (process, folder);

    /// <summary>The address of its page.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The printed settings to connect another bot, as environment variables.</summary>
    public Dictionary<string, string> Connection { get; } = [];

    /// <summary>Starts the playground and reads its address from its output.</summary>
    /// <param name="options">Options of its command line, besides the address.</param>
    public static async Task<PlaygroundProcess> StartAsync(params string[] options)
    {
        var folder = Directory.CreateTempSubdirectory("serge-browser-");
        ProcessStartInfo start = new(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "Serge.Bot.Playground.dll"),
                "--urls",
                "http://127.0.0.1:0",
                .. options,
            ]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment =
            {
                ["TMPDIR"] = folder.FullName,
                ["TEMP"] = folder.FullName,
                ["TMP"] = folder.FullName,
            },
        };
        PlaygroundProcess playground = new(Process.Start(start)!, folder);
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(
            TestContext.Current.CancellationToken
        );
        timeout.CancelAfter(StartTimeout);
        while (await playground._process.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
        {
            if (Url().Match(line) is { Success: true } match)
            {
                playground.Address ??= new Uri(match.Value);
            }

            if (Setting().Match(line) is { Success: true } setting)
            {
                playground.Connection[setting.Groups["name"].Value] = setting.Groups["value"].Value;
            }

            if (line.Contains("Ctrl+C", StringComparison.Ordinal))
            {
                return playground;
            }
        }

        await playground.DisposeAsync();
        throw new InvalidOperationException("The playground ended without saying where its page is.");
    }

    /// <summary>Kills the process.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex Url();

    [GeneratedRegex("^export (?<name>[^=]+)=(?<value>.+)$", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex Setting();
}
