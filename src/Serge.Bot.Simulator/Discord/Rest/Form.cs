namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>Reads and validates the fields of one JSON object of a request body.</summary>
/// <remarks>A null field counts as missing. Lengths are counted in Unicode code points, as Discord does.</remarks>
internal sealed class Form(
    JsonElement json,
    string path,
    FormErrors errors,
    IReadOnlyDictionary<long, UploadedFile> files
)
{
    private static readonly Dictionary<long, UploadedFile> NoFiles = [];

    public Form(JsonElement json, string path, FormErrors errors)
        : this(json, path, errors, NoFiles) { }

    public const string NoDictionary = "Only dictionaries may be used in a ModelType";

    public FormErrors Errors => errors;

    /// <summary>The files of the request by the number in their field, <c>files[n]</c>.</summary>
    public IReadOnlyDictionary<long, UploadedFile> Files => files;

    public IEnumerable<string> FieldNames => json.EnumerateObject().Select(property => property.Name);

    /// <summary>Whether the field is there; it can be null.</summary>
    public bool Has(string name) => json.TryGetProperty(name, out _);

    public bool IsNull(string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Null;

    public void AddError(string name, string code, string message) => errors.Add(GetPath(name), code, message);

    public void AddRequiredError(string name) => AddError(name, "BASE_TYPE_REQUIRED", "This field is required");

    public JsonElement? GetValue(string name, bool required = false)
    {
        if (json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null)
        {
            return value;
        }

        if (required)
        {
            AddRequiredError(name);
        }

        return null;
    }

    public string? GetText(string name, int max, int min = 0, bool required = false)
    {
        if (GetValue(name, required) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
        {
            AddError(name, "STRING_TYPE_CONVERT", $"Could not interpret \"{value}\" as string.");
            return null;
        }

        var text = value.ToString();
        CheckLength(name, CountCodePoints(text), min, max);
        return text;
    }

    public bool? GetFlag(string name)
    {
        if (GetValue(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        AddError(name, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.");
        return null;
    }

    public long? GetInteger(string name, long min, long max)
    {
        if (GetValue(name) is not { } value)
        {
            return null;
        }

        if (!TryParseInteger(value, out var number))
        {
            AddError(name, "NUMBER_TYPE_COERCE", $"Value \"{value}\" is not int.");
            return null;
        }

        errors.CheckRange(GetPath(name), number, min, max);
        return number;
    }

    public double? GetNumber(string name)
    {
        if (GetValue(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number))
        {
            return number;
        }

        AddError(name, "NUMBER_TYPE_COERCE", $"Value \"{value}\" is not float.");
        return null;
    }

    /// <summary>Returns one of several allowed numbers.</summary>
    public int? GetChoice(string name, int[] allowed, bool required = false)
    {
        if (GetValue(name, required) is not { } value)
        {
            return null;
        }

        if (TryParseChoice(value, allowed, out var choice))
        {
            return choice;
        }

        AddChoiceError(name, allowed);
        return null;
    }

    /// <summary>Returns a list of allowed numbers; <see langword="null"/> if there is no list.</summary>
    public List<int>? GetChoices(string name, int[] allowed)
    {
        if (GetList(name, allowed.Length) is not { } items)
        {
            return null;
        }

        List<int> choices = [];
        foreach (var (index, item) in items.Index())
        {
            if (TryParseChoice(item, allowed, out var choice))
            {
                choices.Add(choice);
            }
            else
            {
                AddChoiceError($"{name}.{index}", allowed);
            }
        }

        return choices;
    }

    public Form? GetObject(string name, bool required = false)
    {
        if (GetValue(name, required) is not { } value)
        {
            return null;
        }

        return ReadObject(name, value);
    }

    /// <summary>Returns the objects of a list; <see langword="null"/> if there is no list.</summary>
    public IReadOnlyList<Form>? GetObjects(string name, int max, int min = 0)
    {
        if (GetList(name, max, min) is not { } items)
        {
            return null;
        }

        List<Form> objects = [];
        foreach (var (index, item) in items.Index())
        {
            if (ReadObject($"{name}.{index}", item) is { } form)
            {
                objects.Add(form);
            }
        }

        return objects;
    }

    /// <summary>Returns the values of a list; <see langword="null"/> if there is no list.</summary>
    public IReadOnlyList<JsonElement>? GetList(string name, int max, int min = 0)
    {
        if (GetValue(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            AddError(name, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
            return null;
        }

        CheckLength(name, value.GetArrayLength(), min, max);
        return [.. value.EnumerateArray()];
    }

    /// <summary>Returns a URL with one of several schemes.</summary>
    public string? GetUrl(string name, int max, params string[] schemes)
    {
        if (GetText(name, max) is not { Length: > 0 } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            AddError(name, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
        }
        else if (!schemes.Contains(uri.Scheme))
        {
            var allowed = string.Join(", ", schemes.Select(scheme => $"'{scheme}'"));
            AddError(
                name,
                "URL_TYPE_INVALID_SCHEME",
                $"Scheme \"{uri.Scheme}\" is not supported. Scheme must be one of ({allowed})."
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
            AddError(name, "BASE_TYPE_BAD_LENGTH", $"Must be between {min} and {max} in length.");
        }
        else
        {
            AddError(name, "BASE_TYPE_MAX_LENGTH", $"Must be {max} or fewer in length.");
        }
    }

    public static int CountCodePoints(string text) => text.EnumerateRunes().Count();

    /// <summary>Parses an integer, which can be a number or a text of digits.</summary>
    public static bool TryParseInteger(JsonElement value, out long number)
    {
        number = 0;
        if (value.ValueKind == JsonValueKind.Number)
        {
            return value.TryGetInt64(out number);
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        var text = value.GetString();
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }

    private string GetPath(string name)
    {
        if (path.Length == 0)
        {
            return name;
        }

        return $"{path}.{name}";
    }

    private Form? ReadObject(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            return new Form(value, GetPath(name), errors, files);
        }

        AddError(name, "MODEL_TYPE_CONVERT", NoDictionary);
        return null;
    }

    private static bool TryParseChoice(JsonElement value, int[] allowed, out int choice)
    {
        var isInteger = TryParseInteger(value, out var number);
        choice = (int)number;
        return isInteger && choice == number && allowed.Contains(choice);
    }

    private void AddChoiceError(string name, int[] allowed)
    {
        var list = string.Join(", ", allowed);
        AddError(name, "BASE_TYPE_CHOICES", $"Value must be one of ({list}).");
    }
}
