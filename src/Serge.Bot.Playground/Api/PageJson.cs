using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Serge.Bot.Playground.Api;

/// <summary>The JSON between the page and the playground: names in camelCase, enumerations in kebab-case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(KebabCase<EventLogSource>),
        typeof(KebabCase<EventLogLevel>),
        typeof(KebabCase<PostState>),
        typeof(KebabCase<FaultKind>),
        typeof(KebabCase<FaultPlatform>),
        typeof(KebabCase<CalendarStep>),
        typeof(KebabCase<WorkerAction>),
        typeof(KebabCase<ProblemSeverity>),
        typeof(KebabCase<FileUse>),
    ]
)]
[JsonSerializable(typeof(PlatformsView))]
[JsonSerializable(typeof(CalendarView))]
[JsonSerializable(typeof(WorkerView))]
[JsonSerializable(typeof(MessageView[]))]
[JsonSerializable(typeof(StatusView[]))]
[JsonSerializable(typeof(EventLogEntry[]))]
[JsonSerializable(typeof(LedgerView))]
[JsonSerializable(typeof(PlanView))]
[JsonSerializable(typeof(FaultView[]))]
[JsonSerializable(typeof(ChoiceView[]))]
[JsonSerializable(typeof(UpcomingView))]
[JsonSerializable(typeof(ItemView))]
[JsonSerializable(typeof(EditingView))]
[JsonSerializable(typeof(ApiResponse))]
[JsonSerializable(typeof(CommandRequest))]
[JsonSerializable(typeof(CompletionRequest))]
[JsonSerializable(typeof(PressRequest))]
[JsonSerializable(typeof(CalendarRequest))]
[JsonSerializable(typeof(FaultRequest))]
[JsonSerializable(typeof(WorkerRequest))]
[JsonSerializable(typeof(SaveRequest))]
[JsonSerializable(typeof(RestoreRequest))]
[JsonSerializable(typeof(CorrectRequest))]
internal sealed partial class PageJson : JsonSerializerContext
{
    /// <summary>Serializes a value of one of the types above.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, GetTypeInfo<T>());

    public static JsonTypeInfo<T> GetTypeInfo<T>() => (JsonTypeInfo<T>)Default.GetTypeInfo(typeof(T))!;
}

/// <summary>Converts the values of an enumeration to <c>kebab-case</c>; rejects numbers.</summary>
internal sealed class KebabCase<T>()
    : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
