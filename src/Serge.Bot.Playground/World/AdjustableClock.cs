namespace Serge.Bot.Playground.World;

/// <summary>A clock whose date can be changed. Only the current time changes: timers and timestamps are those of the
/// clock below.</summary>
/// <param name="clock">The clock below.</param>
internal sealed class AdjustableClock(TimeProvider clock) : TimeProvider
{
    private long _offset;

    /// <summary>The difference from the clock below; negative for the past.</summary>
    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref _offset));

    /// <inheritdoc/>
    public override long TimestampFrequency => clock.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public void MoveTo(DateTimeOffset time)
    {
        var offset = time - clock.GetUtcNow();
        Interlocked.Exchange(ref _offset, offset.Ticks);
    }

    /// <summary>Sets the clock to the time of the clock below.</summary>
    public void Reset() => Interlocked.Exchange(ref _offset, 0);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + Offset;

    /// <inheritdoc/>
    public override long GetTimestamp() => clock.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(callback, state, dueTime, period);
}
