using Microsoft.Extensions.Hosting;

namespace Serge.Bot.QuoteFiles;

/// <summary>Reloads the catalogue after the quote files were edited.</summary>
/// <remarks>It polls sizes and times, and after a refusal also whether the files can be opened. It does not listen for
/// events, so it works on every file system and with every way in which an editor saves. Files are read once they have
/// not changed for a whole interval, so never half written.</remarks>
internal sealed partial class CatalogueWatcher(LiveCatalogue catalogue, Clocks clocks, ILogger<CatalogueWatcher> logger)
    : BackgroundService
{
    /// <summary>An edit is served between one and two intervals after the last byte was written.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Problems in the log per reload; <c>serge check</c> lists them all.</summary>
    private const int MaxLogged = 20;

    private string _lastFingerprint = catalogue.Fingerprint;
    private string? _loggedFault;
    private IReadOnlyList<Problem> _loggedProblems = catalogue.Problems;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Interval, clocks.System);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            TryPoll();
        }
    }

    private void TryPoll()
    {
        try
        {
            Poll();
        }
        catch (Exception e)
        {
            LogFault(e);
        }
    }

    /// <summary>Reloads the catalogue if the files differ from those that were read last and
    /// have stopped changing.</summary>
    internal void Poll()
    {
        var fingerprint = catalogue.GetFingerprint();
        var isStable = fingerprint == _lastFingerprint;
        _lastFingerprint = fingerprint;
        if (!isStable || fingerprint == catalogue.Fingerprint)
        {
            return;
        }

        var result = catalogue.Reload();
        if (result != ReloadResult.Unstable)
        {
            BotMetrics.RecordReload(isAccepted: result == ReloadResult.Served);
        }

        LogResult(result);
    }

    private void LogFault(Exception e)
    {
        var fault = ExceptionText.Describe(e);
        if (fault != _loggedFault)
        {
            _loggedFault = fault;
            LogPollFailed(fault);
        }
    }

    /// <summary>Logs each problem once, even if a file with errors is saved several times.</summary>
    private void LogResult(ReloadResult result)
    {
        var problems = catalogue.Problems;
        if (result == ReloadResult.Served)
        {
            LogReloaded(catalogue.Current.Quotes.Count, catalogue.Current.Events.Count);
        }
        else if (result == ReloadResult.Refused && !problems.SequenceEqual(_loggedProblems))
        {
            LogRefused(problems.Count(problem => problem.Severity == ProblemSeverity.Error));
        }

        foreach (var problem in problems.Except(_loggedProblems).Take(MaxLogged))
        {
            LogProblem(problem);
        }

        _loggedProblems = problems;
    }

    [LoggerMessage(LogLevel.Information, "Quote files reloaded; quotations: {Quotes}, events: {Events}")]
    private partial void LogReloaded(int quotes, int events);

    [LoggerMessage(
        LogLevel.Error,
        "Reloading the quote files failed, errors: {Count}; the last valid version stays in use"
    )]
    private partial void LogRefused(int count);

    [LoggerMessage(LogLevel.Error, "Checking the quote files for changes failed; retrying every second: {Problem}")]
    private partial void LogPollFailed(string problem);

    [LoggerMessage(LogLevel.Warning, "{Problem}")]
    private partial void LogProblem(Problem problem);
}
