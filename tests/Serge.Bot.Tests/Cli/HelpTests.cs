using System.Text;

namespace Serge.Bot.Tests.Cli;

/// <summary>The help of every command, approved by a person.</summary>
public sealed class HelpTests
{
    [Fact]
    public async Task Help_OfEveryCommand_IsAsApproved()
    {
        var root = await GetHelpAsync();
        StringBuilder all = new(root);
        foreach (var command in GetCommands(root))
        {
            all.Append("\n-------- ").Append(command).Append(" --------\n").Append(await GetHelpAsync(command));
        }

        Approved.Verify("help.approved.txt", all.ToString());
    }

    [Fact]
    public async Task Help_WithAnOptionThatLacksItsValue_IsShown()
    {
        using StringWriter output = new() { NewLine = "\n" };
        CommandContext context = new() { Output = output, Error = output };

        var exitCode = await CommandLine.RunAsync(["--help", "--home"], context);

        Assert.Equal(0, exitCode);
        Assert.StartsWith("Serge.Bot posts quotations of ", output.ToString(), StringComparison.Ordinal);
    }

    private static async Task<string> GetHelpAsync(params string[] command)
    {
        using StringWriter output = new() { NewLine = "\n" };
        CommandContext context = new() { Output = output, Error = output };
        var exitCode = await CommandLine.RunAsync([.. command, "--help"], context);
        Assert.Equal(0, exitCode);

        // The first lines contain the name of the program, which is the test runner here.
        return output.ToString().Replace("Serge.Bot.Tests", "serge", StringComparison.Ordinal).ReplaceLineEndings("\n");
    }

    private static IEnumerable<string> GetCommands(string help)
    {
        var lines = help.Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal));
        return lines.Select(line => line.Trim().Split(' ')[0]).Where(name => char.IsAsciiLetterLower(name[0]));
    }
}
