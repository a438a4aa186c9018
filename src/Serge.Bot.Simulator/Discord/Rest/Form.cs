using System.Globalization;
using System.Text.Json;

namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>One object of a request body, read field by field; whatever is wrong goes to the <see cref="FormErrors"/>.</summary>
/// <remarks>A missing field and a null one read alike. Lengths count Unicode code points, as Discord's do.</remarks>
internal readonly struct Form(JsonElement json, string path, FormErrors errors)
{
    public FormErrors Errors => errors;

    /// <summary>The names of its fields.</summary>
    public IEnumerable<string> Names => json.EnumerateObject().Select(one => one.Name);

    public string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";

    public bool Has(string name) => json.TryGetProperty(name, out _);

    public bool IsNull(string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Null;

    public void Refuse(string name, string code, string message) => errors.Add(PathOf(name), code, message);

    public JsonElement? Raw(string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public string? Text(string name, int max, int min = 0, bool required = false)
    {
        if (Raw(name) is not { } value)
        {
            return Missing<string>(name, required);
        }

        if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
        {
            Refuse(name, "STRING_TYPE_CONVERT", $"Could not interpret \"{value}\" as string.");
            return null;
        }

        var text = value.ValueKind == JsonValueKind.Number ? value.GetRawText() : value.GetString()!;
        CheckLength(name, CodePoints(text), min, max);
        return text;
    }

    public bool? Flag(string name, bool required = false)
    {
        if (Raw(name) is not { } value)
        {
            return required ? Missing<string>(name, required: true) is not null : null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Refuse(name, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.");
        return null;
    }

    public long? Integer(string name, long min, long max, bool required = false)
    {
        if (Raw(name) is not { } value)
        {
            Missing<string>(name, required);
            return null;
        }

        if (!TryInteger(value, out var number))
        {
            Refuse(name, "NUMBER_TYPE_COERCE", $"Value \"{value}\" is not int.");
            return null;
        }

        CheckRange(name, number, min, max);
        return number;
    }

    public double? Number(string name)
    {
        if (Raw(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number))
        {
            return number;
        }

        Refuse(name, "NUMBER_TYPE_COERCE", $"Value \"{value}\" is not float.");
        return null;
    }

    /// <summary>One of a few numbers.</summary>
    public int? Choice(string name, ReadOnlySpan<int> allowed, bool required = false)
    {
        if (Raw(name) is not { } value)
        {
            Missing<string>(name, required);
            return null;
        }

        if (TryInteger(value, out var number) && number is >= 0 and <= int.MaxValue && allowed.Contains((int)number))
        {
            return (int)number;
        }

        var list = string.Join(", ", allowed.ToArray().Select(one => one.ToString(CultureInfo.InvariantCulture)));
        Refuse(name, "BASE_TYPE_CHOICES", $"Value must be one of ({list}).");
        return null;
    }

    public Form? Object(string name, bool required = false)
    {
        if (Raw(name) is not { } value)
        {
            Missing<string>(name, required);
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return new Form(value, PathOf(name), errors);
        }

        Refuse(name, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
        return null;
    }

    /// <summary>The objects of a list; <see langword="null"/> where there is no list.</summary>
    public IReadOnlyList<Form>? Objects(string name, int max, int min = 0)
    {
        if (List(name, max, min) is not { } items)
        {
            return null;
        }

        List<Form> forms = [];
        for (var index = 0; index < items.Count; index++)
        {
            if (items[index].ValueKind == JsonValueKind.Object)
            {
                forms.Add(new Form(items[index], $"{PathOf(name)}.{index}", errors));
            }
            else
            {
                errors.Add(
                    $"{PathOf(name)}.{index}",
                    "MODEL_TYPE_CONVERT",
                    "Only dictionaries may be used in a ModelType"
                );
            }
        }

        return forms;
    }

    /// <summary>The values of a list; <see langword="null"/> where there is no list.</summary>
    public IReadOnlyList<JsonElement>? List(string name, int max, int min = 0)
    {
        if (Raw(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Refuse(name, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
            return null;
        }

        CheckLength(name, value.GetArrayLength(), min, max);
        return [.. value.EnumerateArray()];
    }

    /// <summary>An http or https address.</summary>
    public string? Url(string name, int max = 2048, params ReadOnlySpan<string> moreSchemes)
    {
        if (Text(name, max) is not { Length: > 0 } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            Refuse(name, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
        }
        else if (uri.Scheme is not ("http" or "https") && !moreSchemes.Contains(uri.Scheme))
        {
            var schemes = string.Join(
                ", ",
                moreSchemes.ToArray().Prepend("https").Prepend("http").Select(scheme => $"'{scheme}'")
            );
            Refuse(
                name,
                "URL_TYPE_INVALID_SCHEME",
                $"Scheme \"{uri.Scheme}\" is not supported. Scheme must be one of ({schemes})."
            );
        }

        return text;
    }

    public void CheckLength(string name, int length, int min, int max)
    {
        if (length >= min && length <= max)
        {
            return;
        }

        if (min > 0)
        {
            Refuse(name, "BASE_TYPE_BAD_LENGTH", $"Must be between {min} and {max} in length.");
        }
        else
        {
            Refuse(name, "BASE_TYPE_MAX_LENGTH", $"Must be {max} or fewer in length.");
        }
    }

    public static int CodePoints(string text) => text.EnumerateRunes().Count();

    public static bool TryInteger(JsonElement value, out long number)
    {
        number = 0;
        return value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetInt64(out number),
            JsonValueKind.String => long.TryParse(
                value.GetString(),
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out number
            ),
            _ => false,
        };
    }

    private void CheckRange(string name, long number, long min, long max)
    {
        if (number < min)
        {
            Refuse(name, "NUMBER_TYPE_MIN", $"int value should be greater than or equal to {min}.");
        }
        else if (number > max)
        {
            Refuse(name, "NUMBER_TYPE_MAX", $"int value should be less than or equal to {max}.");
        }
    }

    private T? Missing<T>(string name, bool required)
        where T : class
    {
        if (required)
        {
            Refuse(name, "BASE_TYPE_REQUIRED", "This field is required");
        }

        return null;
    }
}
