using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Cli;

/// <summary>What the commands share.</summary>
internal sealed record CommandContext
{
    /// <summary>Returns the folder with <c>appsettings.json</c> and <c>quotes/</c>;
    /// set by <see cref="CommandLine"/>.</summary>
    public Func<ParseResult, string> GetHome { get; init; } = _ => HomeDirectory.Find(null);

    /// <summary>Whether a ledger is created where there is none. Only for commands that write to it. Otherwise it
    /// is empty and in memory.</summary>
    public bool CreatesLedger { get; init; }

    /// <summary>Whether the log may go to standard output. Only for <c>serge run</c>, which prints nothing else; the
    /// output of other commands may be read by a program.</summary>
    public bool LogsToStandardOutput { get; init; }

    public Clocks Clocks { get; init; } = Clocks.Real;

    public required TextWriter Output { get; init; }

    /// <summary>For remarks and errors.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Where a person answers questions; <see langword="null"/> without a terminal.</summary>
    public TextReader? Input { get; init; }

    /// <summary>Where tables are drawn; <see langword="null"/> for plain text.</summary>
    public Terminal? Terminal { get; init; }

    /// <summary>Where progress is shown; <see langword="null"/> if standard error is no terminal.</summary>
    public Terminal? ErrorTerminal { get; init; }

    public CommandDependencies Dependencies { get; init; } = new();

    /// <summary>A text in a listing: shortened on a terminal; complete elsewhere, so that a search finds it.</summary>
    public string Shorten(string text) => Terminal is null ? text : Suggestion.Shorten(text);

    /// <summary>Builds a worker without starting it, creates a command from its services, and runs that.</summary>
    /// <typeparam name="T">The command; its constructor parameters are services.</typeparam>
    /// <exception cref="SettingsException">The settings are invalid.</exception>
    /// <exception cref="CatalogueException">The quote files are invalid.</exception>
    /// <exception cref="LedgerException">The ledger cannot be used.</exception>
    public async Task<int> RunAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        ParseResult result,
        Func<T, CancellationToken, Task<int>> run,
        CancellationToken cancellationToken
    )
    {
        await using var worker = await BuildWorkerAsync(GetHome(result), overrides: null, cancellationToken);
        var command = worker.Create<T>();
        return await run(command, cancellationToken);
    }

    /// <summary>Builds a worker without starting it.</summary>
    /// <inheritdoc cref="WorkerHost.BuildAsync"/>
    public Task<WorkerHost> BuildWorkerAsync(
        string home,
        IReadOnlyDictionary<string, string?>? overrides,
        CancellationToken cancellationToken
    )
    {
        WorkerOptions options = new()
        {
            Home = home,
            Overrides = overrides,
            CreatesLedger = CreatesLedger,
            LogsToStandardError = !LogsToStandardOutput,
            Clocks = Clocks,
            Random = Dependencies.Random,
            AddClients = AddServices,
        };
        return WorkerHost.BuildAsync(options, cancellationToken);
    }

    private void AddServices(IServiceCollection services, BotSettings settings)
    {
        Dependencies.AddClients(services, settings);
        services.AddCli(this);
    }
}

/// <summary>What a command uses outside the process, besides clocks, files and ledger.</summary>
internal sealed record CommandDependencies
{
    /// <summary>Registers a client for each platform with credentials.</summary>
    public Action<IServiceCollection, BotSettings> AddClients { get; init; } = PlatformClients.Add;

    /// <summary>Creates the handler of a single HTTP request; the caller disposes it.</summary>
    public Func<HttpMessageHandler> CreateHttpHandler { get; init; } =
        () => new SocketsHttpHandler { AllowAutoRedirect = false };

    /// <summary>Source of keys, jitter and random quotations.</summary>
    public Random Random { get; init; } = new SystemRandom();

    /// <summary>Releases the memory that only the start needed.</summary>
    public Action ReleaseStartupMemory { get; init; } = StartupMemory.Release;
}

/// <summary>A command cannot do what was asked.</summary>
/// <param name="message">Why, and what to do.</param>
internal sealed class CommandException(string message) : Exception(message);
