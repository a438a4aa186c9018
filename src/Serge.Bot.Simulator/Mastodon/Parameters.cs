using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Serge.Bot.Simulator.Mastodon;

/// <summary>A request's parameters, whichever way they came: the query, a form or JSON.</summary>
internal sealed class Parameters
{
    private readonly Dictionary<string, List<string?>> _values = new(StringComparer.Ordinal);

    /// <summary>Reads them.</summary>
    /// <returns><see langword="null"/> for a body that cannot be read.</returns>
    public static Parameters? Read(HttpRequest request, byte[] body)
    {
        Parameters read = new();
        foreach (var (name, values) in request.Query)
        {
            read._values[Plain(name)] = [.. values];
        }

        var type = request.ContentType ?? "";
        if (body.Length == 0)
        {
            return read;
        }

        if (type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return read.ReadJson(body) ? read : null;
        }

        if (type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            using FormReader reader = new(new MemoryStream(body));
            foreach (var (name, values) in reader.ReadForm())
            {
                read._values[Plain(name)] = [.. values];
            }
        }

        return read;
    }

    /// <summary>A text; <see langword="null"/> where it is missing or null.</summary>
    public string? Text(string name) =>
        _values.TryGetValue(name, out var values) && values is [{ } first, ..] ? first : null;

    /// <summary>Whether it was sent at all.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>A yes or no; anything that is not a known no is a yes.</summary>
    public bool? Flag(string name) =>
        Text(name) switch
        {
            null or "" => null,
            "0" or "f" or "F" or "false" or "FALSE" or "False" or "off" or "OFF" => false,
            _ => true,
        };

    private static string Plain(string name) => name.EndsWith("[]", StringComparison.Ordinal) ? name[..^2] : name;

    private bool ReadJson(byte[] body)
    {
        try
        {
            var root = JsonElement.Parse(body);
            if (root.ValueKind != JsonValueKind.Object)
            {
                return false;
            }

            foreach (var field in root.EnumerateObject())
            {
                _values[field.Name] =
                    field.Value.ValueKind == JsonValueKind.Array
                        ? [.. field.Value.EnumerateArray().Select(Scalar)]
                        : [Scalar(field.Value)];
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string? Scalar(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => value.ToString(),
        };
}
