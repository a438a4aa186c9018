namespace Serge.Bot.Simulator.Discord;

/// <summary>An enforced nonce.</summary>
/// <remarks>Source: Discord docs, Resources/Message, <c>enforce_nonce</c>: checked "in the past few minutes" by author.
/// </remarks>
internal readonly record struct NonceKey(Snowflake Author, Snowflake Channel, string Nonce);
