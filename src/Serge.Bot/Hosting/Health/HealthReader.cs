using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Hosting.Health;

/// <summary>Collects the state of the worker for the health endpoints. Results are cached, so frequent requests cause
/// little load on the ledger.</summary>
internal sealed class HealthReader(
    BotSettings settings,
    SenderRows senders,
    SenderAccounts accounts,
    IOperatorLedger operators,
    IGuildStore guilds,
    LiveCatalogue catalogue,
    PlatformConnections connections,
    IEnumerable<AccountCheck> accountChecks,
    SenderLease lease,
    Clocks clocks,
    IHostApplicationLifetime lifetime
) : IDisposable
{
    private static readonly TimeSpan ReportLifetime = TimeSpan.FromSeconds(1);

    /// <summary>The query for the last posts reads every post, so it may take at most a hundredth
    /// of the time.</summary>
    private const int LastPostsInterval = 100;

    private readonly SemaphoreSlim _exclusive = new(1);
    private readonly DateTimeOffset _startedAt = clocks.System.GetUtcNow();
    private (long At, ReadyReport Report)? _cached;
    private (long At, TimeSpan Took, IReadOnlyDictionary<string, DateTimeOffset> Posts)? _lastPosts;

    /// <summary>The process answers; a failing background service ends it.</summary>
    public LiveReport Live => new(HealthStatus.Healthy, ProgramVersion.Text, _startedAt);

    private bool IsStopping => lifetime.ApplicationStopping.IsCancellationRequested;

    public async Task<ReadyReport> ReadyAsync(CancellationToken cancellationToken)
    {
        await _exclusive.WaitAsync(cancellationToken);
        try
        {
            if (_cached is var (at, cached) && clocks.System.GetElapsedTime(at) < ReportLifetime && !IsStopping)
            {
                return cached;
            }

            var report = await ReadAsync(cancellationToken);
            _cached = (clocks.System.GetTimestamp(), report);
            return report;
        }
        finally
        {
            _exclusive.Release();
        }
    }

    public void Dispose() => _exclusive.Dispose();

    private async Task<ReadyReport> ReadAsync(CancellationToken cancellationToken)
    {
        var isSender = lease.IsHeld;
        var state = catalogue.State;
        var known = await ReadLedgerAsync(isSender, cancellationToken);
        HealthFacts facts = new()
        {
            IsStopping = IsStopping,
            LedgerWorks = known is not null && lease.Loss is null,
            Role = GetRole(isSender, known),
            Platforms = [.. GetPlatforms(isSender)],
            Catalogue = state,
            IsClosed = accountChecks.Any(check => check.BlockedReason is not null),
            Failed = known?.Delivery.Failed ?? 0,
            Delays = known?.Delivery.Delays ?? [],
        };
        var problems = Readiness.FindProblems(facts, clocks.System.GetUtcNow());
        var errors = state.Problems.Count(problem => problem.Severity == ProblemSeverity.Error);
        return new ReadyReport(
            problems.Count == 0 ? HealthStatus.Healthy : problems[0].Status,
            [.. problems.Select(problem => problem.Message)],
            facts.Role,
            ProgramVersion.Text,
            _startedAt,
            [.. facts.Platforms.Select(platform => GetHealth(platform, known))],
            new CatalogueHealth(state.Quotes, state.Events, state.LoadedAt, state.RefusedSince, errors),
            new LedgerHealth(facts.LedgerWorks),
            known?.Delivery.Waiting,
            known?.Delivery.Failed
        );
    }

    /// <returns><see langword="null"/> when the ledger cannot be read; the services that plan and
    /// send log why.</returns>
    private async Task<LedgerFacts?> ReadLedgerAsync(bool isSender, CancellationToken cancellationToken)
    {
        var scheduleNow = clocks.Schedule.GetUtcNow();
        var systemNow = clocks.System.GetUtcNow();
        try
        {
            var lastPosts = await GetLastPostsAsync(cancellationToken);
            var holders = await senders.GetHoldersAsync(accounts.Names, systemNow, cancellationToken);
            var nextOfGuilds = await guilds.GetNextDueAsync(cancellationToken);
            var delivery = await DeliveryReport.ReadAsync(operators, scheduleNow, cancellationToken);
            return new LedgerFacts(isSender || holders.Count > 0, lastPosts, nextOfGuilds, delivery);
        }
        catch (LedgerException)
        {
            return null;
        }
    }

    private async Task<IReadOnlyDictionary<string, DateTimeOffset>> GetLastPostsAsync(
        CancellationToken cancellationToken
    )
    {
        if (_lastPosts is var (at, took, known) && clocks.System.GetElapsedTime(at) < took * LastPostsInterval)
        {
            return known;
        }

        var start = clocks.System.GetTimestamp();
        var posts = await operators.GetLastSentByPlatformAsync(cancellationToken);
        _lastPosts = (clocks.System.GetTimestamp(), clocks.System.GetElapsedTime(start), posts);
        return posts;
    }

    private static WorkerRole GetRole(bool isSender, LedgerFacts? known)
    {
        if (isSender)
        {
            return WorkerRole.Sender;
        }

        return known is { HasSender: true } ? WorkerRole.Standby : WorkerRole.None;
    }

    private IEnumerable<PlatformFacts> GetPlatforms(bool isSender)
    {
        if (settings.Discord is { } discord)
        {
            // A standby worker does not connect to the gateway.
            var isWanted = isSender || discord.InteractionsOverHttp;
            yield return new PlatformFacts(
                Destinations.DiscordPlatform,
                "Discord",
                connections.Discord.State,
                isWanted
            );
        }

        if (settings.Mastodon is not null)
        {
            yield return new PlatformFacts(
                Destinations.MastodonPlatform,
                "Mastodon",
                connections.Mastodon.State,
                IsWanted: true
            );
        }
    }

    private PlatformHealth GetHealth(PlatformFacts platform, LedgerFacts? known)
    {
        var now = clocks.Schedule.GetUtcNow();
        var next = settings
            .Schedules.Where(schedule => schedule.To.Any(to => to.Platform == platform.Id))
            .Select(schedule => schedule.GetNextOccurrence(now))
            .ToList();
        if (platform.Id == Destinations.DiscordPlatform)
        {
            next.Add(known?.NextOfGuilds);
        }

        DateTimeOffset? last = null;
        if (known is not null && known.LastPosts.TryGetValue(platform.Id, out var at))
        {
            last = at;
        }

        return new PlatformHealth(
            platform.Id,
            platform.Connection.IsConnected,
            platform.Connection.Since,
            last,
            next.Min()
        );
    }

    private sealed record LedgerFacts(
        bool HasSender,
        IReadOnlyDictionary<string, DateTimeOffset> LastPosts,
        DateTimeOffset? NextOfGuilds,
        DeliveryReport Delivery
    );
}
