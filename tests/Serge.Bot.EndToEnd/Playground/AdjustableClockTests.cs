using Microsoft.Extensions.Time.Testing;

namespace Serge.Bot.EndToEnd.Playground;

public sealed class AdjustableClockTests
{
    private readonly FakeTimeProvider _clock = new(Stage.At("2026-11-23 10:00"));

    [Fact]
    public void GetUtcNow_BeforeItIsSet_IsTheClocks() =>
        Assert.Equal(_clock.GetUtcNow(), new AdjustableClock(_clock).GetUtcNow());

    [Theory]
    [InlineData("2027-02-01 08:59:59")]
    [InlineData("2025-12-30 00:00")]
    [InlineData("2028-02-29 23:59")]
    public void MoveTo_AnyMoment_ContinuesFromThere(string moment)
    {
        AdjustableClock clock = new(_clock);

        clock.MoveTo(Stage.At(moment));
        Assert.Equal(Stage.At(moment), clock.GetUtcNow());

        _clock.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal(Stage.At(moment).AddSeconds(90), clock.GetUtcNow());
    }

    [Fact]
    public void MoveTo_Twice_CountsFromTheClockAndNotFromTheFirst()
    {
        AdjustableClock clock = new(_clock);

        clock.MoveTo(Stage.At("2030-01-01 00:00"));
        clock.MoveTo(Stage.At("2026-11-23 11:00"));

        Assert.Equal(TimeSpan.FromHours(1), clock.Offset);
    }

    [Fact]
    public void Reset_AfterMoveTo_ShowsThePresent()
    {
        AdjustableClock clock = new(_clock);
        clock.MoveTo(Stage.At("2030-01-01 00:00"));

        clock.Reset();

        Assert.Equal(_clock.GetUtcNow(), clock.GetUtcNow());
    }

    [Fact]
    public async Task RunAt_StopsTheClockWhileTheActionRuns()
    {
        AdjustableClock clock = new(_clock);
        var time = Stage.At("2027-02-01 07:59:59");

        await clock.RunAtAsync(time, AdvanceAsync);

        Assert.Equal(time, clock.GetUtcNow());
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(time.AddSeconds(1), clock.GetUtcNow());

        Task AdvanceAsync()
        {
            _clock.Advance(TimeSpan.FromSeconds(90));
            Assert.Equal(time, clock.GetUtcNow());
            Assert.Equal(time - _clock.GetUtcNow(), clock.Offset);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task RunAt_AnActionThatFails_StartsTheClock()
    {
        AdjustableClock clock = new(_clock);
        var time = Stage.At("2027-02-01 07:59:59");

        await Assert.ThrowsAsync<IOException>(() => clock.RunAtAsync(time, () => throw new IOException()));

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(time.AddSeconds(1), clock.GetUtcNow());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunAt_AnActionThatSetsTheClock_ContinuesFromThere(bool reset)
    {
        AdjustableClock clock = new(_clock);

        await clock.RunAtAsync(Stage.At("2030-01-01 00:00"), SetAsync);

        Assert.Equal(_clock.GetUtcNow(), clock.GetUtcNow());

        Task SetAsync()
        {
            if (reset)
            {
                clock.Reset();
            }
            else
            {
                clock.MoveTo(_clock.GetUtcNow());
            }

            _clock.Advance(TimeSpan.FromSeconds(90));
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task MoveTo_DuringADelay_DoesNotShortenIt()
    {
        AdjustableClock clock = new(_clock);
        var wait = Task.Delay(TimeSpan.FromMinutes(1), clock, TestContext.Current.CancellationToken);
        var since = clock.GetTimestamp();

        clock.MoveTo(Stage.At("2030-01-01 00:00"));

        Assert.False(wait.IsCompleted);
        Assert.Equal(TimeSpan.Zero, clock.GetElapsedTime(since));
        _clock.Advance(TimeSpan.FromMinutes(1));
        await wait;
    }
}
