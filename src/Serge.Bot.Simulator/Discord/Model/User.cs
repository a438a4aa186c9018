namespace Serge.Bot.Simulator.Discord.Model;

/// <summary>A person or a bot.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name that others see.</param>
/// <param name="IsBot">Whether it is a bot.</param>
/// <param name="Locale">The language of the user's client, such as <c>en-US</c> or <c>fr</c>.</param>
public sealed record User(Snowflake Id, string Name, bool IsBot = false, string Locale = "en-US")
{
    private static readonly JsonElement ConstantFields = JsonElement.Parse(
        """
        {
          "avatar": null,
          "public_flags": 0,
          "flags": 0,
          "banner": null,
          "accent_color": null,
          "avatar_decoration_data": null,
          "collectibles": null,
          "primary_guild": null
        }
        """
    );

    internal JsonObject ToJson()
    {
        JsonObject json = new() { ["id"] = Id.ToString(), ["username"] = Name };
        if (IsBot)
        {
            json["discriminator"] = "0001";
            json["global_name"] = null;
            json["bot"] = true;
        }
        else
        {
            json["discriminator"] = "0";
            json["global_name"] = Name;
        }

        Json.AddFields(json, ConstantFields);
        return json;
    }
}
