namespace Serge.Bot.Playground.World;

/// <summary>When a bot used the simulated Mastodon server last. A Mastodon bot has no connection that stays open, so
/// its requests are all that the server knows.</summary>
/// <param name="systemClock">The clock of the requests.</param>
internal sealed class MastodonTraffic(TimeProvider systemClock)
{
    private long _lastTicks;

    /// <summary>The last successful request, on the system clock; <see langword="null"/> if there was none.</summary>
    public DateTimeOffset? LastRequest
    {
        get
        {
            var ticks = Interlocked.Read(ref _lastTicks);
            return ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
        }
    }

    public void Handle(SimulatorEvent simulatorEvent)
    {
        if (simulatorEvent is not SimulatorEvent.RequestServed { StatusCode: >= 200 and < 400 } served)
        {
            return;
        }

        if (served.Path.StartsWith("/mastodon/", StringComparison.Ordinal))
        {
            Interlocked.Exchange(ref _lastTicks, systemClock.GetUtcNow().UtcTicks);
        }
    }
}
