using System.Globalization;
using System.Text.Json;

namespace Serge.Bot.Mastodon.Model;

/// <summary>Reads fields from an answer that may be malformed: one that is missing or of another type is
/// <see langword="null"/>, and nothing throws.</summary>
internal static class JsonReader
{
    /// <summary>A whole answer; <see langword="null"/> where it is not JSON.</summary>
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

    /// <summary>A member of an object.</summary>
    /// <remarks>Of a name that comes twice the last counts: Mastodon 4.6.4 sends such names.</remarks>
    public static JsonElement? Member(this JsonElement? parent, string name)
    {
        try
        {
            return parent is { ValueKind: JsonValueKind.Object } map && map.TryGetProperty(name, out var member)
                ? member
                : null;
        }
        catch (InvalidOperationException)
        {
            return null; // another member's name is not valid Unicode
        }
    }

    /// <summary>The elements of an array; none of anything else.</summary>
    public static IEnumerable<JsonElement?> Elements(this JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Select(item => (JsonElement?)item)
            : [];

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

    /// <summary>An id is opaque text that some servers write as a number.</summary>
    public static string? Id(this JsonElement? value) =>
        value switch
        {
            { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
            _ when value.Text() is { Length: > 0 } text => text,
            _ => null,
        };

    /// <summary>A whole number, also where it is written as text.</summary>
    public static long? Number(this JsonElement? value)
    {
        if (value is { ValueKind: JsonValueKind.Number } element)
        {
            return element.TryGetInt64(out var number) ? number : null;
        }

        var isNumber = long.TryParse(value.Text(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var written);
        return isNumber ? written : null;
    }

    public static DateTimeOffset? Moment(this JsonElement? value) =>
        value is { ValueKind: JsonValueKind.String } text && text.TryGetDateTimeOffset(out var moment) ? moment : null;
}
