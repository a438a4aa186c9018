namespace Serge.Bot.Tests.Health;

/// <summary>What is a trouble, and how great a one, as <c>docs/health.md</c> has it.</summary>
public sealed class ReadinessTests
{
    private static readonly DateTimeOffset Now = new(2027, 2, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly ConnectionState Up = new(IsUp: true, IsLostForGood: false, Now.AddHours(-1));

    private static readonly HealthFacts Well = new()
    {
        LedgerWorks = true,
        Role = WorkerRole.Sender,
        Platforms = [new("Discord", Up, IsWanted: true), new("Mastodon", Up, IsWanted: true)],
        Catalogue = new CatalogueState
        {
            LoadedAt = Now,
            Quotes = 1,
            Events = 1,
        },
    };

    [Fact]
    public void WhenAllIsWell_ThereIsNoProblem() => Assert.Empty(Readiness.FindProblems(Well, Now));

    [Fact]
    public void WhenItStops_ItIsUnhealthy() =>
        AssertSays(Well with { IsStopping = true }, HealthStatus.Unhealthy, "The bot is stopping.");

    [Fact]
    public void WithoutALedger_ItIsUnhealthy_AndThatIsSaidOnce() =>
        AssertSays(
            Well with
            {
                LedgerWorks = false,
                Role = WorkerRole.None,
            },
            HealthStatus.Unhealthy,
            "The ledger cannot be used"
        );

    [Fact]
    public void WhenNobodySends_ItIsUnhealthy() =>
        AssertSays(Well with { Role = WorkerRole.None }, HealthStatus.Unhealthy, "Nobody holds the sender’s lease");

    [Fact]
    public void BrokenQuoteFiles_DegradeIt() =>
        AssertSays(
            Well with
            {
                Catalogue = Well.Catalogue with { RefusedSince = Now },
            },
            HealthStatus.Degraded,
            "serge check lists them"
        );

    [Fact]
    public void FailedPosts_DegradeIt() =>
        AssertSays(Well with { Failed = 1 }, HealthStatus.Degraded, "serge deliveries --failed");

    [Fact]
    public void AnAccountThatIsClosed_DegradesIt() =>
        AssertSays(Well with { IsClosed = true }, HealthStatus.Degraded, "serge doctor says why");

    /// <summary>Each row: seconds since Discord was lost; whether for good; whether Mastodon works; how it is on the whole.</summary>
    [Theory]
    [InlineData(59, false, true, "Degraded", "just now")]
    [InlineData(60, false, true, "Degraded", "the log says why")] // with one leg it still walks
    [InlineData(59, true, true, "Degraded", "until a setting is mended")]
    [InlineData(59, false, false, "Degraded", "Mastodon cannot be used; the log says why.")] // Discord comes back by itself, nearly always
    [InlineData(60, false, false, "Unhealthy", "Discord cannot be used; the log says why.")]
    [InlineData(0, true, false, "Unhealthy", "until a setting is mended")]
    public void APlatformOutOfReach_CountsByTimeAndByWhatIsLeft(
        int seconds,
        bool forGood,
        bool otherWorks,
        string status,
        string says
    )
    {
        var lost = new ConnectionState(IsUp: false, forGood, Now.AddSeconds(-seconds));
        var other = otherWorks ? Up : new ConnectionState(IsUp: false, IsLostForGood: false, Now.AddDays(-1));

        var problems = Readiness.FindProblems(
            Well with
            {
                Platforms = [new("Discord", lost, IsWanted: true), new("Mastodon", other, IsWanted: true)],
            },
            Now
        );

        Assert.Equal(status, problems.Max(problem => problem.Status).ToString());
        Assert.Contains(says, string.Join('\n', problems.Select(problem => problem.Says)), StringComparison.Ordinal);
    }

    [Fact]
    public void BeforeTheOnlyPlatformWasReached_ItIsNotReady() =>
        AssertSays(
            Well with
            {
                Platforms = [new("Discord", new(IsUp: null, IsLostForGood: false, Now), IsWanted: true)],
            },
            HealthStatus.Unhealthy,
            "Discord has not been reached yet."
        );

    [Fact]
    public void OneThatStandsBy_NeedsNoConnectionToDiscord()
    {
        PlatformFacts away = new("Discord", new(IsUp: null, IsLostForGood: false, Now), IsWanted: false);

        Assert.Empty(Readiness.FindProblems(Well with { Role = WorkerRole.Standby, Platforms = [away] }, Now));
    }

    [Fact]
    public void SeveralProblems_ComeWorstFirst()
    {
        var problems = Readiness.FindProblems(
            Well with
            {
                Failed = 1,
                IsStopping = true,
                Catalogue = Well.Catalogue with { RefusedSince = Now },
            },
            Now
        );

        Assert.Equal(
            [HealthStatus.Unhealthy, HealthStatus.Degraded, HealthStatus.Degraded],
            problems.Select(problem => problem.Status)
        );
    }

    private static void AssertSays(HealthFacts facts, HealthStatus status, string says)
    {
        var problem = Assert.Single(Readiness.FindProblems(facts, Now));
        Assert.Equal(status, problem.Status);
        Assert.Contains(says, problem.Says, StringComparison.Ordinal);
    }
}
