namespace Serge.Bot.Tests.Cli;

/// <summary>What all commands have in common, and <c>serge backup</c>.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly CommandHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Help_ListsEveryCommand()
    {
        var result = await _home.RunAnywhereAsync("--help");

        // The usage contains the name of the test program.
        (
            result with
            {
                Output = result.Output[result.Output.IndexOf("Options:", StringComparison.Ordinal)..],
            }
        ).ShouldBe(
            0,
            """
            Options:
              --home <home>   The folder with appsettings.json and quotes/. Default: SERGE_HOME, else the nearest such folder from here upward.
              -?, -h, --help  Show help and usage information
              --version       Show version information

            Commands:
              run                 Run the bot until it is asked to stop. The default command.
              status              Show whether the bot runs, the last and the next post of each destination, and the state of the quote files.
              doctor              Check settings, quote files, ledger, clock, platforms and channels, and say how to fix problems. Prints the invite links.
              check               Check the quote files: every problem with file, line and column, and how to fix it.
              add                 Add a quotation or an event to the quote files, question by question.
              verify              Compare every quotation, word for word, with the essay that prints it.
              export              Print the catalogue as one JSON object: quotes, events, sources.
              quote               Print a quotation with its source.
              on-this-day <DATE>  Print the events of a day of the year.
              quotes              List the quotations: id, topics, and the beginning of the text.
              events              List the events, oldest first: date, id, certainty of the date, and the beginning of the text.
              topics              List the topics and the number of quotations about each.
              preview <ID>        Show a quotation or event exactly as it would be posted on Mastodon and Discord, with its length and the limits.
              profile             Show texts for the profile of the Mastodon account: the bio, the fields, and an introduction to pin.
              plan                Show what will be posted: the exact text for each destination, and its length with the limit there.
              post                Post the content of a schedule immediately, also beside a running bot.
              schedules           List all schedules, those of the settings and those of Discord servers, with the next time or why they are paused.
              deliveries          List posts, newest first: when each was due, its schedule, its destination, and how it ended.
              retry <ID>          Send a failed post again with the same text. The running bot sends it.
              correct <ID>        After a correction in the quote files: edit every post that was published with the old text.
              retract <ID>        Withdraw a quotation or event: delete its published posts on both platforms and never choose it again.
              delete-server       Delete the data of a Discord server: its schedules, its time zone, and the record of what they posted.
              backup <file>       Copy the ledger to a file while the bot runs, and check the copy. For PostgreSQL it prints the command to use.


            """
        );
    }

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
            "",
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
            Discord has "Tokn", which is not a setting. Did you mean Token? Allowed: Token, TokenFile, ApiAddress, Interactions, Listen, PostsPerDay.

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
        (await _home.RunAnywhereAsync("status", "--home", "/no/such/folder")).ShouldBe(
            2,
            "",
            "The folder /no/such/folder does not exist. Correct --home.\n"
        );

    [Fact]
    public async Task AnUnknownCommand_IsNamedInTheError()
    {
        var result = await _home.RunAnywhereAsync("statsu");

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
