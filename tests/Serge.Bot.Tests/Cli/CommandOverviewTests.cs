namespace Serge.Bot.Tests.Cli;

/// <summary><c>serge</c> without a command, <c>serge --help</c>, and mistyped commands.</summary>
public sealed class CommandOverviewTests
{
    [Fact]
    public async Task WithoutACommand_PrintsTheCommandsAndStartsNothing()
    {
        var (exitCode, output) = await RunAsync(null);

        Assert.Equal(0, exitCode);
        Assert.Contains("\nRun the bot:\n  run ", output, StringComparison.Ordinal);
        Assert.Contains("\n  preview ID ", output, StringComparison.Ordinal);
        Assert.Contains("\n  on-this-day [DATE] ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Options:", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_AddsTheOptionsOfEveryCommand()
    {
        var (_, short_) = await RunAsync(null);
        var (exitCode, help) = await RunAsync(null, "--help");

        Assert.Equal(0, exitCode);
        Assert.Contains("\nOptions:\n  -?, -h, --help  Show help.\n", help, StringComparison.Ordinal);
        Assert.Equal(short_.Split('\n')[..^3], help.Split('\n')[..(short_.Split('\n').Length - 3)]);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(200)]
    public async Task OnATerminal_NoLineIsWider(int width)
    {
        var (_, output) = await RunAsync(new Terminal(width, HasColours: false), "--help");

        var lines = output.Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal)).ToList();
        // On the narrowest terminal the description has 20 columns.
        var longest = Math.Max(width, 2 + "completion SHELL  ".Length + 2 + 20);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, longest));
        Assert.All(lines, line => Assert.False(line.EndsWith(' ')));
    }

    [Theory]
    [InlineData(
        "plam",
        "Unrecognized command or argument 'plam'. Did you mean plan?\nserge --help shows what is allowed.\n"
    )]
    [InlineData(
        "add qote",
        "Required command was not provided.\nUnrecognized command or argument 'qote'. Did you mean quote?\n"
            + "serge add --help shows what is allowed.\n"
    )]
    [InlineData("xylophone", "Unrecognized command or argument 'xylophone'.\nserge --help shows what is allowed.\n")]
    public async Task AMistypedCommand_IsAnsweredWithTheNearest(string line, string expected)
    {
        var (exitCode, output) = await RunAsync(null, line.Split(' '));

        Assert.Equal((2, expected), (exitCode, output));
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(Terminal? terminal, params string[] arguments)
    {
        using StringWriter output = new() { NewLine = "\n" };
        CommandContext context = new()
        {
            Output = output,
            Error = output,
            Terminal = terminal,
        };
        var exitCode = await CommandLine.RunAsync(arguments, context);
        return (exitCode, output.ToString());
    }
}
