namespace Serge.Bot.Simulator.Discord.Model;

/// <summary>Texts in several languages, by locale.</summary>
internal static class LocalizedText
{
    public static void AddTo(JsonObject json, Localizations? names, Localizations? descriptions)
    {
        json["name_localizations"] = ToJson(names);
        json["description_localizations"] = ToJson(descriptions);
    }

    /// <summary>Finds the text for a locale, if it is not the default text.</summary>
    /// <remarks>Source: Discord docs, Interactions/Application Commands, Localization: some locales fall back to
    /// another one.</remarks>
    public static string? Find(Localizations? texts, string locale)
    {
        if (texts is null)
        {
            return null;
        }

        return texts.GetValueOrDefault(locale) ?? texts.GetValueOrDefault(GetFallback(locale));
    }

    public static JsonObject? ToJson(Localizations? texts)
    {
        if (texts is null)
        {
            return null;
        }

        JsonObject json = [];
        foreach (var (locale, text) in texts)
        {
            json[locale] = text;
        }

        return json;
    }

    private static string GetFallback(string locale) =>
        locale switch
        {
            "en-US" => "en-GB",
            "en-GB" => "en-US",
            "es-419" => "es-ES",
            _ => locale,
        };
}
