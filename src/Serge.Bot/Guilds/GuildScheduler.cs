namespace Serge.Bot.Guilds;

/// <summary>Turns the servers' schedules that fall due into posts in the ledger. While none is due it asks one indexed question a turn, however many there are.</summary>
internal sealed partial class GuildScheduler(
    IGuildStore places,
    PostFactory writer,
    Publisher poster,
    BotSettings settings,
    Clocks clocks,
    PlanningLog log,
    ILogger<GuildScheduler> logger
)
{
    private const int Batch = 500;

    /// <summary>A clock is corrected by seconds all the time; only more than this is a calendar that was turned back.</summary>
    private static readonly TimeSpan Correction = TimeSpan.FromMinutes(1);

    private DateTimeOffset? _seen;

    /// <summary>Plans what has fallen due by now.</summary>
    /// <exception cref="LedgerException">The database could not be read or written.</exception>
    public async Task PlanDueAsync(CancellationToken cancellationToken)
    {
        if (!poster.IsEnabled(new Destination(default(ChannelId))))
        {
            return;
        }

        var now = clocks.Schedule.GetUtcNow();
        if (_seen is not { } seen || now < seen - Correction)
        {
            await RescheduleAsync(now, cancellationToken);
        }

        _seen = now;
        while (await PlanBatchAsync(now, cancellationToken)) { }
    }

    /// <returns>Whether there may be more.</returns>
    private async Task<bool> PlanBatchAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (found, planned) = (0, 0);
        foreach (var place in await places.GetDueAsync(now, Batch, cancellationToken))
        {
            foreach (var schedule in place.Schedules)
            {
                found++;
                planned += await PlanAsync(place, schedule, now, cancellationToken) ? 1 : 0;
            }
        }

        // A schedule that was changed under our hands is looked at again in the next turn, not at once and for ever.
        return found == Batch && planned > 0;
    }

    private async Task<bool> PlanAsync(
        GuildSettings place,
        GuildSchedule due,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (place.ToSchedule(due, settings.TimeZone) is not { } schedule)
        {
            await PauseAsync(due, now, cancellationToken);
            return true;
        }

        if (Occurrences.Find(schedule, new ScheduleMark(schedule.Timing, due.NextDue), now) is not { } found)
        {
            return false;
        }

        var posts = await writer.CreateAsync(schedule, found, schedule.To, cancellationToken);
        if (await places.TryPlanAsync(due, found.Mark.NextDue, posts, cancellationToken) is not { } added)
        {
            return false;
        }

        log.Log(added);
        return true;
    }

    private async Task PauseAsync(GuildSchedule unknown, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await places.ChangeAsync(
            unknown.Guild,
            place =>
                place.Find(unknown.Name) is { Paused: null } schedule
                && place.ZoneOf(schedule, settings.TimeZone) is null
                    ? new GuildChange(
                        place.With(schedule with { Paused = PauseCause.UnknownZone, PausedAt = now, NextDue = null })
                    )
                    : null,
            cancellationToken
        );
        LogUnknownZone(unknown.LedgerName);
    }

    /// <summary>A schedule that was moved on while the calendar was ahead is due earlier again. What was posted then, the ledger knows.</summary>
    private async Task RescheduleAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var place in await places.ListAsync(cancellationToken))
        {
            foreach (var schedule in place.Schedules)
            {
                if (
                    place.ToSchedule(schedule, settings.TimeZone)?.GetNextOccurrence(now) is { } next
                    && next < schedule.NextDue
                )
                {
                    await places.TryPlanAsync(schedule, next, [], cancellationToken);
                }
            }
        }
    }

    [LoggerMessage(
        LogLevel.Error,
        "{Schedule} is paused: this machine does not know its time zone. A newer package tzdata (or tzdata-legacy) may."
    )]
    private partial void LogUnknownZone(string schedule);
}
