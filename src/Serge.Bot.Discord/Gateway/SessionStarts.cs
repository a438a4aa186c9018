using Serge.Bot.Discord.Model;
using Serge.Bot.Discord.Rest;

namespace Serge.Bot.Discord.Gateway;

/// <summary>Spends the budget of new sessions with care: who exceeds it has the token reset.</summary>
/// <remarks>Source: Discord docs, Events/Gateway, Session Start Limit and Rate Limiting: 1000 in 24 hours, over all shards and processes
/// that use the token, and <c>max_concurrency</c> in 5 s. What is left <c>ask</c> asks <c>GET /gateway/bot</c> before each session, so that
/// a process that is started over and over meets the limit as well.</remarks>
internal sealed partial class SessionStarts(
    Func<CancellationToken, Task<Result<GatewayBot>>> ask,
    TimeProvider wire,
    Random random,
    ILogger<SessionStarts> logger
)
{
    /// <summary>What is left for a person who has to start the bot by hand a few times; of a small budget a twentieth.</summary>
    public const int Reserve = 50;

    /// <summary>From one session to the next of shards that take turns. Discord's 5 s count where they arrive; the rest allows for ways of
    /// different length.</summary>
    public static readonly TimeSpan Spacing = TimeSpan.FromSeconds(5.25);

    private const int StandardTotal = 1000;
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMinutes(1);

    /// <summary>An answer that has not been used yet serves so long.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Turn _budget = new();
    private readonly Dictionary<int, RateLimitKey> _keys = [];

    /// <summary>When we asked for sessions in the last 24 hours: what we know even if Discord's answer is missing or stale.</summary>
    private readonly Queue<long> _spent = new();

    private int _concurrency = 1;
    private int _pending;
    private (Result<GatewayBot> Answer, long At)? _unused;

    private long Now => wire.GetTimestamp();

    /// <summary>Asks how many shards there should be and where. The next session uses the same answer.</summary>
    public async Task<Result<GatewayBot>> LookAsync(CancellationToken cancellationToken)
    {
        var answer = await AskAsync(cancellationToken);
        _unused = (answer, wire.GetTimestamp());
        return answer;
    }

    /// <summary>Waits until a new session may be asked for.</summary>
    /// <param name="shard">Which shard wants it. Those whose index leaves the same remainder by <c>max_concurrency</c> take turns.</param>
    /// <param name="rest">Whether Discord has just declined a session: then 1 to 5 s go by first, by chance, so that not all
    /// bots of the world come back at once.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Where the gateway is, or why there is no session to be had.</returns>
    public async Task<SessionStart> NextAsync(int shard, bool rest, CancellationToken cancellationToken)
    {
        if (rest)
        {
            await Task.Delay(TimeSpan.FromSeconds(1 + (4 * random.NextDouble())), wire, cancellationToken);
        }

        var key = KeyOf(shard);
        await key.Turn.TakeAsync(cancellationToken);
        SessionStart? start = null;
        try
        {
            if (key.Last is { } last && Spacing - wire.GetElapsedTime(last) is var wait && wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, wire, cancellationToken);
            }

            await _budget.TakeAsync(cancellationToken);
            try
            {
                return start = await WithinBudgetAsync(key, cancellationToken);
            }
            finally
            {
                _budget.End();
            }
        }
        finally
        {
            if (start is not SessionStart.Yes)
            {
                key.Turn.End();
            }
        }
    }

    /// <summary>What follows from an answer that is none.</summary>
    public static SessionStart.No NoBecause(Result<GatewayBot> answer) =>
        answer is Result<GatewayBot>.Unauthorized(var reason)
            ? new SessionStart.No(new Fate.Stop(StopCause.BadToken), reason)
            : new SessionStart.No(new Fate.Identify(), answer.Reason()!);

    private async Task<SessionStart> WithinBudgetAsync(RateLimitKey key, CancellationToken cancellationToken)
    {
        var said = false;
        while (true)
        {
            // Permits are given one after the other, so from here on there can only be fewer.
            var pending = Volatile.Read(ref _pending);
            var answer =
                _unused is var (kept, at) && wire.GetElapsedTime(at) <= Fresh
                    ? kept
                    : await AskAsync(cancellationToken);
            _unused = null;
            cancellationToken.ThrowIfCancellationRequested();
            if (answer is not Result<GatewayBot>.Success(var gateway))
            {
                return NoBecause(answer);
            }

            if (Shortage(gateway.SessionStartLimit, pending) is var (left, wait))
            {
                if (!said)
                {
                    LogBudget(left, wire.GetUtcNow() + wait);
                    said = true;
                }

                await Task.Delay(wait, wire, cancellationToken);
                continue;
            }

            return GatewayAddress.From(gateway.Url) is { } address
                ? new SessionStart.Yes(address, new SessionPermit(this, key))
                : new SessionStart.No(new Fate.Identify(), "The answer to /gateway/bot names no WebSocket's address.");
        }
    }

    /// <summary>Whether one more session would touch the reserve.</summary>
    /// <param name="limit">What Discord says.</param>
    /// <param name="pending">Sessions that we were about to ask for when Discord said so, and that it may not have counted.</param>
    /// <returns>How many are left, and how long to wait; <see langword="null"/> if there are enough.</returns>
    private (int Left, TimeSpan Wait)? Shortage(SessionStartLimit? limit, int pending)
    {
        var total = limit?.Total ?? StandardTotal;
        var reserve = Math.Clamp(total / 20, 1, Reserve);
        if (limit?.Remaining < reserve)
        {
            return (
                limit.Remaining.Value,
                TimeSpan.FromMilliseconds(
                    Math.Clamp(limit.ResetAfter ?? 0, ShortestWait.TotalMilliseconds, Day.TotalMilliseconds)
                )
            );
        }

        lock (_lock)
        {
            while (_spent.TryPeek(out var past) && wire.GetElapsedTime(past) >= Day)
            {
                _spent.Dequeue();
            }

            // What is pending is soon counted or given back, and what we know ourselves ages; so it is worth asking again before long.
            var left = Math.Min(limit?.Remaining ?? total, total - _spent.Count) - pending;
            return left < reserve ? (left, ShortestWait) : null;
        }
    }

    private async Task<Result<GatewayBot>> AskAsync(CancellationToken cancellationToken)
    {
        var answer = await ask(cancellationToken);
        if (answer is Result<GatewayBot>.Success({ SessionStartLimit.MaxConcurrency: >= 1 and var concurrency }))
        {
            lock (_lock)
            {
                _concurrency = concurrency;
            }
        }

        return answer;
    }

    private RateLimitKey KeyOf(int shard)
    {
        lock (_lock)
        {
            var number = shard % _concurrency;
            if (!_keys.TryGetValue(number, out var key))
            {
                _keys[number] = key = new RateLimitKey();
            }

            return key;
        }
    }

    [LoggerMessage(
        LogLevel.Error,
        "Only {Left} new Discord sessions are left before the token would be reset, "
            + "so none is started until {Reset:u}. Something starts the bot over and over"
    )]
    private partial void LogBudget(int left, DateTimeOffset reset);

    /// <summary>Shards that must not ask for sessions at the same time.</summary>
    internal sealed class RateLimitKey
    {
        /// <summary>Ends when the session has been asked for.</summary>
        public Turn Turn { get; } = new();

        /// <summary>When the last of them asked.</summary>
        public long? Last { get; set; }
    }

    /// <summary>Leave to ask for one session. Disposed when Discord has counted it, or when it will not be asked for any more.</summary>
    internal sealed class SessionPermit : IDisposable
    {
        private readonly SessionStarts _starts;
        private RateLimitKey? _key;
        private bool _settled;

        public SessionPermit(SessionStarts starts, RateLimitKey key)
        {
            (_starts, _key) = (starts, key);
            Interlocked.Increment(ref starts._pending);
        }

        /// <summary>The session was asked for, or may have been.</summary>
        public void Spend()
        {
            if (_key is not { } key)
            {
                return;
            }

            lock (_starts._lock)
            {
                _starts._spent.Enqueue(_starts.Now);
            }

            key.Last = _starts.Now;
            EndTurn();
        }

        public void Dispose()
        {
            EndTurn();
            if (!_settled)
            {
                _settled = true;
                Interlocked.Decrement(ref _starts._pending);
            }
        }

        private void EndTurn()
        {
            _key?.Turn.End();
            _key = null;
        }
    }
}

/// <summary>Whether a new session may be asked for. A closed set.</summary>
internal abstract record SessionStart
{
    private SessionStart() { }

    /// <summary>Yes, here.</summary>
    public sealed record Yes(Uri Address, SessionStarts.SessionPermit Permit) : SessionStart;

    /// <summary>Not now, or never.</summary>
    public sealed record No(Fate Fate, string Reason) : SessionStart;
}
