namespace Serge.Bot.Tests.Commands;

/// <summary><c>/schedule set</c> of a bot with <c>Discord:SpreadMinutes</c>.</summary>
public sealed class SpreadScheduleTests : GuildCommandFixture
{
    private protected override int SpreadMinutes => 30;

    [Fact]
    public async Task Set_ATime_IsMovedAndTheAnswerReportsIt()
    {
        var text = await SendCommandAsync("set", ("time", "9:30"), ("zone", "UTC"));

        var schedule = Assert.Single(await SchedulesAsync());
        Assert.InRange(schedule.Time, new TimeOnly(9, 31), new TimeOnly(9, 59));
        Assert.Equal(schedule.Time.Minute, schedule.NextDue!.Value.Minute);
        var time = schedule.Time.ToText();
        Assert.Contains($"every day at {time} (", text, StringComparison.Ordinal);
        Assert.Contains($"this schedule posts at {time} instead of 09:30.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_TheTimeOfTheAnswer_ChangesNothingAndReportsNothing()
    {
        await SendCommandAsync("set", ("time", "9:30"), ("name", "x"));
        var first = Assert.Single(await SchedulesAsync());

        var text = await SendCommandAsync("set", ("time", first.Time.ToText()), ("name", "x"));

        Assert.Equal(first.Time, Assert.Single(await SchedulesAsync()).Time);
        Assert.DoesNotContain("instead of", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_ATimeShortBeforeMidnight_StaysOnItsDay()
    {
        await SendCommandAsync("set", ("time", "23:59"));

        Assert.Equal(new TimeOnly(23, 59), Assert.Single(await SchedulesAsync()).Time);
    }
}
