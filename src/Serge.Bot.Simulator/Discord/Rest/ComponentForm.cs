using System.Text.Json;
using System.Text.Json.Nodes;

namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>Reads rows of buttons and selects, with the limits of Discord's.</summary>
/// <remarks>Source: Discord docs, Components/Reference. Components V2, message flag <c>1 &lt;&lt; 15</c>, are not simulated, and are
/// refused.</remarks>
internal sealed class ComponentForm
{
    private const int Row = 1;
    private const int Button = 2;
    private const int StringSelect = 3;
    private const int LinkStyle = 5;
    private readonly HashSet<string> _customIds = new(StringComparer.Ordinal);
    private int _lastId;

    private ComponentForm() { }

    /// <summary>The components as Discord gives them back; <see langword="null"/> where there is no such field.</summary>
    public static JsonElement? Read(Form form)
    {
        if (form.Objects("components", 5) is not { } rows)
        {
            return null;
        }

        ComponentForm reader = new();
        JsonArray read = [];
        foreach (var row in rows)
        {
            read.Add((JsonNode)reader.ReadRow(row));
        }

        return Json.Freeze(read);
    }

    private JsonObject ReadRow(Form row)
    {
        JsonObject json = new() { ["type"] = Row, ["id"] = ++_lastId };
        JsonArray inner = [];
        json["components"] = inner;
        if (row.Choice("type", [Row], required: true) is null)
        {
            return json;
        }

        var components = row.Objects("components", 5, 1);
        if (components is null)
        {
            row.Refuse("components", "BASE_TYPE_REQUIRED", "This field is required");
            return json;
        }

        foreach (var component in components)
        {
            if (component.Choice("type", [Button, StringSelect, 5, 6, 7, 8], required: true) is { } type)
            {
                if (type != Button && components.Count > 1)
                {
                    row.Refuse(
                        "components",
                        "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
                        "The specified component exceeds the maximum width"
                    );
                }

                inner.Add((JsonNode)(type == Button ? ReadButton(component) : ReadSelect(component, type)));
            }
        }

        return json;
    }

    private JsonObject ReadButton(Form button)
    {
        JsonObject json = new() { ["type"] = Button, ["id"] = ++_lastId };
        var style = button.Choice("style", [1, 2, 3, 4, LinkStyle], required: true);
        json["style"] = style ?? 1;
        var label = button.Text("label", 80);
        var emoji = button.Object("emoji");
        if (string.IsNullOrEmpty(label) && emoji is null)
        {
            button.Refuse(
                "label",
                "BUTTON_COMPONENT_MISSING_LABEL_AND_EMOJI",
                "A button must have a label or an emoji"
            );
        }

        json["label"] = label;
        if (emoji is { } picture)
        {
            json["emoji"] = new JsonObject { ["name"] = picture.Text("name", 100) };
        }

        if (style == LinkStyle)
        {
            if (button.Raw("custom_id") is not null)
            {
                button.Refuse(
                    "custom_id",
                    "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                    "A custom id and url cannot both be specified"
                );
            }

            json["url"] = button.Url("url", 512, "discord");
            if (json["url"] is null)
            {
                button.Refuse("url", "BASE_TYPE_REQUIRED", "This field is required");
            }
        }
        else
        {
            json["custom_id"] = CustomId(button);
        }

        if (button.Flag("disabled") == true)
        {
            json["disabled"] = true;
        }

        return json;
    }

    private JsonObject ReadSelect(Form select, int type)
    {
        JsonObject json = new()
        {
            ["type"] = type,
            ["id"] = ++_lastId,
            ["custom_id"] = CustomId(select),
            ["min_values"] = select.Integer("min_values", 0, 25) ?? 1,
            ["max_values"] = select.Integer("max_values", 1, 25) ?? 1,
        };
        if (select.Text("placeholder", 150) is { } placeholder)
        {
            json["placeholder"] = placeholder;
        }

        if (type == StringSelect)
        {
            json["options"] = Options(select);
        }

        return json;
    }

    private static JsonArray Options(Form select)
    {
        JsonArray read = [];
        var options = select.Objects("options", 25, 1);
        if (options is null)
        {
            select.Refuse("options", "BASE_TYPE_REQUIRED", "This field is required");
        }

        foreach (var option in options ?? [])
        {
            JsonObject json = new()
            {
                ["label"] = option.Text("label", 100, 1, required: true),
                ["value"] = option.Text("value", 100, 1, required: true),
            };
            if (option.Text("description", 100) is { } description)
            {
                json["description"] = description;
            }

            read.Add((JsonNode)json);
        }

        return read;
    }

    private string? CustomId(Form component)
    {
        var id = component.Text("custom_id", 100, 1, required: true);
        if (id is not null && !_customIds.Add(id))
        {
            component.Refuse("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated");
        }

        return id;
    }
}
