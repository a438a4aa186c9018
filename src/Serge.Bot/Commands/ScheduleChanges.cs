namespace Serge.Bot.Commands;

/// <summary>What <c>/schedule pause</c>, <c>resume</c>, <c>skip</c> and <c>remove</c> do and say: functions without a clock or a wire.</summary>
internal static class ScheduleChanges
{
    /// <summary>Decides.</summary>
    /// <param name="command">Which subcommand.</param>
    /// <param name="place">The server as it is.</param>
    /// <param name="schedule">The schedule that was meant.</param>
    /// <param name="now">On the calendar.</param>
    /// <param name="settings">For the bot's own zone.</param>
    /// <param name="words">The admin's language.</param>
    /// <returns>The change, or <see langword="null"/> if nothing changes, and what to say.</returns>
    public static (GuildChange? Change, string Answer) Make(
        string command,
        GuildSettings place,
        GuildSchedule schedule,
        DateTimeOffset now,
        BotSettings settings,
        Strings words
    )
    {
        var name = ScheduleText.Name(schedule, words);
        return command switch
        {
            "schedule pause" => schedule.Paused is { } cause && cause != PauseCause.Admin
                ? (null, $"{name}: {ScheduleText.Pause(place, schedule, settings, words)}")
                : (
                    Change(
                        place.With(
                            schedule with
                            {
                                Paused = PauseCause.Admin,
                                PausedAt = schedule.PausedAt ?? now,
                                Skip = null,
                                NextDue = null,
                            }
                        ),
                        schedule,
                        "Paused by an admin of the server."
                    ),
                    words.ScheduleIsPaused(name)
                ),
            "schedule resume" => Resume(place, schedule, name, now, settings, words),
            "schedule skip" => Skip(place, schedule, name, settings, words),
            _ => (
                Change(place.Without(schedule.Name), schedule, "Removed by an admin of the server."),
                words.ScheduleIsRemoved(name)
            ),
        };
    }

    private static (GuildChange? Change, string Answer) Resume(
        GuildSettings place,
        GuildSchedule schedule,
        string name,
        DateTimeOffset now,
        BotSettings settings,
        Strings words
    )
    {
        if (schedule.Paused is null && schedule.Skip is null)
        {
            return (null, $"{words.ScheduleWasAtWork(name)} {ScheduleText.Next(place, schedule, settings, words)}");
        }

        if (place.ZoneOf(schedule, settings.TimeZone) is null)
        {
            return (null, words.NoZone(words.InQuotes(DiscordMarkdown.Escape(schedule.Zone ?? place.Zone ?? ""))));
        }

        // Whoever asks for it is there, and so are we, whatever we believed.
        var after = (place with { LeftAt = null })
            .With(schedule with { Paused = null, PausedAt = null, Skip = null })
            .DueAfter(now, settings.TimeZone);
        var next = ScheduleText.Next(after, after.Find(schedule.Name)!, settings, words);
        return (
            new GuildChange(after),
            $"{(schedule.Paused is null ? words.SkipTakenBack(name) : words.ScheduleIsBack(name))} {next}"
        );
    }

    private static (GuildChange? Change, string Answer) Skip(
        GuildSettings place,
        GuildSchedule schedule,
        string name,
        BotSettings settings,
        Strings words
    )
    {
        if (schedule.NextDue is not { } next || place.ToSchedule(schedule, settings.TimeZone) is not { } timing)
        {
            return (null, words.NothingToSkip(name));
        }

        var skipped = schedule with { Skip = next };
        var answer =
            $"{words.ScheduleSkips(name, words.When(TimeZoneInfo.ConvertTime(next, timing.TimeZone)))} {ScheduleText.Next(place, skipped, settings, words)}";
        return (skipped == schedule ? null : new GuildChange(place.With(skipped)), answer);
    }

    private static GuildChange Change(GuildSettings after, GuildSchedule schedule, string reason) =>
        new(after) { Cancelled = [(schedule, reason)] };
}
