namespace Serge.Bot.Simulator.Discord.Model;

/// <summary>A fixed value of an option, or one that a bot suggests while a member types.</summary>
/// <param name="Name">The text that the member sees.</param>
/// <param name="Value">The value that the bot gets: a text or a number.</param>
/// <param name="NameLocalizations">The name in other languages, by locale.</param>
public sealed record RegisteredChoice(string Name, JsonElement Value, Localizations? NameLocalizations = null)
{
    internal bool HasName(string name, string locale) =>
        name == Name || name == LocalizedText.Find(NameLocalizations, locale);

    internal JsonObject ToJson(bool withLocalizations)
    {
        JsonObject json = new() { ["name"] = Name, ["value"] = Json.ToNode(Value) };
        if (withLocalizations)
        {
            json["name_localizations"] = LocalizedText.ToJson(NameLocalizations, Name);
        }

        return json;
    }
}
