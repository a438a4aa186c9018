using System.Text.Json;

namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>Reads the choices of an option, fixed or suggested.</summary>
/// <remarks>Source: Discord docs, Interactions/Application Commands, Application Command Option Choice Structure.</remarks>
internal static class ChoiceForm
{
    public const int Most = 25;

    /// <param name="form">What holds the list.</param>
    /// <param name="name">The list's name.</param>
    /// <param name="optionType">3 text, 4 integer, 10 number; 0 for any of them.</param>
    public static IReadOnlyList<RegisteredChoice> Read(Form form, string name, int optionType)
    {
        List<RegisteredChoice> choices = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (var item in form.Objects(name, Most) ?? [])
        {
            var text = item.Text("name", 100, 1, required: true) ?? "";
            if (!names.Add(text))
            {
                item.Refuse(
                    "name",
                    "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS",
                    "Choice names must be unique"
                );
            }

            choices.Add(
                new RegisteredChoice(
                    text,
                    Value(item, optionType),
                    LocalizationForm.Read(item, "name_localizations", 100)
                )
            );
        }

        return choices;
    }

    private static JsonElement Value(Form choice, int optionType)
    {
        if (choice.Raw("value") is not { } value)
        {
            choice.Refuse("value", "BASE_TYPE_REQUIRED", "This field is required");
            return default;
        }

        switch (optionType)
        {
            case 4:
                choice.Integer("value", -(1L << 53) + 1, (1L << 53) - 1);
                break;
            case 10:
                choice.Number("value");
                break;
            case 0 when value.ValueKind == JsonValueKind.Number:
                break;
            default:
                choice.Text("value", 100, 1);
                break;
        }

        return value;
    }
}

/// <summary>Reads dictionaries of texts by locale.</summary>
/// <remarks>Source: Discord docs, Reference/Locales.</remarks>
internal static class LocalizationForm
{
    private static readonly HashSet<string> Locales = new(
        [
            "id",
            "da",
            "de",
            "en-GB",
            "en-US",
            "es-ES",
            "es-419",
            "fr",
            "hr",
            "it",
            "lt",
            "hu",
            "nl",
            "no",
            "pl",
            "pt-BR",
            "ro",
            "fi",
            "sv-SE",
            "vi",
            "tr",
            "cs",
            "el",
            "bg",
            "ru",
            "uk",
            "hi",
            "th",
            "zh-CN",
            "ja",
            "zh-TW",
            "ko",
        ],
        StringComparer.Ordinal
    );

    /// <summary>The texts; <see langword="null"/> where none are given.</summary>
    public static IReadOnlyDictionary<string, string>? Read(
        Form form,
        string name,
        int longest,
        Action<Form, string>? check = null
    )
    {
        if (form.Object(name) is not { } texts)
        {
            return null;
        }

        Dictionary<string, string> read = new(StringComparer.Ordinal);
        foreach (var locale in texts.Names)
        {
            if (!Locales.Contains(locale))
            {
                texts.Refuse(locale, "ENUM_TYPE_COERCE", $"Value \"{locale}\" is not a valid enum value.");
            }
            else if (texts.Text(locale, longest, 1) is { } text)
            {
                check?.Invoke(texts, locale);
                read[locale] = text;
            }
        }

        return read;
    }
}
