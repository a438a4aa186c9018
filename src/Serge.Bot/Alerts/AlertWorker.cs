using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Alerts;

/// <summary>Tells whoever runs the bot what went wrong: seldom, several things at a time, each of them once.</summary>
/// <remarks>Alerts go through the ledger as posts like any other. The ledger notes in one step which failures an alert tells of, so none is told twice
/// after a restart; a failed alert is no news. Only when the ledger itself fails is a message sent directly.</remarks>
internal sealed partial class AlertWorker(
    IOperatorLedger ledger,
    Publisher poster,
    TokenCheck tokens,
    AlertSettings settings,
    PostRenderer renderer,
    Clocks clocks,
    Random random,
    ILogger<AlertWorker> logger,
    SenderLease? lease = null
) : BackgroundService
{
    private const int MostAtOnce = 1000;

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TokenPace = TimeSpan.FromMinutes(15);

    /// <summary>A post is of unknown fate for at most seven days of lateness and one of looking; what failed longer ago is no news.</summary>
    private static readonly TimeSpan News = TimeSpan.FromDays(10);

    /// <summary>A trouble that goes on is told once a day; an alert that could not be sent for so long is stale.</summary>
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>A database that is locked for a moment is nobody's business.</summary>
    private static readonly TimeSpan LedgerMayFailFor = TimeSpan.FromMinutes(1);

    private IReadOnlyList<InvalidToken> _tokenTroubles = [];
    private DateTimeOffset _askTokensAt = DateTimeOffset.MinValue;
    private DateTimeOffset? _ledgerFailsSince;
    private DateTimeOffset _directAgainAt = DateTimeOffset.MinValue;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var off in Recipients().Where(recipient => !poster.IsEnabled(recipient.Destination)))
        {
            LogOff(off.Destination);
        }

        using PeriodicTimer timer = new(Pace, clocks.System);
        do
        {
            try
            {
                // Of several workers the one that sends also tells.
                if (lease is null or { IsHeld: true })
                {
                    await PlanAlertsAsync(stoppingToken);
                }

                _ledgerFailsSince = null;
            }
            catch (LedgerException e)
            {
                await HandleLedgerFailureAsync(e, stoppingToken);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>One look at what went wrong, and an alert if there is news and it is time for one.</summary>
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
        var failures = await ledger.GetUnalertedAsync(now, now - News, MostAtOnce, cancellationToken);
        InvalidToken[] troubles =
        [
            .. _tokenTroubles.Where(trouble => !earlier.Any(alert => alert.Items.Contains(trouble.Mark))),
        ];
        // An alert to a platform that does not let us in would come when the trouble is over.
        Recipient[] recipients =
        [
            .. Recipients()
                .Where(recipient =>
                    poster.IsEnabled(recipient.Destination)
                    && !_tokenTroubles.Any(trouble => trouble.IsMastodon == recipient.Destination.Channel is null)
                ),
        ];
        if ((failures.Count == 0 && troubles.Length == 0) || recipients.Length == 0)
        {
            return;
        }

        var alerts = recipients.Select(recipient =>
            CreatePost(recipient, failures, [.. troubles.Select(trouble => trouble.Message)], now) with
            {
                Items = [.. troubles.Select(trouble => trouble.Mark)],
            }
        );
        if (
            await ledger.TryPlanAlertsAsync(
                [.. alerts],
                [.. failures.Select(post => post.Key)],
                earlier.Count,
                now - Day,
                now,
                cancellationToken
            )
        )
        {
            LogTold(failures.Count, troubles.Length);
        }
    }

    /// <summary>The ledger fails, and so cannot hold an alert: after a minute of that a message is sent directly, as seldom as alerts are.</summary>
    internal async Task HandleLedgerFailureAsync(LedgerException e, CancellationToken cancellationToken)
    {
        var now = clocks.System.GetUtcNow();
        _ledgerFailsSince ??= now;
        if (now - _ledgerFailsSince < LedgerMayFailFor || now < _directAgainAt)
        {
            return;
        }

        _directAgainAt = now + settings.MinInterval;
        foreach (var recipient in Recipients().Where(recipient => poster.IsEnabled(recipient.Destination)))
        {
            var alert = CreatePost(recipient, [], [$"Nothing can be posted: {e.Message}"], clocks.Schedule.GetUtcNow());
            LogDirect(recipient.Destination, await poster.SendAsync(alert, cancellationToken));
        }
    }

    private async Task CheckTokensAsync(CancellationToken cancellationToken)
    {
        if (clocks.System.GetUtcNow() >= _askTokensAt)
        {
            _tokenTroubles = await tokens.RunAsync(cancellationToken);
            _askTokensAt = clocks.System.GetUtcNow() + TokenPace;
        }
    }

    private Post CreatePost(
        Recipient recipient,
        IReadOnlyList<Post> failures,
        IReadOnlyList<string> troubles,
        DateTimeOffset now
    ) =>
        new()
        {
            Key = IdempotencyKey.New(random),
            Schedule = Alert.ScheduleName,
            Occurrence = now,
            Destination = recipient.Destination,
            State = PostState.Planned,
            Payload = recipient.Payload(
                Alert.Text(
                    failures,
                    troubles,
                    recipient.Markup,
                    text => Fits(recipient.Payload(text), recipient.Destination)
                )
            ),
            Deadline = now + Day,
        };

    private bool Fits(Payload payload, Destination destination)
    {
        var (length, limit) = renderer.Measure(payload, destination);
        return length <= limit;
    }

    private IEnumerable<Recipient> Recipients()
    {
        if (settings.Discord is { } channel)
        {
            yield return new Recipient(new Destination(channel), Markup.Discord, text => new Payload { Text = text });
        }

        if (settings.Mastodon is { } account)
        {
            yield return new Recipient(
                Destination.Mastodon,
                Markup.Plain,
                text => new Payload { Text = $"@{account} {text}", Visibility = MastodonVisibility.Direct }
            );
        }
    }

    private sealed record Recipient(Destination Destination, Markup Markup, Func<string, Payload> Payload);

    [LoggerMessage(
        LogLevel.Information,
        "The operator is alerted of {Failures} failed posts and {Troubles} other troubles"
    )]
    private partial void LogTold(int failures, int troubles);

    [LoggerMessage(
        LogLevel.Warning,
        "The operator was told directly at {Destination} that the ledger fails: {Outcome}"
    )]
    private partial void LogDirect(Destination destination, SendOutcome outcome);

    [LoggerMessage(
        LogLevel.Warning,
        "Alerts are to go to {Destination}, but that platform is off: it has no credentials"
    )]
    private partial void LogOff(Destination destination);
}
