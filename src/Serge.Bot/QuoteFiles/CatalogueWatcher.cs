using Microsoft.Extensions.Hosting;

namespace Serge.Bot.QuoteFiles;

/// <summary>Notices that the quote files were edited.</summary>
/// <remarks>It looks at their times and sizes instead of listening for events: that works on every file system and for every way an
/// editor saves. A file is read once it has kept still for a whole look, so never half written.</remarks>
internal sealed partial class CatalogueWatcher(LiveCatalogue catalogue, Clocks clocks, ILogger<CatalogueWatcher> logger)
    : BackgroundService
{
    /// <summary>Time between two looks: an edit is served between one and two of these after the last byte was written.</summary>
    internal static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    /// <summary>No more problems than these go to the log; <c>serge check</c> lists them all.</summary>
    private const int MostLogged = 20;

    private string _seen = catalogue.Fingerprint;
    private IReadOnlyList<Problem> _said = catalogue.Problems;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Pace, clocks.System);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Poll();
        }
    }

    /// <summary>One look at the folder.</summary>
    internal void Poll()
    {
        var now = catalogue.GetFingerprint();
        var isStill = now == _seen;
        _seen = now;
        if (!isStill || now == catalogue.Fingerprint)
        {
            return;
        }

        var reloading = catalogue.Reload();
        if (reloading != ReloadResult.Unstable)
        {
            BotMetrics.RecordReload(reloading == ReloadResult.Served);
        }

        switch (reloading)
        {
            case ReloadResult.Served:
                LogReloaded(catalogue.Current.Quotes.Count, catalogue.Current.Events.Count);
                break;
            case ReloadResult.Refused when !catalogue.Problems.SequenceEqual(_said):
                LogRefused(catalogue.Problems.Count(static problem => problem.Severity == ProblemSeverity.Error));
                break;
        }

        // Whoever saves a broken file ten times reads of each mistake once.
        foreach (var problem in catalogue.Problems.Except(_said).Take(MostLogged))
        {
            LogProblem(problem);
        }

        _said = catalogue.Problems;
    }

    [LoggerMessage(
        LogLevel.Information,
        "The quote files changed; {Quotes} quotations and {Events} events are served now"
    )]
    private partial void LogReloaded(int quotes, int events);

    [LoggerMessage(
        LogLevel.Error,
        "The quote files changed and have {Count} errors; what was served before is served on"
    )]
    private partial void LogRefused(int count);

    [LoggerMessage(LogLevel.Warning, "{Problem}")]
    private partial void LogProblem(Problem problem);
}
