using Serge.Bot.Platforms;

namespace Serge.Bot.EndToEnd;

/// <summary>The first steps of a new operator: <c>serge init</c>, and each command that it prints, in separate
/// processes.</summary>
public sealed class InitTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("serge-first-");

    private string Home => Path.Combine(_folder.FullName, "bot");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task ANewHome_IsChecked_PreviewedAndPlannedAtOnce()
    {
        using CancellationTokenSource timeout = new(Wait.Limit);

        var created = await RunAsync(_folder.FullName, "init bot", timeout.Token);
        Assert.Contains("serge check", created, StringComparison.Ordinal);
        var preview = created
            .Split('\n')
            .Select(line => line.Trim())
            .Single(line => line.StartsWith("serge preview", StringComparison.Ordinal));

        Assert.Contains("no problems", await RunAsync(Home, "check", timeout.Token), StringComparison.Ordinal);
        Assert.Contains(
            "no problems",
            await RunAsync(_folder.FullName, "check --home bot", timeout.Token),
            StringComparison.Ordinal
        );
        var id = preview.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2];
        Assert.Contains("Mastodon", await RunAsync(Home, $"preview {id}", timeout.Token), StringComparison.Ordinal);
        Assert.Contains(
            "morning-quote",
            await RunAsync(Home, "plan --days 7", timeout.Token),
            StringComparison.Ordinal
        );
    }

    /// <summary>Completion in a shell adds a slash to the name of a folder.</summary>
    [Fact]
    public async Task Init_TheFolderOfTheVariable_DoesNotTellToUnsetIt()
    {
        using CancellationTokenSource timeout = new(Wait.Limit);
        var variable = _folder.FullName + Path.DirectorySeparatorChar;
        await using var process = WorkerProcess.Start(
            _folder.FullName,
            [("SERGE_HOME", variable)],
            $"init \"{_folder.FullName}\""
        );

        await process.AssertEndsWithAsync(0, timeout.Token);

        Assert.DoesNotContain("unset", process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_IsThatOfTheBuild()
    {
        using CancellationTokenSource timeout = new(Wait.Limit);

        var printed = await RunAsync(_folder.FullName, "--version", timeout.Token);

        Assert.Equal(ProgramVersion.Text, printed.Trim());
    }

    /// <summary>Only the current folder determines the home.</summary>
    private static async Task<string> RunAsync(string folder, string arguments, CancellationToken cancellationToken)
    {
        await using var process = WorkerProcess.Start(folder, [("SERGE_HOME", "")], arguments);
        await process.AssertEndsWithAsync(0, cancellationToken);
        return process.Output;
    }
}
