using System.Globalization;
using Serge.Bot.Places;

namespace Serge.Bot.Tests.Support;

/// <summary>Servers to test with.</summary>
internal static class SomePlace
{
    public static readonly GuildId Guild = new(100);

    public static PlaceSchedule Schedule(
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

    public static Place With(params PlaceSchedule[] schedules) =>
        schedules.Aggregate(new Place(schedules[0].Guild), (place, schedule) => place.With(schedule));

    /// <summary>Sets up a server as an admin would: its schedules are due from now on.</summary>
    public static Task<Place> SetUpAsync(
        this IPlaces places,
        DateTimeOffset now,
        string? zone,
        params PlaceSchedule[] schedules
    ) =>
        places.ChangeAsync(
            schedules[0].Guild,
            place => new PlaceChange((With(schedules) with { Zone = zone }).DueAfter(now, TimeZoneInfo.Utc)),
            TestContext.Current.CancellationToken
        );
}
