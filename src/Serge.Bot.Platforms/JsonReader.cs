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
            return parent.Value.TryGetProperty(name, out var member) ? member : null;
        }
        catch (InvalidOperationException)
        {
            return null; // the name of another member is not valid Unicode
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

    public static string? Text(this JsonElement? value)
    {
        try
        {
            return value is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
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

        return value.Text() is { Length: > 0 } text ? text : null;
    }

    /// <summary>Reads an integer, which may be written as text.</summary>
    public static long? Number(this JsonElement? value)
    {
        if (value is { ValueKind: JsonValueKind.Number } element)
        {
            return element.TryGetInt64(out var number) ? number : null;
        }

        var isNumber = long.TryParse(value.Text(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var parsed);
        return isNumber ? parsed : null;
    }

    public static DateTimeOffset? Time(this JsonElement? value) =>
        value is { ValueKind: JsonValueKind.String } text && text.TryGetDateTimeOffset(out var time) ? time : null;
}
