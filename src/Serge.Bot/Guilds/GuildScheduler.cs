namespace Serge.Bot.Guilds;

/// <summary>Plans the schedules of servers. While none is due this is one indexed query, however
/// many there are.</summary>
internal sealed partial class GuildScheduler(
    IGuildStore guilds,
    ILedger ledger,
    PostFactory factory,
    BotSettings settings,
    Clocks clocks,
    PlanningLog log,
    ILogger<GuildScheduler> logger
) : IScheduleSource
{
    private const int BatchSize = 500;

    /// <summary>Clock corrections of seconds are normal; only more than this counts as a clock that
    /// was set back.</summary>
    private static readonly TimeSpan MaxCorrection = TimeSpan.FromMinutes(1);

    /// <summary>After a longer pause another worker may have planned, with another clock.</summary>
    private static readonly TimeSpan MaxPause = TimeSpan.FromHours(1);

    private DateTimeOffset? _lastRun;

    /// <inheritdoc/>
    public async Task PlanDueAsync(CancellationToken cancellationToken)
    {
        var now = clocks.Schedule.GetUtcNow();
        if (_lastRun is not { } last || now < last - MaxCorrection || now > last + MaxPause)
        {
            await RescheduleAsync(now, cancellationToken);
        }

        _lastRun = now;
        while (await PlanBatchAsync(now, cancellationToken)) { }
    }

    /// <returns>Whether there may be more.</returns>
    private async Task<bool> PlanBatchAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = 0;
        var planned = 0;
        foreach (var guild in await guilds.GetDueAsync(now, BatchSize, cancellationToken))
        {
            foreach (var schedule in guild.Schedules)
            {
                found++;
                if (await TryPlanAsync(guild, schedule, now, cancellationToken))
                {
                    planned++;
                }
            }
        }

        // A schedule that was changed concurrently is planned in the next run; retrying at once could loop forever.
        return found == BatchSize && planned > 0;
    }

    /// <summary>A fault in one schedule does not keep back the others.</summary>
    private async Task<bool> TryPlanAsync(
        GuildSettings guild,
        GuildSchedule due,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await PlanAsync(guild, due, now, cancellationToken);
        }
        catch (Exception e) when (e is not LedgerException && !e.IsCancellationBy(cancellationToken))
        {
            log.LogFault(due.Id, e);
            return false;
        }
    }

    private async Task<bool> PlanAsync(
        GuildSettings guild,
        GuildSchedule due,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (guild.ToSchedule(due, settings.TimeZone) is not { } schedule)
        {
            await PauseAsync(due, now, cancellationToken);
            return true;
        }

        if (due.NextDue is { } dueTime && !schedule.IsOccurrence(dueTime))
        {
            return await MoveAsync(due, schedule, cancellationToken);
        }

        ScheduleMark mark = new(schedule.Timing, due.NextDue);
        if (Occurrences.Find(schedule, mark, now) is not { } found)
        {
            return false;
        }

        var posts = await factory.CreateAsync(schedule, found, schedule.To, cancellationToken);
        if (await guilds.TryPlanAsync(due, found.Mark.NextDue, posts, cancellationToken) is not { } added)
        {
            return false;
        }

        log.LogCorrection(schedule.Id, found);
        log.Log(added);
        return true;
    }

    private async Task PauseAsync(GuildSchedule unknown, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await guilds.ChangeAsync(unknown.Guild, guild => Pause(guild, unknown.Name, now), cancellationToken);
        LogUnknownZone(logger, unknown.Id);
    }

    private GuildChange? Pause(GuildSettings guild, string name, DateTimeOffset now)
    {
        if (guild.Find(name) is not { Paused: null } schedule || guild.ZoneOf(schedule, settings.TimeZone) is not null)
        {
            return null;
        }

        var paused = schedule with { Paused = PauseCause.UnknownZone, PausedAt = now, NextDue = null };
        return new GuildChange(guild.With(paused));
    }

    /// <summary>Moves a due time that is no occurrence: since it was stored, the setting <c>TimeZone</c> or the rules
    /// of the time zone have changed. The schedule would post at the old hour and at the new one.</summary>
    /// <remarks>The due time stands for the post of its local day, so it moves to the occurrence of that day; if there
    /// is none, to the next occurrence after it. If that has passed, it is posted late or recorded as missed, as after
    /// an outage.</remarks>
    /// <returns>Whether it was moved; not if the schedule was changed concurrently.</returns>
    private async Task<bool> MoveAsync(GuildSchedule stored, Schedule schedule, CancellationToken cancellationToken)
    {
        GuildChange? change = null;
        await guilds.ChangeAsync(stored.Guild, guild => change = Move(guild, stored, schedule), cancellationToken);
        if (change?.After.Find(stored.Name) is not { } moved)
        {
            return false;
        }

        LogMoved(stored.Id, stored.NextDue, moved.NextDue);
        return true;
    }

    private static GuildChange? Move(GuildSettings guild, GuildSchedule stored, Schedule schedule)
    {
        if (guild.Find(stored.Name) != stored || stored.NextDue is not { } dueTime)
        {
            return null;
        }

        var day = schedule.GetLocalDate(dueTime);
        var moved = schedule.FindOccurrence(day) ?? schedule.GetNextOccurrence(dueTime);
        // A skip applies to the next occurrence.
        var skip = stored.Skip == dueTime ? moved : stored.Skip;
        var after = stored with { NextDue = moved, Skip = skip };
        return moved == dueTime ? null : new GuildChange(guild.With(after));
    }

    /// <summary>After the schedule clock was set back, schedules are due earlier again. What was posted meanwhile is in
    /// the ledger and is not posted again. After a start the time zone of schedules may be another one.</summary>
    private async Task RescheduleAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await foreach (var guild in guilds.ReadAllAsync(cancellationToken))
        {
            foreach (var schedule in guild.Schedules.Where(schedule => schedule.NextDue > now))
            {
                await RescheduleAsync(guild, schedule, now, cancellationToken);
            }
        }
    }

    private async Task RescheduleAsync(
        GuildSettings guild,
        GuildSchedule stored,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (guild.ToSchedule(stored, settings.TimeZone) is not { } schedule)
        {
            return;
        }

        if (stored.NextDue is { } dueTime && !schedule.IsOccurrence(dueTime))
        {
            await MoveAsync(stored, schedule, cancellationToken);
            return;
        }

        var found = Occurrences.Find(schedule, new ScheduleMark(schedule.Timing, stored.NextDue), now);
        if (found is not { WrongDueTime: not null, Mark.NextDue: { } earlier })
        {
            return;
        }

        // The day has a post already if the due time was moved after it.
        var hasPost = await HasPostOnDayAsync(schedule, earlier, cancellationToken);
        var next = hasPost ? schedule.GetNextOccurrence(earlier) : earlier;
        var isEarlier = next < stored.NextDue;
        if (isEarlier && await guilds.TryPlanAsync(stored, next, [], cancellationToken) is not null)
        {
            var corrected = found with { Mark = found.Mark with { NextDue = next } };
            log.LogCorrection(schedule.Id, corrected);
        }
    }

    /// <summary>Whether the schedule has a post on the local day of a moment, published or planned.</summary>
    private async Task<bool> HasPostOnDayAsync(
        Schedule schedule,
        DateTimeOffset moment,
        CancellationToken cancellationToken
    )
    {
        var day = schedule.GetLocalDate(moment);
        var end = schedule.GetEndOfDay(moment);
        foreach (var destination in schedule.To)
        {
            var posts = await ledger.GetPostsAsync(destination, moment.AddDays(-1), end, cancellationToken);
            var own = posts.Where(post => post.Schedule == schedule.Id);
            var ofDay = own.Where(post => schedule.GetLocalDate(post.Occurrence) == day);
            if (ofDay.Any(post => post.State is not (PostState.Missed or PostState.Cancelled)))
            {
                return true;
            }
        }

        return false;
    }

    [LoggerMessage(
        LogLevel.Information,
        "Moved the due time of {Schedule}, because the setting TimeZone or the rules of its time zone have changed: "
            + "{Old:yyyy-MM-dd HH:mm}Z is now {New:yyyy-MM-dd HH:mm}Z"
    )]
    private partial void LogMoved(ScheduleId schedule, DateTimeOffset? old, DateTimeOffset? @new);

    [LoggerMessage(
        LogLevel.Error,
        "Schedule {Schedule} is paused: this machine does not know its time zone. Upgrade the package "
            + "tzdata, or install tzdata-legacy."
    )]
    internal static partial void LogUnknownZone(ILogger logger, ScheduleId schedule);
}
