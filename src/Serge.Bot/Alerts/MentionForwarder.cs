using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Alerts;

/// <summary>Forwards mentions of the Mastodon account to the recipients of alerts: readers report errors there. Nothing
/// is answered.</summary>
/// <remarks>A digest is a post in the ledger, stored in one step with the id of its last notification, so that no
/// mention is forwarded twice. The id is stored after the account that it belongs to.</remarks>
internal sealed partial class MentionForwarder(
    ILedger ledger,
    IMastodon mastodon,
    PublishTargets targets,
    PostRenderers renderers,
    BotSettings settings,
    SenderLease lease,
    Clocks clocks,
    Random random,
    ILogger<MentionForwarder> logger
) : BackgroundService
{
    /// <summary>The schedule of all digests, and the name of the row that holds the account and the last id. A schedule
    /// in the settings cannot have this name, because a colon separates sections there.</summary>
    internal const string Name = "serge:mentions";

    /// <summary>The minimum time between two requests to the server.</summary>
    private static readonly TimeSpan RequestInterval = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>The minimum time between two digests.</summary>
    private static readonly TimeSpan MinInterval = TimeSpan.FromHours(1);

    private string? _account;
    private string? _loggedProblem;

    /// <summary>When the server was last asked, of the monotonic clock; <see langword="null"/> before the first
    /// time.</summary>
    private long? _requestedAt;

    private bool IsRequestDue =>
        _requestedAt is not { } requestedAt || clocks.System.GetElapsedTime(requestedAt) >= RequestInterval;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Interval, clocks.System);
        do
        {
            await TryForwardAsync(stoppingToken);
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Forwards new mentions, if this worker sends and the last request is a minute old. A failure is
    /// logged.</summary>
    internal async Task TryForwardAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (lease.IsHeld && IsRequestDue)
            {
                _requestedAt = clocks.System.GetTimestamp();
                await ForwardAsync(cancellationToken);
            }
        }
        catch (Exception e) when (!e.IsCancellationBy(cancellationToken))
        {
            LogOnce(ExceptionText.Describe(e));
        }
    }

    /// <summary>Plans a digest if there are new mentions and the last digest is an hour old. The first time with an
    /// account only the newest notification is remembered, so that old mentions are not forwarded.</summary>
    /// <exception cref="LedgerException">The ledger could not be read or written.</exception>
    internal async Task ForwardAsync(CancellationToken cancellationToken)
    {
        // Without a recipient nothing is read, so that nothing is lost.
        AlertRecipient[] recipients =
        [
            .. AlertRecipient.GetAll(settings.Alerts).Where(recipient => targets.IsEnabled(recipient.Destination)),
        ];
        if (recipients.Length == 0)
        {
            return;
        }

        if (await FindAccountAsync(cancellationToken) is not { } account)
        {
            return;
        }

        var now = clocks.Schedule.GetUtcNow();
        var marks = await ledger.GetMarksAsync(cancellationToken);
        var mark = FindMark(marks, account);
        if (IsTooSoon(mark, now))
        {
            return;
        }

        var lastId = mark?.Timing[account.Length..];
        var result = await mastodon.GetMentionsAsync(lastId, cancellationToken);
        if (!result.TryGetValue(out var read))
        {
            LogFailure(result);
            return;
        }

        _loggedProblem = null;
        if (read.LastId == lastId)
        {
            return;
        }

        var mentions = read.Mentions.Where(mention => !IsRecipient(mention)).ToList();
        Post[] digests =
            mentions.Count == 0 ? [] : [.. recipients.Select(recipient => CreateDigest(recipient, mentions, now))];
        DateTimeOffset? next = mentions.Count == 0 ? null : now + MinInterval;
        await ledger.PlanAsync(Name, new ScheduleMark($"{account}{read.LastId}", next), digests, cancellationToken);
        if (lastId is null)
        {
            LogBegun();
        }

        if (mentions.Count > 0)
        {
            LogForwarded(mentions.Count);
        }
    }

    /// <summary>Asks the server once which account the token belongs to.</summary>
    /// <returns>What precedes the last id of this account in the ledger; <see langword="null"/> if the account could
    /// not be read.</returns>
    private async Task<string?> FindAccountAsync(CancellationToken cancellationToken)
    {
        if (_account is null)
        {
            var result = await mastodon.GetAccountAsync(cancellationToken);
            if (!result.TryGetValue(out var account))
            {
                LogFailure(result);
                return null;
            }

            _account = $"{settings.Mastodon!.Address.AbsoluteUri} {account.Id} ";
        }

        return _account;
    }

    /// <summary>The mark of this account. Ids of different accounts cannot be compared, and after
    /// <see cref="MentionReset"/> the mark has none.</summary>
    private static ScheduleMark? FindMark(IReadOnlyDictionary<string, ScheduleMark> marks, string account)
    {
        if (marks.TryGetValue(Name, out var mark) && mark.Timing.StartsWith(account, StringComparison.Ordinal))
        {
            return mark;
        }

        return null;
    }

    /// <summary>A moment more than an hour ahead is from before the clock was set back.</summary>
    private static bool IsTooSoon(ScheduleMark? mark, DateTimeOffset now) =>
        mark?.NextDue is { } next && now < next && next - now <= MinInterval;

    /// <summary>An answer to a digest is no report of a reader.</summary>
    private bool IsRecipient(MastodonMention mention)
    {
        if (mention.Acct is not { } acct || settings.Alerts.Mastodon is not { } recipient)
        {
            return false;
        }

        return AddHost(acct).Equals(AddHost(recipient), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The name of an account on the bot's own server has no host.</summary>
    /// <remarks>Source: Mastodon docs, entities/Account, acct.</remarks>
    private string AddHost(string account)
    {
        if (account.Contains('@', StringComparison.Ordinal))
        {
            return account;
        }

        return $"{account}@{settings.Mastodon!.Address.Host}";
    }

    private Post CreateDigest(AlertRecipient recipient, IReadOnlyList<MastodonMention> mentions, DateTimeOffset now)
    {
        var renderer = renderers.Get(recipient.Destination);
        var text = MentionDigest.GetText(
            mentions,
            settings.Mastodon!.Address,
            renderer.Markup,
            candidate => renderer.Fits(recipient.CreatePayload(candidate))
        );
        return recipient.CreatePost(ScheduleId.OfOperator(Name), PostKind.Notice, text, now, random);
    }

    /// <summary>What the token may not read is reported by the check of the account.</summary>
    private void LogFailure<T>(Result<T> failure)
    {
        if (failure is not Result<T>.Refused(Refusal.Forbidden, _))
        {
            LogOnce(failure.GetReason());
        }
    }

    /// <summary>A problem that lasts is logged once.</summary>
    private void LogOnce(string problem)
    {
        if (problem != _loggedProblem)
        {
            _loggedProblem = problem;
            LogFailed(problem);
        }
    }

    [LoggerMessage(
        LogLevel.Information,
        "Mentions of the Mastodon account are forwarded from now on; earlier ones are not forwarded"
    )]
    private partial void LogBegun();

    [LoggerMessage(LogLevel.Information, "Forwarding {Count} mentions of the Mastodon account to the operator")]
    private partial void LogForwarded(int count);

    [LoggerMessage(
        LogLevel.Warning,
        "Mentions of the Mastodon account could not be forwarded; retrying every minute: {Problem}"
    )]
    private partial void LogFailed(string problem);
}
