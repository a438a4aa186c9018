using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Console;

namespace Serge.Bot.Tests.Cli;

/// <summary>Behaviour that all commands share, and <c>serge backup</c>.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly CommandHome _home = new();

    public void Dispose() => _home.Dispose();

    public static TheoryData<string> CommandsThatOpenTheLedger =>
        [
            "status",
            "plan",
            "post --schedule morning",
            "schedules",
            "deliveries",
            "retry a",
            "correct within-us",
            "retract within-us",
            "delete-server --server 1",
            "run",
        ];

    [Theory]
    [MemberData(nameof(CommandsThatOpenTheLedger))]
    public async Task AnyCommand_WithInvalidSettings_ListsEachProblem(string args)
    {
        _home.Settings(""" "TimeZone": "Mars", "Discord": { "Tokn": "x" } """);

        (await _home.RunAsync(args.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ShouldBe(
            2,
            "",
            """
            TimeZone = "Mars" is not a time zone. Write an IANA name, such as Europe/Brussels or Etc/UTC.
            Discord has "Tokn", which is not a setting. Did you mean Token? Allowed: Token, TokenFile, ApiAddress, Interactions, Listen, PostsPerDay, SpreadMinutes.

            """
        );
    }

    [Theory]
    [MemberData(nameof(CommandsThatOpenTheLedger))]
    public async Task AnyCommand_WithAFileThatIsNoLedger_ReportsIt(string args)
    {
        await File.WriteAllTextAsync(_home.LedgerPath, new string('x', 4096), TestContext.Current.CancellationToken);

        (await _home.RunAsync(args.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ShouldBe(
            2,
            "",
            "HOME/serge.db is not a ledger, or it is damaged. Restore a backup, or name another file in Ledger:Path.\n"
        );
    }

    /// <summary>There may be a ledger, with withdrawn items. Not even root can follow the link.</summary>
    [Theory]
    [MemberData(nameof(CommandsThatOpenTheLedger))]
    [InlineData("site --output out")]
    public async Task AnyCommand_WithALedgerThatIsALinkToItself_ReportsIt(string args)
    {
        File.CreateSymbolicLink(_home.LedgerPath, _home.LedgerPath);

        var result = await _home.RunAsync(args.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("The ledger HOME/serge.db cannot be used: ", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists("out"));
    }

    [Theory]
    [InlineData("status")]
    [InlineData("site --output out")]
    public async Task AnyCommand_WithALedgerInAFolderThatTheUserMayNotOpen_ReportsIt(string args)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && !Environment.IsPrivilegedProcess,
            "Only a user who is not root can be refused a folder."
        );
        _home.Settings(""" "Ledger": { "Path": "db/serge.db" } """);
        var folder = Directory.CreateDirectory(Path.Combine(_home.Folder, "db")).FullName;
        SetMode(folder, UnixFileMode.None);

        var result = await _home.RunAsync(args.Split(' '));

        SetMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("The ledger HOME/db/serge.db cannot be written: ", result.Error, StringComparison.Ordinal);
    }

    private static void SetMode(string folder, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, mode);
        }
    }

    /// <summary>Each row: a command, and from which level on the log goes to standard error. A program may read the
    /// output of a command; the output of <c>serge run</c> is the log.</summary>
    [Theory]
    [InlineData("plan --json", LogLevel.Trace)]
    [InlineData("doctor --json", LogLevel.Trace)]
    [InlineData("retract within-us", LogLevel.Trace)]
    [InlineData("run", LogLevel.None)]
    public async Task Log_OfACommandWithOutput_GoesToStandardError(string args, LogLevel level)
    {
        LogLevel? found = null;
        _home.MoreServices = services =>
            services.PostConfigure<ConsoleLoggerOptions>(console => found = console.LogToStandardErrorThreshold);

        await _home.RunAsync(args.Split(' '));

        Assert.Equal(level, found);
    }

    [Fact]
    public async Task AnyCommand_WithInvalidQuoteFiles_ListsTheProblemsAndCountsTheErrors()
    {
        _home.Write(
            "quotes.yaml",
            """
            - id: one
              text: "Totalitarianism is within us."
              via: cunningham
              topics: [power]
            - id: two
              text: "Totalitarianism is within us!"
              via: cunningham
              topics: [power]
            - id: three
              text: "Other words."
              via: nobody
              topics: [power]

            """
        );

        (await _home.RunAsync("plan")).ShouldBe(
            2,
            "",
            """
            HOME/quotes/quotes.yaml:6:9: warning: The quote 'one' in line 2 has the same text except for punctuation, spaces, accents or capitals. Keep one of the two, or add a 'note' to this one that says why both are needed.
            HOME/quotes/quotes.yaml:11:8: error: There is no source 'nobody'. Correct it, or add an entry with this id to sources.yaml.
            The quote files have 1 error; nothing was started.

            """
        );
    }

    [Fact]
    public async Task AnyCommand_WhenTheHomeDoesNotExist_ReportsIt() =>
        (await _home.RunWithoutHomeAsync("status", "--home", "/no/such/folder")).ShouldBe(
            2,
            "",
            "The folder /no/such/folder does not exist. Correct --home, or create the folder with "
                + "serge init /no/such/folder.\n"
        );

    [Fact]
    public async Task AnUnknownCommand_IsNamedInTheError()
    {
        var result = await _home.RunWithoutHomeAsync("statsu");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("'statsu'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backup_OfALedger_IsACompleteCopy()
    {
        await _home.AddAsync(Some.Post("a"), Some.Post("b", occurrence: Some.Noon.AddHours(1)));
        var copy = Path.Combine(_home.Folder, "copy.db");

        var result = await _home.RunAsync("backup", copy);

        result.ShouldBe(
            0,
            $"HOME/copy.db: 2 posts, schema {LedgerDatabase.Steps.Count}, {new FileInfo(copy).Length / 1024} KiB. The copy was checked and is complete.\n"
        );
        var stop = TestContext.Current.CancellationToken;
        await using var database = await Database.OpenAsync(new SqliteFile(copy), LedgerDatabase.Steps, stop);
        Assert.Equal(2, (await new Ledger(database).GetRecentAsync(10, stop)).Count);
    }

    [Fact]
    public async Task Backup_WithoutALedger_ReportsIt() =>
        (await _home.RunAsync("backup", Path.Combine(_home.Folder, "copy.db"))).ShouldBe(
            2,
            "",
            "There is no ledger HOME/serge.db yet, so there is nothing to copy.\n"
        );

    [Fact]
    public async Task Backup_OfAPostgresLedger_NamesTheCommandToUse()
    {
        _home.Settings(""" "Ledger": { "PostgreSQL": "Host=db;Database=serge;Username=serge;Password=secret" } """);

        (await _home.RunAsync("backup", "copy.dump")).ShouldBe(
            2,
            "",
            "The ledger is a PostgreSQL database. Use pg_dump, with the name of your database for serge: pg_dump --format=custom --file=copy.dump serge\n"
        );
    }
}
