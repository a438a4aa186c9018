namespace Serge.Bot.Commands;

/// <summary>Formats the schedules of a server. Members choose their names, so names are quoted and escaped.</summary>
/// <param name="guild">The server.</param>
/// <param name="defaultZone">The setting <c>TimeZone</c>.</param>
/// <param name="strings">The admin's language.</param>
internal sealed class ScheduleText(GuildSettings guild, TimeZoneInfo defaultZone, Strings strings)
{
    private const int MaxAttentionLines = 4;

    public static string FormatName(GuildSchedule schedule, Strings strings) =>
        strings.InQuotes(DiscordMarkdown.Escape(schedule.Name));

    /// <summary>The names of all schedules of a server.</summary>
    public string FormatNames() => string.Join(", ", guild.Schedules.Select(schedule => FormatName(schedule, strings)));

    /// <summary>Name, content, channel, days, time, time zone and options.</summary>
    public string FormatSentence(GuildSchedule schedule)
    {
        var zone = schedule.Zone ?? guild.Zone ?? defaultZone.Id;
        var sentence = strings.ScheduleIs(
            FormatName(schedule, strings),
            strings.Content(schedule.Content),
            $"<#{schedule.Channel}>",
            strings.Days(schedule.Days),
            schedule.Time.ToText(),
            DiscordMarkdown.Escape(zone)
        );
        return string.Join(' ', FormatOptions(schedule.Options).Prepend(sentence));
    }

    /// <summary>When the schedule is due next, not counting a skipped occurrence; empty if it is not due.</summary>
    public string FormatNext(GuildSchedule schedule)
    {
        if (schedule.NextDue is not { } due || guild.ToSchedule(schedule, defaultZone) is not { } timing)
        {
            return "";
        }

        var isSkipped = schedule.Skip == due;
        var next = isSkipped ? timing.GetNextOccurrence(due) ?? due : due;
        var local = TimeZoneInfo.ConvertTime(next, timing.TimeZone);
        return strings.NextIs(strings.When(local));
    }

    /// <summary>Why it is paused, since when, and what to do.</summary>
    public string FormatPause(GuildSchedule schedule)
    {
        var zone = guild.ZoneOf(schedule, defaultZone) ?? defaultZone;
        var since = TimeZoneInfo.ConvertTime(schedule.PausedAt ?? default, zone);
        var date = DateOnly.FromDateTime(since.DateTime);
        var day = strings.DayOfYear(date);
        if (schedule is { Paused: PauseCause.UnknownZone, Zone: not null })
        {
            return strings.PausedOwnZone(day);
        }

        return strings.Paused(schedule.Paused!.Value, day);
    }

    /// <summary>The name of a paused schedule and why it is paused.</summary>
    public string FormatState(GuildSchedule schedule)
    {
        var pause = FormatPause(schedule);
        var afterColon = $"{char.ToLowerInvariant(pause[0])}{pause[1..]}";
        return strings.ScheduleState(FormatName(schedule, strings), afterColon);
    }

    /// <summary>The complete line of the list.</summary>
    public string FormatLine(GuildSchedule schedule)
    {
        var sentence = FormatSentence(schedule);
        var skip = FormatSkip(schedule);
        var state = schedule.Paused is null ? FormatNext(schedule) : FormatPause(schedule);
        return $"{sentence} {skip}{state}";
    }

    /// <summary>The short line of a list whose complete lines are too long for a message.</summary>
    public string FormatShortLine(GuildSchedule schedule)
    {
        var name = FormatName(schedule, strings);
        var time = schedule.Time.ToText();
        var paused = $" · {strings.PausedShort}";
        if (schedule.Paused is null)
        {
            paused = "";
        }

        return $"{name} · <#{schedule.Channel}> · {time} · {strings.DaysShort(schedule.Days)}{paused}";
    }

    /// <summary>Schedules that no admin has paused; added to every answer, empty if there are none.</summary>
    /// <param name="except">The schedule that the answer is about.</param>
    public string FormatAttention(string? except)
    {
        List<string> lines = [];
        foreach (var schedule in guild.Schedules)
        {
            if (schedule.Paused is not (null or PauseCause.Admin) && schedule.Name != except)
            {
                lines.Add($"- {FormatState(schedule)}");
            }
        }

        if (lines.Count == 0)
        {
            return "";
        }

        var shown = string.Join('\n', lines.Take(MaxAttentionLines));
        return $"\n{strings.AttentionNeeded(shown)}";
    }

    /// <summary>The current time in a time zone.</summary>
    public static string FormatNow(string zone, DateTimeOffset now, Strings strings)
    {
        if (TimeZoneNames.Find(zone) is { } known)
        {
            return strings.When(TimeZoneInfo.ConvertTime(now, known));
        }

        return "?";
    }

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

    /// <summary>What differs from the default.</summary>
    private IEnumerable<string> FormatOptions(PostOptions options)
    {
        if (!options.Buttons)
        {
            yield return strings.WithoutButtons;
        }

        if (options.Picture)
        {
            yield return strings.WithPicture;
        }

        if (options.Thread)
        {
            yield return strings.WithThread;
        }

        if (options.Crosspost)
        {
            yield return strings.WithCrosspost;
        }

        if (options.Mention is { } role)
        {
            yield return strings.WithMention($"<@&{role}>");
        }
    }

    private string FormatSkip(GuildSchedule schedule)
    {
        if (schedule.Skip is not { } skip || guild.ZoneOf(schedule, defaultZone) is not { } zone)
        {
            return "";
        }

        var when = strings.When(TimeZoneInfo.ConvertTime(skip, zone));
        return $"{strings.SkippedIs(when)} ";
    }
}
