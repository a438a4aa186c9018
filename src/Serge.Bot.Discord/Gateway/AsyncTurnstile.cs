namespace Serge.Bot.Discord.Gateway;

/// <summary>Admits one caller at a time, in the order of arrival.</summary>
internal sealed class AsyncTurnstile
{
    private readonly Lock _lock = new();

    /// <summary>The first is inside, the others wait.</summary>
    private readonly LinkedList<TaskCompletionSource> _queue = new();

    /// <summary>Waits for admission. An admitted caller must call <see cref="Exit"/>.</summary>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        LinkedListNode<TaskCompletionSource> node = new(new(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_lock)
        {
            _queue.AddLast(node);
            AdmitFirst();
        }

        try
        {
            await using var registration = cancellationToken.UnsafeRegister(
                static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token),
                node.Value
            );
            await node.Value.Task;
        }
        catch (OperationCanceledException)
        {
            lock (_lock)
            {
                _queue.Remove(node);
                AdmitFirst();
            }

            throw;
        }
    }

    /// <summary>Admits the next caller.</summary>
    public void Exit()
    {
        lock (_lock)
        {
            _queue.RemoveFirst();
            AdmitFirst();
        }
    }

    private void AdmitFirst() => _queue.First?.Value.TrySetResult();
}
