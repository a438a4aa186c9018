using Serge.Bot.Discord.RateLimits;

namespace Serge.Bot.Discord.Tests.RateLimits;

/// <summary>The global limit: a request counts from its start until it has certainly arrived.</summary>
public sealed class GlobalGateTests
{
    [Theory]
    [InlineData(50, 20)]
    [InlineData(4, 250)]
    [InlineData(1, 1000)]
    public void Wait_AfterARequest_IsItsShareOfASecond(double perSecond, int milliseconds)
    {
        var gate = new GlobalGate(perSecond);
        Assert.Equal(TimeSpan.Zero, gate.Wait(At(0)));
        gate.Take(At(0));
        gate.Return(At(0), counted: false, At(0));

        Assert.Equal(At(milliseconds), gate.Wait(At(0)));
        Assert.Equal(At(1), gate.Wait(At(milliseconds - 1)));
        Assert.Equal(TimeSpan.Zero, gate.Wait(At(milliseconds)));
    }

    /// <summary>The delay of a late timer is made up for, up to 100 ms.</summary>
    [Theory]
    [InlineData(60, 2)] // it was 40 ms late: two steps
    [InlineData(120, 5)]
    [InlineData(10_000, 5)]
    public void Take_AfterADelay_CatchesUpOnATenthOfASecondAtMost(int now, int more)
    {
        var gate = new GlobalGate(50);
        gate.Take(At(0));
        for (var i = 0; i <= more; i++)
        {
            Assert.Equal(TimeSpan.Zero, gate.Wait(At(now)));
            gate.Take(At(now));
        }

        Assert.Equal(At(20), gate.Wait(At(now)));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1.9, 1)]
    [InlineData(2, 2)]
    [InlineData(5.5, 5)]
    public void Wait_WithTheLimitInFlight_DependsOnAnAnswer(double perSecond, int most)
    {
        var gate = new GlobalGate(perSecond);
        for (var i = 0; i < most; i++)
        {
            Assert.NotNull(gate.Wait(At(60_000)));
            gate.Take(At(60_000));
        }

        Assert.Null(gate.Wait(At(120_000)));
        gate.Return(At(60_000), counted: false, At(120_000));
        Assert.Equal(TimeSpan.Zero, gate.Wait(At(120_000)));
    }

    /// <summary>An answered request counts for another second, less half of the shortest round trip.</summary>
    [Fact]
    public void Wait_AfterAnAnswer_CountsItForASecondLessHalfTheShortestRoundTrip()
    {
        var gate = new GlobalGate(1);
        gate.Take(At(0));
        gate.Return(At(0), counted: true, At(200));
        Assert.Equal(At(200 + 1_000 - 100 - 300), gate.Wait(At(300)));

        gate.Take(At(2_000));
        gate.Return(At(2_000), counted: true, At(2_400)); // slower: the shortest stays
        Assert.Equal(At(900), gate.Wait(At(2_400)));

        gate.Take(At(4_000));
        gate.Return(At(4_000), counted: true, At(4_100)); // quicker
        Assert.Equal(At(950), gate.Wait(At(4_100)));
        Assert.Equal(At(1), gate.Wait(At(5_049)));
        Assert.Equal(TimeSpan.Zero, gate.Wait(At(5_050)));
    }

    /// <summary>The pace and the room are two limits: the longer wait counts.</summary>
    [Fact]
    public void Wait_WithBothLimitsReached_IsTheLongerOne()
    {
        var gate = new GlobalGate(2);
        gate.Take(At(0));
        gate.Return(At(0), counted: true, At(0));
        gate.Take(At(950));
        gate.Return(At(950), counted: true, At(950));

        // Room again at 1,000 ms, the pace at 950 - 100 + 500 = 1,350 ms.
        Assert.Equal(At(390), gate.Wait(At(960)));

        var slow = new GlobalGate(2);
        slow.Take(At(0));
        slow.Return(At(0), counted: true, At(900));
        slow.Take(At(500));
        slow.Return(At(500), counted: true, At(900));

        // The pace at 1,000 ms, room again 800 ms after the answers.
        Assert.Equal(At(800), slow.Wait(At(900)));
    }

    [Fact]
    public void Wait_WhenClosed_IsAsLongAsItIsClosed()
    {
        var gate = new GlobalGate(50);
        gate.CloseUntil(At(3_000));
        gate.CloseUntil(At(2_000)); // does not open it sooner

        Assert.True(gate.IsClosed(At(2_999)));
        Assert.False(gate.IsClosed(At(3_000)));
        Assert.Equal(At(1_000), gate.Wait(At(2_000)));
        Assert.Equal(TimeSpan.Zero, gate.Wait(At(3_000)));
    }

    private static TimeSpan At(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
