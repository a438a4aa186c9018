using System.Text.Json;

namespace Serge.Bot.Catalogue.Reading;

/// <summary>The topics that quotes may have, and the check for misspelt ones.</summary>
/// <remarks>The list is in the JSON Schema of quotes.yaml, <c>schema/quotes.schema.json</c>, as
/// <c>$defs.topic.enum</c>, so that editors complete topics from it and this check uses the same list. Without that
/// file any topic is allowed, except one that is used once and is spelt nearly like another.</remarks>
internal sealed class TopicList(List<string> topics)
{
    /// <summary>Relative to the folder of the quote files.</summary>
    public const string SchemaPath = "schema/quotes.schema.json";

    /// <summary>Without a schema each topic is compared with each, so more topics than these are not
    /// compared.</summary>
    private const int MaxTopicsCompared = 1000;

    private static readonly string[] PathInSchema = ["$defs", "topic", "enum"];

    /// <summary>Reads the list from the schema.</summary>
    /// <returns>Null when the folder has no schema, or the schema no list.</returns>
    public static TopicList? Read(string quotesFolder, ProblemList problems)
    {
        var path = Path.Combine(quotesFolder, SchemaPath);
        if (!File.Exists(path))
        {
            return null;
        }

        var text = TextFileReader.Read(path, problems);
        return text is null ? null : Parse(path, text, problems);
    }

    private static TopicList? Parse(string path, string text, ProblemList problems)
    {
        try
        {
            using var schema = JsonDocument.Parse(text);
            return FindTopics(schema.RootElement);
        }
        catch (JsonException exception)
        {
            var line = (int)exception.LineNumber.GetValueOrDefault() + 1;
            var column = (int)exception.BytePositionInLine.GetValueOrDefault() + 1;
            problems.AddWarning(
                new(path, line, column),
                "The schema is not valid JSON, so topics are not checked against its list.",
                "Correct it at this position."
            );
            return null;
        }
        catch (InvalidOperationException)
        {
            problems.AddWarning(
                new(path, 1, 1),
                "The schema has text that is not valid Unicode, so topics are not checked against its list.",
                "Remove the escape sequence that is half of a surrogate pair, from \\ud800 to \\udfff."
            );
            return null;
        }
    }

#pragma warning disable RS0030 // a file of the operator; what they throw is reported
    private static TopicList? FindTopics(JsonElement element)
    {
        foreach (var name in PathInSchema)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        if (element.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var texts = element.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String);
        return new([.. texts.Select(name => name.GetString()!)]);
    }
#pragma warning restore RS0030

    /// <summary>Reports topics that are not in kebab-case, not on the list or, without a list, misspelt.</summary>
    public static void Check(IReadOnlyList<LocatedText> used, TopicList? known, ProblemList problems)
    {
        foreach (var (topic, location) in used)
        {
            if (!TextRule.IsKebabCase(topic))
            {
                problems.AddError(location, $"The topic '{topic}' is not in kebab-case.", TextRule.KebabCaseFix);
            }
            else
            {
                known?.CheckKnown(topic, location, problems);
            }
        }

        if (known is null)
        {
            CheckSpelling(used, problems);
        }
    }

    private void CheckKnown(string topic, FileLocation location, ProblemList problems)
    {
        if (topics.Contains(topic))
        {
            return;
        }

        var hint = problems.CreateHint(location, topic, topics);
        problems.AddError(
            location,
            $"There is no topic '{topic}'.",
            $"{hint}Use a known topic, or add it to the list of topics in {SchemaPath}."
        );
    }

    private static void CheckSpelling(IReadOnlyList<LocatedText> used, ProblemList problems)
    {
        var counts = used.CountBy(topic => topic.Text).ToDictionary();
        if (counts.Count > MaxTopicsCompared)
        {
            return;
        }

        List<string> usedOften = [.. counts.Keys.Where(topic => counts[topic] > 1)];
        foreach (var (topic, location) in used.Where(topic => counts[topic.Text] == 1))
        {
            if (FindNear(topic, usedOften) is { } near)
            {
                problems.AddError(
                    location,
                    $"Only this quote has the topic '{topic}', which is spelt nearly like '{near}'.",
                    $"Did you mean {near}?"
                );
            }
        }
    }

    private static string? FindNear(string topic, List<string> others)
    {
        // A short word has many neighbours: war and law are two topics.
        var max = topic.Length < 8 ? 1 : 2;
        return Spelling.FindNearest(others, other => Spelling.GetDistance(topic, other, max));
    }
}
