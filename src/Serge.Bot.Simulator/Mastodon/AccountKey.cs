namespace Serge.Bot.Simulator.Mastodon;

/// <summary>An idempotency key of an account.</summary>
/// <remarks>Source: Mastodon docs, methods/statuses, header <c>Idempotency-Key</c>. Keys are per account; the rest of
/// the request is not compared.</remarks>
internal readonly record struct AccountKey(Account Account, string Key);
