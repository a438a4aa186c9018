using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Hosting.Health;

/// <summary>Puts together how the bot is. However often it is asked, it hardly troubles the ledger.</summary>
internal sealed class HealthReader(
    BotSettings settings,
    HealthRows rows,
    SenderRows senders,
    ILedger ledger,
    IOperatorLedger operators,
    LiveCatalogue catalogue,
    PlatformConnections connections,
    SenderLease lease,
    Clocks clocks,
    IHostApplicationLifetime lifetime,
    AccountCheck? exam = null
) : IDisposable
{
    /// <summary>For so long an answer is given again.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    /// <summary>The search for the last posts may take a hundredth of the time: in a ledger of many years it is asked more seldom.</summary>
    private const int Rest = 100;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly DateTimeOffset _startedAt = clocks.System.GetUtcNow();
    private (long At, ReadyReport Report)? _said;
    private (long At, TimeSpan Took, LastPosts Posts)? _last;

    /// <summary>That the process answers is all there is to say: a part of it that fails ends it.</summary>
    public LiveReport Live => new(HealthStatus.Healthy, _startedAt);

    /// <summary>How the bot is.</summary>
    public async Task<ReadyReport> ReadyAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (
                _said is not var (at, report)
                || clocks.System.GetElapsedTime(at) >= Fresh
                || lifetime.ApplicationStopping.IsCancellationRequested
            )
            {
                report = await ReadAsync(cancellationToken);
                _said = (clocks.System.GetTimestamp(), report);
            }

            return report;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<ReadyReport> ReadAsync(CancellationToken cancellationToken)
    {
        var wireNow = clocks.System.GetUtcNow();
        var isHeld = lease.IsHeld;
        var stands = catalogue.State;
        var known = await AskLedgerAsync(isHeld, cancellationToken);
        var facts = new HealthFacts
        {
            IsStopping = lifetime.ApplicationStopping.IsCancellationRequested,
            LedgerWorks = known is not null,
            Role =
                isHeld ? WorkerRole.Sender
                : known is { HasSender: true } ? WorkerRole.Standby
                : WorkerRole.None,
            Platforms = [.. Platforms(isHeld)],
            Catalogue = stands,
            IsClosed = exam?.BlockedReason is not null,
            Failed = known?.Failed ?? 0,
        };
        var problems = Readiness.FindProblems(facts, wireNow);
        var errors = stands.Problems.Count(problem => problem.Severity == Severity.Error);
        return new ReadyReport(
            problems.Count == 0 ? HealthStatus.Healthy : problems[0].Status,
            [.. problems.Select(problem => problem.Says)],
            facts.Role,
            _startedAt,
            [.. facts.Platforms.Select(platform => Report(platform, known))],
            new CatalogueHealth(stands.Quotes, stands.Events, stands.LoadedAt, stands.RefusedSince, errors),
            new LedgerHealth(facts.LedgerWorks),
            known?.Waiting,
            known?.Failed
        );
    }

    /// <returns><see langword="null"/> when it cannot be read.</returns>
    private async Task<LedgerFacts?> AskLedgerAsync(bool isHeld, CancellationToken cancellationToken)
    {
        var (calendarNow, wireNow) = (clocks.Schedule.GetUtcNow(), clocks.System.GetUtcNow());
        try
        {
            if (_last is not var (at, took, posts) || clocks.System.GetElapsedTime(at) >= took * Rest)
            {
                var asked = clocks.System.GetTimestamp();
                posts = await rows.LastAsync(cancellationToken);
                _last = (clocks.System.GetTimestamp(), clocks.System.GetElapsedTime(asked), posts);
            }

            return new LedgerFacts(
                isHeld
                    || (await senders.GetHoldersAsync(SenderLease.Names(settings), wireNow, cancellationToken)).Count > 0,
                posts,
                await rows.NextOfServersAsync(cancellationToken),
                (await ledger.GetDueAsync(calendarNow, wireNow, BotStatus.MostCounted, cancellationToken)).Count,
                (await operators.GetFailedAsync(calendarNow, BotStatus.MostCounted, cancellationToken)).Count
            );
        }
        catch (LedgerException)
        {
            // Those who plan and send say in the log what it is.
            return null;
        }
    }

    private IEnumerable<PlatformFacts> Platforms(bool isHeld)
    {
        if (settings.Discord is not null)
        {
            yield return new PlatformFacts("Discord", connections.Discord.State, isHeld || !lease.CoversGateway);
        }

        if (settings.Mastodon is not null)
        {
            yield return new PlatformFacts("Mastodon", connections.Mastodon.State, IsWanted: true);
        }
    }

    private PlatformHealth Report(PlatformFacts platform, LedgerFacts? known)
    {
        var isMastodon = platform.Name == "Mastodon";
        var now = clocks.Schedule.GetUtcNow();
        var own = settings
            .Schedules.Where(schedule => schedule.To.Any(to => to.Channel is null == isMastodon))
            .Select(schedule => schedule.GetNextOccurrence(now));
        return new(
            isMastodon ? "mastodon" : "discord",
            platform.Connection.IsConnected,
            platform.Connection.Since,
            isMastodon ? known?.Last.Mastodon : known?.Last.Discord,
            own.Append(isMastodon ? null : known?.NextOfServers).Min()
        );
    }

    private sealed record LedgerFacts(
        bool HasSender,
        LastPosts Last,
        DateTimeOffset? NextOfServers,
        int Waiting,
        int Failed
    );
}
