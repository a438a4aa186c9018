namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>Reads texts by locale.</summary>
/// <remarks>Source: Discord docs, Reference/Locales.</remarks>
internal static class LocalizationForm
{
    private static readonly string[] Locales = (
        "id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN "
        + "ja zh-TW ko"
    ).Split(' ');

    /// <summary>Reads the field; <see langword="null"/> if it is missing.</summary>
    public static Localizations? Read(Form form, string name, int maxLength)
    {
        if (form.GetObject(name) is not { } texts)
        {
            return null;
        }

        Dictionary<string, string> localizations = [];
        foreach (var locale in texts.FieldNames)
        {
            if (!Locales.Contains(locale))
            {
                texts.AddError(locale, "ENUM_TYPE_COERCE", $"Value \"{locale}\" is not a valid enum value.");
            }
            else if (texts.GetText(locale, maxLength, 1) is { } text)
            {
                localizations[locale] = text;
            }
        }

        return localizations;
    }
}
