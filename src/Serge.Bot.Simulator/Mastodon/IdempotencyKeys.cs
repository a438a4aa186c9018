namespace Serge.Bot.Simulator.Mastodon;

/// <summary>Which status each idempotency key has made. Used under the world's lock.</summary>
/// <remarks>Source: Mastodon docs, methods/statuses, header <c>Idempotency-Key</c>. A key is the account's own; the rest of the request
/// is not compared.</remarks>
internal sealed class IdempotencyKeys(MastodonOptions settings, TimeProvider clock)
{
    private readonly Dictionary<(string Account, string Key), string> _made = [];
    private readonly Queue<((string Account, string Key) Key, DateTimeOffset At)> _order = new();

    /// <summary>The id that a key has made, if it is remembered.</summary>
    public string? Find(Account account, string key)
    {
        Forget();
        return _made.GetValueOrDefault((account.Id, key));
    }

    public void Add(Account account, string key, string id)
    {
        Forget();
        if (_made.TryAdd((account.Id, key), id))
        {
            _order.Enqueue(((account.Id, key), clock.GetUtcNow()));
        }
    }

    private void Forget()
    {
        var now = clock.GetUtcNow();
        while (_order.TryPeek(out var oldest) && now - oldest.At >= settings.IdempotencyWindow)
        {
            _made.Remove(_order.Dequeue().Key);
        }
    }
}
