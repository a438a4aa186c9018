using System.CommandLine;

namespace Serge.Bot.Cli;

/// <summary><c>serge run</c>: runs the worker until it is asked to stop.</summary>
internal sealed partial class RunCommand(
    BotSettings settings,
    LiveCatalogue catalogue,
    FatalErrorHandler fatalErrors,
    Clocks clocks,
    ILoggerFactory loggers
)
{
    /// <summary>Why the bot does not start without a platform, and what to do.</summary>
    public const string NoPlatform =
        "No platform has credentials. Set Discord:Token, or Mastodon:Address and Mastodon:AccessToken, in "
        + "appsettings.json or in the environment (Discord__Token and so on). To try the bot without an account: "
        + "dotnet run --project src/Serge.Bot.Playground";

    /// <summary>From the start until the memory that only the start needed is released. Until then the bot has
    /// connected and sent what was due.</summary>
    private static readonly TimeSpan ReleaseDelay = TimeSpan.FromSeconds(10);

    private int ExitCode => fatalErrors.ExitCode;

    private readonly ILogger _logger = loggers.CreateLogger("Serge.Bot");

    public static Command Create(CommandContext context)
    {
        Command command = new("run", "Run the bot until it is asked to stop.");
        command.SetAction(
            async (result, cancellationToken) =>
            {
                var home = context.GetHome(result);
                var running = context with { CreatesLedger = true, LogsToStandardOutput = true };
                await using var worker = await running.BuildWorkerAsync(home, overrides: null, cancellationToken);
                var run = worker.Create<RunCommand>();
                run.LogStart();
                await using var release = run.ReleaseMemoryLater(context.Dependencies.ReleaseStartupMemory);
                await worker.RunAsync(cancellationToken);
                return run.ExitCode;
            }
        );
        return command;
    }

    private ITimer ReleaseMemoryLater(Action release) =>
        clocks.System.CreateTimer(_ => release(), state: null, dueTime: ReleaseDelay, period: Timeout.InfiniteTimeSpan);

    /// <exception cref="CommandException">No platform has credentials.</exception>
    private void LogStart()
    {
        if (settings is { Discord: null, Mastodon: null })
        {
            throw new CommandException(NoPlatform);
        }

        if (settings.Discord is null)
        {
            LogDisabled("Discord", "Discord:Token");
        }

        if (settings.Mastodon is null)
        {
            LogDisabled("Mastodon", "Mastodon:Address and Mastodon:AccessToken");
        }

        foreach (var problem in catalogue.Problems)
        {
            LogProblem(problem);
        }

        var current = catalogue.Current;
        LogCounts(ProgramVersion.Text, current.Quotes.Count, current.Events.Count, settings.Schedules.Count);
    }

    [LoggerMessage(
        LogLevel.Information,
        "Starting; version: {Version}, quotations: {Quotes}, events: {Events}, schedules: {Schedules}"
    )]
    private partial void LogCounts(string version, int quotes, int events, int schedules);

    [LoggerMessage(LogLevel.Information, "{Platform} is disabled: {Keys} not set")]
    private partial void LogDisabled(string platform, string keys);

    [LoggerMessage(LogLevel.Warning, "{Problem}")]
    private partial void LogProblem(Problem problem);
}
