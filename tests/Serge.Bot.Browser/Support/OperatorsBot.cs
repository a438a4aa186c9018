using System.Diagnostics;

namespace Serge.Bot.Browser.Support;

/// <summary>The bot that an operator runs in another terminal: <c>serge run</c>, with the settings that the playground
/// prints.</summary>
internal sealed class OperatorsBot : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _home;

    private OperatorsBot(Process process, DirectoryInfo home) => (_process, _home) = (process, home);

    /// <param name="connection">The printed settings.</param>
    /// <param name="quotes">The folder with the quote files.</param>
    public static OperatorsBot Start(IReadOnlyDictionary<string, string> connection, string quotes)
    {
        var home = Directory.CreateTempSubdirectory("serge-operator-");
        var copy = home.CreateSubdirectory("quotes");
        foreach (var file in Directory.EnumerateFiles(quotes, "*.yaml"))
        {
            File.Copy(file, Path.Combine(copy.FullName, Path.GetFileName(file)));
        }

        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "serge.dll"), "run"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = home.FullName,
            Environment = { ["SERGE_HOME"] = home.FullName },
        };
        foreach (var (name, value) in connection)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new OperatorsBot(process, home);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _home.Delete(recursive: true);
    }
}
