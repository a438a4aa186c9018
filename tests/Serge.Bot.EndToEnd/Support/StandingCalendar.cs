namespace Serge.Bot.EndToEnd.Support;

/// <summary>A calendar that stands where it is put.</summary>
internal sealed class StandingCalendar(DateTimeOffset now) : TimeProvider
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
