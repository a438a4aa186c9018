using System.Text.Json.Nodes;

namespace Serge.Bot.Simulator.Discord.Gateway;

/// <summary>What a bot has after READY, and keeps through reconnections. Used under the world's lock.</summary>
internal sealed class GatewaySession(Application application, string id, int intents, Shard shard)
{
    /// <summary>How many events are kept to be replayed.</summary>
    private const int Kept = 1024;
    private readonly Queue<byte[]> _sent = new();

    public Application Application => application;

    public string Id => id;

    public int Intents => intents;

    public Shard Shard => shard;

    /// <summary>The number of the last event.</summary>
    public int Sequence { get; private set; }

    /// <summary>The connection it is on, if any.</summary>
    public GatewayConnection? Connection { get; set; }

    /// <summary>Since when it has none.</summary>
    public DateTimeOffset LostAt { get; set; }

    public byte[] Record(string eventName, JsonNode? data)
    {
        Sequence++;
        var frame = Json.ToUtf8(
            new JsonObject
            {
                ["t"] = eventName,
                ["s"] = Sequence,
                ["op"] = GatewayOpcode.Dispatch,
                ["d"] = data,
            }
        );
        _sent.Enqueue(frame);
        if (_sent.Count > Kept)
        {
            _sent.Dequeue();
        }

        return frame;
    }

    /// <summary>The events after one that the bot has seen; <see langword="null"/> where some of them are forgotten.</summary>
    public IReadOnlyList<byte[]>? After(int sequence)
    {
        var missed = Sequence - sequence;
        return missed > _sent.Count ? null : [.. _sent.Skip(_sent.Count - missed)];
    }
}

/// <summary>A bot's share of the guilds.</summary>
/// <remarks>Source: Discord docs, Events/Gateway, Sharding.</remarks>
internal readonly record struct Shard(int Id, int Count)
{
    /// <summary>Whether it gets the events of a guild, or with <see langword="null"/> those of no guild.</summary>
    public bool Covers(Snowflake? guild) => Id == (guild is { } id ? (int)((id.Value >> 22) % (ulong)Count) : 0);
}
