using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Serge.Bot.Catalogue.Tests.Schemas;

/// <summary>The part of JSON Schema (draft 2020-12) that the schemas of the quote files use. An unknown keyword fails
/// the test, so that none is ignored.</summary>
internal sealed class JsonSchema
{
    private static readonly string[] Remarks = ["$schema", "title", "description", "$defs", "format"];

    private readonly JsonElement _root;

    private JsonSchema(JsonElement root) => _root = root;

    /// <summary>The schema of one entry of a file.</summary>
    public JsonElement Entry => Resolve(_root.GetProperty("items"));

    public static JsonSchema Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return new(document.RootElement.Clone());
    }

    /// <summary>The errors of a file against the schema.</summary>
    public IEnumerable<string> Check(YamlNode file) => Check(_root, file);

    /// <summary>The errors of a part of a file against a part of the schema.</summary>
    public IEnumerable<string> Check(JsonElement schema, YamlNode node) =>
        schema
            .EnumerateObject()
            .Where(word => !Remarks.Contains(word.Name))
            .SelectMany(word => Check(schema, word.Name, word.Value, node));

    /// <summary>The schema itself, or the schema that it references.</summary>
    public JsonElement Resolve(JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference)
            ? reference.GetString()!.Split('/').Skip(1).Aggregate(_root, static (at, name) => at.GetProperty(name))
            : schema;

    private IEnumerable<string> Check(JsonElement schema, string word, JsonElement wanted, YamlNode node)
    {
        switch (word)
        {
            case "$ref":
                return Check(Resolve(schema), node);
            case "type":
                return When(!IsOf(wanted.GetString()!, node), node, $"is no {wanted}");
            case "items":
                return node is YamlList list ? list.Items.SelectMany(item => Check(wanted, item)) : [];
            case "minItems" or "maxItems":
                return node is YamlList many
                    ? When(
                        word == "minItems"
                            ? many.Items.Count < wanted.GetInt32()
                            : many.Items.Count > wanted.GetInt32(),
                        node,
                        $"{word} is {wanted}"
                    )
                    : [];
            case "uniqueItems":
                return node is YamlList all
                    ? When(all.Items.Select(Text).Distinct().Count() < all.Items.Count, node, "holds something twice")
                    : [];
            case "properties":
                return node is YamlMapping entry
                    ? entry
                        .Fields.Where(field => wanted.TryGetProperty(field.Key.Value, out _))
                        .SelectMany(field => Check(wanted.GetProperty(field.Key.Value), field.Value))
                    : [];
            case "additionalProperties":
                return node is YamlMapping known
                    ? known
                        .Fields.Where(field => !schema.GetProperty("properties").TryGetProperty(field.Key.Value, out _))
                        .SelectMany(field => When(true, field.Key, "is no property"))
                    : [];
            case "required":
                return node is YamlMapping whole
                    ? Strings(wanted)
                        .Where(name => whole.Fields.All(field => field.Key.Value != name))
                        .SelectMany(name => When(true, node, $"lacks {name}"))
                    : [];
            case "enum":
                return When(!Strings(wanted).Contains(Text(node)), node, "is not one of the words");
            case "const":
                return When(wanted.GetString() != Text(node), node, $"is not {wanted}");
            case "pattern":
                return When(
                    node is YamlScalar { } scalar
                        && !Regex.IsMatch(
                            scalar.Value,
                            wanted.GetString()!,
                            RegexOptions.CultureInvariant,
                            TimeSpan.FromMinutes(1)
                        ),
                    node,
                    "does not match"
                );
            case "minLength":
                return When(Text(node)?.Length < wanted.GetInt32(), node, $"has fewer than {wanted} characters");
            case "maxLength":
                return When(Text(node)?.Length > wanted.GetInt32(), node, $"has more than {wanted} characters");
            case "minimum" or "maximum":
                return double.TryParse(Text(node), CultureInfo.InvariantCulture, out var number)
                    ? When(word == "minimum" ? number < wanted.GetDouble() : number > wanted.GetDouble(), node, word)
                    : [];
            case "anyOf":
                return When(wanted.EnumerateArray().All(one => Check(one, node).Any()), node, "is none of the forms");
            case "allOf":
                return wanted.EnumerateArray().SelectMany(one => Check(one, node));
            case "if":
                return Check(wanted, node).Any() ? [] : Check(schema.GetProperty("then"), node);
            case "then":
                return [];
            default:
                throw new NotSupportedException($"The schema has the word '{word}'.");
        }
    }

    private static bool IsOf(string type, YamlNode node) =>
        type switch
        {
            "array" => node is YamlList,
            "object" => node is YamlMapping,
            "boolean" => node is YamlScalar { IsPlain: true, Value: "true" or "false" },
            "integer" => node is YamlScalar { IsPlain: true } scalar
                && int.TryParse(scalar.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _),
            "string" => node is YamlScalar { IsNull: false },
            _ => throw new NotSupportedException($"The schema has the type '{type}'."),
        };

    private static IEnumerable<string> When(bool isWrong, YamlNode node, string what) =>
        isWrong ? [$"{node.Location} {Text(node)}: {what}"] : [];

    private static IEnumerable<string> Strings(JsonElement list) =>
        list.EnumerateArray().Select(static item => item.GetString()!);

    private static string? Text(YamlNode node) => (node as YamlScalar)?.Value;
}
