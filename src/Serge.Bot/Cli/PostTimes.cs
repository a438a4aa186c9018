using System.Globalization;

namespace Serge.Bot.Cli;

/// <summary>Local times of posts: in the time zone of their schedule, or in UTC when the schedule
/// no longer exists.</summary>
internal sealed class PostTimes(IEnumerable<Schedule> schedules)
{
    private readonly Dictionary<ScheduleId, Schedule> _schedules = schedules.ToDictionary(schedule => schedule.Id);

    /// <exception cref="LedgerException">The schedules of servers could not be read.</exception>
    public static async Task<PostTimes> ReadAsync(
        BotSettings settings,
        IGuildStore guilds,
        CancellationToken cancellationToken
    )
    {
        List<Schedule> schedules = [.. settings.Schedules];
        foreach (var guild in await guilds.ListAsync(cancellationToken))
        {
            var known = guild.Schedules.Select(schedule => guild.ToSchedule(schedule, settings.TimeZone));
            schedules.AddRange(known.OfType<Schedule>());
        }

        return new PostTimes(schedules);
    }

    /// <summary>The schedule of a post; <see langword="null"/> when it no longer exists.</summary>
    public Schedule? FindSchedule(Post post) => _schedules.GetValueOrDefault(post.Schedule);

    /// <summary>A moment in the time zone of the post's schedule.</summary>
    public DateTimeOffset ToLocal(Post post, DateTimeOffset moment)
    {
        if (FindSchedule(post) is { } schedule)
        {
            return TimeZoneInfo.ConvertTime(moment, schedule.TimeZone);
        }

        return moment.ToUniversalTime();
    }

    /// <summary>The local day for which the post was due.</summary>
    public DateOnly GetDay(Post post)
    {
        var local = ToLocal(post, post.Occurrence);
        return DateOnly.FromDateTime(local.DateTime);
    }

    /// <summary>The end of a moment's day in the time zone of the post's schedule.</summary>
    public DateTimeOffset GetEndOfDay(Post post, DateTimeOffset moment)
    {
        if (FindSchedule(post) is { } schedule)
        {
            return schedule.GetEndOfDay(moment);
        }

        var day = moment.UtcDateTime.Date;
        return new DateTimeOffset(day.AddDays(1), TimeSpan.Zero);
    }

    /// <summary>When the post was due, such as <c>Mon 1 Feb 2027 09:00 +01:00</c>.</summary>
    public string Format(Post post)
    {
        var local = ToLocal(post, post.Occurrence);
        if (FindSchedule(post) is not null)
        {
            return Format(local);
        }

        return local.ToString("ddd d MMM yyyy HH:mm 'UTC'", CultureInfo.InvariantCulture);
    }

    /// <summary>A local time, such as <c>Mon 1 Feb 2027 09:00 +01:00</c>.</summary>
    public static string Format(DateTimeOffset local) =>
        local.ToString("ddd d MMM yyyy HH:mm zzz", CultureInfo.InvariantCulture);
}
