using System.Text.Json;
using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Gateway;

/// <summary>A message of the gateway whose data is not yet read.</summary>
/// <remarks>Most events are not used, and the data of a large guild has several megabytes, so it is only
/// skipped.</remarks>
/// <param name="Op">See <see cref="Opcode"/>.</param>
/// <param name="Event">The name of the event, for a dispatch.</param>
/// <param name="Sequence">The sequence number, for a dispatch.</param>
/// <param name="Data">JSON; valid as long as the message that contains it.</param>
internal readonly record struct GatewayFrame(long Op, string? Event, long? Sequence, ReadOnlyMemory<byte> Data)
{
    /// <summary>Parses a message. Unknown members are ignored.</summary>
    /// <exception cref="JsonException">The message is not a JSON object with an opcode.</exception>
    public static GatewayFrame Parse(ReadOnlyMemory<byte> message)
    {
        var members = JsonReader.Split(message) ?? throw new JsonException("A frame must be a JSON object.");
        if (ReadNumber(members, "op") is not { } op)
        {
            throw new JsonException("A frame must have a number as its opcode.");
        }

        var name = Read(members, "t").Text();
        var sequence = ReadNumber(members, "s");
        var data = members.GetValueOrDefault("d");
        return new GatewayFrame(op, name, sequence, data);
    }

    /// <summary>Reads the data.</summary>
    /// <exception cref="JsonException">The data is missing or not an object.</exception>
    public T ReadData<T>(Func<JsonElement?, T> read)
        where T : class
    {
        var json = JsonReader.Parse(Data.Span);
        return json.Object(read) ?? throw CreateNoObject();
    }

    /// <summary>Reads the id of a guild and when the bot was invited, without the rest, which may be large.</summary>
    /// <exception cref="JsonException">The data is missing or not an object.</exception>
    public (ulong? Id, DateTimeOffset? JoinedAt) ReadJoinedGuild()
    {
        var members = JsonReader.Split(Data) ?? throw CreateNoObject();
        var id = Read(members, "id").Snowflake();
        var joinedAt = Read(members, "joined_at").Time();
        return (id, joinedAt);
    }

    private static JsonException CreateNoObject() => new("The data must be an object.");

    private static long? ReadNumber(Dictionary<string, ReadOnlyMemory<byte>> members, string name)
    {
        var value = Read(members, name);
        if (value is { ValueKind: JsonValueKind.Number })
        {
            return value.Number();
        }

        return null;
    }

    private static JsonElement? Read(Dictionary<string, ReadOnlyMemory<byte>> members, string name)
    {
        if (!members.TryGetValue(name, out var json))
        {
            return null;
        }

        return JsonReader.Parse(json.Span);
    }
}
