using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Serge.Bot.Simulator;

/// <summary>JSON as both platforms write it: UTF-8, compact, letters unescaped.</summary>
internal static class Json
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] ToUtf8(JsonNode? node)
    {
        ArrayBufferWriter<byte> buffer = new(512);
        using Utf8JsonWriter writer = new(buffer, Writing);
        if (node is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            node.WriteTo(writer);
        }

        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>An immutable copy.</summary>
    public static JsonElement Freeze(JsonNode node) => JsonElement.Parse(ToUtf8(node));

    /// <summary>A mutable view of an immutable value, to put into an answer.</summary>
    public static JsonNode? Thaw(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => JsonObject.Create(element),
            JsonValueKind.Array => JsonArray.Create(element),
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            _ => JsonValue.Create(element),
        };

    public static JsonArray ArrayOf(IEnumerable<JsonNode?> items) => new([.. items]);

    public static JsonArray ArrayOf(IEnumerable<string> items) =>
        new([.. items.Select(item => JsonValue.Create(item))]);
}
