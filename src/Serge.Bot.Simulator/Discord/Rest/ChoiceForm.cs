namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>Reads the choices of an option, fixed or suggested.</summary>
/// <remarks>Source: Discord docs, Interactions/Application Commands, Application Command Option Choice Structure.
/// </remarks>
internal static class ChoiceForm
{
    private const int MaxChoices = 25;
    private const int MaxLength = 100;
    private const long MaxInteger = (1L << 53) - 1;

    /// <summary>Reads the field <c>choices</c>; empty if it is missing.</summary>
    /// <param name="form">The form with the choices.</param>
    /// <param name="optionType">Text, integer or number; <see langword="null"/> for any of them.</param>
    public static List<RegisteredChoice> Read(Form form, int? optionType)
    {
        List<RegisteredChoice> choices = [];
        HashSet<string> names = [];
        foreach (var item in form.GetObjects("choices", MaxChoices) ?? [])
        {
            var name = item.GetText("name", MaxLength, 1, required: true) ?? "";
            if (!names.Add(name))
            {
                item.AddError(
                    "name",
                    "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS",
                    "Choice names must be unique"
                );
            }

            var value = ReadValue(item, optionType);
            var localizations = LocalizationForm.Read(item, "name_localizations", MaxLength);
            choices.Add(new RegisteredChoice(name, value, localizations));
        }

        return choices;
    }

    private static JsonElement ReadValue(Form choice, int? optionType)
    {
        if (choice.GetValue("value", required: true) is not { } value)
        {
            return default;
        }

        switch (optionType)
        {
            case OptionType.Integer:
                choice.GetInteger("value", -MaxInteger, MaxInteger);
                break;
            case OptionType.Number:
                choice.GetNumber("value");
                break;
            case null when value.ValueKind == JsonValueKind.Number:
                break;
            default:
                choice.GetText("value", MaxLength, 1);
                break;
        }

        return value;
    }
}
