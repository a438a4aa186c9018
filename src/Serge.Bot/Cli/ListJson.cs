using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Serge.Bot.Cli;

/// <summary>What verbs print with <c>--json</c>. The fields are a promise, told in <c>docs/json.md</c>: one may come to them, none goes or changes its meaning.</summary>
[JsonSerializable(typeof(IReadOnlyList<ListedDelivery>))]
[JsonSerializable(typeof(IReadOnlyList<PlanEntry>))]
[JsonSerializable(typeof(IReadOnlyList<ListedQuote>))]
[JsonSerializable(typeof(IReadOnlyList<ListedEvent>))]
[JsonSerializable(typeof(IReadOnlyList<Topic>))]
[JsonSerializable(typeof(IReadOnlyList<ListedSchedule>))]
[JsonSerializable(typeof(IReadOnlyList<DoctorFinding>))]
[JsonSerializable(typeof(ItemPreview))]
[JsonSerializable(typeof(BotStatus))]
internal sealed partial class ListJson : JsonSerializerContext
{
    /// <summary>Quotation marks and accents as they are: it is read by people too, and never stands in a page.</summary>
    public static ListJson Readable { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                WriteIndented = true,
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );

    /// <summary>As text.</summary>
    public static string Of<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, type);
}
