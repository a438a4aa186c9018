using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Posting.Delivery;

/// <summary>Corrects moments in the ledger that were written while a clock was wrong: before the first lease is
/// acquired, and then every minute.</summary>
/// <remarks>Without it a worker would wait until the clock reaches such a moment, which may take days. Every worker
/// does it, also on standby: the wrong moment may be the other worker's lease.</remarks>
public sealed partial class MomentCorrector : BackgroundService
{
    private const int MaxRemembered = 1000;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly StoredMoments _moments;
    private readonly IEnumerable<IMomentRules> _rules;
    private readonly Clocks _clocks;
    private readonly ILogger<MomentCorrector> _logger;
    private readonly LedgerLoop _loop;
    private readonly HashSet<(string, string, string)> _logged = [];

    public MomentCorrector(
        StoredMoments moments,
        IEnumerable<IMomentRules> rules,
        Clocks clocks,
        ILogger<MomentCorrector> logger
    )
    {
        _moments = moments;
        _rules = rules;
        _clocks = clocks;
        _logger = logger;
        _loop = new LedgerLoop(Interval, clocks.System, LogLedgerFailed);
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await _loop.TryAsync(() => CorrectAsync(cancellationToken), cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        _loop.RunAsync(CorrectAsync, stoppingToken);

    /// <summary>Corrects what is wrong now.</summary>
    /// <exception cref="LedgerException">The ledger could not be read or written.</exception>
    internal async Task CorrectAsync(CancellationToken cancellationToken)
    {
        var scheduleNow = _clocks.Schedule.GetUtcNow();
        var systemNow = _clocks.System.GetUtcNow();
        var rules = _rules.SelectMany(source => source.Get(scheduleNow, systemNow));
        foreach (var moment in await _moments.CorrectAsync(rules, cancellationToken))
        {
            // A worker whose clock is still wrong writes such moments again and again.
            if (_logged.Count < MaxRemembered && _logged.Add((moment.Table, moment.Row, moment.Column)))
            {
                LogCorrected(moment.Table, moment.Column, moment.Row, moment.Old, moment.New);
            }
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Corrected {Table}.{Column} of {Row} in the ledger, which was written while a clock was wrong: "
            + "{Old:yyyy-MM-dd HH:mm:ss}Z is now {New:yyyy-MM-dd HH:mm:ss}Z"
    )]
    private partial void LogCorrected(
        string table,
        string column,
        string row,
        DateTimeOffset old,
        DateTimeOffset? @new
    );

    [LoggerMessage(LogLevel.Error, "Correcting wrong times in the ledger failed; retrying every minute: {Problem}")]
    private partial void LogLedgerFailed(string problem);
}
