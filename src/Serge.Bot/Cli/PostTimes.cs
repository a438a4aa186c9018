using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Cli;

/// <summary>The times of posts as a person reads them: in their schedule's zone, or in UTC where the schedule is gone.</summary>
internal sealed class PostTimes
{
    private readonly Dictionary<string, Schedule> _schedules = new(StringComparer.Ordinal);

    private PostTimes() { }

    /// <summary>Learns the zones of all schedules.</summary>
    public static async Task<PostTimes> ReadAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var settings = services.GetRequiredService<BotSettings>();
        var times = new PostTimes();
        foreach (var schedule in settings.Schedules)
        {
            times._schedules[schedule.Name] = schedule;
        }

        foreach (var place in await services.GetRequiredService<IGuildStore>().ListAsync(cancellationToken))
        {
            foreach (
                var schedule in place
                    .Schedules.Select(schedule => place.ToSchedule(schedule, settings.TimeZone))
                    .OfType<Schedule>()
            )
            {
                times._schedules[schedule.Name] = schedule;
            }
        }

        return times;
    }

    /// <summary>The schedule of a post, if it is still there.</summary>
    public Schedule? ScheduleOf(Post post) => _schedules.GetValueOrDefault(post.Schedule);

    /// <summary>A moment where the post's schedule lives.</summary>
    public DateTimeOffset Local(Post post, DateTimeOffset moment) =>
        ScheduleOf(post) is { } schedule
            ? TimeZoneInfo.ConvertTime(moment, schedule.TimeZone)
            : moment.ToUniversalTime();

    /// <summary>When the post fell due, such as <c>Mon 1 Feb 2027 09:00 +01:00</c>.</summary>
    public string Of(Post post)
    {
        var local = Local(post, post.Occurrence);
        return ScheduleOf(post) is null
            ? local.ToString("ddd d MMM yyyy HH:mm 'UTC'", CultureInfo.InvariantCulture)
            : local.ToString("ddd d MMM yyyy HH:mm zzz", CultureInfo.InvariantCulture);
    }
}
