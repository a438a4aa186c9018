namespace Serge.Bot.Simulator.Discord.Model;

/// <summary>Texts in several languages, by locale.</summary>
internal static class LocalizedText
{
    /// <summary>Adds the texts to an object that has the default name and description.</summary>
    public static void AddTo(JsonObject json, Localizations? names, Localizations? descriptions)
    {
        json["name_localizations"] = ToJson(names, (string?)json["name"]);
        json["description_localizations"] = ToJson(descriptions, (string?)json["description"]);
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

    /// <summary>Returns the texts without those that equal the default text: Discord ignores these, except that they
    /// prevent the fallback of <see cref="Find"/>.</summary>
    /// <remarks>Source: Discord docs, Interactions/Application Commands, Localization. The docs do not state whether
    /// responses have these texts. Here they have not, so that a bot must not depend on them.</remarks>
    public static JsonObject? ToJson(Localizations? texts, string? defaultText)
    {
        if (texts is null)
        {
            return null;
        }

        JsonObject json = [];
        foreach (var (locale, text) in texts)
        {
            if (text != defaultText)
            {
                json[locale] = text;
            }
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
