namespace Serge.Bot.Commands;

/// <summary>Decides what <c>/schedule pause</c>, <c>resume</c>, <c>skip</c> and <c>remove</c> change and answer.</summary>
internal static class ScheduleChanges
{
    /// <param name="command">The command with its subcommand, such as <c>schedule pause</c>.</param>
    /// <param name="guild">The server before the change.</param>
    /// <param name="schedule">One of its schedules.</param>
    /// <param name="now">On the schedule clock.</param>
    /// <param name="settings">For the default time zone.</param>
    /// <param name="strings">The admin's language.</param>
    /// <returns>The change, or <see langword="null"/> if nothing changes, and the answer.</returns>
    public static (GuildChange? Change, string Answer) Decide(
        string command,
        GuildSettings guild,
        GuildSchedule schedule,
        DateTimeOffset now,
        BotSettings settings,
        Strings strings
    ) =>
        command switch
        {
            "schedule pause" => Pause(guild, schedule, now, settings, strings),
            "schedule resume" => Resume(guild, schedule, now, settings, strings),
            "schedule skip" => Skip(guild, schedule, settings, strings),
            _ => Remove(guild, schedule, strings),
        };

    private static (GuildChange? Change, string Answer) Pause(
        GuildSettings guild,
        GuildSchedule schedule,
        DateTimeOffset now,
        BotSettings settings,
        Strings strings
    )
    {
        var name = ScheduleText.FormatName(schedule, strings);
        if (schedule.Paused is not (null or PauseCause.Admin))
        {
            return (null, $"{name}: {ScheduleText.FormatPause(guild, schedule, settings, strings)}");
        }

        var paused = schedule with
        {
            Paused = PauseCause.Admin,
            PausedAt = schedule.PausedAt ?? now,
            Skip = null,
            NextDue = null,
        };
        var change = CreateChange(guild.With(paused), schedule, "Paused by an admin of the server.");
        return (change, strings.ScheduleIsPaused(name));
    }

    private static (GuildChange? Change, string Answer) Resume(
        GuildSettings guild,
        GuildSchedule schedule,
        DateTimeOffset now,
        BotSettings settings,
        Strings strings
    )
    {
        var name = ScheduleText.FormatName(schedule, strings);
        if (schedule.Paused is null && schedule.Skip is null)
        {
            var due = ScheduleText.FormatNext(guild, schedule, settings, strings);
            return (null, $"{strings.ScheduleIsAlreadyActive(name)} {due}");
        }

        if (guild.ZoneOf(schedule, settings.TimeZone) is null)
        {
            var zone = DiscordMarkdown.Escape(schedule.Zone ?? guild.Zone ?? "");
            return (null, strings.NoZone(strings.InQuotes(zone)));
        }

        // An admin who sends a command proves that the bot is in the server.
        var present = guild with
        {
            LeftAt = null,
        };
        var resumed = schedule with { Paused = null, PausedAt = null, Skip = null };
        var after = present.With(resumed).DueAfter(now, settings.TimeZone);
        var next = ScheduleText.FormatNext(after, after.Find(schedule.Name)!, settings, strings);
        var answer = schedule.Paused is null ? strings.SkipIsUndone(name) : strings.ScheduleIsResumed(name);
        return (new GuildChange(after), $"{answer} {next}");
    }

    private static (GuildChange? Change, string Answer) Skip(
        GuildSettings guild,
        GuildSchedule schedule,
        BotSettings settings,
        Strings strings
    )
    {
        var name = ScheduleText.FormatName(schedule, strings);
        if (schedule.NextDue is not { } due || guild.ZoneOf(schedule, settings.TimeZone) is not { } zone)
        {
            return (null, strings.NothingToSkip(name));
        }

        var skipped = schedule with { Skip = due };
        var when = strings.When(TimeZoneInfo.ConvertTime(due, zone));
        var next = ScheduleText.FormatNext(guild, skipped, settings, strings);
        var answer = $"{strings.ScheduleSkips(name, when)} {next}";
        return (skipped == schedule ? null : new GuildChange(guild.With(skipped)), answer);
    }

    private static (GuildChange? Change, string Answer) Remove(
        GuildSettings guild,
        GuildSchedule schedule,
        Strings strings
    )
    {
        var change = CreateChange(guild.Without(schedule.Name), schedule, "Removed by an admin of the server.");
        return (change, strings.ScheduleIsRemoved(ScheduleText.FormatName(schedule, strings)));
    }

    private static GuildChange CreateChange(GuildSettings after, GuildSchedule schedule, string reason) =>
        new(after) { Cancelled = [(schedule, reason)] };
}
