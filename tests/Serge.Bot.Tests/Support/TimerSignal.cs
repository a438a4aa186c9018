namespace Serge.Bot.Tests.Support;

/// <summary>A clock that tells when the code under test has begun to wait.</summary>
internal sealed class TimerSignal : FakeTimeProvider
{
    private readonly CountedSignal _created = new();

    /// <summary>Waits until one more timer was created than was waited for before.</summary>
    public Task TimerCreatedAsync() => _created.TakeAsync();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _created.Give();
        return timer;
    }
}
