using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Serge.Bot.Platforms;

/// <summary>Reads JSON from outside, which may be malformed: a value that is missing or of another type is
/// <see langword="null"/>, and nothing throws.</summary>
/// <remarks>The only reader of such JSON: .NET's own methods throw for a value of another type and for text that is not
/// valid Unicode, so they are banned (<c>.config/BannedSymbols.Json.txt</c>). Text is decoded by
/// <see cref="JsonText"/>.</remarks>
#pragma warning disable RS0030 // the place where the banned methods are used, after the type of the value is checked
public static class JsonReader
{
    /// <summary>Far longer than any id, and short enough for an address.</summary>
    private const int MaxIdLength = 1000;

    /// <summary>Parses a response; <see langword="null"/> if it is not JSON, or nested deeper than 64 levels.</summary>
    public static JsonElement? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonElement.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Splits an object into its members without reading them.</summary>
    /// <returns><see langword="null"/> if it is not a JSON object. A member is valid JSON, and as long as the object is
    /// in memory.</returns>
    public static Dictionary<string, ReadOnlyMemory<byte>>? Split(ReadOnlyMemory<byte> json)
    {
        try
        {
            return SplitObject(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads a member of an object.</summary>
    /// <param name="parent">The object.</param>
    /// <param name="name">ASCII.</param>
    /// <remarks>The last member of a repeated name counts: Mastodon 4.6.4 repeats names.</remarks>
    public static JsonElement? Member(this JsonElement? parent, string name)
    {
        JsonElement? found = null;
        if (parent is { ValueKind: JsonValueKind.Object } json)
        {
            foreach (var member in json.EnumerateObject())
            {
                if (JsonText.IsName(JsonMarshal.GetRawUtf8PropertyName(member), name))
                {
                    found = member.Value;
                }
            }
        }

        return found;
    }

    /// <summary>The members of an object in their order; none of another value.</summary>
    public static IEnumerable<(string Name, JsonElement? Value)> Members(this JsonElement? value)
    {
        if (value is not { ValueKind: JsonValueKind.Object })
        {
            yield break;
        }

        foreach (var member in value.Value.EnumerateObject())
        {
            yield return (GetName(member), member.Value);
        }
    }

    /// <summary>The elements of an array; none of another value.</summary>
    public static IEnumerable<JsonElement?> Elements(this JsonElement? value)
    {
        if (value is not { ValueKind: JsonValueKind.Array })
        {
            yield break;
        }

        foreach (var element in value.Value.EnumerateArray())
        {
            yield return element;
        }
    }

    /// <summary>Reads an object; <see langword="null"/> for another value.</summary>
    public static T? Object<T>(this JsonElement? value, Func<JsonElement?, T> read)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(read);
        if (value is { ValueKind: JsonValueKind.Object })
        {
            return read(value);
        }

        return null;
    }

    /// <summary>Reads an array of objects; <see langword="null"/> for another value. An element of another type is read
    /// as an object without members.</summary>
    public static T[]? Objects<T>(this JsonElement? value, Func<JsonElement?, T> read)
        where T : class
    {
        if (value is not { ValueKind: JsonValueKind.Array })
        {
            return null;
        }

        return [.. value.Elements().Select(read)];
    }

    /// <summary>Reads text. What is not valid Unicode becomes U+FFFD.</summary>
    public static string? Text(this JsonElement? value)
    {
        if (value is not { ValueKind: JsonValueKind.String } text)
        {
            return null;
        }

        var raw = JsonMarshal.GetRawUtf8Value(text);
        return JsonText.Decode(raw[1..^1]);
    }

    /// <summary>Reads text that is compared; <see langword="null"/> if it is not valid Unicode, because then it may be
    /// any text.</summary>
    public static string? ExactText(this JsonElement? value)
    {
        var text = value.Text();
        return text?.Contains(JsonText.Replacement, StringComparison.Ordinal) == true ? null : text;
    }

    /// <summary>Reads an id, which is opaque text; some servers write it as a number. It becomes part of addresses, so
    /// an extremely long one is <see langword="null"/>.</summary>
    public static string? Id(this JsonElement? value)
    {
        var text = value is { ValueKind: JsonValueKind.Number } number ? GetDigits(number) : value.Text();
        return text is { Length: > 0 and <= MaxIdLength } ? text : null;
    }

    /// <summary>Reads text, a number or a boolean as text.</summary>
    public static string? Scalar(this JsonElement? value) =>
        value?.ValueKind switch
        {
            JsonValueKind.String => value.Text(),
            JsonValueKind.Number => GetDigits(value.Value),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => null,
        };

    /// <summary>Reads an integer, which may be written as text.</summary>
    public static long? Number(this JsonElement? value)
    {
        if (value is { ValueKind: JsonValueKind.Number } element && element.TryGetInt64(out var number))
        {
            return number;
        }

        if (long.TryParse(value.Text(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var parsed))
        {
            return parsed;
        }

        return null;
    }

    /// <summary>Reads an integer of 32 bits, which may be written as text.</summary>
    public static int? Integer(this JsonElement? value)
    {
        if (value.Number() is >= int.MinValue and <= int.MaxValue and var number)
        {
            return (int)number;
        }

        return null;
    }

    /// <summary>Reads a finite number with decimals, which may be written as text.</summary>
    public static double? Decimal(this JsonElement? value)
    {
        var text = value.Scalar();
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return double.IsFinite(number) ? number : null;
        }

        return null;
    }

    public static bool? Boolean(this JsonElement? value) =>
        value?.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };

    /// <summary>Reads a time in the form of ISO 8601.</summary>
    public static DateTimeOffset? Time(this JsonElement? value)
    {
        var text = value.Text();
        if (text is null || text.Contains('\\', StringComparison.Ordinal))
        {
            return null;
        }

        // Without escape sequences, for which .NET may throw: some servers write the plus sign as one.
        var plain = Parse(Encoding.UTF8.GetBytes($"\"{text}\""));
        if (plain is { ValueKind: JsonValueKind.String } json && json.TryGetDateTimeOffset(out var time))
        {
            return time;
        }

        return null;
    }

    /// <summary>Reads an absolute address.</summary>
    public static Uri? Url(this JsonElement? value)
    {
        if (Uri.TryCreate(value.Text(), UriKind.Absolute, out var url))
        {
            return url;
        }

        return null;
    }

    private static Dictionary<string, ReadOnlyMemory<byte>>? SplitObject(ReadOnlyMemory<byte> json)
    {
        Utf8JsonReader reader = new(json.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        Dictionary<string, ReadOnlyMemory<byte>> members = new(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.Decode(reader.ValueSpan);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            members[name] = json[start..(int)reader.BytesConsumed];
        }

        return members;
    }

    private static string GetName(JsonProperty member) => JsonText.Decode(JsonMarshal.GetRawUtf8PropertyName(member));

    private static string GetDigits(JsonElement number) =>
        Encoding.ASCII.GetString(JsonMarshal.GetRawUtf8Value(number));
}
