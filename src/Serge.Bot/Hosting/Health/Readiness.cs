using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Serge.Bot.Hosting.Health;

/// <summary>Decides the health status from what is known.</summary>
internal static class Readiness
{
    /// <summary>Discord asks for a new connection several times a day; a shorter interruption does not
    /// make it unhealthy.</summary>
    internal static readonly TimeSpan MaxInterruption = TimeSpan.FromMinutes(1);

    /// <returns>The problems, the worst first; empty when there are none.</returns>
    public static IReadOnlyList<HealthProblem> FindProblems(HealthFacts facts, DateTimeOffset systemNow)
    {
        List<HealthProblem> problems = [];
        if (facts.IsStopping)
        {
            problems.Add(new(HealthStatus.Unhealthy, "The worker is stopping."));
        }

        if (!facts.LedgerWorks)
        {
            problems.Add(
                new(HealthStatus.Unhealthy, "The ledger cannot be used, so nothing is planned or posted; see the log.")
            );
        }
        else if (facts.Role == WorkerRole.None)
        {
            problems.Add(
                new(
                    HealthStatus.Unhealthy,
                    "No worker holds the sender’s lease, so nothing is planned or posted; see the log."
                )
            );
        }

        problems.AddRange(FindPlatformProblems(facts, systemNow));
        if (facts.IsClosed)
        {
            problems.Add(
                new(
                    HealthStatus.Degraded,
                    "Mastodon:PolicyChecks is enforce and the account does not pass them, so nothing is posted there; "
                        + "see serge doctor."
                )
            );
        }

        if (facts.Catalogue.RefusedSince is not null)
        {
            problems.Add(
                new(
                    HealthStatus.Degraded,
                    "The quote files have errors, so their last valid version is served; see serge check."
                )
            );
        }

        foreach (var delay in facts.Delays)
        {
            var name = facts.Platforms.FirstOrDefault(platform => platform.Id == delay.Platform).Name;
            problems.Add(
                new(HealthStatus.Degraded, $"Posts to {name ?? delay.Platform} are due and not sent; see serge status.")
            );
        }

        if (facts.Failed > 0)
        {
            problems.Add(new(HealthStatus.Degraded, "There are failed posts; see serge deliveries --failed."));
        }

        // Unhealthy has the lowest value.
        return [.. problems.OrderBy(problem => problem.Status)];
    }

    /// <summary>While one platform works the worker is only degraded.</summary>
    private static IEnumerable<HealthProblem> FindPlatformProblems(HealthFacts facts, DateTimeOffset systemNow)
    {
        var platforms = facts.Platforms.Where(platform => platform.IsWanted).ToArray();
        var problems = platforms.Select(platform => FindProblem(platform, systemNow)).OfType<HealthProblem>().ToArray();
        var unhealthy = problems.Count(problem => problem.Status == HealthStatus.Unhealthy);
        if (unhealthy == platforms.Length)
        {
            return problems;
        }

        return problems.Select(problem => problem with { Status = HealthStatus.Degraded });
    }

    private static HealthProblem? FindProblem(PlatformFacts platform, DateTimeOffset systemNow)
    {
        var connection = platform.Connection;
        if (connection.IsConnected == true)
        {
            return null;
        }

        if (connection.IsConnected is null)
        {
            return new HealthProblem(HealthStatus.Unhealthy, $"{platform.Name} has not been connected yet.");
        }

        if (connection.NeedsOperator)
        {
            return new HealthProblem(
                HealthStatus.Unhealthy,
                $"{platform.Name} rejects the bot until a setting is changed; the log names it."
            );
        }

        // A moment further ahead is from before the clock was set back.
        if ((systemNow - connection.Since).Duration() < MaxInterruption)
        {
            return new HealthProblem(HealthStatus.Degraded, $"{platform.Name} is disconnected.");
        }

        return new HealthProblem(HealthStatus.Unhealthy, $"{platform.Name} is disconnected; see the log.");
    }
}

/// <summary>A reason why the worker is not healthy.</summary>
/// <param name="Status">Degraded or unhealthy.</param>
/// <param name="Message">One sentence.</param>
internal sealed record HealthProblem(HealthStatus Status, string Message);

/// <summary>What is known of the worker.</summary>
internal sealed record HealthFacts
{
    public bool IsStopping { get; init; }

    /// <summary>Whether the ledger could be read.</summary>
    public required bool LedgerWorks { get; init; }

    public required WorkerRole Role { get; init; }

    /// <summary>The platforms that are enabled.</summary>
    public required IReadOnlyList<PlatformFacts> Platforms { get; init; }

    public required CatalogueState Catalogue { get; init; }

    /// <summary>Whether failed policy checks prevent posting on Mastodon.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Posts that are due and delayed.</summary>
    public IReadOnlyList<DeliveryDelay> Delays { get; init; } = [];

    /// <summary>The number of failed posts.</summary>
    public int Failed { get; init; }
}

/// <summary>What is known of a platform.</summary>
/// <param name="Id">As in <see cref="Destination.Platform"/>.</param>
/// <param name="Name">As people write it.</param>
/// <param name="Connection">The state of the connection.</param>
/// <param name="IsWanted">Whether this worker should be connected: a standby worker is not connected
/// to the gateway.</param>
internal readonly record struct PlatformFacts(string Id, string Name, ConnectionState Connection, bool IsWanted);
