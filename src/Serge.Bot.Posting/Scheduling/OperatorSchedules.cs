namespace Serge.Bot.Posting.Scheduling;

/// <summary>The schedules of the settings.</summary>
/// <param name="Schedules">In the order in which they are planned.</param>
public sealed record OperatorSchedules(IReadOnlyList<Schedule> Schedules);

/// <summary>Plans the schedules of the settings.</summary>
public sealed partial class OperatorScheduleSource : IScheduleSource
{
    private readonly OperatorSchedules _schedules;
    private readonly ILedger _ledger;
    private readonly PostFactory _factory;
    private readonly PublishTargets _targets;
    private readonly Clocks _clocks;
    private readonly PlanningLog _log;

    public OperatorScheduleSource(
        OperatorSchedules schedules,
        ILedger ledger,
        PostFactory factory,
        PublishTargets targets,
        Clocks clocks,
        PlanningLog log,
        ILogger<OperatorScheduleSource> logger
    )
    {
        _schedules = schedules;
        _ledger = ledger;
        _factory = factory;
        _targets = targets;
        _clocks = clocks;
        _log = log;
        foreach (var schedule in schedules.Schedules)
        {
            foreach (var destination in schedule.To.Where(destination => !targets.IsEnabled(destination)))
            {
                LogDisabled(logger, schedule.Id, destination);
            }
        }
    }

    public async Task PlanDueAsync(CancellationToken cancellationToken)
    {
        if (_schedules.Schedules.Count == 0)
        {
            return;
        }

        var marks = await _ledger.GetMarksAsync(cancellationToken);
        foreach (var schedule in _schedules.Schedules)
        {
            try
            {
                await PlanAsync(schedule, marks.GetValueOrDefault(schedule.Id.Name), cancellationToken);
            }
            catch (Exception e) when (e is not LedgerException && !e.IsCancellationBy(cancellationToken))
            {
                _log.LogFault(schedule.Id, e);
            }
        }
    }

    private async Task PlanAsync(Schedule schedule, ScheduleMark? mark, CancellationToken cancellationToken)
    {
        if (Occurrences.Find(schedule, mark, _clocks.Schedule.GetUtcNow()) is { } found)
        {
            await PlanAsync(schedule, found, cancellationToken);
        }
    }

    private async Task PlanAsync(Schedule schedule, Occurrences found, CancellationToken cancellationToken)
    {
        var destinations = schedule.To.Where(_targets.IsEnabled);
        var posts = await _factory.CreateAsync(schedule, found, destinations, cancellationToken);
        var added = await _ledger.PlanAsync(schedule.Id.Name, found.Mark, posts, cancellationToken);
        _log.LogCorrection(schedule.Id, found);
        _log.Log(added);
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Schedule {Schedule} posts to {Destination}, but that platform is disabled: it has no credentials"
    )]
    private static partial void LogDisabled(ILogger logger, ScheduleId schedule, Destination destination);
}
