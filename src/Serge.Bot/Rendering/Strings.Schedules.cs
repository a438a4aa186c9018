namespace Serge.Bot.Rendering;

// What /schedule and /today say, and what the bot tells admins of its own accord.
internal sealed partial class Strings
{
    // Who may, and where.
    public string ScheduleForAdmins => Get(nameof(ScheduleForAdmins));

    public string ScheduleInServers => Get(nameof(ScheduleInServers));

    // What was typed and cannot be.
    public string NoTime(string typed) => Format(nameof(NoTime), typed);

    public string NoDays(string typed) => Format(nameof(NoDays), typed);

    public string NoContent(string typed) => Format(nameof(NoContent), typed);

    public string NoScheduleName(string typed) =>
        Format(nameof(NoScheduleName), typed, Number(ScheduleName.MostCharacters));

    public string NoZone(string typed) => Format(nameof(NoZone), typed);

    public string NoSchedules => Get(nameof(NoSchedules));

    public string NoSuchSchedule(string typed, string names) => Format(nameof(NoSuchSchedule), typed, names);

    public string WhichSchedule(string names) => Format(nameof(WhichSchedule), names);

    public string TooManySchedules(int max) => Format(nameof(TooManySchedules), Number(max));

    // Channels.
    public string NoChannel => Get(nameof(NoChannel));

    public string ChannelTakesNoMessages(string channel) => Format(nameof(ChannelTakesNoMessages), channel);

    public string ChannelLacks(string channel, string permissions) =>
        Format(nameof(ChannelLacks), channel, permissions);

    public string ChannelLacksHistory(string channel) => Format(nameof(ChannelLacksHistory), channel);

    public string DiscordIsUnavailable => Get(nameof(DiscordIsUnavailable));

    /// <summary>Permissions as Discord's own settings call them.</summary>
    public string Permissions(DiscordPermissions permissions) =>
        string.Join(
            ", ",
            new[]
            {
                DiscordPermissions.ViewChannel,
                DiscordPermissions.SendMessages,
                DiscordPermissions.ReadMessageHistory,
            }
                .Where(permission => permissions.HasFlag(permission))
                .Select(permission => $"**{Get($"Permission{permission}")}**")
        );

    // A schedule and what became of it.
    public string Content(ScheduleContent content) => Get($"Content{content}");

    public string ContentShort(ScheduleContent content) => Get($"Content{content}Short");

    /// <summary>Days of the week: "every day", "Monday to Friday", "Monday, Wednesday".</summary>
    public string Days(Weekdays days) =>
        days switch
        {
            Weekdays.Daily or Weekdays.WorkingDays or Weekdays.Weekend => Get($"Days{days}"),
            _ => string.Join(", ", days.Each().Select(Culture.DateTimeFormat.GetDayName)),
        };

    /// <summary>Days of the week in few letters.</summary>
    public string DaysShort(Weekdays days) =>
        days == Weekdays.Daily
            ? Get("DaysDaily")
            : string.Join(", ", days.Each().Select(Culture.DateTimeFormat.GetAbbreviatedDayName));

    /// <summary>A moment to come, where it is shown: "Tuesday 2 February, 09:00".</summary>
    public string When(DateTimeOffset local) =>
        $"{Weekday(DateOnly.FromDateTime(local.DateTime))}, {TimeOnly.FromDateTime(local.DateTime).ToText()}";

    /// <summary>A day and its name: "Tuesday 2 February".</summary>
    public string Weekday(DateOnly day) => $"{Culture.DateTimeFormat.GetDayName(day.DayOfWeek)} {DayOfYear(day)}";

    public string ScheduleIs(string name, string content, string channel, string days, string time, string zone) =>
        Format(nameof(ScheduleIs), name, content, channel, days, time, zone);

    public string NextIs(string when) => Format(nameof(NextIs), when);

    public string SkippedIs(string when) => Format(nameof(SkippedIs), when);

    public string Paused(PauseCause cause, string since) => Format($"Paused{cause}", since);

    public string PausedShort => Get(nameof(PausedShort));

    public string PreviewHint => Get(nameof(PreviewHint));

    public string ScheduleUsesDefaultZone(string zone) => Format(nameof(ScheduleUsesDefaultZone), zone);

    public string SameAs(string name) => Format(nameof(SameAs), name);

    public string ScheduleIsPaused(string name) => Format(nameof(ScheduleIsPaused), name);

    public string ScheduleIsResumed(string name) => Format(nameof(ScheduleIsResumed), name);

    public string ScheduleIsAlreadyActive(string name) => Format(nameof(ScheduleIsAlreadyActive), name);

    public string SkipIsUndone(string name) => Format(nameof(SkipIsUndone), name);

    public string ScheduleSkips(string name, string when) => Format(nameof(ScheduleSkips), name, when);

    public string NothingToSkip(string name) => Format(nameof(NothingToSkip), name);

    public string ScheduleIsRemoved(string name) => Format(nameof(ScheduleIsRemoved), name);

    public string AttentionNeeded(string lines) => Format(nameof(AttentionNeeded), lines);

    // Zones.
    public string ZoneIs(string zone, string now) => Format(nameof(ZoneIs), zone, now);

    public string ZoneIsNow(string zone, string now) => Format(nameof(ZoneIsNow), zone, now);

    public string ZoneIsDefault(string zone, string now) => Format(nameof(ZoneIsDefault), zone, now);

    // Preview.
    public string PreviewHeading(string when, string name, string channel) =>
        Format(nameof(PreviewHeading), when, name, channel);

    public string PreviewSkipped => Get(nameof(PreviewSkipped));

    public string PreviewNothing(int days) => Format(nameof(PreviewNothing), Number(days));

    public string PreviewLater => Get(nameof(PreviewLater));

    // Of its own accord.
    public string NoticeChannelDeleted(string names) => Format(nameof(NoticeChannelDeleted), names);

    public string NoticeChannelForbidden(string names, string channel, string permissions) =>
        Format(nameof(NoticeChannelForbidden), names, channel, permissions);

    public string NoticeReturned(string names) => Format(nameof(NoticeReturned), names);

    // Today.
    public string Today(string day) => Format(nameof(Today), day);
}
