using System.Threading.Channels;

namespace Serge.Bot.Simulator;

/// <summary>Tells every open <see cref="EventStream"/> what happened.</summary>
internal sealed class EventHub
{
    private readonly Lock _lock = new();
    private readonly List<EventStream> _streams = [];

    public EventStream Open()
    {
        EventStream stream = new(this);
        lock (_lock)
        {
            _streams.Add(stream);
        }

        return stream;
    }

    public void Publish(SimulatorEvent happened)
    {
        lock (_lock)
        {
            foreach (var stream in _streams)
            {
                stream.Write(happened);
            }
        }
    }

    public void Close(EventStream stream)
    {
        lock (_lock)
        {
            _streams.Remove(stream);
        }
    }
}

/// <summary>What happens in a world, in order, from the moment the stream was opened.</summary>
public sealed class EventStream : IAsyncEnumerable<SimulatorEvent>, IDisposable
{
    private readonly EventHub _hub;
    private readonly Channel<SimulatorEvent> _events = Channel.CreateBounded<SimulatorEvent>(
        new BoundedChannelOptions(4096) { FullMode = BoundedChannelFullMode.DropOldest }
    );

    internal EventStream(EventHub hub) => _hub = hub;

    /// <summary>Reads on until an event of this kind comes; those before it are passed over for good.</summary>
    /// <exception cref="InvalidOperationException">The stream was disposed first.</exception>
    public async Task<T> WaitForAsync<T>(Func<T, bool>? wanted = null, CancellationToken cancellationToken = default)
        where T : SimulatorEvent
    {
        await foreach (var happened in _events.Reader.ReadAllAsync(cancellationToken))
        {
            if (happened is T match && wanted?.Invoke(match) != false)
            {
                return match;
            }
        }

        throw new InvalidOperationException($"The stream ended before a {typeof(T).Name} came.");
    }

    /// <inheritdoc/>
    public IAsyncEnumerator<SimulatorEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        _events.Reader.ReadAllAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);

    /// <summary>Ends the stream for its reader.</summary>
    public void Dispose()
    {
        _hub.Close(this);
        _events.Writer.TryComplete();
    }

    internal void Write(SimulatorEvent happened) => _events.Writer.TryWrite(happened);
}
