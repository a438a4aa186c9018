namespace Serge.Bot.Discord.RateLimits;

/// <summary>Counts the requests that Discord turned away, and stops long before it shuts out everybody at this address.</summary>
/// <remarks>Source: Discord docs, Topics/Rate Limits, Invalid Request Limit: 10,000 answers of 401, 403 or 429 in 10 minutes to one IP
/// address; a 429 over a resource that is shared with others does not count.</remarks>
internal sealed partial class InvalidRequests(TimeProvider wire, ILogger<InvalidRequests> logger)
{
    /// <summary>So many, and we rest: half of what Discord bears, for other programs may share the address.</summary>
    public const int StopAt = 5000;

    /// <summary>Members are answered for longer than that.</summary>
    public const int StopAnswersAt = 8000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Queue<long> _times = new();
    private long? _said;

    /// <summary>Notes an answer.</summary>
    public void Note(int status, RateLimitHeaders answer)
    {
        if (status is 401 or 403 || (status == 429 && answer.Scope != "shared"))
        {
            lock (_lock)
            {
                _times.Enqueue(wire.GetTimestamp());
            }
        }
    }

    /// <summary>Lets a request pass if there is room for one more that is turned away.</summary>
    /// <param name="isAnswer">Whether a member waits for it.</param>
    /// <exception cref="RateLimitRejectedException">There is none.</exception>
    public void ThrowIfSpent(bool isAnswer)
    {
        lock (_lock)
        {
            while (_times.TryPeek(out var past) && wire.GetElapsedTime(past) >= Window)
            {
                _times.Dequeue();
            }

            if (_times.Count < (isAnswer ? StopAnswersAt : StopAt))
            {
                return;
            }

            var until = wire.GetUtcNow() + Window - wire.GetElapsedTime(_times.Peek());
            if (!(_said is { } said && wire.GetElapsedTime(said) < Window))
            {
                _said = wire.GetTimestamp();
                LogSpent(_times.Count, until);
            }

            throw new RateLimitRejectedException(
                until, "Discord has turned so many of our requests away that we rest before it shuts us out.");
        }
    }

    [LoggerMessage(LogLevel.Error, "Discord has turned {Count} requests away in 10 minutes (401, 403 or 429), and shuts out whoever gets to "
        + "10,000. Nothing more is sent until {Until:u}; find out what is being refused")]
    private partial void LogSpent(int count, DateTimeOffset until);
}
