namespace Serge.Bot.Commands;

/// <summary>Formats schedules. Members choose their names, so names are quoted and escaped.</summary>
internal static class ScheduleText
{
    private const int MaxAttentionLines = 4;

    public static string FormatName(GuildSchedule schedule, Strings strings) =>
        strings.InQuotes(DiscordMarkdown.Escape(schedule.Name));

    /// <summary>The names of all schedules of a server.</summary>
    public static string FormatNames(GuildSettings guild, Strings strings) =>
        string.Join(", ", guild.Schedules.Select(schedule => FormatName(schedule, strings)));

    /// <summary>Name, content, channel, days, time and time zone.</summary>
    public static string FormatSentence(
        GuildSettings guild,
        GuildSchedule schedule,
        BotSettings settings,
        Strings strings
    )
    {
        var zone = schedule.Zone ?? guild.Zone ?? settings.TimeZone.Id;
        return strings.ScheduleIs(
            FormatName(schedule, strings),
            strings.Content(schedule.Content),
            $"<#{schedule.Channel}>",
            strings.Days(schedule.Days),
            schedule.Time.ToText(),
            DiscordMarkdown.Escape(zone)
        );
    }

    /// <summary>When the schedule is due next, not counting a skipped occurrence; empty if it is not due.</summary>
    public static string FormatNext(GuildSettings guild, GuildSchedule schedule, BotSettings settings, Strings strings)
    {
        if (schedule.NextDue is not { } due || guild.ToSchedule(schedule, settings.TimeZone) is not { } timing)
        {
            return "";
        }

        var isSkipped = schedule.Skip == due;
        var next = isSkipped ? timing.GetNextOccurrence(due) ?? due : due;
        return strings.NextIs(strings.When(TimeZoneInfo.ConvertTime(next, timing.TimeZone)));
    }

    /// <summary>Why it is paused, since when, and what to do.</summary>
    public static string FormatPause(GuildSettings guild, GuildSchedule schedule, BotSettings settings, Strings strings)
    {
        var zone = guild.ZoneOf(schedule, settings.TimeZone) ?? settings.TimeZone;
        var since = TimeZoneInfo.ConvertTime(schedule.PausedAt ?? default, zone);
        var day = DateOnly.FromDateTime(since.DateTime);
        return strings.Paused(schedule.Paused!.Value, strings.DayOfYear(day));
    }

    /// <summary>The complete line of the list.</summary>
    public static string FormatLine(GuildSettings guild, GuildSchedule schedule, BotSettings settings, Strings strings)
    {
        var sentence = FormatSentence(guild, schedule, settings, strings);
        var skip = FormatSkip(guild, schedule, settings, strings);
        var state = schedule.Paused is null
            ? FormatNext(guild, schedule, settings, strings)
            : FormatPause(guild, schedule, settings, strings);
        return $"{sentence} {skip}{state}";
    }

    /// <summary>The short line of a list whose complete lines are too long for a message.</summary>
    public static string FormatShortLine(GuildSchedule schedule, Strings strings)
    {
        var name = FormatName(schedule, strings);
        var time = schedule.Time.ToText();
        var paused = schedule.Paused is null ? "" : $" · {strings.PausedShort}";
        return $"{name} · <#{schedule.Channel}> · {time} · {strings.DaysShort(schedule.Days)}{paused}";
    }

    /// <summary>Schedules that no admin has paused; added to every answer, empty if there are none.</summary>
    /// <param name="guild">The server.</param>
    /// <param name="except">The schedule that the answer is about.</param>
    /// <param name="settings">For the default time zone.</param>
    /// <param name="strings">The admin's language.</param>
    public static string FormatAttention(GuildSettings guild, string? except, BotSettings settings, Strings strings)
    {
        List<string> lines = [];
        foreach (var schedule in guild.Schedules)
        {
            if (schedule.Paused is not (null or PauseCause.Admin) && schedule.Name != except)
            {
                var pause = FormatPause(guild, schedule, settings, strings);
                lines.Add($"- {FormatName(schedule, strings)}: {pause}");
            }
        }

        var shown = string.Join('\n', lines.Take(MaxAttentionLines));
        return lines.Count == 0 ? "" : $"\n{strings.AttentionNeeded(shown)}";
    }

    /// <summary>The current time in a time zone.</summary>
    public static string FormatNow(string zone, DateTimeOffset now, Strings strings) =>
        TimeZoneNames.Find(zone) is { } known ? strings.When(TimeZoneInfo.ConvertTime(now, known)) : "?";

    /// <summary>A time zone with its current time, as a suggestion.</summary>
    public static string FormatZone(string zone, DateTimeOffset now)
    {
        if (TimeZoneNames.Find(zone) is not { } known)
        {
            return zone;
        }

        var local = TimeZoneInfo.ConvertTime(now, known);
        return $"{zone} ({TimeOnly.FromDateTime(local.DateTime).ToText()})";
    }

    private static string FormatSkip(GuildSettings guild, GuildSchedule schedule, BotSettings settings, Strings strings)
    {
        if (schedule.Skip is not { } skip || guild.ZoneOf(schedule, settings.TimeZone) is not { } zone)
        {
            return "";
        }

        var when = strings.When(TimeZoneInfo.ConvertTime(skip, zone));
        return $"{strings.SkippedIs(when)} ";
    }
}
