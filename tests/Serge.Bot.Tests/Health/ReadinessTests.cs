using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Serge.Bot.Tests.Health;

/// <summary>Which problems make the worker degraded or unhealthy, as in <c>docs/health.md</c>.</summary>
public sealed class ReadinessTests
{
    private static readonly DateTimeOffset Now = new(2027, 2, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly ConnectionState Connected = new(IsConnected: true, NeedsOperator: false, Now.AddHours(-1));

    private static readonly ConnectionState NotConnectedYet = new(IsConnected: null, NeedsOperator: false, Now);

    private static readonly HealthFacts Healthy = new()
    {
        LedgerWorks = true,
        Role = WorkerRole.Sender,
        Platforms = [Discord(Connected), Mastodon(Connected)],
        Catalogue = new CatalogueState
        {
            LoadedAt = Now,
            Quotes = 1,
            Events = 1,
        },
    };

    [Fact]
    public void FindProblems_WithoutProblems_IsEmpty() => Assert.Empty(Readiness.FindProblems(Healthy, Now));

    [Fact]
    public void FindProblems_WhenStopping_IsUnhealthy() =>
        AssertProblem(Healthy with { IsStopping = true }, HealthStatus.Unhealthy, "The worker is stopping.");

    [Fact]
    public void FindProblems_WhenTheLedgerFails_IsUnhealthyForThisReasonOnly() =>
        AssertProblem(
            Healthy with
            {
                LedgerWorks = false,
                Role = WorkerRole.None,
            },
            HealthStatus.Unhealthy,
            "The ledger cannot be used, so nothing is planned or posted; see the log."
        );

    [Fact]
    public void FindProblems_WithoutASender_IsUnhealthy() =>
        AssertProblem(
            Healthy with
            {
                Role = WorkerRole.None,
            },
            HealthStatus.Unhealthy,
            "No worker holds the sender’s lease, so nothing is planned or posted; see the log."
        );

    [Fact]
    public void FindProblems_WithInvalidQuoteFiles_IsDegraded() =>
        AssertProblem(
            Healthy with
            {
                Catalogue = Healthy.Catalogue with { RefusedSince = Now },
            },
            HealthStatus.Degraded,
            "The quote files have errors, so their last valid version is served; see serge check."
        );

    [Fact]
    public void FindProblems_WithFailedPosts_IsDegraded() =>
        AssertProblem(
            Healthy with
            {
                Failed = 1,
            },
            HealthStatus.Degraded,
            "There are failed posts; see serge deliveries --failed."
        );

    [Fact]
    public void FindProblems_WhenPolicyChecksBlockPosts_IsDegraded() =>
        AssertProblem(
            Healthy with
            {
                IsClosed = true,
            },
            HealthStatus.Degraded,
            "nothing is posted there; see serge doctor."
        );

    /// <summary>Each row: for how many seconds Discord has been disconnected; whether an operator must fix it; whether
    /// Mastodon works; the status and a message.</summary>
    [Theory]
    [InlineData(59, false, true, "Degraded", "Discord is disconnected.")]
    [InlineData(60, false, true, "Degraded", "Discord is disconnected; see the log.")] // the other platform works
    [InlineData(59, true, true, "Degraded", "Discord rejects the bot until a setting is changed; the log names it.")]
    [InlineData(59, false, false, "Degraded", "Mastodon is disconnected; see the log.")] // Discord usually reconnects
    [InlineData(60, false, false, "Unhealthy", "Discord is disconnected; see the log.")]
    [InlineData(-3600, false, false, "Unhealthy", "Discord is disconnected; see the log.")] // the clock was set back
    [InlineData(0, true, false, "Unhealthy", "Discord rejects the bot until a setting is changed; the log names it.")]
    public void FindProblems_WithADisconnectedPlatform_DependsOnTheTimeAndTheOtherPlatform(
        int seconds,
        bool needsOperator,
        bool otherWorks,
        string status,
        string message
    )
    {
        ConnectionState discord = new(IsConnected: false, needsOperator, Now.AddSeconds(-seconds));
        ConnectionState lost = new(IsConnected: false, NeedsOperator: false, Now.AddDays(-1));
        var mastodon = otherWorks ? Connected : lost;

        var problems = Readiness.FindProblems(Healthy with { Platforms = [Discord(discord), Mastodon(mastodon)] }, Now);

        Assert.Equal(status, problems.Max(problem => problem.Status).ToString());
        Assert.Contains(message, problems.Select(problem => problem.Message));
    }

    [Fact]
    public void FindProblems_BeforeTheFirstConnection_IsUnhealthy() =>
        AssertProblem(
            Healthy with
            {
                Platforms = [Discord(NotConnectedYet)],
            },
            HealthStatus.Unhealthy,
            "Discord has not been connected yet."
        );

    [Fact]
    public void FindProblems_OfAStandbyWorker_NeedNoConnectionToDiscord()
    {
        var notWanted = Discord(NotConnectedYet) with { IsWanted = false };

        Assert.Empty(Readiness.FindProblems(Healthy with { Role = WorkerRole.Standby, Platforms = [notWanted] }, Now));
    }

    [Fact]
    public void FindProblems_WithSeveral_ReturnsTheWorstFirst()
    {
        var problems = Readiness.FindProblems(
            Healthy with
            {
                Failed = 1,
                IsStopping = true,
                Catalogue = Healthy.Catalogue with { RefusedSince = Now },
            },
            Now
        );

        Assert.Equal(
            [HealthStatus.Unhealthy, HealthStatus.Degraded, HealthStatus.Degraded],
            problems.Select(problem => problem.Status)
        );
    }

    private static PlatformFacts Discord(ConnectionState state) => new("discord", "Discord", state, IsWanted: true);

    private static PlatformFacts Mastodon(ConnectionState state) => new("mastodon", "Mastodon", state, IsWanted: true);

    private static void AssertProblem(HealthFacts facts, HealthStatus status, string message)
    {
        var problem = Assert.Single(Readiness.FindProblems(facts, Now));
        Assert.Equal(status, problem.Status);
        Assert.EndsWith(message, problem.Message, StringComparison.Ordinal);
    }
}
