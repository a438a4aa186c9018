using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>Reads embeds, with the limits of Discord's.</summary>
/// <remarks>Source: Discord docs, Resources/Message, Embed Limits. Texts are trimmed before they are counted.</remarks>
internal static class EmbedForm
{
    private const int MostCharacters = 6000;

    /// <summary>The embeds as Discord gives them back; <see langword="null"/> where there is no such field.</summary>
    public static JsonElement? Read(Form form, int most)
    {
        if (form.Objects("embeds", most) is not { } embeds)
        {
            return null;
        }

        JsonArray read = [];
        var characters = 0;
        for (var index = 0; index < embeds.Count; index++)
        {
            read.Add((JsonNode)One(embeds[index], ref characters));
            if (characters > MostCharacters)
            {
                form.Refuse(
                    $"embeds.{index}",
                    "MAX_EMBED_SIZE_EXCEEDED",
                    $"Embed size exceeds maximum size of {MostCharacters}"
                );
                break;
            }
        }

        return Json.Freeze(read);
    }

    private static JsonObject One(Form embed, ref int characters)
    {
        JsonObject json = new() { ["type"] = "rich" };
        Put(json, "title", Text(embed, "title", 256, ref characters));
        Put(json, "description", Text(embed, "description", 4096, ref characters));
        Put(json, "url", embed.Url("url"));
        Put(json, "color", embed.Integer("color", 0, 0xFFFFFF) is { } color ? JsonValue.Create(color) : null);
        Put(json, "timestamp", Timestamp(embed));
        Put(json, "footer", Part(embed, "footer", "text", 2048, "icon_url", ref characters));
        Put(json, "author", Part(embed, "author", "name", 256, "url", ref characters));
        Put(json, "image", Picture(embed, "image"));
        Put(json, "thumbnail", Picture(embed, "thumbnail"));
        Put(json, "fields", Fields(embed, ref characters));
        if (json.Count == 1)
        {
            embed.Refuse("description", "BASE_TYPE_REQUIRED", "This field is required");
        }

        return json;
    }

    private static JsonArray? Fields(Form embed, ref int characters)
    {
        if (embed.Objects("fields", 25) is not { Count: > 0 } fields)
        {
            return null;
        }

        JsonArray read = [];
        foreach (var field in fields)
        {
            read.Add(
                (JsonNode)
                    new JsonObject
                    {
                        ["name"] = Text(field, "name", 256, ref characters, required: true),
                        ["value"] = Text(field, "value", 1024, ref characters, required: true),
                        ["inline"] = field.Flag("inline") ?? false,
                    }
            );
        }

        return read;
    }

    private static JsonObject? Part(Form embed, string name, string text, int longest, string link, ref int characters)
    {
        if (embed.Object(name) is not { } part)
        {
            return null;
        }

        JsonObject json = new() { [text] = Text(part, text, longest, ref characters, required: true) };
        Put(json, link, part.Url(link, 2048, "attachment"));
        return json;
    }

    private static JsonObject? Picture(Form embed, string name)
    {
        if (embed.Object(name) is not { } picture)
        {
            return null;
        }

        return new JsonObject
        {
            ["url"] = picture.Url("url", 2048, "attachment"),
            ["width"] = 0,
            ["height"] = 0,
        };
    }

    private static string? Text(Form form, string name, int longest, ref int characters, bool required = false)
    {
        var text = form.Text(name, int.MaxValue, required: required)?.Trim();
        if (text is null)
        {
            return null;
        }

        if (required && text.Length == 0)
        {
            form.Refuse(name, "BASE_TYPE_REQUIRED", "This field is required");
        }

        var length = Form.CodePoints(text);
        form.CheckLength(name, length, 0, longest);
        characters += length;
        return text.Length == 0 ? null : text;
    }

    private static string? Timestamp(Form embed)
    {
        if (embed.Text("timestamp", 100) is not { } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
        {
            return Timestamps.Of(moment);
        }

        embed.Refuse("timestamp", "DATE_TIME_TYPE_PARSE", $"Could not parse {text}. Should be ISO8601.");
        return null;
    }

    private static void Put(JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }
}
