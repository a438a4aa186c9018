namespace Serge.Bot.EndToEnd.Support;

/// <summary>A clock that changes only when a test sets it.</summary>
internal sealed class ManualClock(DateTimeOffset now) : TimeProvider
{
    private readonly Lock _lock = new();
    private DateTimeOffset _now = now;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public void MoveTo(DateTimeOffset now)
    {
        lock (_lock)
        {
            _now = now;
        }
    }
}
