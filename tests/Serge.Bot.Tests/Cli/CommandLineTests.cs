namespace Serge.Bot.Tests.Cli;

/// <summary>What all commands have in common, and <c>backup</c>.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly CommandHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Help_ListsEveryCommand()
    {
        var result = await _home.RunAnywhereAsync("--help");

        // The name of the program is that of the tests here.
        (result with { Output = result.Output[result.Output.IndexOf("Options:", StringComparison.Ordinal)..] }).Is(
            0,
            """
            Options:
              --home <home>   The bot's folder; else SERGE_HOME, else the nearest folder upward with appsettings.json and quotes/.
              -?, -h, --help  Show help and usage information
              --version       Show version information

            Commands:
              run                 Run the bot until it is told to stop. This is what happens without a verb, too.
              status              Say whether the bot is at work, what each destination got last and gets next, and how the quote files are.
              doctor              Look at settings, quote files, ledger, clock, platforms and channels: each line is good, or says what to do. Prints the invite links.
              check               Check the quote files: every problem with file, line and column, and how to mend it.
              add                 Add a quotation or an event to the quote files, question by question.
              verify              Compare every quotation, word for word, with the essay that prints it.
              export              Print the catalogue as one JSON object: quotes, events, sources.
              quote               Print a quotation with its source.
              on-this-day <DATE>  Print what happened on a day of the year.
              quotes              List the quotations: id, topics, and how they begin.
              events              List the events, oldest first: date, id, how certain the date is, and how they begin.
              topics              List the topics, and how many quotations have each.
              preview <ID>        Show a quotation or an event exactly as it would be posted on Mastodon and on Discord, with its length against the limits.
              plan                Show what will be posted in the next days: the exact text for each destination, and its length against the limit there.
              post                Post what a schedule has to say, out of turn.
              schedules           List all schedules, those of the settings and those that servers have set up, with their next time or why they rest.
              deliveries          List what was posted and what was not, newest first: when, by which schedule, where to, and how it ended.
              retry <ID>          Send a failed post again, with the same text. The running bot posts it.
              correct <ID>        After a correction in the quote files: edit every copy that was posted with the old text, on both platforms.
              retract <ID>        Take a quotation or an event back: delete every copy that was posted, on both platforms, and do not choose it again.
              forget              Delete all that is kept about a Discord server: its schedules, its zone, and the record of what was posted by them.
              backup <file>       Copy the ledger to a file while the bot goes on, and read the copy through. For PostgreSQL it says how.


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
            "forget --server 1",
            "run",
            "",
        ];

    [Theory]
    [MemberData(nameof(CommandsThatOpenTheLedger))]
    public async Task AnyCommand_WithWrongSettings_ListsEachMistake(string args)
    {
        _home.Settings(""" "TimeZone": "Mars", "Discord": { "Tokn": "x" } """);

        (await _home.RunAsync(args.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Is(
            2,
            "",
            """
            TimeZone = "Mars" is no time zone. Give an IANA name, such as Europe/Brussels or Etc/UTC.
            Discord has "Tokn", which is not a setting. Did you mean Token? Allowed: Token, TokenFile, ApiAddress, Interactions, Listen, PostsPerDay.

            """
        );
    }

    [Theory]
    [MemberData(nameof(CommandsThatOpenTheLedger))]
    public async Task AnyCommand_WithALedgerThatIsNone_SaysSo(string args)
    {
        await File.WriteAllTextAsync(_home.LedgerPath, new string('x', 4096), TestContext.Current.CancellationToken);

        (await _home.RunAsync(args.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Is(
            2,
            "",
            "HOME/serge.db is no ledger, or it is damaged. Restore a copy, or name another file in Ledger:Path.\n"
        );
    }

    [Fact]
    public async Task AnyCommand_WithBrokenQuoteFiles_ListsTheProblemsAndCountsTheErrors()
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

        (await _home.RunAsync("plan")).Is(
            2,
            "",
            """
            HOME/quotes/quotes.yaml:6:9: warning: The quote 'one' in line 2 has the same text but for marks, spaces, accents or capitals. Keep one of the two, or add a 'note' to this one that says why both stand.
            HOME/quotes/quotes.yaml:11:8: error: There is no source 'nobody'. Correct it, or add an entry with this id to sources.yaml.
            1 errors in the quote files; nothing was started.

            """
        );
    }

    [Fact]
    public async Task AnyCommand_InAFolderThatDoesNotExist_SaysSo() =>
        (await _home.RunAnywhereAsync("status", "--home", "/no/such/folder")).Is(
            2,
            "",
            "--home names /no/such/folder, which is no folder.\n"
        );

    [Fact]
    public async Task AnUnknownCommand_SaysWhatIsWrong()
    {
        var result = await _home.RunAnywhereAsync("statsu");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("'statsu'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backup_OfALedger_IsACopyWithItsPosts()
    {
        await _home.AddAsync(Some.Post("a"), Some.Post("b", occurrence: Some.Noon.AddHours(1)));
        var copy = Path.Combine(_home.Folder, "copy.db");

        var result = await _home.RunAsync("backup", copy);

        result.Is(
            0,
            $"HOME/copy.db: 2 posts, schema {Schema.Steps.Count}, {new FileInfo(copy).Length / 1024} KiB. It was read through and is whole.\n"
        );
        await using var ledger = await Ledger.OpenAsync(copy, TestContext.Current.CancellationToken);
        Assert.Equal(2, (await ledger.GetRecentAsync(10, TestContext.Current.CancellationToken)).Count);
    }

    [Fact]
    public async Task Backup_OfALedgerThatDoesNotExist_SaysSo() =>
        (await _home.RunAsync("backup", Path.Combine(_home.Folder, "copy.db"))).Is(
            2,
            "",
            "There is no ledger HOME/serge.db yet, so there is nothing to copy.\n"
        );

    [Fact]
    public async Task Backup_OfAPostgresLedger_SaysHow()
    {
        _home.Settings(""" "Ledger": { "PostgreSQL": "Host=db;Database=serge;Username=serge;Password=secret" } """);

        (await _home.RunAsync("backup", "copy.dump")).Is(
            2,
            "",
            "The ledger is a PostgreSQL database, and PostgreSQL copies those best itself: pg_dump --format=custom --file=copy.dump serge, with your database’s name for serge.\n"
        );
    }
}
