namespace Serge.Bot.Discord.Gateway;

/// <summary>Lets one go on at a time, in the order in which they came.</summary>
internal sealed class Turn
{
    private readonly Lock _lock = new();

    /// <summary>The first has the turn, the others wait for it.</summary>
    private readonly LinkedList<TaskCompletionSource> _queue = new();

    /// <summary>Waits for the turn. Whoever gets it ends it.</summary>
    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        LinkedListNode<TaskCompletionSource> mine = new(new(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_lock)
        {
            _queue.AddLast(mine);
            WakeFirst();
        }

        try
        {
            await using var givingUp = cancellationToken.UnsafeRegister(
                static (waiting, token) => ((TaskCompletionSource)waiting!).TrySetCanceled(token),
                mine.Value
            );
            await mine.Value.Task;
        }
        catch (OperationCanceledException)
        {
            lock (_lock)
            {
                _queue.Remove(mine);
                WakeFirst();
            }

            throw;
        }
    }

    /// <summary>Lets the next go on.</summary>
    public void End()
    {
        lock (_lock)
        {
            _queue.RemoveFirst();
            WakeFirst();
        }
    }

    private void WakeFirst() => _queue.First?.Value.TrySetResult();
}
