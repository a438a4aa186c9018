namespace Serge.Bot.Simulator.Discord;

/// <summary>Remembers the message of each enforced nonce. Use it under the world's lock.</summary>
/// <remarks>Source: Discord docs, Resources/Message, <c>enforce_nonce</c>: checked "in the past few minutes" by author.
/// </remarks>
internal sealed class RecentNonces(DiscordOptions options, TimeProvider clock)
{
    private readonly Dictionary<NonceKey, Snowflake> _messages = [];
    private readonly Queue<(NonceKey Key, DateTimeOffset AddedAt)> _order = new();

    public Snowflake? Find(Snowflake author, Snowflake channel, string nonce)
    {
        RemoveExpired();
        NonceKey key = new(author, channel, nonce);
        return _messages.TryGetValue(key, out var message) ? message : null;
    }

    public void Add(Snowflake author, Snowflake channel, string nonce, Snowflake message)
    {
        NonceKey key = new(author, channel, nonce);
        if (_messages.TryAdd(key, message))
        {
            _order.Enqueue((key, clock.GetUtcNow()));
        }
    }

    private void RemoveExpired()
    {
        var now = clock.GetUtcNow();
        while (_order.TryPeek(out var oldest) && now - oldest.AddedAt >= options.NonceWindow)
        {
            _order.Dequeue();
            _messages.Remove(oldest.Key);
        }
    }

    private readonly record struct NonceKey(Snowflake Author, Snowflake Channel, string Nonce);
}
