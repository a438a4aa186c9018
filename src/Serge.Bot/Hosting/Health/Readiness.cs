namespace Serge.Bot.Hosting.Health;

/// <summary>Decides how the bot is from what is known of it.</summary>
internal static class Readiness
{
    /// <summary>A connection to Discord is made anew several times a day, as Discord asks for it; for so long that is nobody's business.</summary>
    internal static readonly TimeSpan MayBeAwayFor = TimeSpan.FromMinutes(1);

    /// <summary>What is wrong, worst first; empty when nothing is.</summary>
    /// <param name="facts">What is known.</param>
    /// <param name="wireNow">Now.</param>
    public static IReadOnlyList<(HealthStatus Status, string Says)> FindProblems(HealthFacts facts, DateTimeOffset wireNow)
    {
        List<(HealthStatus Status, string Says)> problems = [];
        if (facts.IsStopping)
        {
            problems.Add((HealthStatus.Unhealthy, "The bot is stopping."));
        }

        if (!facts.LedgerWorks)
        {
            problems.Add(
                (
                    HealthStatus.Unhealthy,
                    "The ledger cannot be used, so nothing is planned or posted; the log says why."
                )
            );
        }
        else if (facts.Role == WorkerRole.None)
        {
            problems.Add(
                (
                    HealthStatus.Unhealthy,
                    "Nobody holds the sender’s lease, so nothing is planned or posted; the log says why."
                )
            );
        }

        var platforms = facts
            .Platforms.Where(platform => platform.IsWanted)
            .Select(platform => Judge(platform, wireNow))
            .ToArray();
        // With one leg it still walks; without any it does not.
        var nothingWorks =
            platforms.Length > 0 && Array.TrueForAll(platforms, platform => platform.Status == HealthStatus.Unhealthy);
        foreach (var (status, says) in platforms.Where(platform => platform.Says is not null))
        {
            problems.Add((nothingWorks || status == HealthStatus.Healthy ? status : HealthStatus.Degraded, says!));
        }

        if (facts.IsClosed)
        {
            problems.Add(
                (
                    HealthStatus.Degraded,
                    "Mastodon:Citizenship is strict and the account is not as it should be, so nothing is posted there; serge doctor says why."
                )
            );
        }

        if (facts.Catalogue.RefusedSince is not null)
        {
            problems.Add(
                (
                    HealthStatus.Degraded,
                    "The quote files have errors, so what was served before is served on; serge check lists them."
                )
            );
        }

        if (facts.Failed > 0)
        {
            problems.Add(
                (HealthStatus.Degraded, "Posts failed that nobody has seen to; serge deliveries --failed lists them.")
            );
        }

        return [.. problems.OrderByDescending(problem => problem.Status)];
    }

    private static (HealthStatus Status, string? Says) Judge(PlatformFacts platform, DateTimeOffset wireNow) =>
        platform.Connection switch
        {
            { IsConnected: true } => (HealthStatus.Healthy, null),
            { IsConnected: null } => (HealthStatus.Unhealthy, $"{platform.Name} has not been reached yet."),
            { NeedsOperator: true } => (
                HealthStatus.Unhealthy,
                $"{platform.Name} does not let the bot in until a setting is mended; the log says which."
            ),
            { Since: var since } when wireNow - since < MayBeAwayFor => (
                HealthStatus.Degraded,
                $"{platform.Name} cannot be used just now."
            ),
            _ => (HealthStatus.Unhealthy, $"{platform.Name} cannot be used; the log says why."),
        };
}

/// <summary>What is known of the bot.</summary>
internal sealed record HealthFacts
{
    /// <summary>Whether it was told to stop.</summary>
    public bool IsStopping { get; init; }

    /// <summary>Whether the ledger could be read.</summary>
    public required bool LedgerWorks { get; init; }

    /// <summary>Which of several workers this is.</summary>
    public required WorkerRole Role { get; init; }

    /// <summary>Those that are on.</summary>
    public required IReadOnlyList<PlatformFacts> Platforms { get; init; }

    /// <summary>The quote files.</summary>
    public required CatalogueState Catalogue { get; init; }

    /// <summary>Whether nothing is posted on Mastodon although it could be.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Posts that a person may want to see to.</summary>
    public int Failed { get; init; }
}

/// <summary>What is known of a platform.</summary>
/// <param name="Name">As people write it.</param>
/// <param name="Connection">How the connection is.</param>
/// <param name="IsWanted">Whether this worker should be connected: one that stands by keeps away from Discord's gateway.</param>
internal readonly record struct PlatformFacts(string Name, ConnectionState Connection, bool IsWanted);
