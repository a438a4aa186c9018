using System.CommandLine;
using System.Diagnostics;

namespace Serge.Bot.Tests.Cli;

/// <summary><c>serge completion</c>, and the calls of <c>serge</c> by its scripts.</summary>
public sealed class CompletionCommandTests : IDisposable
{
    private readonly CommandHome _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("serge pla", "plan\n")]
    [InlineData("serge dism", "dismiss\n")]
    [InlineData("serge preview wi", "within-us\n")]
    [InlineData("serge preview tes", "testament\n")]
    [InlineData("serge correct wi", "within-us\n")]
    [InlineData("serge quote --id wi", "within-us\n")]
    [InlineData("serge quotes --topic po", "power\n")]
    [InlineData("serge completion f", "fish\n")]
    [InlineData("serge preview xylophone", "\n")]
    [InlineData("serge preview ithin-u", "\n")] // only the start of an id is completed
    public async Task ALine_IsCompleted(string line, string expected) =>
        Assert.Equal(expected, await CompleteAsync(line));

    [Fact]
    public async Task WithoutReadableQuoteFiles_NoIdIsCompleted()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_home.Quotes, "quotes.yaml"),
            "- broken",
            TestContext.Current.CancellationToken
        );

        Assert.Equal("\n", await CompleteAsync("serge preview wi"));
    }

    /// <summary>The program has the name of the test project here, and the home is that of the test.</summary>
    private async Task<string> CompleteAsync(string line)
    {
        var words = line.Split(' ');
        var typed = $"{RootCommand.ExecutableName} --home {_home.Folder} {string.Join(' ', words[1..])}";
        await using StringWriter output = new() { NewLine = "\n" };
        CommandContext context = new() { Output = output, Error = output };
        Assert.Equal(0, await CommandLine.RunAsync([$"[suggest:{typed.Length}]", typed], context));
        return output.ToString();
    }

    [Fact]
    public async Task AnUnknownShell_IsRefused() =>
        Assert.Equal(2, (await _home.RunAsync("completion", "powershell")).ExitCode);

    /// <summary>The shell reads the script; <c>serge</c> is a function that prints its arguments.</summary>
    [Theory]
    [InlineData(
        "bash",
        "serge() { echo \"asked:$1:$2\"; }; COMP_LINE='serge as'; COMP_POINT=8; COMP_WORDS=(serge as); COMP_CWORD=1; "
            + "_serge; echo \"${COMPREPLY[0]}\"",
        "asked:[suggest:8]:serge"
    )]
    [InlineData(
        "fish",
        "function serge; echo \"asked:$argv[1]:$argv[2]\"; end; complete --do-complete 'serge as'",
        "asked:[suggest:8]:serge as"
    )]
    public async Task TheScript_AsksForTheCompletionsOfTheLine(string shell, string use, string expected)
    {
        var script = (await _home.RunAsync("completion", shell)).Output;
        var path = Array.Find([$"/usr/bin/{shell}", $"/bin/{shell}"], File.Exists);
        Assert.SkipWhen(path is null, $"{shell} is not installed (apt-get install {shell})");

        var output = await RunShellAsync(path, $"{script}\n{use}");

        Assert.StartsWith(expected, output, StringComparison.Ordinal);
    }

    private static async Task<string> RunShellAsync(string path, string script)
    {
        ProcessStartInfo start = new(path)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            ArgumentList = { "-c", script },
        };
        using var process = Process.Start(start)!;
        using CancellationTokenSource bound = new(Bounded.Longest, TimeProvider.System);
        var output = await process.StandardOutput.ReadToEndAsync(bound.Token);
        await process.WaitForExitAsync(bound.Token);
        return output;
    }
}
