using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Posting.Scheduling;

/// <summary>Turns occurrences that fall due into posts in the ledger: the operator's schedules first, then the servers'.</summary>
public sealed partial class Scheduler(
    BotSettings settings,
    ILedger ledger,
    PostFactory writer,
    GuildScheduler places,
    Publisher poster,
    InstanceLimits limits,
    Clocks clocks,
    PlanningLog planned,
    ILogger<Scheduler> logger,
    SenderLease? lease = null
) : BackgroundService
{
    /// <summary>Cron counts in minutes, so a second is soon enough; and a calendar that jumps is noticed as soon.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private bool _ledgerFails;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var schedule in settings.Schedules)
        {
            foreach (var destination in schedule.To.Where(destination => !poster.IsEnabled(destination)))
            {
                LogOff(schedule.Name, destination);
            }
        }

        if (poster.IsEnabled(Destination.Mastodon))
        {
            await limits.Asked.WaitAsync(stoppingToken);
        }

        using PeriodicTimer timer = new(Pace, clocks.System);
        do
        {
            try
            {
                if (lease is null or { IsHeld: true })
                {
                    await PlanDueAsync(stoppingToken);
                    _ledgerFails = false;
                }
            }
            catch (LedgerException e)
            {
                if (!_ledgerFails)
                {
                    LogLedger(e.Message);
                }

                _ledgerFails = true;
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Plans what has fallen due by now.</summary>
    /// <exception cref="LedgerException">The ledger could not be read or written.</exception>
    internal async Task PlanDueAsync(CancellationToken cancellationToken)
    {
        if (settings.Schedules.Count > 0)
        {
            await PlanOwnAsync(cancellationToken);
        }

        await places.PlanDueAsync(cancellationToken);
    }

    private async Task PlanOwnAsync(CancellationToken cancellationToken)
    {
        var marks = await ledger.GetMarksAsync(cancellationToken);
        foreach (var schedule in settings.Schedules)
        {
            if (
                Occurrences.Find(schedule, marks.GetValueOrDefault(schedule.Name), clocks.Schedule.GetUtcNow())
                is not { } found
            )
            {
                continue;
            }

            var posts = await writer.CreateAsync(schedule, found, schedule.To.Where(poster.IsEnabled), cancellationToken);
            planned.Log(await ledger.PlanAsync(schedule.Name, found.Mark, posts, cancellationToken));
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "{Schedule} posts to {Destination}, but that platform is off: it has no credentials"
    )]
    private partial void LogOff(string schedule, Destination destination);

    [LoggerMessage(LogLevel.Critical, "Nothing can be planned: {Problem}")]
    private partial void LogLedger(string problem);
}
