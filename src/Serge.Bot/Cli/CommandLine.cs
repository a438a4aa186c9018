using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Serge.Bot.Cli;

/// <summary>The command line <c>serge</c>.</summary>
internal static class CommandLine
{
    /// <summary>Exit code of a command that found a problem.</summary>
    public const int ProblemExitCode = 1;

    /// <summary>Exit code of a command that could not start: wrong arguments, settings, quote
    /// files or ledger.</summary>
    public const int StartExitCode = 2;

    /// <summary>Exit code after an error that no command expects, as sysexits.h defines it (EX_SOFTWARE).</summary>
    public const int UnexpectedExitCode = 70;

    /// <summary>Exit code after Ctrl+C, as shells define it.</summary>
    private const int CancelledExitCode = 130;

    private const string AnyZone = "Europe/Brussels";

    /// <summary>Runs one command.</summary>
    /// <returns>The exit code: 0 on success.</returns>
    public static async Task<int> RunAsync(string[] args, CommandContext context)
    {
        await using VisibleWriter output = new(context.Output);
        await using VisibleWriter error = new(context.Error);
        return await RunVisiblyAsync(args, context with { Output = output, Error = error });
    }

    private static async Task<int> RunVisiblyAsync(string[] args, CommandContext context)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(AnyZone, out _))
        {
            await context.Error.WriteLineAsync("This machine has no time zone data. Install the package tzdata.");
            return StartExitCode;
        }

        try
        {
            return await InvokeAsync(args, context);
        }
        catch (SettingsException e)
        {
            await WriteLinesAsync(context.Error, e.Problems);
            return StartExitCode;
        }
        catch (CatalogueException e)
        {
            await WriteLinesAsync(context.Error, e.Problems.Select(problem => problem.ToString()));
            var errors = e.Problems.Count(problem => problem.Severity == ProblemSeverity.Error);
            await context.Error.WriteLineAsync(
                $"The quote files have {Plural.Of(errors, "error")}; nothing was started."
            );
            return StartExitCode;
        }
        catch (Exception e)
            when (e is LedgerException or CommandException or IOException or UnauthorizedAccessException)
        {
            await context.Error.WriteLineAsync(VisibleText.OfLine(e.Message));
            return StartExitCode;
        }
        catch (OperationCanceledException)
        {
            return CancelledExitCode;
        }
        catch (Exception e)
        {
            var description = VisibleText.OfLine($"{e.GetType().Name}: {e.Message}");
            await context.Error.WriteLineAsync(
                $"serge failed with an unexpected error. Please report it: {description}"
            );
            return UnexpectedExitCode;
        }
    }

    private static async Task<int> InvokeAsync(string[] args, CommandContext context)
    {
        if (Array.Exists(args, static arg => arg.Contains('\0', StringComparison.Ordinal)))
        {
            throw new CommandException("An argument contains the character U+0000. Remove it.");
        }

        // A response file would give an argument that begins with @ another meaning.
        ParserConfiguration parser = new() { ResponseFileTokenReplacer = null };
        var parsed = CreateRoot(context).Parse(args, parser);
        if (parsed.Action is ParseErrorAction)
        {
            await WriteLinesAsync(context.Error, parsed.Errors.Select(problem => Explain(problem, parsed)));
            await context.Error.WriteLineAsync($"{GetName(parsed.CommandResult)} --help shows what is allowed.");
            return StartExitCode;
        }

        InvocationConfiguration invocation = new()
        {
            Output = context.Output,
            Error = context.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return await parsed.InvokeAsync(invocation);
    }

    private static string Explain(ParseError problem, ParseResult parsed)
    {
        var typed = parsed.UnmatchedTokens is [var first, ..] ? first : "";
        if (!problem.Message.Contains($"'{typed}'", StringComparison.Ordinal))
        {
            return problem.Message;
        }

        var names = parsed.CommandResult.Command.Subcommands.Select(command => command.Name);
        return $"{problem.Message} {DidYouMean.Hint(typed, [.. names])}".TrimEnd();
    }

    /// <summary>The command as a person types it, such as <c>serge add quote</c>.</summary>
    private static string GetName(CommandResult result)
    {
        List<string> names = [];
        for (var current = result; current is not null; current = current.Parent as CommandResult)
        {
            names.Insert(0, current.Command is RootCommand ? "serge" : current.Command.Name);
        }

        return string.Join(' ', names);
    }

    private static RootCommand CreateRoot(CommandContext given)
    {
        Option<string?> home = new("--home")
        {
            Description =
                "The folder with appsettings.json and quotes/. Default: SERGE_HOME, otherwise the current folder or "
                + "the nearest parent folder that contains both.",
            HelpName = "DIR",
            Recursive = true,
        };
        var context = given with { GetHome = result => HomeDirectory.Find(result.GetValue(home)) };
        var groups = CreateGroups(context, home);
        CommandOverview overview = new(groups, context.Terminal?.Width);
        RootCommand root = new() { home };
        foreach (var command in groups.SelectMany(group => group.Commands))
        {
            root.Add(command);
        }

        root.SetAction(result => overview.Print(context.Output, Describe(result, home), options: []));
        var help = root.Options.OfType<HelpOption>().Single();
        help.Description = "Show help.";
        root.Options.OfType<VersionOption>().Single().Description = "Show the version.";
        help.Action = new OverviewHelpAction(
            (HelpAction)help.Action!,
            result => overview.Print(context.Output, Describe(result, home), root.Options)
        );
        return root;
    }

    private static IReadOnlyList<CommandGroup> CreateGroups(CommandContext context, Option<string?> home) =>
        [
            new("Set up", [InitCommand.Create(context, home), CompletionCommand.Create(context)]),
            new(
                "Run the bot",
                [
                    RunCommand.Create(context),
                    StatusCommand.Create(context),
                    DoctorCommand.Create(context),
                    BackupCommand.Create(context),
                ]
            ),
            new(
                "Read and edit the quote files",
                [
                    CheckCommand.Create(context),
                    AddCommand.Create(context),
                    VerifyCommand.Create(context),
                    QuotesCommand.Create(context),
                    EventsCommand.Create(context),
                    TopicsCommand.Create(context),
                    QuoteCommand.Create(context),
                    OnThisDayCommand.Create(context),
                    ExportCommand.Create(context),
                    SiteCommand.Create(context),
                ]
            ),
            new(
                "See what will be posted",
                [
                    PlanCommand.Create(context),
                    PreviewCommand.Create(context),
                    CardCommand.Create(context),
                    ProfileCommand.Create(context),
                    SchedulesCommand.Create(context),
                ]
            ),
            new(
                "Change what is posted",
                [
                    PostCommand.Create(context),
                    DeliveriesCommand.Create(context),
                    RetryCommand.Create(context),
                    DismissCommand.Create(context),
                    CorrectCommand.Create(context),
                    RetractCommand.Create(context),
                    DeleteServerCommand.Create(context),
                ]
            ),
        ];

    private static string Describe(ParseResult result, Option<string?> home)
    {
        // Without its value the option has none that can be read.
        var hasHome = result.GetResult(home) is { Tokens.Count: > 0 };
        return Describe(hasHome ? result.GetValue(home) : null);
    }

    /// <summary>Names the author of the quote files, if they can be read.</summary>
    private static string Describe(string? home)
    {
        var author = "an author";
        try
        {
            var folder = HomeDirectory.GetQuotes(HomeDirectory.Find(home));
            author = CatalogueReader.ReadAuthor(folder)?.Name ?? author;
        }
        catch (DirectoryNotFoundException)
        {
            // Help is shown without quote files, too.
        }

        return $"Serge.Bot posts quotations of {author} and events of the day on Discord and Mastodon.";
    }

    /// <summary>The exit code of a command that ran: 0 on success, else <see cref="ProblemExitCode"/>.</summary>
    public static int GetExitCode(bool isSuccess) => isSuccess ? 0 : ProblemExitCode;

    private static async Task WriteLinesAsync(TextWriter writer, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            await writer.WriteLineAsync(VisibleText.OfLine(line));
        }
    }
}
