namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>Reads rows of buttons and selects, and checks Discord's limits.</summary>
/// <remarks>Source: Discord docs, Components/Reference. Components V2, message flag <c>1 &lt;&lt; 15</c>, are not
/// simulated and are rejected.</remarks>
internal sealed class ComponentForm
{
    private const int RowType = 1;
    private const int ButtonType = 2;
    private const int StringSelectType = 3;
    private const int LinkStyle = 5;
    private const int MaxRows = 5;
    private const int MaxComponents = 5;
    private const int MaxOptions = 25;
    private static readonly int[] ComponentTypes = [ButtonType, StringSelectType, 5, 6, 7, 8];
    private readonly HashSet<string> _customIds = [];
    private int _lastId;

    private ComponentForm() { }

    /// <summary>Returns the components as Discord returns them; <see langword="null"/> if the field is
    /// missing.</summary>
    public static JsonElement? Read(Form form)
    {
        if (form.GetObjects("components", MaxRows) is not { } rows)
        {
            return null;
        }

        ComponentForm reader = new();
        JsonArray json = [];
        foreach (var row in rows)
        {
            json.Add((JsonNode)reader.ReadRow(row));
        }

        return Json.ToElement(json);
    }

    private JsonObject ReadRow(Form row)
    {
        JsonArray children = [];
        var json = CreateComponent(RowType);
        json["components"] = children;
        if (row.GetChoice("type", [RowType], required: true) is null)
        {
            return json;
        }

        var components = row.GetObjects("components", MaxComponents, 1);
        if (components is null)
        {
            row.AddRequiredError("components");
            return json;
        }

        foreach (var component in components)
        {
            if (component.GetChoice("type", ComponentTypes, required: true) is not { } type)
            {
                continue;
            }

            if (type == ButtonType)
            {
                children.Add((JsonNode)ReadButton(component));
                continue;
            }

            if (components.Count > 1)
            {
                row.AddError(
                    "components",
                    "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
                    "The specified component exceeds the maximum width"
                );
            }

            children.Add((JsonNode)ReadSelect(component, type));
        }

        return json;
    }

    private JsonObject CreateComponent(int type)
    {
        _lastId++;
        return new JsonObject { ["type"] = type, ["id"] = _lastId };
    }

    private JsonObject ReadButton(Form button)
    {
        var style = button.GetChoice("style", [1, 2, 3, 4, LinkStyle], required: true);
        var json = CreateComponent(ButtonType);
        json["style"] = style ?? 1;
        ReadLabel(button, json);
        if (style == LinkStyle)
        {
            json["url"] = ReadLink(button);
        }
        else
        {
            json["custom_id"] = ReadCustomId(button);
        }

        if (button.GetFlag("disabled") == true)
        {
            json["disabled"] = true;
        }

        return json;
    }

    private static void ReadLabel(Form button, JsonObject json)
    {
        var label = button.GetText("label", 80);
        json["label"] = label;
        if (button.GetObject("emoji") is { } emoji)
        {
            json["emoji"] = new JsonObject { ["name"] = emoji.GetText("name", 100) };
        }
        else if (string.IsNullOrEmpty(label))
        {
            button.AddError(
                "label",
                "BUTTON_COMPONENT_MISSING_LABEL_AND_EMOJI",
                "A button must have a label or an emoji"
            );
        }
    }

    private static string? ReadLink(Form button)
    {
        if (button.GetValue("custom_id") is not null)
        {
            button.AddError(
                "custom_id",
                "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                "A custom id and url cannot both be specified"
            );
        }

        var url = button.GetUrl("url", 512, "http", "https", "discord");
        if (url is null)
        {
            button.AddRequiredError("url");
        }

        return url;
    }

    private JsonObject ReadSelect(Form select, int type)
    {
        var json = CreateComponent(type);
        json["custom_id"] = ReadCustomId(select);
        json["min_values"] = select.GetInteger("min_values", 0, MaxOptions) ?? 1;
        json["max_values"] = select.GetInteger("max_values", 1, MaxOptions) ?? 1;
        Json.AddIfPresent(json, "placeholder", select.GetText("placeholder", 150));
        if (type == StringSelectType)
        {
            json["options"] = ReadOptions(select);
        }

        return json;
    }

    private static JsonArray ReadOptions(Form select)
    {
        JsonArray json = [];
        var options = select.GetObjects("options", MaxOptions, 1);
        if (options is null)
        {
            select.AddRequiredError("options");
            return json;
        }

        foreach (var option in options)
        {
            JsonObject optionJson = new()
            {
                ["label"] = option.GetText("label", 100, 1, required: true),
                ["value"] = option.GetText("value", 100, 1, required: true),
            };
            Json.AddIfPresent(optionJson, "description", option.GetText("description", 100));
            json.Add((JsonNode)optionJson);
        }

        return json;
    }

    private string? ReadCustomId(Form component)
    {
        var id = component.GetText("custom_id", 100, 1, required: true);
        if (id is not null && !_customIds.Add(id))
        {
            component.AddError(
                "custom_id",
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                "Component custom id cannot be duplicated"
            );
        }

        return id;
    }
}
