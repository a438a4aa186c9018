namespace Serge.Bot.Platforms;

/// <summary>What a platform, through the client in use, supports against duplicate messages.</summary>
/// <param name="SupportsIdempotency">A second send with the same key returns the first message, within
/// <paramref name="KeyWindow"/>.</param>
/// <param name="KeyWindow">How long after the first byte a key is valid; zero without idempotency.</param>
/// <param name="SupportsLookup">The account's own recent messages can be read.</param>
/// <param name="HidesAmbiguity">The client may report a lost response as a plain failure (a property of some packages),
/// so every failure but a refusal is treated as unknown.</param>
public sealed record Capabilities(
    bool SupportsIdempotency,
    TimeSpan KeyWindow,
    bool SupportsLookup,
    bool HidesAmbiguity = false
);
