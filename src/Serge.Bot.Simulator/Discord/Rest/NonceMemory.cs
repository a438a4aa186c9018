namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>Which message each enforced nonce made. Used under the world's lock.</summary>
/// <remarks>Source: Discord docs, Resources/Message, <c>enforce_nonce</c>: checked "in the past few minutes" by author.</remarks>
internal sealed class NonceMemory(DiscordOptions settings, TimeProvider clock)
{
    private readonly Dictionary<(Snowflake Author, Snowflake Channel, string Nonce), Snowflake> _messages = [];
    private readonly Queue<((Snowflake, Snowflake, string) Key, DateTimeOffset At)> _order = new();

    public Snowflake? Find(Snowflake author, Snowflake channel, string nonce)
    {
        Forget();
        return _messages.TryGetValue((author, channel, nonce), out var message) ? message : null;
    }

    public void Add(Snowflake author, Snowflake channel, string nonce, Snowflake message)
    {
        if (_messages.TryAdd((author, channel, nonce), message))
        {
            _order.Enqueue(((author, channel, nonce), clock.GetUtcNow()));
        }
    }

    private void Forget()
    {
        var now = clock.GetUtcNow();
        while (_order.TryPeek(out var oldest) && now - oldest.At >= settings.NonceWindow)
        {
            _messages.Remove(_order.Dequeue().Key);
        }
    }
}
