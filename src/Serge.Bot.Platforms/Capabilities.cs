namespace Serge.Bot.Platforms;

/// <summary>What a platform, through the client at hand, can do about a message sent twice.</summary>
/// <param name="SupportsIdempotency">A second send with the same key yields the first message, for as long as <paramref name="KeyWindow"/>.</param>
/// <param name="KeyWindow">How long after the first byte a key can be relied on; zero where it cannot.</param>
/// <param name="SupportsLookup">Our own recent messages can be read.</param>
/// <param name="HidesAmbiguity">The client may report a lost answer as a plain failure (a property of some packages), so that
/// every failure but a refusal is to be taken as unknown.</param>
public sealed record Capabilities(
    bool SupportsIdempotency,
    TimeSpan KeyWindow,
    bool SupportsLookup,
    bool HidesAmbiguity = false
);
