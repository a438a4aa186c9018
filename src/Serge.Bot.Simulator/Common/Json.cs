using System.Buffers;
using System.Text.Encodings.Web;

namespace Serge.Bot.Simulator.Common;

/// <summary>Writes JSON as both platforms do: UTF-8, compact, letters unescaped.</summary>
internal static class Json
{
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] ToUtf8(JsonNode? node)
    {
        ArrayBufferWriter<byte> buffer = new(512);
        using Utf8JsonWriter writer = new(buffer, WriterOptions);
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

    /// <summary>Returns an immutable copy.</summary>
    public static JsonElement ToElement(JsonNode node) => JsonElement.Parse(ToUtf8(node));

    /// <summary>Returns a mutable node that has no parent yet.</summary>
    public static JsonNode? ToNode(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => JsonObject.Create(element),
            JsonValueKind.Array => JsonArray.Create(element),
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            _ => JsonValue.Create(element),
        };

    public static JsonArray ToArray<T>(IEnumerable<T> items, Func<T, JsonNode?> toJson) =>
        new([.. items.Select(toJson)]);

    public static JsonArray ToArray(IEnumerable<string> items) => ToArray(items, item => item);

    public static JsonArray ToArray(IEnumerable<int> items) => ToArray(items, item => item);

    /// <summary>Adds the fields of an object that never change, such as those of features that are not
    /// simulated.</summary>
    public static void AddFields(JsonObject json, JsonElement fields)
    {
        foreach (var field in fields.EnumerateObject())
        {
            json[field.Name] = ToNode(field.Value);
        }
    }

    public static void AddIfPresent(JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }
}
