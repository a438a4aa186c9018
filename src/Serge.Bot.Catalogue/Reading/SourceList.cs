using System.Diagnostics.CodeAnalysis;

namespace Serge.Bot.Catalogue.Reading;

/// <summary><c>sources.yaml</c>: the works, essays and references.</summary>
internal sealed class SourceList
{
    private static readonly string[] Keys = ["id", "kind", "title", "author", "published", "translator", "url"];

    private readonly List<Source> _sources = [];
    private readonly Dictionary<string, Source> _byId = new(StringComparer.Ordinal);
    private readonly HashSet<Source> _ofUnknownKind = new(ReferenceEqualityComparer.Instance);

    public IReadOnlyList<Source> Sources => _sources;

    public IEnumerable<string> Ids => _byId.Keys;

    /// <summary>The sources of a file; null when it is no list at all.</summary>
    public static SourceList? Read(YamlNode root, ProblemList problems)
    {
        SourceList sources = new();
        DuplicateCheck duplicates = new("source", problems);
        foreach (var entry in EntryReader.All(root, Keys, problems))
        {
            var kind = entry.Choice("kind", KeywordTable.SourceKinds);
            var source = ReadSource(entry, kind ?? default, problems);
            duplicates.CheckId(source.Id, entry.AtOf("id"));
            sources._sources.Add(source);
            sources._byId.TryAdd(source.Id, source);
            if (kind is null)
            {
                sources._ofUnknownKind.Add(source);
            }
            else if (kind == SourceKind.Essay && source.Author is null)
            {
                problems.AddError(
                    entry.At,
                    "An essay has no author.",
                    "Add 'author: …' as the essay gives it; posts name it and verify looks for it."
                );
            }
        }

        return root is YamlList ? sources : null;
    }

    public bool TryFind(string id, [NotNullWhen(true)] out Source? source) => _byId.TryGetValue(id, out source);

    /// <summary>Whether a source may stand where one of these kinds is wanted; one whose own kind is wrong may, for that has been noted.</summary>
    public bool IsOf(Source source, ReadOnlySpan<SourceKind> kinds) =>
        kinds.Contains(source.Kind) || _ofUnknownKind.Contains(source);

    private static Source ReadSource(EntryReader entry, SourceKind kind, ProblemList problems) =>
        new()
        {
            Id = entry.Id(),
            Kind = kind,
            Title = entry.Text("title", TextRule.Line(300)),
            Author = entry.OptionalText("author", TextRule.Line(200)),
            Published = entry.OptionalDate("published"),
            Translator = entry.OptionalText("translator", TextRule.Line(200)),
            Url = Url(entry, problems),
            Location = entry.At,
        };

    private static Uri? Url(EntryReader entry, ProblemList problems)
    {
        var text = entry.OptionalText("url", TextRule.Line(2000));
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (
            Uri.TryCreate(text, UriKind.Absolute, out var url)
            && url.Scheme is "https" or "http"
            && url.UserInfo.Length == 0
        )
        {
            return url;
        }

        problems.AddError(
            entry.AtOf("url"),
            $"'{text}' is not the address of a web page.",
            "Write it in full, beginning with https://."
        );
        return null;
    }
}
