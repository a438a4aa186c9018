namespace Serge.Bot.Health;

/// <summary>Whether a platform can be reached, by what was heard of it last.</summary>
/// <param name="wire">Tells since when.</param>
internal sealed class Connection(TimeProvider wire)
{
    private readonly Lock _lock = new();
    private ConnectionState _state = new(IsUp: null, IsLostForGood: false, wire.GetUtcNow());

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
    public void IsUp() => Become(isUp: true);

    /// <summary>It does not work now.</summary>
    /// <param name="forGood">Until a person mends a setting.</param>
    public void IsDown(bool forGood = false) => Become(isUp: false, forGood);

    /// <summary>We left of our own accord, and nobody knows.</summary>
    public void IsLeft() => Become(isUp: null);

    private void Become(bool? isUp, bool forGood = false)
    {
        lock (_lock)
        {
            if ((_state.IsUp, _state.IsLostForGood) != (isUp, forGood))
            {
                _state = new(isUp, forGood, wire.GetUtcNow());
            }
        }
    }
}

/// <summary>How a connection is.</summary>
/// <param name="IsUp"><see langword="null"/> while it has not been tried.</param>
/// <param name="IsLostForGood">Until a person mends a setting.</param>
/// <param name="Since">Since when, on the wire's clock.</param>
internal readonly record struct ConnectionState(bool? IsUp, bool IsLostForGood, DateTimeOffset Since);

/// <summary>Those of both platforms.</summary>
internal sealed class Connections(Clocks clocks)
{
    /// <summary>At Discord's gateway, or where Discord calls us over HTTP: whether that was agreed.</summary>
    public Connection Discord { get; } = new(clocks.Wire);

    /// <summary>There is no lasting one; it is what the last request came to.</summary>
    public Connection Mastodon { get; } = new(clocks.Wire);
}
