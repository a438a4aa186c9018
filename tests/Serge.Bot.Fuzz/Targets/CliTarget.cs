using Serge.Bot.Cli;

namespace Serge.Bot.Fuzz.Targets;

/// <summary>Arguments of the command line, one per line, and terminal input.</summary>
internal sealed class CliTarget(Workspace workspace) : IFuzzTarget
{
    public string Name => "cli";

    public IReadOnlyList<string> Seeds { get; } =
    [
        "status\n--json",
        "doctor",
        "check\n--format\ngithub",
        "add\nquote\nwords",
        "verify\n--essay\nquotes/quotes.yaml",
        "quote\n--search\nthe end",
        "quote\n--id\nend-commands-means",
        "on-this-day\n1 February",
        "on-this-day\n1/2",
        "quotes\n--topic\npower",
        "preview\nend-commands-means",
        "plan\n--days\n3",
        "post\n--schedule\nx",
        "deliveries\n--limit\n5",
        "retry\nabc",
        "correct\nend-commands-means",
        "retract\nend-commands-means",
        "delete-server\n--server\n1",
        "backup\ncopy.db",
        "run",
        "topics",
        "events\n--json",
        "export",
    ];

    public IReadOnlyList<string> Tokens { get; } =
    [
        "\n--json",
        "\n--help",
        "\n--version",
        "\n--yes",
        "\n--now",
        "\n@file",
        "\n[suggest]",
        "\n--home",
        "\n--",
        "\n/dev/null",
        "\n.",
    ];

    public async Task RunAsync(byte[] input, CancellationToken cancellationToken)
    {
        var args = Input.ToText(input).Split('\n');
        if (args[0].Contains("backup", StringComparison.Ordinal) && args.Any(LeavesTheFolder))
        {
            return;
        }

        using StringWriter output = new();
        using StringWriter error = new();
        using StringReader typed = new("y\nwords\n\n\n\n\n\n\n\n\n\n");
        CommandContext context = new()
        {
            GetHome = _ => workspace.Home,
            Output = output,
            Error = error,
            Input = typed,
            Terminal = new Terminal(80, HasColours: true),
        };
        string[] given = [.. args, "--home", workspace.Home];
        var exitCode = await CommandLine.RunAsync(given, context);
        if (exitCode is < 0 or > 2)
        {
            throw new InvalidOperationException($"Exit code {exitCode}: {error}");
        }
    }

    /// <summary>Whether a backup with this name would be written outside the home folder.</summary>
    private static bool LeavesTheFolder(string name) =>
        name.StartsWith('/') || name.Contains("..", StringComparison.Ordinal);
}
