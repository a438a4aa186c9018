namespace Serge.Bot.Commands;

/// <summary>Schedules in words. Names come from members, so they are quoted and escaped wherever they are shown.</summary>
internal static class ScheduleText
{
    /// <summary>Its name.</summary>
    public static string Name(GuildSchedule schedule, Strings words) =>
        words.InQuotes(DiscordMarkdown.Escape(schedule.Name));

    /// <summary>The names of all of a server's.</summary>
    public static string Names(GuildSettings place, Strings words) =>
        string.Join(", ", place.Schedules.Select(schedule => Name(schedule, words)));

    /// <summary>Name, content, channel, days, time and zone in one sentence.</summary>
    public static string Sentence(GuildSettings place, GuildSchedule schedule, BotSettings settings, Strings words) =>
        words.ScheduleIs(
            Name(schedule, words),
            words.Content(schedule.Content),
            $"<#{schedule.Channel}>",
            words.Days(schedule.Days),
            schedule.Time.ToText(),
            DiscordMarkdown.Escape(schedule.Zone ?? place.Zone ?? settings.TimeZone.Id)
        );

    /// <summary>When it falls due next, a skipped occurrence included.</summary>
    public static string Next(GuildSettings place, GuildSchedule schedule, BotSettings settings, Strings words)
    {
        if (schedule.NextDue is not { } due || place.ToSchedule(schedule, settings.TimeZone) is not { } timing)
        {
            return "";
        }

        var isSkipped = schedule.Skip == due;
        var next = isSkipped ? timing.GetNextOccurrence(due) ?? due : due;
        return words.NextIs(words.When(TimeZoneInfo.ConvertTime(next, timing.TimeZone)));
    }

    /// <summary>Why it is paused, since when, and what to do.</summary>
    public static string Pause(GuildSettings place, GuildSchedule schedule, BotSettings settings, Strings words)
    {
        var zone = place.ZoneOf(schedule, settings.TimeZone) ?? settings.TimeZone;
        var since = words.DayOfYear(
            DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(schedule.PausedAt ?? default, zone).DateTime)
        );
        return words.Paused(schedule.Paused!.Value, since);
    }

    /// <summary>All about it, for the list.</summary>
    public static string Line(GuildSettings place, GuildSchedule schedule, BotSettings settings, Strings words)
    {
        var state = schedule.Paused is not null
            ? Pause(place, schedule, settings, words)
            : Next(place, schedule, settings, words);
        var skipped =
            schedule.Skip is { } skip && place.ZoneOf(schedule, settings.TimeZone) is { } zone
                ? $"{words.SkippedIs(words.When(TimeZoneInfo.ConvertTime(skip, zone)))} "
                : "";
        return $"{Sentence(place, schedule, settings, words)} {skipped}{state}";
    }

    /// <summary>The least about it, where ten long lines would not fit into a message.</summary>
    public static string ShortLine(GuildSettings place, GuildSchedule schedule, BotSettings settings, Strings words) =>
        $"{Name(schedule, words)} · <#{schedule.Channel}> · {schedule.Time.ToText()} · {words.DaysShort(schedule.Days)}{(schedule.Paused is null ? "" : $" · {words.PausedShort}")}";

    /// <summary>What an admin has to know whatever they came for: schedules that were paused without their doing. Empty when all is well.</summary>
    /// <param name="place">The server.</param>
    /// <param name="except">The schedule that the answer is about anyway.</param>
    /// <param name="settings">For the bot's own zone.</param>
    /// <param name="words">The admin's language.</param>
    public static string Attention(GuildSettings place, string? except, BotSettings settings, Strings words)
    {
        var lines = place
            .Schedules.Where(schedule => schedule.Paused is not (null or PauseCause.Admin) && schedule.Name != except)
            .Select(schedule => $"- {Name(schedule, words)}: {Pause(place, schedule, settings, words)}")
            .ToArray();
        return lines.Length == 0 ? "" : $"\n{words.AttentionNeeded(string.Join('\n', lines.Take(4)))}";
    }

    /// <summary>What time it is in a zone.</summary>
    public static string Now(string zone, DateTimeOffset now, Strings words) =>
        TimeZoneNames.Find(zone) is { } known ? words.When(TimeZoneInfo.ConvertTime(now, known)) : "?";

    /// <summary>A zone and its time of day, as a suggestion.</summary>
    public static string ZoneNow(string zone, DateTimeOffset now) =>
        TimeZoneNames.Find(zone) is { } known
            ? $"{zone} ({TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, known).DateTime).ToText()})"
            : zone;
}
