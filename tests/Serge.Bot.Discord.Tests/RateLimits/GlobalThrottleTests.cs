using Serge.Bot.Discord.RateLimits;

namespace Serge.Bot.Discord.Tests.RateLimits;

/// <summary>The global limit: a request counts from its start until it has certainly arrived.</summary>
public sealed class GlobalThrottleTests
{
    [Theory]
    [InlineData(50, 20)]
    [InlineData(4, 250)]
    [InlineData(1, 1000)]
    public void Wait_AfterARequest_IsItsShareOfASecond(double perSecond, int milliseconds)
    {
        var gate = new GlobalThrottle(perSecond);
        Assert.Equal(TimeSpan.Zero, gate.GetWait(At(0)));
        gate.Start(At(0));
        gate.Finish(At(0), counted: false, At(0));

        Assert.Equal(At(milliseconds), gate.GetWait(At(0)));
        Assert.Equal(At(1), gate.GetWait(At(milliseconds - 1)));
        Assert.Equal(TimeSpan.Zero, gate.GetWait(At(milliseconds)));
    }

    /// <summary>The delay of a late timer is compensated, up to 100 ms.</summary>
    [Theory]
    [InlineData(60, 2)] // 40 ms late: two steps
    [InlineData(120, 5)]
    [InlineData(10_000, 5)]
    public void Start_AfterADelay_CatchesUpOnATenthOfASecondAtMost(int now, int more)
    {
        var gate = new GlobalThrottle(50);
        gate.Start(At(0));
        for (var i = 0; i <= more; i++)
        {
            Assert.Equal(TimeSpan.Zero, gate.GetWait(At(now)));
            gate.Start(At(now));
        }

        Assert.Equal(At(20), gate.GetWait(At(now)));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1.9, 1)]
    [InlineData(2, 2)]
    [InlineData(5.5, 5)]
    public void Wait_WithTheLimitInFlight_DependsOnAnAnswer(double perSecond, int most)
    {
        var gate = new GlobalThrottle(perSecond);
        for (var i = 0; i < most; i++)
        {
            Assert.NotNull(gate.GetWait(At(60_000)));
            gate.Start(At(60_000));
        }

        Assert.Null(gate.GetWait(At(120_000)));
        gate.Finish(At(60_000), counted: false, At(120_000));
        Assert.Equal(TimeSpan.Zero, gate.GetWait(At(120_000)));
    }

    /// <summary>An answered request counts for another second, less half of the shortest round trip.</summary>
    [Fact]
    public void Wait_AfterAnAnswer_CountsItForASecondLessHalfTheShortestRoundTrip()
    {
        var gate = new GlobalThrottle(1);
        gate.Start(At(0));
        gate.Finish(At(0), counted: true, At(200));
        Assert.Equal(At(200 + 1_000 - 100 - 300), gate.GetWait(At(300)));

        gate.Start(At(2_000));
        // Slower: the shortest time is kept.
        gate.Finish(At(2_000), counted: true, At(2_400));
        Assert.Equal(At(900), gate.GetWait(At(2_400)));

        gate.Start(At(4_000));
        // Faster.
        gate.Finish(At(4_000), counted: true, At(4_100));
        Assert.Equal(At(950), gate.GetWait(At(4_100)));
        Assert.Equal(At(1), gate.GetWait(At(5_049)));
        Assert.Equal(TimeSpan.Zero, gate.GetWait(At(5_050)));
    }

    /// <summary>The pace and the limit per second are two limits: the longer wait counts.</summary>
    [Fact]
    public void Wait_WithBothLimitsReached_IsTheLongerOne()
    {
        var gate = new GlobalThrottle(2);
        gate.Start(At(0));
        gate.Finish(At(0), counted: true, At(0));
        gate.Start(At(950));
        gate.Finish(At(950), counted: true, At(950));

        // The limit per second allows the next request at 1,000 ms, the pace at 950 - 100 + 500 = 1,350 ms.
        Assert.Equal(At(390), gate.GetWait(At(960)));

        var slow = new GlobalThrottle(2);
        slow.Start(At(0));
        slow.Finish(At(0), counted: true, At(900));
        slow.Start(At(500));
        slow.Finish(At(500), counted: true, At(900));

        // The pace allows the next request at 1,000 ms, the limit per second 800 ms after the responses.
        Assert.Equal(At(800), slow.GetWait(At(900)));
    }

    [Fact]
    public void Wait_WhenClosed_IsAsLongAsItIsClosed()
    {
        var gate = new GlobalThrottle(50);
        gate.BlockUntil(At(3_000));
        // This does not end the block earlier.
        gate.BlockUntil(At(2_000));

        Assert.True(gate.IsBlocked(At(2_999)));
        Assert.False(gate.IsBlocked(At(3_000)));
        Assert.Equal(At(1_000), gate.GetWait(At(2_000)));
        Assert.Equal(TimeSpan.Zero, gate.GetWait(At(3_000)));
    }

    private static TimeSpan At(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
