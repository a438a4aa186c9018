using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Posting.Delivery;

/// <summary>Sees to it that of all workers on one ledger one sends: it holds the sender's lease, the others stand by and take over when it ends.</summary>
/// <remarks>It spares a token's rate limit and keeps the posts in order. That nothing is posted twice does not hang on it: that is what the claim of each
/// post is for, and so a single post may be sent beside it (<c>serge post --now</c>).</remarks>
public sealed partial class SenderLease(
    SenderRows rows,
    BotSettings settings,
    Clocks clocks,
    Random random,
    ILogger<SenderLease> logger
) : BackgroundService
{
    private readonly TimeSpan _length = settings.Delivery.SenderLease;
    private readonly IReadOnlyList<string> _names = Names(settings);
    private readonly string _owner = $"{Environment.MachineName}/{Environment.ProcessId}/{IdempotencyKey.New(random)}";
    private readonly Lock _lock = new();
    private TaskCompletionSource _held = NewTurn();
    private CancellationTokenSource _takenOver = new();
    private (long Timestamp, DateTimeOffset Until)? _renewed;
    private bool _toldOfOther;
    private bool _toldOfLedger;

    /// <summary>Whether this worker may send now. Without news from the ledger it no longer may when the lease is over.</summary>
    public bool IsHeld
    {
        get
        {
            lock (_lock)
            {
                // The one clock does not count a sleep of the machine, the other may be set: both have to agree.
                return _renewed is var (timestamp, until)
                    && clocks.System.GetElapsedTime(timestamp) < _length
                    && clocks.System.GetUtcNow() < until;
            }
        }
    }

    /// <summary>Whether a connection to Discord goes with the lease: two sessions of one token would both be handed every command. Over HTTP each
    /// command comes to one worker only, so all of them answer.</summary>
    public bool CoversGateway => settings.Discord is { InteractionsOverHttp: false };

    /// <summary>Waits for the lease.</summary>
    /// <returns>Ends when another worker has taken over. A ledger that is out of reach does not end it: nobody can take over there meanwhile.</returns>
    public async Task<CancellationToken> WaitAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task held;
            lock (_lock)
            {
                if (_held.Task.IsCompleted)
                {
                    return _takenOver.Token;
                }

                held = _held.Task;
            }

            await held.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Asks once before anything else starts, so that a single worker begins at once.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RenewAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Gives the lease up, after all that sends has stopped.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await rows.ReleaseAsync(_owner, CancellationToken.None);
        }
        catch (LedgerException e)
        {
            LogNotReleased(e.Message);
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _takenOver.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(
            TimeSpan.FromMilliseconds(Math.Clamp(_length.TotalMilliseconds / 10, 100, 1000)),
            clocks.System
        );
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (IsToBeRenewed())
            {
                await RenewAsync(stoppingToken);
            }
        }
    }

    /// <summary>Takes the lease, or renews it, or learns who has it.</summary>
    internal async Task RenewAsync(CancellationToken cancellationToken)
    {
        // Counted from before the writing: by the ledger's reckoning it never ends before ours.
        var asked = (Timestamp: clocks.System.GetTimestamp(), Until: clocks.System.GetUtcNow() + _length);
        try
        {
            var other = await rows.TryAcquireAsync(_names, _owner, asked.Until - _length, asked.Until, cancellationToken);
            _toldOfLedger = false;
            if (other is null)
            {
                MarkHeld(asked);
            }
            else
            {
                EnterStandby(other);
            }
        }
        catch (LedgerException e)
        {
            if (!_toldOfLedger)
            {
                LogLedger(e.Message);
            }

            _toldOfLedger = true;
        }
    }

    private bool IsToBeRenewed()
    {
        lock (_lock)
        {
            return _renewed is not var (timestamp, _)
                || !IsHeld
                || clocks.System.GetElapsedTime(timestamp) >= _length / 3;
        }
    }

    private void MarkHeld((long Timestamp, DateTimeOffset Until) asked)
    {
        lock (_lock)
        {
            _renewed = asked;
            if (!_held.TrySetResult())
            {
                return;
            }
        }

        if (_toldOfOther)
        {
            LogTakesOver();
        }

        _toldOfOther = false;
    }

    private void EnterStandby(string other)
    {
        CancellationTokenSource? over = null;
        lock (_lock)
        {
            _renewed = null;
            if (_held.Task.IsCompleted)
            {
                (over, _takenOver, _held) = (_takenOver, new CancellationTokenSource(), NewTurn());
            }
        }

        if (!_toldOfOther)
        {
            LogStandsBy(other[..other.LastIndexOf('/')], _length.TotalSeconds);
        }

        _toldOfOther = true;
        over?.Cancel();
        over?.Dispose();
    }

    private static TaskCompletionSource NewTurn() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What stands for the tokens: a part of their hashes, from which nobody gets back to them.</summary>
    public static IReadOnlyList<string> Names(BotSettings settings) =>
        [
            .. settings.Discord is { } discord ? [Name("discord", discord.Token.Reveal())] : Array.Empty<string>(),
            .. settings.Mastodon is { } mastodon
                ? [Name("mastodon", $"{mastodon.Address} {mastodon.AccessToken.Reveal()}")]
                : Array.Empty<string>(),
        ];

    private static string Name(string platform, string token) =>
        $"{platform}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)).AsSpan(0, 8))}";

    [LoggerMessage(
        LogLevel.Information,
        "Another worker sends ({Other}), so this one stands by. It takes over when that one stops, or has been silent for {Seconds} s"
    )]
    private partial void LogStandsBy(string other, double seconds);

    [LoggerMessage(LogLevel.Information, "The other worker has stopped or fallen silent: this one sends now")]
    private partial void LogTakesOver();

    [LoggerMessage(
        LogLevel.Error,
        "Whether this worker may send could not be written down, so it soon stops sending: {Problem}"
    )]
    private partial void LogLedger(string problem);

    [LoggerMessage(
        LogLevel.Warning,
        "The sender's lease could not be given up; another worker takes over when it ends: {Problem}"
    )]
    private partial void LogNotReleased(string problem);
}
