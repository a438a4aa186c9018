namespace Serge.Bot.Simulator.Mastodon;

/// <summary>Remembers the status of each idempotency key. Use it under the world's lock.</summary>
/// <remarks>Source: Mastodon docs, methods/statuses, header <c>Idempotency-Key</c>. Keys are per account; the rest of
/// the request is not compared.</remarks>
internal sealed class IdempotencyKeys(MastodonOptions options, TimeProvider clock)
{
    private readonly Dictionary<AccountKey, string> _statuses = [];
    private readonly Queue<(AccountKey Key, DateTimeOffset AddedAt)> _order = new();

    /// <summary>Returns the id of the status that a key has created, if the key is remembered.</summary>
    public string? Find(Account account, string key)
    {
        RemoveExpired();
        return _statuses.GetValueOrDefault(new AccountKey(account.Id, key));
    }

    public void Add(Account account, string key, string statusId)
    {
        RemoveExpired();
        AccountKey accountKey = new(account.Id, key);
        if (_statuses.TryAdd(accountKey, statusId))
        {
            _order.Enqueue((accountKey, clock.GetUtcNow()));
        }
    }

    private void RemoveExpired()
    {
        var now = clock.GetUtcNow();
        while (_order.TryPeek(out var oldest) && now - oldest.AddedAt >= options.IdempotencyWindow)
        {
            _order.Dequeue();
            _statuses.Remove(oldest.Key);
        }
    }

    private readonly record struct AccountKey(string Account, string Key);
}
