namespace Serge.Bot.Discord.RateLimits;

/// <summary>Where a request stands while it waits: in its bucket's queue, and in that of all when it is first there. Disposed, it leaves
/// both.</summary>
/// <remarks>Used under the limiter's lock, but for <see cref="Wake"/>.</remarks>
internal sealed class Place : IDisposable
{
    private readonly Lock _limiterLock;
    private TaskCompletionSource _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Place(Lock limiterLock) => (_limiterLock, InBucket, InAll) = (limiterLock, new Standing(this), new Standing(this));

    /// <summary>In the queue of its bucket.</summary>
    public Standing InBucket { get; }

    /// <summary>In the queue of all requests.</summary>
    public Standing InAll { get; }

    /// <summary>It is worth looking again.</summary>
    public void Wake() => _woken.TrySetResult();

    /// <summary>Goes back to waiting. Under the lock, so that no waking is missed.</summary>
    /// <returns>Completes when it is worth looking again.</returns>
    public Task Rest()
    {
        if (_woken.Task.IsCompleted)
        {
            _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return _woken.Task;
    }

    public void Dispose()
    {
        lock (_limiterLock)
        {
            InAll.Leave();
            InBucket.Leave();
        }
    }

    /// <summary>A place in one queue, or in none.</summary>
    internal sealed class Standing(Place place)
    {
        private (Gate Gate, LinkedListNode<Place> Node)? _at;

        /// <summary>Whether it is the first there.</summary>
        public bool IsFirst => _at is var (gate, node) && gate.IsFirst(node);

        /// <summary>Stands at the end of a gate's queue, unless it stands there already.</summary>
        public void StandAt(Gate gate)
        {
            if (_at?.Gate != gate)
            {
                Leave();
                _at = (gate, gate.Join(place));
            }
        }

        /// <summary>Leaves the queue.</summary>
        public void Leave()
        {
            if (_at is var (gate, node))
            {
                _at = null;
                gate.Leave(node);
            }
        }
    }
}
