namespace Serge.Bot.Tests.Guilds;

/// <summary>How the times of servers' schedules are spread over a period.</summary>
public sealed class TimeSpreadTests
{
    private const int MinutesPerDay = 24 * 60;

    private static readonly int[] Periods = [1, 2, 7, 30, 45, 60];

    [Fact]
    public void Move_ToAPeriodOfOneMinute_ChangesNoTime()
    {
        foreach (var chosen in EveryMinute())
        {
            Assert.Equal(chosen, TimeSpread.Move(chosen, Schedule(1), 1));
        }
    }

    [Fact]
    public void Move_AnyTime_StaysOnItsDayAndIsLaterByLessThanThePeriod()
    {
        foreach (var period in Periods)
        {
            foreach (var chosen in EveryMinute())
            {
                var moved = TimeSpread.Move(chosen, Schedule(7), period);

                var later = moved.ToTimeSpan() - chosen.ToTimeSpan();
                Assert.InRange(later, TimeSpan.Zero, TimeSpan.FromMinutes(period - 1));
            }
        }
    }

    // An admin who enters the time of the bot's reply changes nothing.
    [Fact]
    public void Move_ATimeThatWasMoved_LeavesIt()
    {
        foreach (var period in Periods)
        {
            foreach (var chosen in EveryMinute())
            {
                var moved = TimeSpread.Move(chosen, Schedule(7), period);

                Assert.Equal(moved, TimeSpread.Move(moved, Schedule(7), period));
            }
        }
    }

    [Fact]
    public void Move_NineOClockInManyServers_UsesEveryMinuteEqually()
    {
        const int Servers = 30_000;
        const int Period = 30;
        TimeOnly nine = new(9, 0);

        var times = Enumerable.Range(1, Servers).Select(guild => TimeSpread.Move(nine, Schedule(guild), Period));

        var perMinute = times.CountBy(time => time).ToDictionary();
        Assert.Equal(Period, perMinute.Count);
        // 1,000 on average with a standard deviation of 31: 150 is nearly five standard deviations.
        Assert.All(perMinute.Values, count => Assert.InRange(count, 850, 1150));
    }

    // Other versions of the bot must not move the stored schedules.
    [Fact]
    public void Move_TheSameSchedule_GivesTheSameTimeInEveryVersion()
    {
        Assert.Equal(new TimeOnly(9, 1), TimeSpread.Move(new TimeOnly(9, 0), Schedule(1), 30));
        Assert.Equal(new TimeOnly(9, 23), TimeSpread.Move(new TimeOnly(9, 0), Schedule(2), 30));
    }

    private static ScheduleId Schedule(int guild) =>
        new(GuildSchedule.GetOwner(new GuildId((ulong)guild)), "quotation");

    private static IEnumerable<TimeOnly> EveryMinute() =>
        Enumerable.Range(0, MinutesPerDay).Select(minute => TimeOnly.MinValue.AddMinutes(minute));
}
