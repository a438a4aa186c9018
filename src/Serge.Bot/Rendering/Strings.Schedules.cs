using System.Globalization;

namespace Serge.Bot.Rendering;

// /schedule, /today, and notices to admins.
internal sealed partial class Strings
{
    // Permission.
    public string ScheduleForAdmins => Get();

    public string ScheduleInServers => Get();

    // Invalid options.
    public string NoTime(string typed) => Format([typed]);

    public string NoDays(string typed) => Format([typed]);

    public string NoContent(string typed) => Format([typed]);

    public string NoScheduleName(string typed) => Format([typed, Number(ScheduleName.MaxLength)]);

    public string NoZone(string typed) => Format([typed]);

    public string NoRole => Get();

    public string NoSwitch(string typed) => Format([typed]);

    public string NoSchedules => Get();

    public string NoSuchSchedule(string typed, string names) => Format([typed, names]);

    public string WhichSchedule(string names) => Format([names]);

    public string TooManySchedules(int max) => Format([Number(max)]);

    // Channels.
    public string NoChannel => Get();

    public string ChannelTakesNoMessages(string channel) => Format([channel]);

    public string ChannelLacks(string channel, string permissions) => Format([channel, permissions]);

    public string ChannelLacksHistory(string channel) => Format([channel]);

    public string ForumRequiresTag(string channel) => Format([channel]);

    public string ChannelHasNoThreads(string channel) => Format([channel]);

    public string ChannelIsNoAnnouncement(string channel) => Format([channel]);

    public string RoleCannotBeMentioned(string role) => Format([role]);

    public string DiscordIsUnavailable => Get();

    /// <summary>The names of permissions in Discord's settings.</summary>
    public string Permissions(DiscordPermissions permissions) =>
        string.Join(", ", NamedPermissions.Where(one => permissions.HasFlag(one)).Select(FormatPermission));

    // Schedules.
    public string Content(ScheduleContent content) => Get($"Content{content}");

    public string ContentShort(ScheduleContent content) => Get($"Content{content}Short");

    /// <summary>Days of the week: "every day", "Monday to Friday", "Monday, Wednesday".</summary>
    public string Days(Weekdays days) =>
        days switch
        {
            Weekdays.Daily or Weekdays.WorkingDays or Weekdays.Weekend => Get($"Days{days}"),
            _ => string.Join(", ", days.GetDays().Select(Culture.DateTimeFormat.GetDayName)),
        };

    /// <summary>Abbreviated days of the week.</summary>
    public string DaysShort(Weekdays days) =>
        days == Weekdays.Daily
            ? Get("DaysDaily")
            : string.Join(", ", days.GetDays().Select(Culture.DateTimeFormat.GetAbbreviatedDayName));

    /// <summary>A local date and time: "Tuesday 2 February, 09:00".</summary>
    public string When(DateTimeOffset local) =>
        $"{Weekday(DateOnly.FromDateTime(local.DateTime))}, {local.ToString("HH:mm", CultureInfo.InvariantCulture)}";

    /// <summary>A day with its weekday: "Tuesday 2 February".</summary>
    public string Weekday(DateOnly day) => $"{Culture.DateTimeFormat.GetDayName(day.DayOfWeek)} {DayOfYear(day)}";

    public string ScheduleIs(string name, string content, string channel, string days, string time, string zone) =>
        Format([name, content, channel, days, time, zone]);

    public string WithoutButtons => Get();

    public string WithPicture => Get();

    public string WithThread => Get();

    public string WithCrosspost => Get();

    public string WithMention(string role) => Format([role]);

    public string NextIs(string when) => Format([when]);

    public string SkippedIs(string when) => Format([when]);

    public string Paused(PauseCause cause, string since) => Format([since], $"Paused{cause}");

    public string PausedShort => Get();

    public string PreviewHint => Get();

    public string ScheduleUsesDefaultZone(string zone) => Format([zone]);

    public string SameAs(string name) => Format([name]);

    public string ScheduleIsPaused(string name) => Format([name]);

    public string ScheduleIsResumed(string name) => Format([name]);

    public string ScheduleIsAlreadyActive(string name) => Format([name]);

    public string SkipIsUndone(string name) => Format([name]);

    public string ScheduleSkips(string name, string when) => Format([name, when]);

    public string NothingToSkip(string name) => Format([name]);

    public string ScheduleIsRemoved(string name) => Format([name]);

    public string AttentionNeeded(string lines) => Format([lines]);

    // Zones.
    public string ZoneIs(string zone, string now) => Format([zone, now]);

    public string ZoneIsNow(string zone, string now) => Format([zone, now]);

    public string ZoneIsDefault(string zone, string now) => Format([zone, now]);

    // Preview.
    public string PreviewHeading(string when, string name, string channel) => Format([when, name, channel]);

    public string PreviewSkipped => Get();

    public string PreviewNothing(int days) => Format([Number(days)]);

    public string PreviewLater => Get();

    // Notices.
    public string NoticeChannelDeleted(string names) => Format([names]);

    public string NoticeChannelForbidden(string names, string channel, string permissions) =>
        Format([names, channel, permissions]);

    public string NoticeWelcome => Get();

    public string NoticeReturned(string names) => Format([names]);

    // Today.
    public string Today(string day) => Format([day]);

    private static readonly DiscordPermissions[] NamedPermissions =
    [
        DiscordPermissions.ViewChannel,
        DiscordPermissions.SendMessages,
        DiscordPermissions.ReadMessageHistory,
        DiscordPermissions.CreatePublicThreads,
    ];

    private string FormatPermission(DiscordPermissions permission) => $"**{Get($"Permission{permission}")}**";
}
