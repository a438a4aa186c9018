using System.Globalization;
using System.Text.Json;

namespace Serge.Bot.Platforms;

/// <summary>Reads fields of a response that may be malformed: a field that is missing or of another type is
/// <see langword="null"/>, and nothing throws.</summary>
public static class JsonReader
{
    /// <summary>Parses a response; <see langword="null"/> if it is not JSON.</summary>
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

    /// <summary>Reads a member of an object.</summary>
    /// <remarks>The last member of a repeated name counts: Mastodon 4.6.4 repeats names.</remarks>
    public static JsonElement? Member(this JsonElement? parent, string name)
    {
        if (parent is not { ValueKind: JsonValueKind.Object })
        {
            return null;
        }

        try
        {
            if (parent.Value.TryGetProperty(name, out var member))
            {
                return member;
            }
        }
        catch (InvalidOperationException)
        {
            // The name of another member is not valid Unicode.
        }

        return null;
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

    public static string? Text(this JsonElement? value)
    {
        if (value is not { ValueKind: JsonValueKind.String })
        {
            return null;
        }

        try
        {
            return value.Value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // not valid Unicode
        }
    }

    /// <summary>Reads an id, which is opaque text; some servers write it as a number.</summary>
    public static string? Id(this JsonElement? value)
    {
        if (value is { ValueKind: JsonValueKind.Number } number)
        {
            return number.GetRawText();
        }

        var text = value.Text();
        return text == "" ? null : text;
    }

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

    public static DateTimeOffset? Time(this JsonElement? value)
    {
        if (value is { ValueKind: JsonValueKind.String } text && text.TryGetDateTimeOffset(out var time))
        {
            return time;
        }

        return null;
    }
}
