using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Alerts;

/// <summary>Alerts the operator about failures: rarely, several at a time, each once.</summary>
/// <remarks>Alerts are posts in the ledger. It stores in one step which failures an alert reports, so a restart reports
/// none twice. Only while the ledger itself fails is a message sent without it.</remarks>
internal sealed partial class AlertWorker(
    IOperatorLedger ledger,
    PublishTargets targets,
    PostRenderers renderers,
    TokenCheck tokens,
    AlertSettings settings,
    SenderLease lease,
    Clocks clocks,
    Random random,
    ILogger<AlertWorker> logger
) : BackgroundService
{
    private const int MaxFailures = 1000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TokenCheckInterval = TimeSpan.FromMinutes(15);

    /// <summary>A post is unknown for at most seven days of grace period and one of lookups; older failures
    /// are not reported.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(10);

    /// <summary>A lasting problem is reported once a day.</summary>
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>A shorter delay of posts is not reported.</summary>
    private static readonly TimeSpan MaxDelay = TimeSpan.FromHours(1);

    /// <summary>A shorter outage of the ledger is not reported. An alert about it that no recipient got is repeated
    /// after this time.</summary>
    private static readonly TimeSpan MaxLedgerOutage = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan MaxClockCorrection = TimeSpan.FromMinutes(1);

    /// <summary>The check of the tokens at a stop may take this long. Posts that are being sent need the rest of the
    /// host's time limit.</summary>
    private static readonly TimeSpan MaxCheckAtStop = TimeSpan.FromSeconds(5);

    /// <summary>When this worker was created, on the monotonic clock.</summary>
    private readonly long _createdAt = clocks.System.GetTimestamp();

    /// <summary>When alerts about the ledger were sent without it, on the scale of <see cref="MonotonicNow"/>.</summary>
    private readonly List<DateTimeOffset> _directAlerts = [];

    private IReadOnlyList<InvalidToken> _invalidTokens = [];
    private string? _loggedFault;

    /// <summary>On the scale of <see cref="MonotonicNow"/>.</summary>
    private DateTimeOffset _nextTokenCheck = DateTimeOffset.MinValue;

    /// <summary>On the scale of <see cref="MonotonicNow"/>.</summary>
    private DateTimeOffset? _ledgerFailsSince;

    /// <summary>On the scale of <see cref="MonotonicNow"/>; set after an alert that no recipient got.</summary>
    private DateTimeOffset _nextDirectAlert = DateTimeOffset.MinValue;

    /// <summary>Whether a check of the tokens now can confirm that one is rejected.</summary>
    private bool CanConfirmRejection => _invalidTokens.Count == 0 && tokens.CanConfirm;

    /// <summary>The time since this worker was created, as a moment that begins at 1970. Setting the system clock does
    /// not change it.</summary>
    private DateTimeOffset MonotonicNow => DateTimeOffset.UnixEpoch + clocks.System.GetElapsedTime(_createdAt);

    /// <summary>Checks the tokens once more, if that can confirm that one is rejected.</summary>
    /// <remarks>If only Discord is used, a rejected token stops the process after
    /// <see cref="DeliverySettings.RefusalDelay"/>, perhaps just before the check that confirms the rejection. After a
    /// restart the next rejection would be a first one again. The alert is stored now, and sent after the
    /// restart.</remarks>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (!CanConfirmRejection)
        {
            return;
        }

        using CancellationTokenSource limit = new(MaxCheckAtStop, clocks.System);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        await TryRunOnceAsync(linked.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (
            var disabled in AlertRecipient
                .GetAll(settings)
                .Where(recipient => !targets.IsEnabled(recipient.Destination))
        )
        {
            LogDisabled(disabled.Destination);
        }

        using PeriodicTimer timer = new(Interval, clocks.System);
        do
        {
            await TryRunOnceAsync(stoppingToken);
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Only the worker that sends also alerts. A worker that cannot write the ledger cannot learn which one
    /// sends, so each of them alerts.</summary>
    internal async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        if (lease.Failure is { } failure)
        {
            await HandleLedgerFailureAsync(failure, cancellationToken);
            return;
        }

        if (!lease.IsHeld)
        {
            _ledgerFailsSince = null;
            return;
        }

        try
        {
            await PlanAlertsAsync(cancellationToken);
            _ledgerFailsSince = null;
        }
        catch (LedgerException e)
        {
            await HandleLedgerFailureAsync(e, cancellationToken);
        }
    }

    /// <summary>A fault in one alert does not end those after it. It is logged once.</summary>
    private async Task TryRunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunOnceAsync(cancellationToken);
            _loggedFault = null;
        }
        catch (Exception e) when (!e.IsCancellationBy(cancellationToken))
        {
            var fault = ExceptionText.Describe(e);
            if (fault != _loggedFault)
            {
                _loggedFault = fault;
                LogFault(fault);
            }
        }
    }

    /// <summary>Plans an alert if there is something to report and the limits allow one.</summary>
    /// <exception cref="LedgerException">The ledger could not be read or written.</exception>
    internal async Task PlanAlertsAsync(CancellationToken cancellationToken)
    {
        var now = clocks.Schedule.GetUtcNow();
        var earlier = await ledger.GetAlertsAsync(now - Day, cancellationToken);
        if (!Alert.IsAllowed(earlier.Select(alert => alert.Occurrence), now, settings))
        {
            return;
        }

        await CheckTokensAsync(cancellationToken);
        var failures = await ledger.GetUnalertedAsync(now, now - MaxAge, MaxFailures, cancellationToken);
        var delays = await FindDelaysAsync(now, cancellationToken);
        var invalidTokens = _invalidTokens.Select(token => new AlertProblem(token.Item, token.Message));
        // An alert further in the future is from before the clock was set back. Corrections of seconds are normal.
        var reported = earlier
            .Where(alert => alert.Occurrence <= now + MaxClockCorrection)
            .SelectMany(alert => alert.Items)
            .ToHashSet(StringComparer.Ordinal);
        var current = invalidTokens.Concat(delays);
        var unreported = current.Where(problem => !reported.Contains(problem.Item)).ToArray();
        AlertRecipient[] recipients = [.. AlertRecipient.GetAll(settings).Where(CanReceive)];
        if (recipients.Length == 0 || (failures.Count == 0 && unreported.Length == 0))
        {
            return;
        }

        string[] problems = [.. unreported.Select(problem => problem.Message)];
        string[] items = [.. unreported.Select(problem => problem.Item)];
        List<Post> alerts = [];
        foreach (var recipient in recipients)
        {
            var alert = CreatePost(recipient, failures, problems, now);
            alerts.Add(alert with { Items = items });
        }

        string[] keys = [.. failures.Select(post => post.Key)];
        if (await ledger.TryPlanAlertsAsync(alerts, keys, earlier.Count, now - Day, now, cancellationToken))
        {
            LogAlerted(failures.Count, unreported.Length);
        }
    }

    /// <summary>The ledger fails and cannot hold an alert: after a minute one is sent without it, as rarely
    /// as other alerts.</summary>
    internal async Task HandleLedgerFailureAsync(LedgerException error, CancellationToken cancellationToken)
    {
        var now = MonotonicNow;
        _ledgerFailsSince ??= now;
        if (now - _ledgerFailsSince < MaxLedgerOutage || now < _nextDirectAlert)
        {
            return;
        }

        _directAlerts.RemoveAll(at => now - at >= Day);
        if (!Alert.IsAllowed(_directAlerts, now, settings))
        {
            return;
        }

        var hasArrived = false;
        string[] problems = [$"A worker cannot use the ledger, so it posts nothing: {error.Message}"];
        foreach (var recipient in AlertRecipient.GetAll(settings))
        {
            if (targets.Find(recipient.Destination) is { } target)
            {
                var alert = CreatePost(recipient, failures: [], problems, clocks.Schedule.GetUtcNow());
                // Without the ledger there is no claim that could end.
                var outcome = await target.SendAsync(alert, SendDeadline.None, cancellationToken);
                LogSentDirectly(recipient.Destination, outcome);
                hasArrived |= outcome is SendOutcome.Sent or SendOutcome.Unknown;
            }
        }

        if (hasArrived)
        {
            _directAlerts.Add(now);
        }
        else
        {
            _nextDirectAlert = now + MaxLedgerOutage;
        }
    }

    /// <summary>Posts that have not gone out for long. A rejected token is reported by itself.</summary>
    private async Task<IReadOnlyList<AlertProblem>> FindDelaysAsync(
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var report = await DeliveryReport.ReadAsync(ledger, now, cancellationToken);
        return
        [
            .. report
                .Delays.Where(delay => now - delay.Since >= MaxDelay)
                .Where(delay => _invalidTokens.All(token => token.Platform != delay.Platform))
                .Select(AlertProblem.Of),
        ];
    }

    /// <summary>Checks the tokens each quarter of an hour, and as soon as a check can confirm a rejection.</summary>
    private async Task CheckTokensAsync(CancellationToken cancellationToken)
    {
        if (CanConfirmRejection || MonotonicNow >= _nextTokenCheck)
        {
            _invalidTokens = await tokens.RunAsync(cancellationToken);
            _nextTokenCheck = MonotonicNow + TokenCheckInterval;
        }
    }

    /// <summary>Whether the platform is enabled and accepts the token: otherwise the alert would arrive
    /// after the problem.</summary>
    private bool CanReceive(AlertRecipient recipient) =>
        targets.IsEnabled(recipient.Destination)
        && _invalidTokens.All(token => token.Platform != recipient.Destination.Platform);

    private Post CreatePost(
        AlertRecipient recipient,
        IReadOnlyList<Post> failures,
        IReadOnlyList<string> problems,
        DateTimeOffset now
    )
    {
        var renderer = renderers.Get(recipient.Destination);
        var text = Alert.GetText(
            failures,
            problems,
            renderer.Markup,
            candidate => renderer.Fits(recipient.CreatePayload(candidate))
        );
        return recipient.CreatePost(Alert.Schedule, PostKind.Alert, text, now, random);
    }

    /// <param name="Item">Identifies it among the items of an alert. No quotation or event has a colon in its
    /// id.</param>
    /// <param name="Message">What it means and what to do.</param>
    private sealed record AlertProblem(string Item, string Message)
    {
        public static AlertProblem Of(DeliveryDelay delay) =>
            new(
                $"delay:{delay.Platform}",
                $"Posts to {delay.Platform} have not been sent for an hour or longer. {delay.Reason}".TrimEnd()
            );
    }

    [LoggerMessage(
        LogLevel.Information,
        "Alerting the operator about {Failures} failed posts and {Problems} other problems"
    )]
    private partial void LogAlerted(int failures, int problems);

    [LoggerMessage(LogLevel.Error, "Alerting the operator failed; retrying every 5 s: {Problem}")]
    private partial void LogFault(string problem);

    [LoggerMessage(
        LogLevel.Warning,
        "The ledger fails; sent an alert to {Destination} without recording it: {Outcome}"
    )]
    private partial void LogSentDirectly(Destination destination, SendOutcome outcome);

    [LoggerMessage(
        LogLevel.Warning,
        "Alerts are to be sent to {Destination}, but that platform is disabled: it has no credentials"
    )]
    private partial void LogDisabled(Destination destination);
}
