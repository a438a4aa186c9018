namespace Serge.Bot.Posting.Targets;

/// <summary>The platforms that have credentials.</summary>
public sealed class PublishTargets(IEnumerable<IPublishTarget> targets)
{
    private readonly Dictionary<string, IPublishTarget> _byPlatform = targets.ToDictionary(
        target => target.Platform,
        StringComparer.Ordinal
    );

    public IReadOnlyCollection<IPublishTarget> All => _byPlatform.Values;

    /// <summary>Whether the destination's platform has credentials.</summary>
    public bool IsEnabled(Destination destination) => _byPlatform.ContainsKey(destination.Platform);

    /// <returns><see langword="null"/> when the platform has no credentials.</returns>
    public IPublishTarget? Find(Destination destination) => _byPlatform.GetValueOrDefault(destination.Platform);

    /// <exception cref="InvalidOperationException">The platform has no credentials.</exception>
    public IPublishTarget Get(Destination destination) =>
        Find(destination)
        ?? throw new InvalidOperationException($"{destination.Platform} is disabled: it has no credentials.");
}
