using Microsoft.AspNetCore.WebUtilities;

namespace Serge.Bot.Simulator.Mastodon;

/// <summary>The parameters of a request, from the query, a form or JSON.</summary>
internal sealed class RequestParameters
{
    private readonly Dictionary<string, List<string?>> _values = [];
    private readonly Dictionary<string, UploadedFile> _files = [];

    /// <summary>Reads the parameters; <see langword="null"/> if the body is malformed.</summary>
    public static RequestParameters? Read(HttpRequest request, byte[] body)
    {
        RequestParameters parameters = new();
        foreach (var (name, values) in request.Query)
        {
            parameters.Set(name, values);
        }

        if (body.Length == 0)
        {
            return parameters;
        }

        var type = request.ContentType ?? "";
        if (type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return parameters.TryReadJson(body) ? parameters : null;
        }

        if (MultipartBody.IsMultipart(request))
        {
            return parameters.TryReadMultipart(request, body) ? parameters : null;
        }

        if (type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            parameters.ReadForm(body);
        }

        return parameters;
    }

    /// <summary>Returns a text; <see langword="null"/> if it is missing or null.</summary>
    public string? GetText(string name)
    {
        var values = _values.GetValueOrDefault(name);
        return values?.FirstOrDefault();
    }

    /// <summary>Returns the texts of a list; <see langword="null"/> if it is missing.</summary>
    public IReadOnlyList<string>? GetList(string name)
    {
        if (_values.TryGetValue(name, out var values))
        {
            return [.. values.Where(value => value is { Length: > 0 })!];
        }

        return null;
    }

    public UploadedFile? GetFile(string name) => _files.GetValueOrDefault(name);

    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>Returns a boolean. As in Rails, every text that is not a known false value is true.</summary>
    public bool? GetFlag(string name) =>
        GetText(name) switch
        {
            null or "" => null,
            "0" or "f" or "F" or "false" or "FALSE" or "False" or "off" or "OFF" => false,
            _ => true,
        };

    private void Set(string name, IEnumerable<string?> values)
    {
        if (name.EndsWith("[]", StringComparison.Ordinal))
        {
            name = name[..^2];
        }

        _values[name] = [.. values];
    }

    private void ReadForm(byte[] body)
    {
        using FormReader reader = new(new MemoryStream(body));
        foreach (var (name, values) in reader.ReadForm())
        {
            Set(name, values);
        }
    }

    private bool TryReadMultipart(HttpRequest request, byte[] body)
    {
        // The body is in memory, so that this completes at once.
        if (MultipartBody.ReadAsync(request, body).GetAwaiter().GetResult() is not { } form)
        {
            return false;
        }

        foreach (var field in form.Texts.GroupBy(field => field.Name))
        {
            Set(field.Key, field.Select(one => one.Value));
        }

        foreach (var (name, file) in form.Files)
        {
            _files[name] = file;
        }

        return true;
    }

    private bool TryReadJson(byte[] body)
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
                _values[field.Name] = ReadValues(field.Value);
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static List<string?> ReadValues(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            return [.. value.EnumerateArray().Select(ReadValue)];
        }

        return [ReadValue(value)];
    }

    private static string? ReadValue(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => value.ToString(),
        };
}
