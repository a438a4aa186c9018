namespace Serge.Bot.Commands;

/// <summary>Decides what <c>/schedule pause</c>, <c>resume</c>, <c>skip</c> and <c>remove</c> change and
/// answer.</summary>
/// <param name="guild">The server before the change.</param>
/// <param name="schedule">One of its schedules.</param>
/// <param name="defaultZone">The setting <c>TimeZone</c>.</param>
/// <param name="strings">The admin's language.</param>
internal sealed class ScheduleChanges(
    GuildSettings guild,
    GuildSchedule schedule,
    TimeZoneInfo defaultZone,
    Strings strings
)
{
    private readonly ScheduleText _text = new(guild, defaultZone, strings);

    /// <summary>Whether the command has shown that the bot is in the server again, so that its schedules have become
    /// active.</summary>
    public bool HasReturned { get; init; }

    /// <param name="command">The command with its subcommand, such as <c>schedule pause</c>.</param>
    /// <param name="now">On the schedule clock.</param>
    /// <returns>The change, or <see langword="null"/> if nothing changes, and the answer.</returns>
    public (GuildChange? Change, string Answer) Decide(string command, DateTimeOffset now)
    {
        var name = ScheduleText.FormatName(schedule, strings);
        return command switch
        {
            "schedule pause" => Pause(name, now),
            "schedule resume" => Resume(name, now),
            "schedule skip" => Skip(name),
            _ => Remove(name),
        };
    }

    private (GuildChange? Change, string Answer) Pause(string name, DateTimeOffset now)
    {
        if (schedule.Paused is not (null or PauseCause.Admin))
        {
            return (null, _text.FormatState(schedule));
        }

        var paused = schedule with
        {
            Paused = PauseCause.Admin,
            PausedAt = schedule.PausedAt ?? now,
            Skip = null,
            NextDue = null,
        };
        return (Cancel(guild.With(paused), "Paused by an admin of the server."), strings.ScheduleIsPaused(name));
    }

    private (GuildChange? Change, string Answer) Resume(string name, DateTimeOffset now)
    {
        // An admin who sends a command proves that the bot is in the server.
        var hasReturned = HasReturned || guild.LeftAt is not null;
        if (schedule.Paused is null && schedule.Skip is null && !hasReturned)
        {
            return (null, $"{strings.ScheduleIsAlreadyActive(name)} {_text.FormatNext(schedule)}");
        }

        // Another worker may know the time zone, so only a schedule that would never post is paused.
        var isDue = schedule is { Paused: null, NextDue: not null };
        if (!isDue && guild.ZoneOf(schedule, defaultZone) is null)
        {
            return PauseForZone(now);
        }

        var present = guild with { LeftAt = null };
        // A schedule that was only skipped keeps its due time, also if that has passed and is not planned yet.
        var resumed = schedule with
        {
            Paused = null,
            PausedAt = null,
            Skip = null,
        };
        var after = present.With(resumed).DueAfter(now, defaultZone);
        ScheduleText text = new(after, defaultZone, strings);
        var next = text.FormatNext(after.Find(schedule.Name)!);
        var answer = strings.ScheduleIsResumed(name);
        if (schedule is { Paused: null, Skip: not null })
        {
            answer = strings.SkipIsUndone(name);
        }

        return (new GuildChange(after), $"{answer} {next}".TrimEnd());
    }

    /// <summary>A schedule in a time zone that this machine does not know stays paused, now for that reason only. So
    /// another time zone makes it active again.</summary>
    private (GuildChange? Change, string Answer) PauseForZone(DateTimeOffset now)
    {
        var paused = schedule with
        {
            Paused = PauseCause.UnknownZone,
            PausedAt = schedule.PausedAt ?? now,
            Skip = null,
            NextDue = null,
        };
        var answer = _text.FormatState(paused);
        if (paused == schedule)
        {
            return (null, answer);
        }

        return (new GuildChange(guild.With(paused)), answer);
    }

    private (GuildChange? Change, string Answer) Skip(string name)
    {
        if (schedule.NextDue is not { } due || guild.ZoneOf(schedule, defaultZone) is not { } zone)
        {
            return (null, strings.NothingToSkip(name));
        }

        var skipped = schedule with { Skip = due };
        var local = TimeZoneInfo.ConvertTime(due, zone);
        var skips = strings.ScheduleSkips(name, strings.When(local));
        var answer = $"{skips} {_text.FormatNext(skipped)}";
        if (skipped == schedule)
        {
            return (null, answer);
        }

        return (new GuildChange(guild.With(skipped)), answer);
    }

    private (GuildChange? Change, string Answer) Remove(string name) =>
        (Cancel(guild.Without(schedule.Name), "Removed by an admin of the server."), strings.ScheduleIsRemoved(name));

    private GuildChange Cancel(GuildSettings after, string reason) => new(after) { Superseded = [(schedule, reason)] };
}
