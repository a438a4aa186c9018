namespace Serge.Bot.Discord.Gateway;

/// <summary>Sends the heartbeats of one connection and detects a dead connection.</summary>
/// <remarks>Source: Discord docs, Events/Gateway, Heartbeat Interval and Heartbeats. Every frame proves that the
/// connection works, not only the acknowledgement of a heartbeat: a server may be busy with a long replay.</remarks>
internal sealed class Heartbeat(TimeProvider clock, Random random)
{
    // Written by the reader, read by the heartbeat task.
    private int _received;
    private volatile bool _isSuspended;

    /// <summary>Notes that a frame was received.</summary>
    public void MarkReceived() => Interlocked.Increment(ref _received);

    /// <summary>Disables the timeout until the task ends, because nothing is read meanwhile.</summary>
    public async Task SuspendTimeoutAsync(ValueTask task)
    {
        _isSuspended = true;
        await task;
        MarkReceived();
        _isSuspended = false;
    }

    /// <summary>Sends heartbeats until the connection is dead or ends. The first one is sent after a random part of the
    /// interval, which spreads the bots after an outage of Discord.</summary>
    /// <param name="interval">The interval of heartbeats, and the timeout.</param>
    /// <param name="send">Sends one heartbeat.</param>
    /// <param name="lifetime">Cancelled at the end of the connection.</param>
    /// <returns>Why the connection is dead; <see langword="null"/> if it was cancelled.</returns>
    public async Task<string?> RunAsync(
        TimeSpan interval,
        Func<CancellationToken, Task> send,
        CancellationToken lifetime
    )
    {
        try
        {
            await Task.Delay(interval * random.NextDouble(), clock, lifetime);
            while (true)
            {
                var received = Volatile.Read(ref _received);
                await send(lifetime);
                await Task.Delay(interval, clock, lifetime);
                if (Volatile.Read(ref _received) == received && !_isSuspended)
                {
                    return $"Heartbeat timeout: Discord sent nothing for {interval.TotalSeconds:0.#} s";
                }
            }
        }
        catch (OperationCanceledException)
        {
            return lifetime.IsCancellationRequested ? null : "Timeout: a heartbeat could not be sent in time";
        }
        catch (Exception e)
        {
            return ShardConnection.Describe("Sending a heartbeat failed", e);
        }
    }
}
