namespace Serge.Bot.Platforms.Tests;

/// <summary>A body is not sent once either clock has reached the deadline.</summary>
public sealed class SendDeadlineTests
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(90);

    [Theory]
    [InlineData(89.9, 89.9, false)]
    [InlineData(90, 90, true)] // a stopped process, a paused container
    [InlineData(0, 90, true)] // a suspended machine, whose monotonic clock was stopped
    [InlineData(90, 0, true)] // the wall clock was set back in between
    [InlineData(90, -3600, true)]
    [InlineData(1, 3600, true)] // the wall clock was wrong when the claim was written
    public void HasPassed_AfterTimeOnEachClock_IsTrueOnceOneReachesTheEnd(double monotonic, double wall, bool hasPassed)
    {
        TwoClocks clock = new();
        SendDeadline deadline = new(clock, Length);

        clock.Monotonic = TimeSpan.FromSeconds(monotonic);
        clock.Wall = TimeSpan.FromSeconds(wall);

        Assert.Equal(hasPassed, deadline.HasPassed);
    }

    [Fact]
    public void HasPassed_OfNone_IsFalse() => Assert.False(SendDeadline.None.HasPassed);

    [Fact]
    public async Task Content_BeforeTheDeadline_IsWrittenWithItsHeaders()
    {
        TwoClocks clock = new();
        using DeadlineContent content = new(new StringContent("“é”"), new SendDeadline(clock, Length));

        Assert.Equal("“é”", await content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("text/plain; charset=utf-8", content.Headers.ContentType?.ToString());
        Assert.Equal(8, content.Headers.ContentLength);
    }

    [Fact]
    public async Task Content_ThatIsSentAgainAfterTheDeadline_WritesNothing()
    {
        TwoClocks clock = new();
        using DeadlineContent content = new(new StringContent("text"), new SendDeadline(clock, Length));
        using MemoryStream first = new();
        await content.CopyToAsync(first, TestContext.Current.CancellationToken);
        clock.Wall = Length;

        using MemoryStream second = new();
        await Assert.ThrowsAsync<SendDeadlineException>(() =>
            content.CopyToAsync(second, TestContext.Current.CancellationToken)
        );

        Assert.Equal((4, 0), (first.Length, second.Length));
    }

    private sealed class TwoClocks : TimeProvider
    {
        public TimeSpan Monotonic { get; set; }

        public TimeSpan Wall { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Monotonic.Ticks;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + Wall;
    }
}
