using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Serge.Bot.Cli;

/// <summary>The output of commands with <c>--json</c>. <c>docs/json.md</c> describes the fields: new ones may be added,
/// none is removed or changes its meaning.</summary>
[JsonSerializable(typeof(IReadOnlyList<PostSummary>))]
[JsonSerializable(typeof(IReadOnlyList<PlanEntry>))]
[JsonSerializable(typeof(IReadOnlyList<ListedQuote>))]
[JsonSerializable(typeof(IReadOnlyList<ListedEvent>))]
[JsonSerializable(typeof(IReadOnlyList<Topic>))]
[JsonSerializable(typeof(IReadOnlyList<ListedSchedule>))]
[JsonSerializable(typeof(IReadOnlyList<DoctorFinding>))]
[JsonSerializable(typeof(ItemPreview))]
[JsonSerializable(typeof(BotStatus))]
[JsonSerializable(typeof(CheckSummary))]
internal sealed partial class ListJson : JsonSerializerContext
{
    /// <summary>Quotation marks and accents are not escaped: people read it too, and it is never part
    /// of a page.</summary>
    public static ListJson Readable { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                WriteIndented = true,
                NewLine = "\n",
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );

    public static string Of<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, type);
}
