using System.Threading.Channels;

namespace Serge.Bot.Simulator.Common;

/// <summary>The events of a world, in order, from the moment the stream was opened.</summary>
public sealed class EventStream : IAsyncEnumerable<SimulatorEvent>, IDisposable
{
    private static readonly BoundedChannelOptions QueueOptions = new(4096)
    {
        FullMode = BoundedChannelFullMode.DropOldest,
    };

    private readonly EventHub _hub;
    private readonly Channel<SimulatorEvent> _events = System.Threading.Channels.Channel.CreateBounded<SimulatorEvent>(
        QueueOptions
    );

    internal EventStream(EventHub hub) => _hub = hub;

    /// <summary>Waits for the next event of this type, and discards the events before it.</summary>
    /// <exception cref="InvalidOperationException">The stream was disposed first.</exception>
    public async Task<T> WaitForAsync<T>(Func<T, bool>? wanted = null, CancellationToken cancellationToken = default)
        where T : SimulatorEvent
    {
        await foreach (var next in _events.Reader.ReadAllAsync(cancellationToken))
        {
            if (next is T match && wanted?.Invoke(match) != false)
            {
                return match;
            }
        }

        throw new InvalidOperationException($"The stream was disposed before an event of type {typeof(T).Name}.");
    }

    /// <inheritdoc/>
    public IAsyncEnumerator<SimulatorEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        var events = _events.Reader.ReadAllAsync(cancellationToken);
        return events.GetAsyncEnumerator(cancellationToken);
    }

    /// <summary>Closes the stream; its reader ends.</summary>
    public void Dispose()
    {
        _hub.Close(this);
        _events.Writer.TryComplete();
    }

    internal void Write(SimulatorEvent published) => _events.Writer.TryWrite(published);
}
