using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Serge.Bot.Discord.Gateway;

/// <summary>One message of the gateway, its payload not yet read.</summary>
/// <remarks>Most payloads are of no use to us, and a large server's can be of several megabytes: what is not needed is skipped and
/// never becomes an object.</remarks>
/// <param name="Op">See <see cref="Opcode"/>.</param>
/// <param name="Event">The name of the event, for a dispatch.</param>
/// <param name="Sequence">Its number, for a dispatch.</param>
/// <param name="Data">The payload as JSON; valid as long as the message it was cut from.</param>
internal readonly record struct GatewayFrame(int Op, string? Event, long? Sequence, ReadOnlyMemory<byte> Data)
{
    /// <summary>Reads the frame around the payload. Unknown members are passed over.</summary>
    /// <exception cref="JsonException">This is no JSON object with an opcode.</exception>
    public static GatewayFrame Read(ReadOnlyMemory<byte> message)
    {
        int? op = null;
        string? name = null;
        long? sequence = null;
        ReadOnlyMemory<byte> data = default;

        var reader = new Utf8JsonReader(message.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A frame is an object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("op"u8))
            {
                reader.Read();
                op =
                    reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number)
                        ? number
                        : throw new JsonException("An opcode is a number.");
            }
            else if (reader.ValueTextEquals("t"u8))
            {
                reader.Read();
                name = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("s"u8))
            {
                reader.Read();
                sequence =
                    reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) ? number : null;
                reader.Skip();
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

        return new GatewayFrame(op ?? throw new JsonException("A frame has an opcode."), name, sequence, data);
    }

    /// <summary>Reads the payload.</summary>
    /// <exception cref="JsonException">It is not of this kind.</exception>
    public T DataAs<T>(JsonTypeInfo<T> type)
        where T : class =>
        (Data.IsEmpty ? null : JsonSerializer.Deserialize(Data.Span, type))
        ?? throw new JsonException("The payload is missing.");
}
