namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>Reads embeds, and checks Discord's limits.</summary>
/// <remarks>Source: Discord docs, Resources/Message, Embed Limits. Texts are trimmed before their length
/// counts.</remarks>
internal sealed class EmbedForm
{
    private const int MaxEmbeds = 10;
    private const int MaxFields = 25;
    private const int MaxCharacters = 6000;
    private const int MaxUrlLength = 2048;
    private int _characters;

    private EmbedForm() { }

    /// <summary>Returns the embeds as Discord returns them; <see langword="null"/> if the field is missing.</summary>
    public static JsonElement? Read(Form form)
    {
        if (form.GetObjects("embeds", MaxEmbeds) is not { } embeds)
        {
            return null;
        }

        EmbedForm reader = new();
        JsonArray json = [];
        foreach (var (index, embed) in embeds.Index())
        {
            json.Add((JsonNode)reader.ReadEmbed(embed));
            if (reader._characters > MaxCharacters)
            {
                form.AddError(
                    $"embeds.{index}",
                    "MAX_EMBED_SIZE_EXCEEDED",
                    $"Embed size exceeds maximum size of {MaxCharacters}"
                );
                break;
            }
        }

        return Json.ToElement(json);
    }

    private JsonObject ReadEmbed(Form embed)
    {
        JsonObject json = [];
        Json.AddIfPresent(json, "title", ReadText(embed, "title", 256));
        Json.AddIfPresent(json, "description", ReadText(embed, "description", 4096));
        Json.AddIfPresent(json, "url", embed.GetUrl("url", MaxUrlLength, "http", "https"));
        Json.AddIfPresent(json, "color", embed.GetInteger("color", 0, 0xFFFFFF));
        Json.AddIfPresent(json, "timestamp", ReadTimestamp(embed));
        Json.AddIfPresent(json, "footer", ReadCredit(embed, "footer", "text", 2048, "icon_url"));
        Json.AddIfPresent(json, "author", ReadCredit(embed, "author", "name", 256, "url"));
        Json.AddIfPresent(json, "image", ReadImage(embed, "image"));
        Json.AddIfPresent(json, "thumbnail", ReadImage(embed, "thumbnail"));
        Json.AddIfPresent(json, "fields", ReadFields(embed));
        if (json.Count == 0)
        {
            embed.AddRequiredError("description");
        }

        json["type"] = "rich";
        return json;
    }

    private JsonArray? ReadFields(Form embed)
    {
        if (embed.GetObjects("fields", MaxFields) is not { Count: > 0 } fields)
        {
            return null;
        }

        JsonArray json = [];
        foreach (var field in fields)
        {
            JsonNode fieldJson = new JsonObject
            {
                ["name"] = ReadText(field, "name", 256, required: true),
                ["value"] = ReadText(field, "value", 1024, required: true),
                ["inline"] = field.GetFlag("inline") ?? false,
            };
            json.Add(fieldJson);
        }

        return json;
    }

    /// <summary>Reads a footer or an author: a text with a URL.</summary>
    private JsonObject? ReadCredit(Form embed, string name, string textName, int maxLength, string urlName)
    {
        if (embed.GetObject(name) is not { } credit)
        {
            return null;
        }

        JsonObject json = new() { [textName] = ReadText(credit, textName, maxLength, required: true) };
        Json.AddIfPresent(json, urlName, ReadImageUrl(credit, urlName));
        return json;
    }

    private static JsonObject? ReadImage(Form embed, string name)
    {
        if (embed.GetObject(name) is not { } image)
        {
            return null;
        }

        return new JsonObject
        {
            ["url"] = ReadImageUrl(image, "url"),
            ["width"] = 0,
            ["height"] = 0,
        };
    }

    private static string? ReadImageUrl(Form form, string name) =>
        form.GetUrl(name, MaxUrlLength, "http", "https", "attachment");

    private string? ReadText(Form form, string name, int maxLength, bool required = false)
    {
        var text = form.GetText(name, int.MaxValue, required: required)?.Trim();
        if (text is null)
        {
            return null;
        }

        var length = Form.CountCodePoints(text);
        form.CheckLength(name, length, 0, maxLength);
        _characters += length;
        if (length > 0)
        {
            return text;
        }

        if (required)
        {
            form.AddRequiredError(name);
        }

        return null;
    }

    private static string? ReadTimestamp(Form embed)
    {
        if (embed.GetText("timestamp", 100) is not { } text)
        {
            return null;
        }

        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, utc, out var timestamp))
        {
            return Timestamps.Format(timestamp);
        }

        embed.AddError("timestamp", "DATE_TIME_TYPE_PARSE", $"Could not parse {text}. Should be ISO8601.");
        return null;
    }
}
