using System.Text.Json;

namespace Serge.Bot.Simulator.Tests.Specs;

/// <summary>Validates responses by the schemas of an OpenAPI 3.1 document: required fields and types.</summary>
/// <param name="document">The document.</param>
internal sealed class OpenApiSchema(JsonNode document)
{
    /// <summary>Returns the errors of a response.</summary>
    public IReadOnlyList<string> Problems(string method, string path, string status, JsonNode? answer)
    {
        var response =
            document["paths"]?[path]?[method]?["responses"]?[status]
            ?? throw new InvalidOperationException($"The document has no {status} for {method} {path}.");
        response = Resolve(response);
        if (response["content"] is not JsonObject content)
        {
            return answer is null ? [] : ["there is a body where none belongs"];
        }

        List<string> problems = [];
        Check(content.First().Value!["schema"]!, answer, "$", problems);
        return problems;
    }

    private JsonNode Resolve(JsonNode node)
    {
        // A reference can refer to another one; a cycle of references would never end.
        for (var steps = 0; steps < 100; steps++)
        {
            if ((string?)node["$ref"] is not { } reference)
            {
                return node;
            }

            node = reference[2..].Split('/').Aggregate(document, (at, step) => at[step]!);
        }

        throw new InvalidOperationException("The document's references lead to one another.");
    }

    private void Check(JsonNode schema, JsonNode? value, string at, List<string> problems)
    {
        schema = Resolve(schema);
        foreach (var part in schema["allOf"]?.AsArray() ?? [])
        {
            Check(part!, value, at, problems);
        }

        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray alternatives)
        {
            CheckAny(alternatives, value, at, problems);
        }

        if (!FitsType(schema, value))
        {
            problems.Add($"{at}: {value?.ToJsonString() ?? "null"} is not {schema["type"]!.ToJsonString()}");
        }
        else if (value is JsonObject fields)
        {
            CheckFields(schema, fields, at, problems);
        }
        else if (value is JsonArray items && schema["items"] is { } item)
        {
            for (var index = 0; index < items.Count; index++)
            {
                Check(item, items[index], $"{at}[{index}]", problems);
            }
        }

        if (
            schema["enum"] is JsonArray allowed
            && value is not null
            && !allowed.Any(one => JsonNode.DeepEquals(one, value))
        )
        {
            problems.Add($"{at}: {value.ToJsonString()} is not among {allowed.ToJsonString()}");
        }
    }

    private void CheckAny(JsonArray alternatives, JsonNode? value, string at, List<string> problems)
    {
        List<string>? fewest = null;
        foreach (var alternative in alternatives)
        {
            List<string> found = [];
            Check(alternative!, value, at, found);
            fewest = fewest is null || found.Count < fewest.Count ? found : fewest;
        }

        problems.AddRange(fewest ?? []);
    }

    private void CheckFields(JsonNode schema, JsonObject fields, string at, List<string> problems)
    {
        foreach (var name in schema["required"]?.AsArray().Select(name => (string)name!) ?? [])
        {
            if (!fields.ContainsKey(name))
            {
                problems.Add($"{at}.{name}: missing");
            }
        }

        foreach (var (name, property) in schema["properties"]?.AsObject() ?? [])
        {
            if (fields.TryGetPropertyValue(name, out var field))
            {
                Check(property!, field, $"{at}.{name}", problems);
            }
        }
    }

    private static bool FitsType(JsonNode schema, JsonNode? value)
    {
        if (schema["type"] is not { } type)
        {
            return true;
        }

        var names = type is JsonArray several ? several.Select(one => (string)one!) : [(string)type!];
        return names.Any(name =>
            name switch
            {
                "null" => value is null,
                "object" => value is JsonObject,
                "array" => value is JsonArray,
                "string" => value?.GetValueKind() == JsonValueKind.String,
                "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
                "integer" => value?.GetValueKind() == JsonValueKind.Number
                    && !value.ToJsonString().Contains('.', StringComparison.Ordinal),
                "number" => value?.GetValueKind() == JsonValueKind.Number,
                _ => false,
            }
        );
    }
}
