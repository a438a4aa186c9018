using System.Collections.Frozen;

namespace Serge.Bot.Catalogue;

/// <summary>The words that the files, and the export, have for kinds and statuses.</summary>
internal static class KeywordTable
{
    public static FrozenDictionary<string, EventKind> EventKinds { get; } =
        new Dictionary<string, EventKind>(StringComparer.Ordinal)
        {
            ["serge"] = EventKind.Serge,
            ["context"] = EventKind.Context,
            ["person"] = EventKind.Person,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static FrozenDictionary<string, EventStatus> EventStatuses { get; } =
        new Dictionary<string, EventStatus>(StringComparer.Ordinal)
        {
            ["sure"] = EventStatus.Sure,
            ["likely"] = EventStatus.Likely,
            ["disputed"] = EventStatus.Disputed,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static FrozenDictionary<string, SourceKind> SourceKinds { get; } =
        new Dictionary<string, SourceKind>(StringComparer.Ordinal)
        {
            ["work"] = SourceKind.Work,
            ["essay"] = SourceKind.Essay,
            ["reference"] = SourceKind.Reference,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string GetKeyword(EventKind kind) => Find(EventKinds, kind);

    public static string GetKeyword(EventStatus status) => Find(EventStatuses, status);

    public static string GetKeyword(SourceKind kind) => Find(SourceKinds, kind);

    private static string Find<T>(FrozenDictionary<string, T> words, T value)
        where T : struct, Enum => words.Single(pair => EqualityComparer<T>.Default.Equals(pair.Value, value)).Key;
}
