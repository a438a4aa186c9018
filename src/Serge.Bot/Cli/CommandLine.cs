using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Cli;

/// <summary>The command line <c>serge</c>. Ends with 0 when all is well, 1 when something was found wrong, 2 when it could not start.</summary>
internal static class CommandLine
{
    /// <summary>Runs one verb.</summary>
    /// <param name="args">The verb and what belongs to it.</param>
    /// <param name="clocks">Calendar and wire.</param>
    /// <param name="output">Where answers go.</param>
    /// <param name="error">Where remarks and complaints go.</param>
    /// <param name="person">Who answers questions; <see langword="null"/> where nobody sits at a terminal.</param>
    /// <param name="terminal">Where tables are drawn; <see langword="null"/> for plain text.</param>
    public static Task<int> RunAsync(
        string[] args,
        Clocks clocks,
        TextWriter output,
        TextWriter error,
        TextReader? person,
        Terminal? terminal
    ) => RunAsync(args, clocks, output, error, person, terminal, CommandDependencies.Standard);

    /// <inheritdoc cref="RunAsync(string[], Clocks, TextWriter, TextWriter, TextReader, Terminal)"/>
    /// <param name="args">The verb and what belongs to it.</param>
    /// <param name="clocks">Calendar and wire.</param>
    /// <param name="output">Where answers go.</param>
    /// <param name="error">Where remarks and complaints go.</param>
    /// <param name="person">Who answers questions; <see langword="null"/> where nobody sits at a terminal.</param>
    /// <param name="terminal">Where tables are drawn; <see langword="null"/> for plain text.</param>
    /// <param name="dependencies">The platform clients and whatever else is outside the process.</param>
    public static async Task<int> RunAsync(
        string[] args,
        Clocks clocks,
        TextWriter output,
        TextWriter error,
        TextReader? person,
        Terminal? terminal,
        CommandDependencies dependencies
    )
    {
        var home = new Option<string?>("--home")
        {
            Description =
                "The bot's folder; else SERGE_HOME, else the nearest folder upward with appsettings.json and quotes/.",
            Recursive = true,
        };
        var root = new RootCommand(
            "Serge.Bot serves quotations of Victor Serge, and what happened on this day, on Discord and Mastodon."
        )
        {
            home,
        };
        var context = new CommandContext(
            result => HomeDirectory.Find(result.GetValue(home)),
            clocks,
            output,
            error,
            person,
            terminal,
            dependencies
        );
        var run = RunCommand.Create(context);
        root.Subcommands.Add(run);
        root.Subcommands.Add(StatusCommand.Create(context));
        root.Subcommands.Add(DoctorCommand.Create(context));
        root.Subcommands.Add(CheckCommand.Create(context));
        root.Subcommands.Add(AddCommand.Create(context));
        root.Subcommands.Add(VerifyCommand.Create(context));
        root.Subcommands.Add(ExportCommand.Create(context));
        root.Subcommands.Add(QuoteCommand.Create(context));
        root.Subcommands.Add(OnThisDayCommand.Create(context));
        root.Subcommands.Add(QuotesCommand.Create(context));
        root.Subcommands.Add(EventsCommand.Create(context));
        root.Subcommands.Add(TopicsCommand.Create(context));
        root.Subcommands.Add(PreviewCommand.Create(context));
        root.Subcommands.Add(PlanCommand.Create(context));
        root.Subcommands.Add(PostCommand.Create(context));
        root.Subcommands.Add(SchedulesCommand.Create(context));
        root.Subcommands.Add(DeliveriesCommand.Create(context));
        root.Subcommands.Add(RetryCommand.Create(context));
        root.Subcommands.Add(CorrectCommand.Create(context));
        root.Subcommands.Add(RetractCommand.Create(context));
        root.Subcommands.Add(DeleteServerCommand.Create(context));
        root.Subcommands.Add(BackupCommand.Create(context));
        root.Action = run.Action;

        if (!TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Brussels", out _))
        {
            await error.WriteLineAsync("This machine has no time zone data. Install the package tzdata.");
            return 2;
        }

        try
        {
            return await root.Parse(args)
                .InvokeAsync(
                    new InvocationConfiguration
                    {
                        Output = output,
                        Error = error,
                        EnableDefaultExceptionHandler = false,
                        ProcessTerminationTimeout = null,
                    }
                );
        }
        catch (SettingsException e)
        {
            foreach (var problem in e.Problems)
            {
                await error.WriteLineAsync(problem);
            }

            return 2;
        }
        catch (CatalogueException e)
        {
            foreach (var problem in e.Problems)
            {
                await error.WriteLineAsync(problem.ToString());
            }

            await error.WriteLineAsync(
                $"{e.Problems.Count(problem => problem.Severity == Severity.Error)} errors in the quote files; nothing was started."
            );
            return 2;
        }
        catch (Exception e) when (e is LedgerException or DirectoryNotFoundException or CommandException)
        {
            await error.WriteLineAsync(e.Message);
            return 2;
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
    }
}

/// <summary>What every verb needs.</summary>
/// <param name="GetHome">The bot's folder.</param>
/// <param name="Clocks">Calendar and wire.</param>
/// <param name="Output">Where answers go.</param>
/// <param name="Error">Where remarks and complaints go.</param>
/// <param name="Input">Who answers questions; <see langword="null"/> where nobody sits at a terminal.</param>
/// <param name="Terminal">Where tables are drawn; <see langword="null"/> for plain text.</param>
/// <param name="Dependencies">What is outside the process.</param>
internal sealed record CommandContext(
    Func<ParseResult, string> GetHome,
    Clocks Clocks,
    TextWriter Output,
    TextWriter Error,
    TextReader? Input,
    Terminal? Terminal,
    CommandDependencies Dependencies
)
{
    /// <inheritdoc cref="BuildWorkerAsync(string, IReadOnlyDictionary{string, string}, CancellationToken)"/>
    public Task<WorkerHost> BuildWorkerAsync(ParseResult result, CancellationToken cancellationToken) =>
        BuildWorkerAsync(GetHome(result), overrides: null, cancellationToken);

    /// <summary>The worker with all its parts, of which none runs.</summary>
    /// <inheritdoc cref="WorkerHost.BuildAsync(string, IReadOnlyDictionary{string, string}, Clocks, Random, Action{ILoggingBuilder}, CancellationToken)"/>
    public Task<WorkerHost> BuildWorkerAsync(
        string home,
        IReadOnlyDictionary<string, string?>? overrides,
        CancellationToken cancellationToken
    ) =>
        WorkerHost.BuildAsync(
            home,
            overrides,
            Clocks,
            Dependencies.Chance,
            Dependencies.AddLogging,
            Dependencies.AddClients,
            cancellationToken
        );

    /// <summary>A text in a listing: on a terminal its beginning, elsewhere all of it, so that a search finds it.</summary>
    public string Shown(string text) => Terminal is null ? text : Suggestion.Label(text);
}

/// <summary>What a command uses outside the process, besides the clocks, the files and the ledger.</summary>
/// <param name="AddClients">Registers a client for each platform that has credentials.</param>
/// <param name="CreateHttpHandler">Makes the handler of a single HTTP request; the caller disposes of it.</param>
/// <param name="Chance">Keys, jitter and random quotations.</param>
/// <param name="AddLogging">More places where the log goes; <see langword="null"/> for the console alone.</param>
internal sealed record CommandDependencies(
    Action<IServiceCollection, BotSettings> AddClients,
    Func<HttpMessageHandler> CreateHttpHandler,
    Random Chance,
    Action<ILoggingBuilder>? AddLogging
)
{
    /// <summary>The real platforms.</summary>
    public static CommandDependencies Standard { get; } =
        new(
            PlatformClients.Add,
            static () => new SocketsHttpHandler { AllowAutoRedirect = false },
            new SystemRandom(),
            AddLogging: null
        );
}

/// <summary>A verb cannot do what was asked; the message says why and what to do.</summary>
internal sealed class CommandException(string message) : Exception(message);
