using Microsoft.Extensions.Time.Testing;

namespace Serge.Bot.EndToEnd.Playground;

public sealed class MovableCalendarTests
{
    private readonly FakeTimeProvider _clock = new(Stage.At("2026-11-23 10:00"));

    [Fact]
    public void GetUtcNow_BeforeItIsTurned_IsTheClocks() =>
        Assert.Equal(_clock.GetUtcNow(), new AdjustableClock(_clock).GetUtcNow());

    [Theory]
    [InlineData("2027-02-01 08:59:59")]
    [InlineData("2025-12-30 00:00")]
    [InlineData("2028-02-29 23:59")]
    public void MoveTo_AnyMoment_GoesOnFromThere(string moment)
    {
        AdjustableClock calendar = new(_clock);

        calendar.MoveTo(Stage.At(moment));
        Assert.Equal(Stage.At(moment), calendar.GetUtcNow());

        _clock.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal(Stage.At(moment).AddSeconds(90), calendar.GetUtcNow());
    }

    [Fact]
    public void MoveTo_Twice_CountsFromTheClockAndNotFromTheFirst()
    {
        AdjustableClock calendar = new(_clock);

        calendar.MoveTo(Stage.At("2030-01-01 00:00"));
        calendar.MoveTo(Stage.At("2026-11-23 11:00"));

        Assert.Equal(TimeSpan.FromHours(1), calendar.Offset);
    }

    [Fact]
    public void Reset_AfterATurn_ShowsThePresent()
    {
        AdjustableClock calendar = new(_clock);
        calendar.MoveTo(Stage.At("2030-01-01 00:00"));

        calendar.Reset();

        Assert.Equal(_clock.GetUtcNow(), calendar.GetUtcNow());
    }

    [Fact]
    public async Task MoveTo_WhileSomebodyWaits_ShortensNoWait()
    {
        AdjustableClock calendar = new(_clock);
        var wait = Task.Delay(TimeSpan.FromMinutes(1), calendar, TestContext.Current.CancellationToken);
        var since = calendar.GetTimestamp();

        calendar.MoveTo(Stage.At("2030-01-01 00:00"));

        Assert.False(wait.IsCompleted);
        Assert.Equal(TimeSpan.Zero, calendar.GetElapsedTime(since));
        _clock.Advance(TimeSpan.FromMinutes(1));
        await wait;
    }
}
