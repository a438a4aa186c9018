namespace Serge.Bot.Platforms;

/// <summary>The ids of recent interactions. Discord may deliver an interaction more than once, also over another shard
/// or in a new session.</summary>
/// <remarks>Source: Discord docs, Reference, Consistency. The table is bounded: a repeated delivery arrives within
/// minutes, and an interaction expires after 15 minutes. Thread-safe.</remarks>
/// <param name="capacity">The most ids that are kept; the oldest is removed first.</param>
public sealed class SeenInteractions(int capacity = 4096)
{
    private readonly Lock _lock = new();
    private readonly HashSet<InteractionId> _ids = [];
    private readonly Queue<InteractionId> _order = new();

    /// <summary>Adds an interaction.</summary>
    /// <returns><see langword="false"/> if it was delivered before.</returns>
    public bool TryAdd(InteractionId id)
    {
        lock (_lock)
        {
            if (!_ids.Add(id))
            {
                return false;
            }

            _order.Enqueue(id);
            if (_order.Count > capacity)
            {
                _ids.Remove(_order.Dequeue());
            }

            return true;
        }
    }
}
