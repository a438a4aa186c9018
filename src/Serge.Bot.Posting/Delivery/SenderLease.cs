using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Posting.Delivery;

/// <summary>The accounts that this worker sends as.</summary>
/// <param name="Names">One name per account; must not contain a secret.</param>
public sealed record SenderAccounts(IReadOnlyList<string> Names);

/// <summary>Ensures that one of several workers on a ledger sends: it holds the sender's lease, and the
/// others stand by.</summary>
/// <remarks>This saves the rate limits of the accounts and keeps posts in order. Duplicates are prevented by the claim
/// of each post, so a single post may be sent without the lease (<c>serge post --now</c>).</remarks>
public sealed partial class SenderLease : BackgroundService
{
    private readonly SenderRows _rows;
    private readonly SenderAccounts _accounts;
    private readonly Clocks _clocks;
    private readonly ILogger<SenderLease> _logger;
    private readonly TimeSpan _length;
    private readonly string _owner;
    private readonly LedgerLoop _loop;
    private readonly Lock _lock = new();
    private TaskCompletionSource _acquired = CreateSignal();
    private CancellationTokenSource _lost = new();
    private Renewal? _renewal;
    private bool _hasLoggedStandby;

    public SenderLease(
        SenderRows rows,
        SenderAccounts accounts,
        DeliverySettings settings,
        Clocks clocks,
        Random random,
        ILogger<SenderLease> logger
    )
    {
        _rows = rows;
        _accounts = accounts;
        _clocks = clocks;
        _logger = logger;
        _length = settings.SenderLease;
        _owner = $"{Environment.MachineName}/{Environment.ProcessId}/{IdempotencyKey.Create(random)}";
        var interval = Math.Clamp(_length.TotalMilliseconds / 10, 100, 1000);
        _loop = new LedgerLoop(TimeSpan.FromMilliseconds(interval), clocks.System, LogLedgerFailed);
    }

    /// <summary>Set when the ledger was deleted or replaced. Then this worker sends nothing until it is
    /// restarted.</summary>
    public LedgerException? Loss { get; private set; }

    /// <summary>Why the last attempt to acquire or renew the lease failed; <see langword="null"/> before the first
    /// attempt, after a success, and while another worker holds the lease.</summary>
    public LedgerException? Failure { get; private set; }

    /// <summary>Whether this worker may send now. When the ledger fails this becomes false at the end
    /// of the lease.</summary>
    public bool IsHeld
    {
        get
        {
            lock (_lock)
            {
                return IsHeldNow();
            }
        }
    }

    /// <summary>Waits until the lease is held.</summary>
    /// <returns>Is cancelled when another worker has taken over. An outage of the ledger does not cancel it, because no
    /// other worker can take over meanwhile.</returns>
    public async Task<CancellationToken> WaitAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task acquired;
            lock (_lock)
            {
                if (_acquired.Task.IsCompleted)
                {
                    return _lost.Token;
                }

                acquired = _acquired.Task;
            }

            await acquired.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Tries to acquire the lease before other services start, so that a single worker
    /// sends at once.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await _loop.TryAsync(() => RenewAsync(cancellationToken), cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Releases the lease. Services that send must have stopped before.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await _rows.ReleaseAsync(_owner, CancellationToken.None);
        }
        catch (LedgerException e)
        {
            LogNotReleased(e.Message);
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _lost.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        _loop.RunAsync(RenewIfNeededAsync, stoppingToken);

    /// <summary>Acquires or renews the lease, or learns which worker holds it.</summary>
    /// <exception cref="LedgerException">The ledger could not be written.</exception>
    internal async Task RenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            ThrowIfLost();
            await ThrowIfOlderCopyAsync(cancellationToken);
            await TryAcquireAsync(cancellationToken);
            Failure = null;
        }
        catch (LedgerException e)
        {
            Failure = e;
            if (e.IsLoss)
            {
                MarkLost(e);
            }

            throw;
        }
    }

    private async Task TryAcquireAsync(CancellationToken cancellationToken)
    {
        // Taken before the ledger is written, so the lease never ends later here than in the ledger.
        var now = _clocks.System.GetUtcNow();
        Renewal renewal = new(_clocks.System.GetTimestamp(), now + _length);
        var result = await _rows.TryAcquireAsync(_accounts.Names, _owner, now, renewal.Until, cancellationToken);
        if (result.Other is null)
        {
            await _rows.MaintainAsync(result.IsContinued, cancellationToken);
            MarkHeld(renewal);
        }
        else
        {
            EnterStandby(result.Other);
        }
    }

    /// <summary>While this worker holds the lease no other one changes the database's file.</summary>
    private void ThrowIfLost()
    {
        lock (_lock)
        {
            if (IsLeased() && !_rows.IsIntact)
            {
                throw _rows.CreateLossException();
            }
        }

        if (Loss is not null)
        {
            throw Loss;
        }
    }

    /// <summary>Nothing moves the end of a lease back, unless a clock is set back.</summary>
    private async Task ThrowIfOlderCopyAsync(CancellationToken cancellationToken)
    {
        if (_renewal is not { } renewal || _clocks.System.GetUtcNow() < renewal.Until - _length)
        {
            return;
        }

        bool isCurrent;
        lock (_lock)
        {
            isCurrent = IsLeased();
        }

        if (!await _rows.ContainsAsync(_accounts.Names, renewal.Until, isCurrent, cancellationToken))
        {
            var name = _rows.DatabaseName;
            throw LedgerException.CreateLoss($"{name} was replaced by an older copy, or a worker's clock was wrong,");
        }
    }

    private void MarkLost(LedgerException loss)
    {
        if (Loss is null)
        {
            Loss = loss;
            LogLost(loss.Message);
        }
    }

    private async Task RenewIfNeededAsync(CancellationToken cancellationToken)
    {
        if (NeedsRenewal())
        {
            await RenewAsync(cancellationToken);
        }
    }

    private bool NeedsRenewal()
    {
        lock (_lock)
        {
            return !IsHeldNow() || _clocks.System.GetElapsedTime(_renewal!.Timestamp) >= _length / 3;
        }
    }

    private bool IsHeldNow() => IsLeased() && Loss is null && _rows.IsIntact;

    /// <remarks>The monotonic clock may not count time while the machine sleeps, and the system clock can be set, so
    /// the lease is held only if both agree.</remarks>
    private bool IsLeased()
    {
        if (_renewal is not { } renewal)
        {
            return false;
        }

        var elapsed = _clocks.System.GetElapsedTime(renewal.Timestamp);
        return elapsed < _length && _clocks.System.GetUtcNow() < renewal.Until;
    }

    private void MarkHeld(Renewal renewal)
    {
        lock (_lock)
        {
            _renewal = renewal;
            if (!_acquired.TrySetResult())
            {
                return;
            }
        }

        if (_hasLoggedStandby)
        {
            LogTakesOver();
        }

        _hasLoggedStandby = false;
    }

    private void EnterStandby(string other)
    {
        CancellationTokenSource? lost = null;
        lock (_lock)
        {
            _renewal = null;
            if (_acquired.Task.IsCompleted)
            {
                lost = _lost;
                _lost = new CancellationTokenSource();
                _acquired = CreateSignal();
            }
        }

        if (!_hasLoggedStandby)
        {
            var process = other[..other.LastIndexOf('/')];
            LogStandby(process, _length.TotalSeconds);
        }

        _hasLoggedStandby = true;
        lost?.Cancel();
        lost?.Dispose();
    }

    private static TaskCompletionSource CreateSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="Timestamp">Of the monotonic clock, when the renewal began.</param>
    /// <param name="Until">When the lease ends.</param>
    private sealed record Renewal(long Timestamp, DateTimeOffset Until);

    [LoggerMessage(
        LogLevel.Information,
        "Standby: another worker sends ({Other}). This worker takes over when that one stops or is "
            + "silent for {Seconds} s"
    )]
    private partial void LogStandby(string other, double seconds);

    [LoggerMessage(LogLevel.Information, "The other worker has stopped or is silent; this worker sends now")]
    private partial void LogTakesOver();

    [LoggerMessage(LogLevel.Critical, "This worker sends nothing until it is restarted: {Problem}")]
    private partial void LogLost(string problem);

    [LoggerMessage(
        LogLevel.Error,
        "Renewing the sender's lease failed; this worker stops sending when the lease ends: {Problem}"
    )]
    private partial void LogLedgerFailed(string problem);

    [LoggerMessage(
        LogLevel.Warning,
        "Releasing the sender's lease failed; another worker takes over when it ends: {Problem}"
    )]
    private partial void LogNotReleased(string problem);
}
