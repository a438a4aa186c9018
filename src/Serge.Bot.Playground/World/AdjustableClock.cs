namespace Serge.Bot.Playground.World;

/// <summary>A clock whose date can be changed. Only the current time changes: timers and timestamps are those of the
/// clock below.</summary>
/// <param name="clock">The clock below.</param>
internal sealed class AdjustableClock(TimeProvider clock) : TimeProvider
{
    private readonly Lock _lock = new();
    private TimeSpan _offset;
    private DateTimeOffset? _stoppedAt;

    /// <summary>The difference from the clock below; negative for the past.</summary>
    public TimeSpan Offset
    {
        get
        {
            lock (_lock)
            {
                return GetOffset();
            }
        }
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => clock.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public void MoveTo(DateTimeOffset time)
    {
        lock (_lock)
        {
            _offset = time - clock.GetUtcNow();
            _stoppedAt = null;
        }
    }

    /// <summary>Sets the clock and stops it while an action runs. Then it continues from this time, unless the action
    /// set it to another one.</summary>
    public async Task RunAtAsync(DateTimeOffset time, Func<Task> action)
    {
        lock (_lock)
        {
            _stoppedAt = time;
        }

        try
        {
            await action();
        }
        finally
        {
            lock (_lock)
            {
                _offset = GetOffset();
                _stoppedAt = null;
            }
        }
    }

    /// <summary>Sets the clock to the time of the clock below.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            _offset = TimeSpan.Zero;
            _stoppedAt = null;
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _stoppedAt ?? clock.GetUtcNow() + _offset;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => clock.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(callback, state, dueTime, period);

    private TimeSpan GetOffset() => _stoppedAt is { } time ? time - clock.GetUtcNow() : _offset;
}
