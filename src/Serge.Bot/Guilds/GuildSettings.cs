namespace Serge.Bot.Guilds;

/// <summary>A Discord server that has set something up: its zone, its schedules. Nothing in it is about a member.</summary>
/// <param name="Guild">Which.</param>
internal sealed record GuildSettings(GuildId Guild)
{
    /// <summary>No server has more schedules than this: enough for any, and a bound for everybody else's sake.</summary>
    public const int MaxSchedules = 10;

    /// <summary>Whose day "today" is there, an IANA name; <see langword="null"/> for the setting <c>TimeZone</c>.</summary>
    public string? Zone { get; init; }

    /// <summary>Since when we are no longer in it, on the calendar. Nothing falls due there meanwhile.</summary>
    public DateTimeOffset? LeftAt { get; init; }

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<GuildSchedule> Schedules { get; init; } = [];

    /// <summary>One of its schedules.</summary>
    public GuildSchedule? Find(string name) => Schedules.FirstOrDefault(schedule => schedule.Name == name);

    /// <summary>With this schedule, added or in the stead of the one that has its name.</summary>
    public GuildSettings With(GuildSchedule schedule) =>
        this with
        {
            Schedules =
            [
                .. Schedules
                    .Where(other => other.Name != schedule.Name)
                    .Append(schedule)
                    .OrderBy(one => one.Name, StringComparer.Ordinal),
            ],
        };

    /// <summary>Without the schedule of this name.</summary>
    public GuildSettings Without(string name) =>
        this with
        {
            Schedules = [.. Schedules.Where(schedule => schedule.Name != name)],
        };

    /// <summary>The zone a schedule's time is meant in; <see langword="null"/> when this machine does not know it.</summary>
    /// <param name="schedule">One of this place's.</param>
    /// <param name="standard">The setting <c>TimeZone</c>.</param>
    public TimeZoneInfo? ZoneOf(GuildSchedule schedule, TimeZoneInfo standard) =>
        (schedule.Zone ?? Zone) is { } id ? TimeZoneNames.Find(id) : standard;

    /// <summary>A schedule as the planner takes it; <see langword="null"/> when this machine does not know its zone.</summary>
    public Schedule? ToSchedule(GuildSchedule schedule, TimeZoneInfo standard) =>
        ZoneOf(schedule, standard) is not { } zone
            ? null
            : new Schedule
            {
                Name = schedule.LedgerName,
                Cron = schedule.Cron,
                TimeZone = zone,
                Content = schedule.Content,
                To = [schedule.Destination],
                Skip = schedule.Skip,
            };

    /// <summary>With every schedule due when it next should be, seen from now; one that is paused never. Nothing is owed from before.</summary>
    public GuildSettings DueAfter(DateTimeOffset now, TimeZoneInfo standard) =>
        this with
        {
            Schedules = [.. Schedules.Select(schedule => DueAfter(schedule, now, standard))],
        };

    private GuildSchedule DueAfter(GuildSchedule schedule, DateTimeOffset now, TimeZoneInfo standard)
    {
        var due = schedule.Paused is null && LeftAt is null ? ToSchedule(schedule, standard)?.GetNextOccurrence(now) : null;

        // "The next one" stays the next one, also when a new time or zone moves it.
        return schedule with
        {
            NextDue = due,
            Skip = schedule.Skip is { } skip && skip > now ? due : null,
        };
    }
}
