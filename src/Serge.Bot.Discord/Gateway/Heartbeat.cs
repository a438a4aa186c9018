using System.Net.WebSockets;

namespace Serge.Bot.Discord.Gateway;

/// <summary>Keeps the heartbeat of one connection, and notices when nobody is there any more.</summary>
/// <remarks>Source: Discord docs, Events/Gateway, Heartbeat Interval and Heartbeats. Any frame counts as a sign of life, not only the
/// answer to a heartbeat: a server that is busy with a long replay is alive.</remarks>
internal sealed class Heartbeat(TimeProvider wire, Random random)
{
    // Written by the reader, read by the heartbeat.
    private int _heard;
    private volatile bool _notListening;

    /// <summary>A frame came in.</summary>
    public void Heard() => Interlocked.Increment(ref _heard);

    /// <summary>Nobody reads until the task ends, so silence says nothing about the other side.</summary>
    public async Task NotListeningAsync(ValueTask task)
    {
        _notListening = true;
        await task;
        Heard();
        _notListening = false;
    }

    /// <summary>Beats until the connection is dead or over. The first beat comes after a part of the interval, by chance, so that not all
    /// bots of the world beat at once after an outage.</summary>
    /// <param name="interval">From one beat to the next.</param>
    /// <param name="beat">Sends one.</param>
    /// <param name="life">Ends with the connection.</param>
    /// <returns>Why the connection is dead; <see langword="null"/> if it was over anyway.</returns>
    public async Task<string?> RunAsync(TimeSpan interval, Func<CancellationToken, Task> beat, CancellationToken life)
    {
        try
        {
            await Task.Delay(interval * random.NextDouble(), wire, life);
            while (true)
            {
                var heard = Volatile.Read(ref _heard);
                await beat(life);
                await Task.Delay(interval, wire, life);
                if (Volatile.Read(ref _heard) == heard && !_notListening)
                {
                    return $"Discord said nothing for {interval.TotalSeconds:0.#} s, not even in answer to a heartbeat";
                }
            }
        }
        catch (WebSocketException e)
        {
            return $"A heartbeat could not be sent: {e.GetBaseException().Message}";
        }
        catch (OperationCanceledException)
        {
            return life.IsCancellationRequested ? null : "A heartbeat could not be sent in time";
        }
    }
}
