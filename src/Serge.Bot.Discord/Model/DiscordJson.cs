using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serge.Bot.Discord.Model;

/// <summary>How Discord's JSON is read and written.</summary>
/// <remarks>What we read is tolerant: every member may be missing or null, unknown members and values are passed over, and numbers
/// may come as text. Discord adds fields often, and servers that speak its protocol leave some out.</remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(SnowflakeConverter)]
)]
[JsonSerializable(typeof(ApiError))]
[JsonSerializable(typeof(Application))]
[JsonSerializable(typeof(Channel))]
[JsonSerializable(typeof(CommandModel[]))]
[JsonSerializable(typeof(GatewayBot))]
[JsonSerializable(typeof(Guild))]
[JsonSerializable(typeof(Guild[]))]
[JsonSerializable(typeof(GuildGone))]
[JsonSerializable(typeof(HeartbeatFrame))]
[JsonSerializable(typeof(Hello))]
[JsonSerializable(typeof(IdentifyFrame))]
[JsonSerializable(typeof(InteractionCallback))]
[JsonSerializable(typeof(InteractionModel))]
[JsonSerializable(typeof(Member))]
[JsonSerializable(typeof(Message[]))]
[JsonSerializable(typeof(MessageBody))]
[JsonSerializable(typeof(Ready))]
[JsonSerializable(typeof(ResumeFrame))]
[JsonSerializable(typeof(User))]
internal sealed partial class DiscordJson : JsonSerializerContext;

/// <summary>Ids and permission sets: text on the wire, since JavaScript has no 64-bit integers; numbers are read too.</summary>
/// <remarks>Source: Discord docs, Reference, Snowflakes; Topics/Permissions.</remarks>
internal sealed class SnowflakeConverter : JsonConverter<ulong>
{
    public override ulong Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.Number when reader.TryGetUInt64(out var number) => number,
            JsonTokenType.String when TryParse(reader.GetString(), out var number) => number,
            _ => throw new JsonException("An id is a whole number of at most 64 bits."),
        };

    public override void Write(Utf8JsonWriter writer, ulong value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));

    private static bool TryParse(string? text, out ulong number) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
