using System.Globalization;

namespace Serge.Bot.Tests.Support;

/// <summary>Sample servers.</summary>
internal static class SampleGuild
{
    public static readonly GuildId Guild = new(100);

    public static GuildSchedule Schedule(
        ulong guild = 100,
        string name = "morning",
        ulong channel = 1,
        string time = "09:00",
        Weekdays days = Weekdays.Daily,
        ScheduleContent content = ScheduleContent.Quote,
        string? zone = null,
        DateTimeOffset? nextDue = null
    ) =>
        new()
        {
            Guild = new GuildId(guild),
            Name = name,
            Channel = new ChannelId(channel),
            Time = TimeOnly.Parse(time, CultureInfo.InvariantCulture),
            Days = days,
            Content = content,
            Zone = zone,
            NextDue = nextDue,
        };

    public static GuildSettings With(params GuildSchedule[] schedules) =>
        schedules.Aggregate(
            new GuildSettings(schedules[0].Guild),
            (guildSettings, schedule) => guildSettings.With(schedule)
        );

    /// <summary>Sets up a server as an admin would: its schedules are due from now on.</summary>
    public static Task<GuildSettings> SetUpAsync(
        this IGuildStore guildStore,
        DateTimeOffset now,
        string? zone,
        params GuildSchedule[] schedules
    ) =>
        guildStore.ChangeAsync(
            schedules[0].Guild,
            guildSettings => new GuildChange((With(schedules) with { Zone = zone }).DueAfter(now, TimeZoneInfo.Utc)),
            TestContext.Current.CancellationToken
        );
}
