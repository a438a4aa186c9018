using System.Text.Json;

namespace Serge.Bot.Catalogue.Reading;

/// <summary>The topics that quotes may have, and the check that catches a misspelt one.</summary>
/// <remarks>The list stands where editors already have it: in the JSON Schema of quotes.yaml, <c>schema/quotes.schema.json</c>, as
/// <c>$defs.topic.enum</c>, so that one list serves the completion in an editor and this check. Without that file any topic goes,
/// but one that is used once and is spelt nearly like another is taken for a misspelling.</remarks>
internal sealed class TopicList
{
    /// <summary>Where the schema is, seen from the quote files.</summary>
    public const string SchemaPath = "schema/quotes.schema.json";

    /// <summary>Who has so many topics without a list of them is not helped by a guess, and each is compared with each.</summary>
    private const int MaxTopicsCompared = 1000;

    private readonly string[] _topics;

    private TopicList(string[] topics) => _topics = topics;

    /// <summary>The list in the schema; null when the folder has no schema or the schema no list.</summary>
    public static TopicList? Read(string quotesFolder, ProblemList problems)
    {
        var path = Path.Combine(quotesFolder, SchemaPath);
        return File.Exists(path) && TextFileReader.Read(path, problems) is { } text
            ? Parse(path, text, problems)
            : null;
    }

    internal static TopicList? Parse(string path, string text, ProblemList problems)
    {
        try
        {
            using var schema = JsonDocument.Parse(text);
            return
                schema.RootElement.ValueKind == JsonValueKind.Object
                && schema.RootElement.TryGetProperty("$defs", out var defs)
                && defs.ValueKind == JsonValueKind.Object
                && defs.TryGetProperty("topic", out var topic)
                && topic.ValueKind == JsonValueKind.Object
                && topic.TryGetProperty("enum", out var names)
                && names.ValueKind == JsonValueKind.Array
                ? new([
                    .. names
                        .EnumerateArray()
                        .Where(static name => name.ValueKind == JsonValueKind.String)
                        .Select(static name => name.GetString()!),
                ])
                : null;
        }
        catch (JsonException broken)
        {
            problems.AddWarning(
                new(
                    path,
                    (int)broken.LineNumber.GetValueOrDefault() + 1,
                    (int)broken.BytePositionInLine.GetValueOrDefault() + 1
                ),
                "The schema is not JSON, so topics are not compared with its list.",
                "Mend it at this place."
            );
            return null;
        }
    }

    /// <summary>Notes topics that are not on the list or, without one, that look misspelt.</summary>
    public static void Check(
        IReadOnlyList<(string Topic, FileLocation At)> used,
        TopicList? known,
        ProblemList problems
    )
    {
        foreach (var (topic, at) in used.Where(static use => !TextRule.IsKebabCase(use.Topic)))
        {
            problems.AddError(
                at,
                $"The topic '{topic}' is not in kebab-case.",
                "Write small letters and digits, with single hyphens between words."
            );
        }

        if (known is null)
        {
            CheckSpelling(used, problems);
        }
        else
        {
            known.CheckKnown(used, problems);
        }
    }

    private void CheckKnown(IReadOnlyList<(string Topic, FileLocation At)> used, ProblemList problems)
    {
        foreach (
            var (topic, at) in used.Where(use =>
                TextRule.IsKebabCase(use.Topic) && !_topics.Contains(use.Topic, StringComparer.Ordinal)
            )
        )
        {
            var meant = problems.FindNearest(at, topic, _topics) is { } near
                ? $"Did you mean {near}? Otherwise add"
                : "Use a known one, or add";
            problems.AddError(
                at,
                $"There is no topic '{topic}'.",
                $"{meant} it to the list of topics in {SchemaPath}."
            );
        }
    }

    private static void CheckSpelling(IReadOnlyList<(string Topic, FileLocation At)> used, ProblemList problems)
    {
        var counts = used.CountBy(static use => use.Topic, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        if (counts.Count > MaxTopicsCompared)
        {
            return;
        }

        var often = counts.Where(static count => count.Value > 1).Select(static count => count.Key).ToList();
        foreach (var (topic, at) in used.Where(use => counts[use.Topic] == 1))
        {
            // Short words have many neighbours: war and law are two topics.
            var near = often
                .Select(other => (Topic: other, Distance: Spelling.GetDistance(topic, other, topic.Length < 8 ? 1 : 2)))
                .Where(static other => other.Distance is not null)
                .OrderBy(static other => other.Distance)
                .Select(static other => other.Topic)
                .FirstOrDefault();
            if (near is not null)
            {
                problems.AddError(
                    at,
                    $"There is no other quote with the topic '{topic}', and it is nearly '{near}'.",
                    $"Did you mean {near}?"
                );
            }
        }
    }
}
