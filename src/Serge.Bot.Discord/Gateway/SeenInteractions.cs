namespace Serge.Bot.Discord.Gateway;

/// <summary>The interactions that have been handed on lately: Discord may deliver one more than once, also over another
/// shard or in a new session.</summary>
/// <remarks>Source: Discord docs, Reference, Consistency. Bounded: a second delivery follows the first within minutes, if ever, and an
/// interaction is dead after 15 of them.</remarks>
/// <param name="capacity">How many are remembered; the oldest is forgotten first.</param>
internal sealed class SeenInteractions(int capacity = 4096)
{
    private readonly Lock _lock = new();
    private readonly HashSet<InteractionId> _seen = [];
    private readonly Queue<InteractionId> _order = new();

    /// <summary>Notes an interaction.</summary>
    /// <returns>Whether it is new.</returns>
    public bool TryAdd(InteractionId id)
    {
        lock (_lock)
        {
            if (!_seen.Add(id))
            {
                return false;
            }

            _order.Enqueue(id);
            if (_order.Count > capacity)
            {
                _seen.Remove(_order.Dequeue());
            }

            return true;
        }
    }
}
