using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Serge.Bot.Guilds;

/// <summary>Moves the times that admins choose, so that the posts of many servers are not all due in the same minute.
/// Discord accepts 50 requests per second from a bot (source: Discord docs, Rate Limits).</summary>
internal static class TimeSpread
{
    /// <summary>The first time from the chosen one on that belongs to the schedule. To each schedule belongs one minute
    /// of every period, so a time that was moved once is not moved again.</summary>
    /// <param name="chosen">The time that an admin chose.</param>
    /// <param name="schedule">The schedule that gets the time.</param>
    /// <param name="minutes">The length of the period, 1 to 60 (<see cref="DiscordSettings.SpreadMinutes"/>).</param>
    /// <returns>A time on the same day. The chosen time if the period ends after midnight.</returns>
    public static TimeOnly Move(TimeOnly chosen, ScheduleId schedule, int minutes)
    {
        var own = GetHash(schedule) % (uint)minutes;
        var minuteOfDay = (chosen.Hour * 60) + chosen.Minute;
        var passed = minuteOfDay % minutes;
        var shift = ((int)own - passed + minutes) % minutes;
        var moved = chosen.AddMinutes(shift, out var days);
        return days == 0 ? moved : chosen;
    }

    /// <summary>The same in every process and version: otherwise a schedule that is changed would move.</summary>
    private static uint GetHash(ScheduleId schedule)
    {
        var name = Encoding.UTF8.GetBytes(schedule.ToString());
        return BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(name));
    }
}
