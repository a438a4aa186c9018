namespace Serge.Bot.Publishing;

/// <summary>The state of the connection to a platform, by its last answer.</summary>
/// <param name="systemClock">Measures how long it lasts.</param>
internal sealed class PlatformConnection(TimeProvider systemClock)
{
    private readonly Lock _lock = new();
    private ConnectionState _state = new(IsConnected: null, NeedsOperator: false, systemClock.GetUtcNow());

    public ConnectionState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    public void MarkConnected() => Set(isConnected: true, needsOperator: false);

    /// <summary>Marks it as connected, unless only a changed setting can restore it.</summary>
    public void MarkReached()
    {
        lock (_lock)
        {
            if (!_state.NeedsOperator)
            {
                MarkConnected();
            }
        }
    }

    /// <param name="needsOperator">Whether only a changed setting can restore it.</param>
    public void MarkDisconnected(bool needsOperator = false) => Set(isConnected: false, needsOperator);

    /// <summary>The bot closed the connection itself, so its state is not known.</summary>
    public void MarkUnused() => Set(isConnected: null, needsOperator: false);

    private void Set(bool? isConnected, bool needsOperator)
    {
        lock (_lock)
        {
            if (_state.IsConnected != isConnected || _state.NeedsOperator != needsOperator)
            {
                _state = new ConnectionState(isConnected, needsOperator, systemClock.GetUtcNow());
            }
        }
    }
}

/// <param name="IsConnected"><see langword="null"/> before the first attempt.</param>
/// <param name="NeedsOperator">Whether only a changed setting can restore it.</param>
/// <param name="Since">Since when, on the system clock.</param>
internal readonly record struct ConnectionState(bool? IsConnected, bool NeedsOperator, DateTimeOffset Since);

/// <summary>The connections to both platforms.</summary>
internal sealed class PlatformConnections(Clocks clocks)
{
    /// <summary>The gateway session; with HTTP interactions, whether the bot could read its application from
    /// Discord.</summary>
    public PlatformConnection Discord { get; } = new(clocks.System);

    /// <summary>Whether the last post or check reached the server, or a lookup since then: there is no lasting
    /// connection.</summary>
    public PlatformConnection Mastodon { get; } = new(clocks.System);
}
