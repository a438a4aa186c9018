namespace Serge.Bot.Simulator.Common;

/// <summary>Publishes events to every open <see cref="EventStream"/>.</summary>
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

    public void Publish(SimulatorEvent published)
    {
        lock (_lock)
        {
            foreach (var stream in _streams)
            {
                stream.Write(published);
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
