using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serge.Bot.Discord.Model;

/// <summary>Writes Discord's JSON. It is read by <see cref="JsonReader"/> and
/// <see cref="DiscordJsonReader"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SnowflakeWriter)]
)]
[JsonSerializable(typeof(CommandModel[]))]
[JsonSerializable(typeof(HeartbeatFrame))]
[JsonSerializable(typeof(IdentifyFrame))]
[JsonSerializable(typeof(InteractionCallback))]
[JsonSerializable(typeof(MessageBody))]
[JsonSerializable(typeof(ResumeFrame))]
[JsonSerializable(typeof(ThreadBody))]
internal sealed partial class DiscordJson : JsonSerializerContext;

/// <summary>Writes ids and permissions as text, because JavaScript has no 64-bit integers.</summary>
/// <remarks>Source: Discord docs, Reference, Snowflakes; Topics/Permissions.</remarks>
internal sealed class SnowflakeWriter : JsonConverter<ulong>
{
    public override ulong Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Ids are read by DiscordJsonReader.");

    public override void Write(Utf8JsonWriter writer, ulong value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
}

/// <summary>Reads the types of values that only Discord has.</summary>
/// <remarks>Every field may be missing, null or of another type: Discord adds fields often, and other servers with its
/// protocol omit some.</remarks>
internal static class DiscordJsonReader
{
    /// <summary>Reads an id or permissions, as text or as a number.</summary>
    public static ulong? Snowflake(this JsonElement? value)
    {
        if (ulong.TryParse(value.Scalar(), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        return null;
    }

    /// <summary>Reads a list of ids.</summary>
    public static ulong[] Snowflakes(this JsonElement? value)
    {
        var ids = value.Elements().Select(element => element.Snowflake());
        return [.. ids.OfType<ulong>()];
    }

    /// <summary>Reads a list of integers; <see langword="null"/> for another value.</summary>
    public static int[]? Integers(this JsonElement? value)
    {
        if (value is not { ValueKind: JsonValueKind.Array })
        {
            return null;
        }

        var integers = value.Elements().Select(element => element.Integer());
        return [.. integers.OfType<int>()];
    }

    /// <summary>Reads texts by language; <see langword="null"/> for another value.</summary>
    public static Dictionary<string, string>? Texts(this JsonElement? value)
    {
        if (value is not { ValueKind: JsonValueKind.Object })
        {
            return null;
        }

        Dictionary<string, string> texts = new(StringComparer.Ordinal);
        foreach (var (language, text) in value.Members())
        {
            if (text.Text() is { } known)
            {
                texts[language] = known;
            }
        }

        return texts;
    }
}
