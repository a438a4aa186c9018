using Serge.Bot.Discord.RateLimits;

namespace Serge.Bot.Discord.Tests.RateLimits;

/// <summary>How a bucket applies responses.</summary>
/// <remarks>Source: Discord docs, Topics/Rate Limits, Header Format.</remarks>
public sealed class BucketTests
{
    private readonly Bucket _bucket = new();

    [Fact]
    public void Wait_BeforeAnyAnswer_LetsOneThroughAtATime()
    {
        Assert.Equal(At(0), _bucket.GetWait(At(0)));
        _bucket.Start(At(0));
        Assert.Null(_bucket.GetWait(At(100_000)));
        _bucket.Finish(counted: true, At(100_000));
        Assert.Equal(At(0), _bucket.GetWait(At(100_000)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void Wait_WithSoManyLeft_LetsSoManyThroughAndThenWaitsForTheReset(int remaining)
    {
        _bucket.Update(Figures(5, remaining, resetAfter: 3_000), At(1_000));

        Assert.Equal(remaining, TakeAll(At(1_500)));
        Assert.Equal(At(2_501), _bucket.GetWait(At(1_500))); // the server may have rounded the millisecond
        Assert.Equal(At(1), _bucket.GetWait(At(4_000)));
    }

    [Fact]
    public void Wait_AfterTheReset_LetsAFullWindowThroughLessThoseUnderWay()
    {
        _bucket.Update(Figures(5, 2, resetAfter: 3_000), At(1_000));
        Assert.Equal(2, TakeAll(At(1_000)));

        Assert.Equal(3, TakeAll(At(4_001)));

        // No response has described the new window.
        Assert.Null(_bucket.GetWait(At(4_001)));
        _bucket.Finish(counted: false, At(4_002));
        Assert.Equal(At(0), _bucket.GetWait(At(4_002)));
    }

    public static TheoryData<int?, int?, int?> Partial =>
        new()
        {
            { null, 4, 3_000 },
            { 5, null, 3_000 },
            { 5, 4, null },
            { null, null, null },
        };

    [Theory]
    [MemberData(nameof(Partial))]
    public void Update_WithoutAllFigures_ChangesNothing(int? limit, int? remaining, int? resetAfter)
    {
        RateLimitHeaders answer = new()
        {
            Limit = limit,
            Remaining = remaining,
            ResetAfter = resetAfter is { } ms ? At(ms) : null,
            Reset = At(5_000),
        };
        Assert.False(answer.HasBucketState);
        _bucket.Update(answer, At(0));

        Assert.Equal(1, TakeAll(At(0)));
        Assert.True(Figures(1, 1, 1).HasBucketState);
    }

    /// <summary>A request whose response has no rate limit headers counts until the window ends.</summary>
    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 4)]
    public void Finish_OfRequestsThatMayHaveBeenCounted_LeavesSoMuchLess(bool counted, int left)
    {
        _bucket.Update(Figures(5, 4, resetAfter: 3_000), At(0));
        _bucket.Start(At(0));
        _bucket.Start(At(0));
        _bucket.Finish(counted, At(10));
        _bucket.Finish(counted, At(10));

        Assert.Equal(left, TakeAll(At(20)));
    }

    /// <summary>A request that ends after the reset may have been counted in the new window.</summary>
    [Theory]
    [InlineData(3_000, 5)]
    [InlineData(3_001, 4)]
    public void Finish_AfterTheReset_CountsInTheNewWindow(int returned, int left)
    {
        _bucket.Update(Figures(5, 3, resetAfter: 3_000), At(0));
        _bucket.Start(At(2_900));

        _bucket.Finish(counted: true, At(returned));

        Assert.Equal(left, TakeAll(At(3_500)));
    }

    /// <summary>Windows whose ends are up to 100 ms apart are the same window; the smaller figure is the later
    /// one.</summary>
    [Theory]
    [InlineData(10_000, 3, 2)]
    [InlineData(10_000, 1, 1)]
    [InlineData(10_100, 3, 2)]
    [InlineData(10_100, 1, 1)]
    [InlineData(9_900, 3, 2)]
    [InlineData(9_900, 1, 1)]
    [InlineData(10_101, 3, 3)] // a new window
    [InlineData(10_101, 1, 1)]
    [InlineData(9_899, 3, 1)] // an earlier window: the request counts in this one
    [InlineData(9_899, 1, 1)]
    [InlineData(9_899, 0, 1)]
    public void Update_OfAWindow_KeepsTheSmallerFigureUnlessTheWindowIsNew(int reset, int remaining, int left)
    {
        _bucket.Update(Figures(5, 2, resetAfter: 10_000, reset: 10_000), At(0));

        _bucket.Update(Figures(5, remaining, resetAfter: 10_000, reset), At(0));

        Assert.Equal(left, TakeAll(At(1)));
    }

    /// <summary>Without <c>X-RateLimit-Reset</c> a window is identified by its end on the local clock.</summary>
    [Theory]
    [InlineData(2_000, 3, 2)]
    [InlineData(2_100, 3, 2)]
    [InlineData(2_101, 3, 3)]
    [InlineData(1_899, 3, 1)]
    public void Update_WithoutANameOfTheWindow_GoesByItsEnd(int resetAfter, int remaining, int left)
    {
        _bucket.Update(Figures(5, 2, resetAfter: 3_000), At(0));

        _bucket.Update(Figures(5, remaining, resetAfter), At(1_000));

        Assert.Equal(left, TakeAll(At(1_001)));
    }

    [Fact]
    public void Update_OfTheSameWindow_TakesTheEarliestEnd()
    {
        _bucket.Update(Figures(5, 0, resetAfter: 3_000, reset: 10_000), At(0));
        _bucket.Update(Figures(5, 0, resetAfter: 2_500, reset: 10_000), At(0));
        _bucket.Update(Figures(5, 0, resetAfter: 2_900, reset: 10_000), At(0));

        Assert.Equal(At(2_501), _bucket.GetWait(At(0)));
    }

    [Fact]
    public void Update_OfTheSameWindow_TakesTheNewLimit()
    {
        _bucket.Update(Figures(5, 1, resetAfter: 3_000, reset: 10_000), At(0));
        _bucket.Update(Figures(2, 1, resetAfter: 3_000, reset: 10_000), At(0));

        Assert.Equal(2, TakeAll(At(3_001)));
    }

    /// <summary>A late response about a window that has ended counts in the next one.</summary>
    [Fact]
    public void Update_OfAWindowThatHasEnded_TakesOneFromTheNext()
    {
        _bucket.Update(Figures(5, 1, resetAfter: 3_000, reset: 10_000), At(0));

        _bucket.Update(Figures(5, 4, resetAfter: 1, reset: 10_000), At(3_500));

        Assert.Equal(4, TakeAll(At(3_500)));
    }

    [Fact]
    public void Update_OfA429_ClosesForAsLongAsItAsks()
    {
        var refused = Figures(5, 4, resetAfter: 1_000) with { RetryAfter = At(7_000) };
        _bucket.Update(refused, At(1_000));

        Assert.Equal(At(7_000), _bucket.GetWait(At(1_000)));
        Assert.Equal(At(1), _bucket.GetWait(At(7_999)));
        Assert.Equal(At(0), _bucket.GetWait(At(8_000)));
    }

    [Fact]
    public void IsIdle_WithoutRequestsWindowOrBlock_IsTrue()
    {
        Assert.True(_bucket.IsIdle(At(0)));
        _bucket.Start(At(0));
        Assert.False(_bucket.IsIdle(At(0)));
        _bucket.Finish(counted: false, At(0));
        Assert.True(_bucket.IsIdle(At(0)));

        _bucket.Update(Figures(5, 4, resetAfter: 1_000), At(0));
        Assert.False(_bucket.IsIdle(At(1_000)));
        Assert.True(_bucket.IsIdle(At(1_001)));

        _bucket.Update(new RateLimitHeaders { RetryAfter = At(3_000) }, At(2_000));
        Assert.False(_bucket.IsIdle(At(4_999)));
        Assert.True(_bucket.IsIdle(At(5_000)));
    }

    /// <summary>How many can be taken before there is a wait.</summary>
    private int TakeAll(TimeSpan now)
    {
        var taken = 0;
        while (taken < 100 && _bucket.GetWait(now) == TimeSpan.Zero)
        {
            _bucket.Start(now);
            taken++;
        }

        return taken;
    }

    private static RateLimitHeaders Figures(int limit, int remaining, int resetAfter, int? reset = null) =>
        new()
        {
            Limit = limit,
            Remaining = remaining,
            ResetAfter = At(resetAfter),
            Reset = reset is { } ms ? At(ms) : null,
        };

    private static TimeSpan At(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
