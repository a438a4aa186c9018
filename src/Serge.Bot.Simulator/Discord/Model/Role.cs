namespace Serge.Bot.Simulator.Discord.Model;

public sealed record Role(Snowflake Id, string Name, Permissions Permissions, bool IsManaged = false)
{
    private static readonly JsonElement ConstantFields = JsonElement.Parse(
        """
        {
          "description": null,
          "color": 0,
          "colors": { "primary_color": 0, "secondary_color": null, "tertiary_color": null },
          "hoist": false,
          "icon": null,
          "unicode_emoji": null,
          "flags": 0
        }
        """
    );

    /// <summary>Whether everyone may notify its members.</summary>
    public bool IsMentionable { get; init; }

    internal JsonObject ToJson(int position)
    {
        JsonObject json = new()
        {
            ["id"] = Id.ToString(),
            ["name"] = Name,
            ["permissions"] = Permissions.ToBits(),
            ["position"] = position,
            ["managed"] = IsManaged,
            ["mentionable"] = IsMentionable,
        };
        Json.AddFields(json, ConstantFields);
        return json;
    }
}
