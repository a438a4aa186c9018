using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Serge.Bot.Playground.World;

namespace Serge.Bot.Playground.Api;

/// <summary>The JSON between the page and the playground: names in camelCase, values of an enumeration in kebab-case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(KebabCase<DiarySource>),
        typeof(KebabCase<DiaryWeight>),
        typeof(KebabCase<PostState>),
        typeof(KebabCase<TroubleKind>),
        typeof(KebabCase<TroubleSide>),
        typeof(KebabCase<CalendarStep>),
        typeof(KebabCase<WorkerAction>),
    ]
)]
[JsonSerializable(typeof(PlacesView))]
[JsonSerializable(typeof(CalendarView))]
[JsonSerializable(typeof(WorkerView))]
[JsonSerializable(typeof(MessageView[]))]
[JsonSerializable(typeof(StatusView[]))]
[JsonSerializable(typeof(DiaryLineView[]))]
[JsonSerializable(typeof(LedgerView))]
[JsonSerializable(typeof(PlanView))]
[JsonSerializable(typeof(TroubleView[]))]
[JsonSerializable(typeof(ChoiceView[]))]
[JsonSerializable(typeof(ComingView))]
[JsonSerializable(typeof(BookView))]
[JsonSerializable(typeof(ItemView))]
[JsonSerializable(typeof(Answer))]
[JsonSerializable(typeof(CommandRequest))]
[JsonSerializable(typeof(CompletionRequest))]
[JsonSerializable(typeof(PressRequest))]
[JsonSerializable(typeof(CalendarRequest))]
[JsonSerializable(typeof(TroubleRequest))]
[JsonSerializable(typeof(WorkerRequest))]
internal sealed partial class PageJson : JsonSerializerContext
{
    /// <summary>Writes one of the types above.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, TypeOf<T>());

    /// <summary>The description of one of the types above.</summary>
    public static JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)Default.GetTypeInfo(typeof(T))!;
}

/// <summary>Writes the values of an enumeration as <c>in-kebab-case</c> and takes nothing else.</summary>
internal sealed class KebabCase<T>()
    : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
