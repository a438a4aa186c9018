using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Gateway;

/// <summary>A message of the gateway whose data is not yet deserialized.</summary>
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
        long? op = null;
        string? name = null;
        long? sequence = null;
        ReadOnlyMemory<byte> data = default;

        var reader = new Utf8JsonReader(message.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A frame must be an object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("op"u8))
            {
                op = ReadNumber(ref reader) ?? throw new JsonException("An opcode must be a number.");
            }
            else if (reader.ValueTextEquals("t"u8))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.String)
                {
                    name = reader.GetString();
                }

                reader.Skip();
            }
            else if (reader.ValueTextEquals("s"u8))
            {
                sequence = ReadNumber(ref reader);
            }
            else if (reader.ValueTextEquals("d"u8))
            {
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                data = message[start..(int)reader.BytesConsumed];
            }
            else
            {
                reader.Skip();
            }
        }

        return new GatewayFrame(op ?? throw new JsonException("A frame must have an opcode."), name, sequence, data);
    }

    /// <summary>Deserializes the data.</summary>
    /// <exception cref="JsonException">The data is missing or not of this type.</exception>
    public T DeserializeData<T>(JsonTypeInfo<T> type)
        where T : class
    {
        if (Data.IsEmpty)
        {
            throw new JsonException("The data is missing.");
        }

        return JsonSerializer.Deserialize(Data.Span, type) ?? throw new JsonException("The data is null.");
    }

    private static long? ReadNumber(ref Utf8JsonReader reader)
    {
        reader.Read();
        long? number = null;
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value))
        {
            number = value;
        }

        reader.Skip();
        return number;
    }
}
