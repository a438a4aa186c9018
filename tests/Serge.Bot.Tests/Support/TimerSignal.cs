namespace Serge.Bot.Tests.Support;

/// <summary>A clock that reports when the code under test has begun to wait.</summary>
internal sealed class TimerSignal : FakeTimeProvider
{
    private readonly CountedSignal _created = new();

    /// <summary>Waits for the creation of the next timer that was not awaited before.</summary>
    public Task TimerCreatedAsync() => _created.TakeAsync();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _created.Give();
        return timer;
    }
}
