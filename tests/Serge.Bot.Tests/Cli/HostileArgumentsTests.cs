namespace Serge.Bot.Tests.Cli;

/// <summary>No argument causes an exception; an invalid one causes one line, exit code 2 and a reference to the
/// help.</summary>
public sealed class HostileArgumentsTests : IDisposable
{
    private readonly CommandHome _home = new();

    public void Dispose() => _home.Dispose();

    /// <summary>Every argument and option with a value, written as <c>VALUE</c>. Commands write to the folder
    /// <c>HOME</c>.</summary>
    public static TheoryData<string> Arguments =>
        [
            "VALUE",
            "run VALUE",
            "status VALUE",
            "check --format VALUE",
            "add VALUE",
            "verify --essay VALUE",
            "export --format VALUE",
            "quote --topic VALUE",
            "quote --search VALUE",
            "quote --id VALUE",
            "on-this-day VALUE",
            "quotes --topic VALUE",
            "quotes --search VALUE",
            "preview VALUE",
            "card VALUE --output card.png",
            "card within-us --size VALUE --output card.png",
            "plan --days VALUE",
            "post --schedule VALUE",
            "post --now --schedule VALUE",
            "deliveries --limit VALUE",
            "retry VALUE",
            "dismiss VALUE",
            "dismiss abc VALUE",
            "dismiss --all=VALUE",
            "correct VALUE",
            "retract VALUE",
            "retract --undo VALUE",
            "delete-server --yes --server VALUE",
            "backup VALUE",
            "site --check --output HOME/site/VALUE",
            "site --output HOME/site --base-url VALUE",
            "topics --home VALUE",
            "events --json=VALUE",
        ];

    private static readonly string[] Values =
    [
        "",
        " ",
        "\0",
        "a\0b",
        "\n",
        "a\nb",
        "\u001b]0;title\u0007",
        "\ud83d",
        "a\ud83d",
        "\u202e\u200b\u00a0",
        "abc",
        "-1",
        "0",
        "1.5",
        "99999999999999999999",
        "[suggest]",
        "[diagram]",
        "[T]he end",
        "@everyone",
        "@/dev/zero",
        "--",
        "-",
        "--help=1",
        "--nowhere",
        "*",
        "(",
        "%00",
        "{0}",
        "' OR 1=1 --",
        "/no/such/file",
        "/",
        ".",
        "/dev/null",
        "/dev/zero",
        "02-30",
        "1/2",
        "02-29",
        "9999-12-31",
        "0000-00-00",
        "30 February",
        "\"unclosed",
    ];

    [Theory]
    [MemberData(nameof(Arguments))]
    public async Task AnyValue_IsAcceptedOrAnsweredInLines(string arguments)
    {
        List<string> failures = [];
        foreach (var value in Values.Append(new string('x', 50_000)))
        {
            string[] args = [.. arguments.Split(' ').Select(part => Fill(part, value))];
            var isHome = arguments.Contains("--home", StringComparison.Ordinal);
            var result = await (isHome ? _home.RunWithoutHomeAsync(args) : _home.RunAsync(args));
            if (!IsAnswer(result))
            {
                failures.Add($"{value}: {result}");
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [Theory]
    [InlineData("plan --days abc", "--days = \"abc\" is invalid. Write a number from 1 to 400.", "plan")]
    [InlineData("plan --days 0", "--days = \"0\" is invalid. Write a number from 1 to 400.", "plan")]
    [InlineData(
        "deliveries --limit 1e3",
        "--limit = \"1e3\" is invalid. Write a number from 1 to 10000.",
        "deliveries"
    )]
    [InlineData(
        "delete-server --server name",
        "--server = \"name\" is not an id. Write its digits, such as 1234567890.",
        "delete-server"
    )]
    [InlineData(
        "delete-server --server 0",
        "--server = \"0\" is not an id. Write its digits, such as 1234567890.",
        "delete-server"
    )]
    [InlineData("post", "Option '--schedule' is required.", "post")]
    [InlineData("preview", "Required argument 'ID' missing for command: 'preview'.", "preview")]
    [InlineData(
        "quotes --serch x",
        "Unrecognized command or argument '--serch'.\nUnrecognized command or argument 'x'.",
        "quotes"
    )]
    [InlineData("dismiss", "Write the ID of a failed post, or --all.", "dismiss")]
    [InlineData("dismiss abc --all", "Write either the IDs of failed posts or --all, not both.", "dismiss")]
    [InlineData("add", "Required command was not provided.", "add")]
    [InlineData("add poem", "Required command was not provided.\nUnrecognized command or argument 'poem'.", "add")]
    [InlineData("quote --id", "Required argument missing for option: '--id'.", "quote")]
    public async Task AWrongUse_IsOneLineWithAPointerToTheHelp(string arguments, string problem, string command)
    {
        var result = await _home.RunWithoutHomeAsync(arguments.Split(' '));

        result.ShouldBe(2, "", $"{problem}\nserge {command} --help shows what is allowed.\n");
    }

    [Theory]
    [InlineData("quote --search @everyone")]
    [InlineData("quotes --search [T]he")]
    public async Task AValue_ThatTheCommandLineLibraryWouldInterpret_IsText(string arguments)
    {
        var result = await _home.RunAsync(arguments.Split(' '));

        Assert.DoesNotContain("--help", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("esponse file", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnArgumentWithANul_IsNamed() =>
        (await _home.RunAsync("backup", "a\0b")).ShouldBe(
            2,
            "",
            "An argument contains the character U+0000. Remove it.\n"
        );

    /// <summary>Each row: a command whose last argument is the name of a file or folder.</summary>
    [Theory]
    [InlineData("backup", "The name of the copy is empty. Write one, such as serge-before-upgrade.db.")]
    [InlineData("card within-us --output", "The name of the picture is empty. Write one, such as card.png.")]
    [InlineData("site --output", "The name of the folder is empty. Write one, such as site.")]
    [InlineData("site --check --output", "The name of the folder is empty. Write one, such as site.")]
    public async Task AnEmptyName_IsOneLine(string arguments, string problem)
    {
        foreach (var name in (string[])["", " "])
        {
            string[] args = [.. arguments.Split(' '), name];

            (await _home.RunAsync(args)).ShouldBe(2, "", $"{problem}\n");
        }
    }

    private string Fill(string part, string value) =>
        part.Replace("HOME", _home.Folder, StringComparison.Ordinal).Replace("VALUE", value, StringComparison.Ordinal);

    private static bool IsAnswer(CommandResult result)
    {
        var isExitCode = result.ExitCode is >= 0 and <= 2;
        var text = result.Output + result.Error;
        return isExitCode
            && !text.Contains("   at ", StringComparison.Ordinal)
            && !text.Any(character => char.IsControl(character) && character != '\n');
    }
}
