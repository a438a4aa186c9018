namespace Serge.Bot.Simulator.Discord;

/// <summary>A bot's session, from READY on and across reconnects. Use it under the world's lock.</summary>
internal sealed class GatewayServerSession(Application application, string id, int intents, SessionShard shard)
{
    /// <summary>The number of events kept for a replay.</summary>
    private const int MaxKeptEvents = 1024;
    private readonly Queue<byte[]> _kept = new();

    public Application Application => application;

    public string Id => id;

    public int Intents => intents;

    public SessionShard Shard => shard;

    /// <summary>The sequence number of the last event.</summary>
    public int Sequence { get; private set; }

    /// <summary>The connection; <see langword="null"/> while disconnected.</summary>
    public GatewayServerConnection? Connection { get; set; }

    public DateTimeOffset DisconnectedAt { get; set; }

    /// <summary>Numbers an event and keeps it for a replay.</summary>
    /// <returns>The message to send.</returns>
    public byte[] Record(string eventName, JsonNode? data)
    {
        Sequence++;
        var message = GatewayMessage.Dispatch(eventName, Sequence, data);
        _kept.Enqueue(message);
        if (_kept.Count > MaxKeptEvents)
        {
            _kept.Dequeue();
        }

        return message;
    }

    /// <summary>Returns the events after a sequence number; <see langword="null"/> if some are not kept any
    /// more.</summary>
    public IReadOnlyList<byte[]>? GetEventsAfter(int sequence)
    {
        var missed = Sequence - sequence;
        if (missed > _kept.Count)
        {
            return null;
        }

        return [.. _kept.Skip(_kept.Count - missed)];
    }
}

/// <summary>A bot's share of the guilds.</summary>
/// <remarks>Source: Discord docs, Events/Gateway, Sharding.</remarks>
internal readonly record struct SessionShard(int Id, int Count)
{
    /// <summary>Whether the shard gets the events of a guild, or with <see langword="null"/> those of direct
    /// messages.</summary>
    public bool Covers(Snowflake? guild)
    {
        if (guild is not { } id)
        {
            return Id == 0;
        }

        var shard = (id.Value >> 22) % (ulong)Count;
        return Id == (int)shard;
    }
}
