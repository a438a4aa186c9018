using System.Globalization;

namespace Serge.Bot.Rendering;

// /schedule, /today, and notices to admins.
internal sealed partial class Strings
{
    // Permission.
    public string ScheduleForAdmins => Get();

    public string ScheduleInServers => Get();

    // Invalid options.
    public string NoTime(string typed)
    {
        return Format([typed]);
    }

    public string NoDays(string typed)
    {
        return Format([typed]);
    }

    public string NoContent(string typed)
    {
        return Format([typed]);
    }

    public string NoScheduleName(string typed)
    {
        return Format([typed, Number(ScheduleName.MaxLength)]);
    }

    public string NoZone(string typed)
    {
        return Format([typed]);
    }

    public string NoRole => Get();

    public string NoSwitch(string typed)
    {
        return Format([typed]);
    }

    public string NoSchedules => Get();

    public string NoSuchSchedule(string typed, string names)
    {
        return Format([typed, names]);
    }

    public string WhichSchedule(string names)
    {
        return Format([names]);
    }

    public string TooManySchedules(int max)
    {
        return Format([Number(max)]);
    }

    // Channels.
    public string NoChannel => Get();

    public string ChannelTakesNoMessages(string channel)
    {
        return Format([channel]);
    }

    public string ChannelLacks(string channel, string permissions)
    {
        return Format([channel, permissions]);
    }

    public string ThreadLacks(string thread, string permissions)
    {
        return Format([thread, permissions]);
    }

    public string ChannelLacksHistory(string channel)
    {
        return Format([channel]);
    }

    public string ChannelLacksFiles(string channel)
    {
        return Format([channel]);
    }

    public string ForumRequiresTag(string channel)
    {
        return Format([channel]);
    }

    public string ChannelHasNoThreads(string channel)
    {
        return Format([channel]);
    }

    public string ChannelIsNoAnnouncement(string channel)
    {
        return Format([channel]);
    }

    public string RoleCannotBeMentioned(string role)
    {
        return Format([role]);
    }

    public string DiscordIsUnavailable => Get();

    /// <summary>The names of permissions in Discord's settings.</summary>
    public string Permissions(DiscordPermissions permissions)
    {
        var given = NamedPermissions.Where(one => permissions.HasFlag(one));
        return string.Join(", ", given.Select(FormatPermission));
    }

    // Schedules.
    public string Content(ScheduleContent content)
    {
        return Get($"Content{content}");
    }

    public string ContentShort(ScheduleContent content)
    {
        return Get($"Content{content}Short");
    }

    /// <summary>Days of the week: "every day", "Monday to Friday", "Monday, Wednesday".</summary>
    public string Days(Weekdays days)
    {
        return days switch
        {
            Weekdays.Daily or Weekdays.WorkingDays or Weekdays.Weekend => Get($"Days{days}"),
            _ => string.Join(", ", days.GetDays().Select(Culture.DateTimeFormat.GetDayName)),
        };
    }

    /// <summary>Abbreviated days of the week.</summary>
    public string DaysShort(Weekdays days)
    {
        if (days == Weekdays.Daily)
        {
            return Get("DaysDaily");
        }

        var names = days.GetDays().Select(Culture.DateTimeFormat.GetAbbreviatedDayName);
        return string.Join(", ", names);
    }

    /// <summary>A local date and time: "Tuesday 2 February, 09:00".</summary>
    public string When(DateTimeOffset local)
    {
        var day = DateOnly.FromDateTime(local.DateTime);
        var time = local.ToString("HH:mm", CultureInfo.InvariantCulture);
        return $"{Weekday(day)}, {time}";
    }

    /// <summary>A day with its weekday: "Tuesday 2 February".</summary>
    public string Weekday(DateOnly day)
    {
        return $"{Culture.DateTimeFormat.GetDayName(day.DayOfWeek)} {DayOfYear(day)}";
    }

    public string ScheduleIs(string name, string content, string channel, string days, string time, string zone)
    {
        return Format([name, content, channel, days, time, zone]);
    }

    /// <param name="chosen">The time that the admin chose.</param>
    /// <param name="own">The time of the schedule, a few minutes later.</param>
    public string TimeWasMoved(string chosen, string own)
    {
        return Format([chosen, own]);
    }

    public string WithoutButtons => Get();

    public string WithPicture => Get();

    public string WithThread => Get();

    public string WithCrosspost => Get();

    public string WithMention(string role)
    {
        return Format([role]);
    }

    public string NextIs(string when)
    {
        return Format([when]);
    }

    public string SkippedIs(string when)
    {
        return Format([when]);
    }

    /// <param name="name">Its name, in quotation marks.</param>
    /// <param name="state">A sentence in lower case.</param>
    public string ScheduleState(string name, string state)
    {
        return Format([name, state]);
    }

    public string Paused(PauseCause cause, string since)
    {
        return Format([since], $"Paused{cause}");
    }

    /// <summary>A schedule whose own time zone is not known.</summary>
    public string PausedOwnZone(string since)
    {
        return Format([since]);
    }

    public string PausedShort => Get();

    public string PreviewHint => Get();

    public string ScheduleUsesDefaultZone(string zone)
    {
        return Format([zone]);
    }

    public string SameAs(string name)
    {
        return Format([name]);
    }

    public string ScheduleIsPaused(string name)
    {
        return Format([name]);
    }

    public string ScheduleIsResumed(string name)
    {
        return Format([name]);
    }

    public string ScheduleIsAlreadyActive(string name)
    {
        return Format([name]);
    }

    public string SkipIsUndone(string name)
    {
        return Format([name]);
    }

    public string ScheduleSkips(string name, string when)
    {
        return Format([name, when]);
    }

    public string NothingToSkip(string name)
    {
        return Format([name]);
    }

    public string ScheduleIsRemoved(string name)
    {
        return Format([name]);
    }

    public string AttentionNeeded(string lines)
    {
        return Format([lines]);
    }

    // Zones.
    public string ZoneIs(string zone, string now)
    {
        return Format([zone, now]);
    }

    public string ZoneIsNow(string zone, string now)
    {
        return Format([zone, now]);
    }

    /// <param name="names">The names of schedules, in quotation marks.</param>
    public string SchedulesAreResumed(string names)
    {
        return Format([names]);
    }

    public string ZoneIsDefault(string zone, string now)
    {
        return Format([zone, now]);
    }

    // Preview.
    public string PreviewHeading(string when, string name, string channel)
    {
        return Format([when, name, channel]);
    }

    public string PreviewSkipped => Get();

    public string PreviewNothing(int days)
    {
        return Format([Number(days)]);
    }

    public string PreviewLater => Get();

    // Notices.
    public string NoticeChannelDeleted(string names)
    {
        return Format([names]);
    }

    public string NoticeChannelForbidden(string names, string channel, string permissions)
    {
        return Format([names, channel, permissions]);
    }

    public string NoticeWelcome(string author)
    {
        return Format([author]);
    }

    public string NoticeReturned(string names)
    {
        return Format([names]);
    }

    // Today.
    public string Today(string day)
    {
        return Format([day]);
    }

    private static readonly DiscordPermissions[] NamedPermissions =
    [
        DiscordPermissions.ViewChannel,
        DiscordPermissions.SendMessages,
        DiscordPermissions.SendMessagesInThreads,
        DiscordPermissions.ReadMessageHistory,
        DiscordPermissions.CreatePublicThreads,
        DiscordPermissions.AttachFiles,
    ];

    private string FormatPermission(DiscordPermissions permission)
    {
        return $"**{Get($"Permission{permission}")}**";
    }
}
