namespace Serge.Bot.Guilds;

/// <summary>What a Discord server has configured: its time zone and schedules. Contains
/// nothing about members.</summary>
internal sealed record GuildSettings(GuildId Guild)
{
    /// <summary>The maximum number of schedules per server.</summary>
    public const int MaxSchedules = 10;

    /// <summary>IANA name of the server's time zone; <see langword="null"/> for the setting <c>TimeZone</c>.</summary>
    public string? Zone { get; init; }

    /// <summary>When the bot was removed from the server, on the schedule clock. Nothing is due
    /// until it returns.</summary>
    public DateTimeOffset? LeftAt { get; init; }

    /// <summary>When Discord answered first that the bot is not in the server, on the schedule clock;
    /// <see langword="null"/> while it is known to be in it. Only a second such answer means that it has
    /// left.</summary>
    public DateTimeOffset? MissingSince { get; init; }

    /// <summary>Whether the server is not in the database. Only <see cref="IGuildStore.ChangeAsync"/> sets
    /// it.</summary>
    public bool IsNew { get; init; }

    /// <summary>Ordered by name.</summary>
    public IReadOnlyList<GuildSchedule> Schedules { get; init; } = [];

    public GuildSchedule? Find(string name) => Schedules.FirstOrDefault(schedule => schedule.Name == name);

    /// <summary>Adds a schedule, or replaces the one with the same name.</summary>
    public GuildSettings With(GuildSchedule schedule)
    {
        var others = Schedules.Where(other => other.Name != schedule.Name);
        var all = others.Append(schedule).OrderBy(one => one.Name, StringComparer.Ordinal);
        return this with { Schedules = [.. all] };
    }

    public GuildSettings Without(string name) =>
        this with
        {
            Schedules = [.. Schedules.Where(schedule => schedule.Name != name)],
        };

    /// <summary>The time zone of a schedule; <see langword="null"/> when this machine does not know it.</summary>
    /// <param name="schedule">A schedule of this server.</param>
    /// <param name="defaultZone">The setting <c>TimeZone</c>.</param>
    public TimeZoneInfo? ZoneOf(GuildSchedule schedule, TimeZoneInfo defaultZone)
    {
        var id = schedule.Zone ?? Zone;
        return id is null ? defaultZone : TimeZoneNames.Find(id);
    }

    /// <summary>A schedule as the engine takes it; <see langword="null"/> when this machine does not know
    /// its time zone.</summary>
    public Schedule? ToSchedule(GuildSchedule schedule, TimeZoneInfo defaultZone)
    {
        if (ZoneOf(schedule, defaultZone) is not { } zone)
        {
            return null;
        }

        return new Schedule
        {
            Id = schedule.Id,
            Cron = schedule.Cron,
            TimeZone = zone,
            Content = schedule.Content,
            To = [schedule.Destination],
            Options = schedule.Options,
            Skip = schedule.Skip,
        };
    }

    /// <summary>The active schedules as the engine takes them, without those whose time zone this machine does not
    /// know.</summary>
    public IEnumerable<Schedule> ListActive(TimeZoneInfo defaultZone)
    {
        var active = Schedules.Where(schedule => schedule.NextDue is not null);
        return active.Select(schedule => ToSchedule(schedule, defaultZone)).OfType<Schedule>();
    }

    /// <summary>Sets the next due time of every active schedule that has none, as seen from now. Earlier occurrences
    /// are not recorded as missed. A schedule that has one keeps it, also if it has passed: that occurrence is not
    /// planned yet.</summary>
    public GuildSettings DueAfter(DateTimeOffset scheduleNow, TimeZoneInfo defaultZone) =>
        this with
        {
            Schedules = [.. Schedules.Select(schedule => DueAfter(schedule, scheduleNow, defaultZone))],
        };

    private GuildSchedule DueAfter(GuildSchedule schedule, DateTimeOffset scheduleNow, TimeZoneInfo defaultZone)
    {
        if (schedule.Paused is not null || LeftAt is not null)
        {
            return schedule with { NextDue = null, Skip = null };
        }

        if (schedule.NextDue is not null)
        {
            return schedule;
        }

        if (ToSchedule(schedule, defaultZone) is not { } timing)
        {
            // This machine does not know its time zone. It would never post, and nothing would show that.
            return schedule with { Paused = PauseCause.UnknownZone, PausedAt = scheduleNow };
        }

        // A skip applies to the next occurrence, also when a new time or time zone moves it.
        var due = timing.GetNextOccurrence(scheduleNow);
        var isSkipAhead = schedule.Skip > scheduleNow;
        return schedule with { NextDue = due, Skip = isSkipAhead ? due : null };
    }
}
