using Microsoft.Extensions.Hosting;
using Serge.Bot.Delivery;
using Serge.Bot.Places;
using Serge.Bot.Rendering;
using Serge.Bot.Settings;

namespace Serge.Bot.Schedules;

/// <summary>Turns occurrences that fall due into posts in the ledger: the operator's schedules first, then the servers'.</summary>
internal sealed partial class Scheduler(
    BotSettings settings,
    ILedger ledger,
    PostWriter writer,
    PlaceScheduler places,
    Poster poster,
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
            foreach (var destination in schedule.To.Where(destination => !poster.Reaches(destination)))
            {
                LogOff(schedule.Name, destination);
            }
        }

        if (poster.Reaches(Destination.Mastodon))
        {
            await limits.Asked.WaitAsync(stoppingToken);
        }

        using PeriodicTimer timer = new(Pace, clocks.Wire);
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
        var marks = await ledger.MarksAsync(cancellationToken);
        foreach (var schedule in settings.Schedules)
        {
            if (
                Occurrences.At(schedule, marks.GetValueOrDefault(schedule.Name), clocks.Calendar.GetUtcNow())
                is not { } found
            )
            {
                continue;
            }

            var posts = await writer.WriteAsync(schedule, found, schedule.To.Where(poster.Reaches), cancellationToken);
            planned.Tell(await ledger.PlanAsync(schedule.Name, found.Mark, posts, cancellationToken));
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
