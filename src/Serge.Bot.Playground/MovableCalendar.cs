namespace Serge.Bot.Playground;

/// <summary>A calendar that can be turned to another day and then goes on at its usual pace. It tells dates only: whoever measures
/// a wait with it gets the time of the clock underneath.</summary>
/// <param name="clock">What it runs on.</param>
internal sealed class MovableCalendar(TimeProvider clock) : TimeProvider
{
    private long _offset;

    /// <summary>How far it is ahead of the clock underneath; negative when it is behind.</summary>
    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref _offset));

    /// <inheritdoc/>
    public override long TimestampFrequency => clock.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    /// <summary>Turns it.</summary>
    public void MoveTo(DateTimeOffset moment) => Interlocked.Exchange(ref _offset, (moment - clock.GetUtcNow()).Ticks);

    /// <summary>Turns it back to the present.</summary>
    public void Reset() => Interlocked.Exchange(ref _offset, 0);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + Offset;

    /// <inheritdoc/>
    public override long GetTimestamp() => clock.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(callback, state, dueTime, period);
}
