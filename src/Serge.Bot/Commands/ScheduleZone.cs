namespace Serge.Bot.Commands;

/// <summary>The time zone of a server, in which its schedules post: <c>/schedule zone</c>.</summary>
internal sealed class ScheduleZone(GuildDirectory directory, BotSettings settings, Clocks clocks)
{
    private const int MaxZones = 25;

    /// <summary>Suggests time zones for a partial input.</summary>
    public Choice[] Suggest(string typed)
    {
        var now = clocks.Schedule.GetUtcNow();
        var zones = TimeZoneNames.Suggest(typed, MaxZones);
        return [.. zones.Select(zone => new Choice(ScheduleText.FormatZone(zone, now), zone))];
    }

    /// <summary>The time zone of a server, and the time there.</summary>
    public string Format(GuildSettings guild, Strings strings)
    {
        var zone = guild.Zone ?? settings.TimeZone.Id;
        var now = ScheduleText.FormatNow(zone, clocks.Schedule.GetUtcNow(), strings);
        var escaped = DiscordMarkdown.Escape(zone);
        if (guild.Zone is null)
        {
            return strings.ZoneIsDefault(escaped, now);
        }

        return strings.ZoneIs(escaped, now);
    }

    /// <summary>Changes the time zone of a server.</summary>
    /// <param name="guildId">The server.</param>
    /// <param name="typed">What the member typed.</param>
    /// <param name="strings">The member's language.</param>
    /// <param name="cancellationToken">Cancels the change.</param>
    public async Task<Reply> SetAsync(
        GuildId guildId,
        string typed,
        Strings strings,
        CancellationToken cancellationToken
    )
    {
        if (TimeZoneNames.Resolve(typed) is not { } zone)
        {
            var shown = Replies.FormatInput(typed, strings);
            return Replies.Ephemeral(strings.NoZone(shown));
        }

        var now = clocks.Schedule.GetUtcNow();
        GuildSchedule[] resumed = [];
        var guild = await directory.ChangeAsync(
            guildId,
            before =>
            {
                resumed = [.. before.Schedules.Where(IsPausedForServerZone)];
                return Change(before, resumed, zone, now);
            },
            cancellationToken
        );
        var local = ScheduleText.FormatNow(zone, now, strings);
        var answer = strings.ZoneIsNow(DiscordMarkdown.Escape(zone), local);
        if (resumed.Length > 0)
        {
            var names = resumed.Select(schedule => ScheduleText.FormatName(schedule, strings));
            var joined = string.Join(", ", names);
            answer = $"{answer}\n{strings.SchedulesAreResumed(joined)}";
        }

        ScheduleText text = new(guild, settings.TimeZone, strings);
        return Replies.Ephemeral(answer + text.FormatAttention(except: null));
    }

    /// <summary>Whether it is paused because this machine did not know the server's time zone.</summary>
    private static bool IsPausedForServerZone(GuildSchedule schedule) =>
        schedule is { Zone: null, Paused: PauseCause.UnknownZone };

    /// <summary>Lets the schedules that use the server's time zone start from now, and cancels their planned posts; the
    /// others are unchanged.</summary>
    /// <param name="before">The server before the change.</param>
    /// <param name="resumed">The schedules whose pause ends.</param>
    /// <param name="zone">The new time zone.</param>
    /// <param name="now">On the schedule clock.</param>
    private GuildChange Change(GuildSettings before, GuildSchedule[] resumed, string zone, DateTimeOffset now)
    {
        var changed = before with { Zone = zone };
        List<(GuildSchedule, string)> superseded = [];
        foreach (var schedule in before.Schedules)
        {
            if (schedule.Zone is null && before.Zone != zone)
            {
                superseded.Add((schedule, "The server changed its time zone."));
                changed = changed.With(schedule with { NextDue = null });
            }
        }

        foreach (var schedule in resumed)
        {
            changed = changed.With(schedule with { Paused = null, PausedAt = null });
        }

        return new GuildChange(changed.DueAfter(now, settings.TimeZone)) { Superseded = superseded };
    }
}
