using System.Globalization;
using System.Text.Json.Serialization;

namespace Serge.Bot.Cli;

/// <summary>A schedule in listings and JSON.</summary>
/// <param name="Name">Its name, unique per owner.</param>
/// <param name="Guild">Id of the Discord server that owns it; missing for the operator's.</param>
/// <param name="To">Its destinations.</param>
/// <param name="Content"><c>quote</c>, <c>on-this-day</c> or <c>on-this-day-or-quote</c>.</param>
/// <param name="Cron">When, as a cron expression.</param>
/// <param name="TimeZone">Its time zone; missing when this machine does not know it.</param>
/// <param name="Next">When it is due next, in its time zone; missing when it is paused or never due again.</param>
/// <param name="Paused">Why it posts nothing and since when; missing while it is active.</param>
internal sealed record ListedSchedule(
    string Name,
    string? Guild,
    IReadOnlyList<string> To,
    string Content,
    string Cron,
    string? TimeZone,
    DateTimeOffset? Next,
    string? Paused
)
{
    /// <summary>Whether it is paused, or a server's and never due again.</summary>
    [JsonIgnore]
    public bool PostsNothing => Paused is not null || (Next is null && Guild is not null);

    /// <summary>The operator's schedules first, then the servers' by id.</summary>
    public static IReadOnlyList<ListedSchedule> List(
        BotSettings settings,
        IEnumerable<GuildSettings> guilds,
        DateTimeOffset now
    )
    {
        List<ListedSchedule> all = [.. settings.Schedules.Select(schedule => Of(schedule, now))];
        foreach (var guild in guilds)
        {
            all.AddRange(guild.Schedules.Select(schedule => Of(guild, schedule, settings.TimeZone)));
        }

        return all;
    }

    private static ListedSchedule Of(Schedule schedule, DateTimeOffset now)
    {
        var next = schedule.GetNextOccurrence(now);
        return new ListedSchedule(
            schedule.Id.Name,
            Guild: null,
            [.. schedule.To.Select(to => to.ToString())],
            ScheduleContentNames.GetName(schedule.Content),
            schedule.Cron,
            schedule.TimeZone.Id,
            ToLocal(next, schedule.TimeZone),
            Paused: null
        );
    }

    private static ListedSchedule Of(GuildSettings guild, GuildSchedule schedule, TimeZoneInfo defaultZone)
    {
        var zone = guild.ZoneOf(schedule, defaultZone);
        return new ListedSchedule(
            schedule.Name,
            guild.Guild.ToString(),
            [schedule.Destination.ToString()],
            ScheduleContentNames.GetName(schedule.Content),
            schedule.Cron,
            zone?.Id,
            ToLocal(schedule.NextDue, zone),
            DescribePause(guild, schedule, zone)
        );
    }

    private static string? DescribePause(GuildSettings guild, GuildSchedule schedule, TimeZoneInfo? zone)
    {
        if (guild.LeftAt is { } left)
        {
            return $"the bot is not in the server since {FormatDate(left)}";
        }

        if (schedule is { Paused: { } cause, PausedAt: { } since })
        {
            return $"paused since {FormatDate(since)}: {Describe(cause)}";
        }

        if (zone is null)
        {
            return Describe(PauseCause.UnknownZone);
        }

        return null;
    }

    private static string Describe(PauseCause cause) =>
        cause switch
        {
            PauseCause.ChannelDeleted => "the channel was deleted",
            PauseCause.ChannelForbidden => "the bot has no permission to post in the channel",
            PauseCause.UnknownZone => "this machine does not know its time zone",
            _ => "by an admin of the server",
        };

    private static string FormatDate(DateTimeOffset moment) =>
        moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset? ToLocal(DateTimeOffset? moment, TimeZoneInfo? zone)
    {
        if (moment is { } due && zone is not null)
        {
            return TimeZoneInfo.ConvertTime(due, zone);
        }

        return null;
    }
}
