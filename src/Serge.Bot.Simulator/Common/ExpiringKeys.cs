namespace Serge.Bot.Simulator.Common;

/// <summary>Remembers the id that each key has created, for a limited time. Use it under the world's lock.</summary>
/// <param name="window">Returns how long a key is remembered.</param>
/// <param name="clock">The world's clock.</param>
internal sealed class ExpiringKeys<TKey, TId>(Func<TimeSpan> window, TimeProvider clock)
    where TKey : notnull
    where TId : notnull
{
    private readonly Dictionary<TKey, TId> _ids = [];
    private readonly Queue<(TKey Key, DateTimeOffset AddedAt)> _order = new();

    public bool TryFind(TKey key, [NotNullWhen(true)] out TId? id)
    {
        RemoveExpired();
        return _ids.TryGetValue(key, out id);
    }

    public void Add(TKey key, TId id)
    {
        RemoveExpired();
        if (_ids.TryAdd(key, id))
        {
            _order.Enqueue((key, clock.GetUtcNow()));
        }
    }

    private void RemoveExpired()
    {
        var now = clock.GetUtcNow();
        while (_order.TryPeek(out var oldest) && now - oldest.AddedAt >= window())
        {
            _order.Dequeue();
            _ids.Remove(oldest.Key);
        }
    }
}
