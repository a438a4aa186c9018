namespace Serge.Bot.Tests.Support;

/// <summary>A system clock that is set; the elapsed time and the timers do not change.</summary>
/// <param name="steady">The elapsed time, and the time of the clock while it is not set.</param>
internal sealed class ClockThatIsSet(TimeProvider steady) : TimeProvider
{
    /// <summary>How far the clock is ahead.</summary>
    public TimeSpan SetBy { get; set; }

    public override long TimestampFrequency => steady.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => steady.GetUtcNow() + SetBy;

    public override long GetTimestamp() => steady.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        steady.CreateTimer(callback, state, dueTime, period);
}
