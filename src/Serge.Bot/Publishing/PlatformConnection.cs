namespace Serge.Bot.Publishing;

/// <summary>Whether a platform can be reached, by what was heard of it last.</summary>
/// <param name="wire">Tells since when.</param>
internal sealed class PlatformConnection(TimeProvider wire)
{
    private readonly Lock _lock = new();
    private ConnectionState _state = new(IsConnected: null, NeedsOperator: false, wire.GetUtcNow());

    /// <summary>How it is.</summary>
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

    /// <summary>It works.</summary>
    public void MarkConnected() => Set(isUp: true);

    /// <summary>It does not work now.</summary>
    /// <param name="forGood">Until a person mends a setting.</param>
    public void MarkDisconnected(bool forGood = false) => Set(isUp: false, forGood);

    /// <summary>We left of our own accord, and nobody knows.</summary>
    public void MarkUnused() => Set(isUp: null);

    private void Set(bool? isUp, bool forGood = false)
    {
        lock (_lock)
        {
            if ((_state.IsConnected, _state.NeedsOperator) != (isUp, forGood))
            {
                _state = new(isUp, forGood, wire.GetUtcNow());
            }
        }
    }
}

/// <summary>How a connection is.</summary>
/// <param name="IsConnected"><see langword="null"/> while it has not been tried.</param>
/// <param name="NeedsOperator">Until a person mends a setting.</param>
/// <param name="Since">Since when, on the wire's clock.</param>
internal readonly record struct ConnectionState(bool? IsConnected, bool NeedsOperator, DateTimeOffset Since);

/// <summary>Those of both platforms.</summary>
internal sealed class PlatformConnections(Clocks clocks)
{
    /// <summary>At Discord's gateway, or where Discord calls us over HTTP: whether that was agreed.</summary>
    public PlatformConnection Discord { get; } = new(clocks.System);

    /// <summary>There is no lasting one; it is what the last request came to.</summary>
    public PlatformConnection Mastodon { get; } = new(clocks.System);
}
