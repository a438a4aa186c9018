using System.Collections.Frozen;

namespace Serge.Bot.Catalogue;

/// <summary>The keywords of the files and of the export for kinds and statuses.</summary>
internal static class KeywordTable
{
    public static FrozenDictionary<string, EventKind> EventKinds { get; } =
        Create(("serge", EventKind.Serge), ("context", EventKind.Context), ("person", EventKind.Person));

    public static FrozenDictionary<string, EventStatus> EventStatuses { get; } =
        Create(("sure", EventStatus.Sure), ("likely", EventStatus.Likely), ("disputed", EventStatus.Disputed));

    public static FrozenDictionary<string, SourceKind> SourceKinds { get; } =
        Create(("work", SourceKind.Work), ("essay", SourceKind.Essay), ("reference", SourceKind.Reference));

    public static string GetKeyword(EventKind kind) => Find(EventKinds, kind);

    public static string GetKeyword(EventStatus status) => Find(EventStatuses, status);

    public static string GetKeyword(SourceKind kind) => Find(SourceKinds, kind);

    private static FrozenDictionary<string, T> Create<T>(params (string Keyword, T Value)[] rows)
    {
        return rows.ToFrozenDictionary(row => row.Keyword, row => row.Value);
    }

    private static string Find<T>(FrozenDictionary<string, T> keywords, T value)
        where T : struct, Enum
    {
        return keywords.Single(pair => EqualityComparer<T>.Default.Equals(pair.Value, value)).Key;
    }
}
