using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serge.Bot.Discord.Model;

/// <summary>Reads and writes Discord's JSON.</summary>
/// <remarks>Reading is tolerant: every field may be missing or null, unknown fields and values are ignored, and numbers
/// may be text. Discord adds fields often, and other servers with its protocol omit some.</remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(SnowflakeConverter)]
)]
[JsonSerializable(typeof(ApiError))]
[JsonSerializable(typeof(ApplicationModel))]
[JsonSerializable(typeof(ChannelModel))]
[JsonSerializable(typeof(CommandModel[]))]
[JsonSerializable(typeof(GatewayBot))]
[JsonSerializable(typeof(GuildModel))]
[JsonSerializable(typeof(GuildModel[]))]
[JsonSerializable(typeof(UnavailableGuild))]
[JsonSerializable(typeof(HeartbeatFrame))]
[JsonSerializable(typeof(HelloData))]
[JsonSerializable(typeof(IdentifyFrame))]
[JsonSerializable(typeof(InteractionCallback))]
[JsonSerializable(typeof(InteractionModel))]
[JsonSerializable(typeof(MemberModel))]
[JsonSerializable(typeof(MessageModel[]))]
[JsonSerializable(typeof(MessageBody))]
[JsonSerializable(typeof(ReadyData))]
[JsonSerializable(typeof(RoleModel[]))]
[JsonSerializable(typeof(ResumeFrame))]
[JsonSerializable(typeof(UserModel))]
internal sealed partial class DiscordJson : JsonSerializerContext;

/// <summary>Reads and writes ids and permissions as text, because JavaScript has no 64-bit integers; reads numbers,
/// too.</summary>
/// <remarks>Source: Discord docs, Reference, Snowflakes; Topics/Permissions.</remarks>
internal sealed class SnowflakeConverter : JsonConverter<ulong>
{
    public override ulong Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.Number when reader.TryGetUInt64(out var number) => number,
            JsonTokenType.String when TryParse(reader.GetString(), out var number) => number,
            _ => throw new JsonException("An id must be an integer of at most 64 bits."),
        };

    public override void Write(Utf8JsonWriter writer, ulong value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));

    private static bool TryParse(string? text, out ulong number) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
