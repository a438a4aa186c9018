using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Serge.Bot.Browser.Support;

/// <summary>The program that a newcomer starts, on a port of its own.</summary>
internal sealed partial class PlaygroundProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;

    /// <summary>Where it keeps its files: it is killed, so it cannot clear them away itself.</summary>
    private readonly DirectoryInfo _folder;

    private PlaygroundProcess(Process process, DirectoryInfo folder) => (_process, _folder) = (process, folder);

    /// <summary>Where its page is.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The settings that it prints to connect another bot, as environment variables.</summary>
    public Dictionary<string, string> Connection { get; } = [];

    /// <summary>Starts it and reads its address from what it says.</summary>
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
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(
            TestContext.Current.CancellationToken
        );
        patience.CancelAfter(Patience);
        while (await playground._process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
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

    /// <summary>Ends it, without asking.</summary>
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
