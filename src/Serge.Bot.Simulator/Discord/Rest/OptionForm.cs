namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>Reads the options of commands, and checks Discord's limits.</summary>
/// <remarks>Source: Discord docs, Interactions/Application Commands, Application Command Option Structure.</remarks>
internal static class OptionForm
{
    private const int MaxOptions = 25;
    private const int MaxTextLength = 6000;
    private static readonly int[] ChannelTypes = [0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16];
    private static readonly int[] GroupTypes = [OptionType.Subcommand];
    private static readonly int[] SubcommandTypes = [.. Enumerable.Range(OptionType.Text, 9)];
    private static readonly int[] CommandTypes =
    [
        OptionType.Subcommand,
        OptionType.SubcommandGroup,
        .. SubcommandTypes,
    ];

    /// <summary>Reads the options of a command.</summary>
    public static IReadOnlyList<RegisteredOption> Read(Form form) => Read(form, CommandTypes);

    private static List<RegisteredOption> Read(Form form, int[] allowedTypes)
    {
        var items = form.GetObjects("options", MaxOptions) ?? [];
        List<RegisteredOption> options = [];
        HashSet<string> names = [];
        var hasOptional = false;
        foreach (var item in items)
        {
            var option = ReadOption(item, allowedTypes);
            options.Add(option);
            if (!names.Add(option.Name))
            {
                AddDuplicateNameError(item, "name");
            }

            if (option.IsRequired && hasOptional)
            {
                item.AddError(
                    "",
                    "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                    "Required options must be placed before non-required options"
                );
            }

            hasOptional |= !option.IsRequired;
        }

        CheckLocalizedNames(items, options);
        CheckSubcommands(form, options);
        return options;
    }

    /// <summary>Checks that no localized name is the default name of another option, or its name in that
    /// language.</summary>
    /// <remarks>Source: Discord docs, Interactions/Application Commands, Localization. The docs give the rule but not
    /// the error; this one is that of default names.</remarks>
    private static void CheckLocalizedNames(IReadOnlyList<Form> items, List<RegisteredOption> options)
    {
        foreach (var (item, option) in items.Zip(options))
        {
            var others = options.Where(other => !ReferenceEquals(other, option));
            foreach (var (locale, name) in option.NameLocalizations ?? new Dictionary<string, string>())
            {
                if (others.Any(other => other.HasName(name, locale)))
                {
                    AddDuplicateNameError(item, $"name_localizations.{locale}");
                }
            }
        }
    }

    private static void AddDuplicateNameError(Form form, string field) =>
        form.AddError(field, "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option names must be unique");

    private static RegisteredOption ReadOption(Form form, int[] allowedTypes)
    {
        var type = form.GetChoice("type", allowedTypes, required: true) ?? OptionType.Text;
        var option = new RegisteredOption
        {
            Type = type,
            Name = CommandForm.ReadName(form, isSlashCommand: true),
            NameLocalizations = CommandForm.ReadNameLocalizations(form, isSlashCommand: true),
            Description = CommandForm.ReadDescription(form),
            DescriptionLocalizations = CommandForm.ReadDescriptionLocalizations(form),
            IsRequired = form.GetFlag("required") ?? false,
            Autocomplete = form.GetFlag("autocomplete") ?? false,
            Choices = ChoiceForm.Read(form, type),
        };
        CheckChoices(form, option);
        return type switch
        {
            OptionType.Subcommand => option with { Options = Read(form, SubcommandTypes) },
            OptionType.SubcommandGroup => option with { Options = Read(form, GroupTypes) },
            OptionType.Text => ReadLengths(form, option),
            OptionType.Channel => option with { ChannelTypes = form.GetChoices("channel_types", ChannelTypes) ?? [] },
            OptionType.Integer or OptionType.Number => ReadRange(form, option),
            _ => option,
        };
    }

    private static RegisteredOption ReadLengths(Form form, RegisteredOption option) =>
        option with
        {
            MinLength = (int?)form.GetInteger("min_length", 0, MaxTextLength),
            MaxLength = (int?)form.GetInteger("max_length", 1, MaxTextLength),
        };

    private static RegisteredOption ReadRange(Form form, RegisteredOption option) =>
        option with
        {
            MinValue = form.GetNumber("min_value"),
            MaxValue = form.GetNumber("max_value"),
        };

    private static void CheckChoices(Form form, RegisteredOption option)
    {
        var hasChoices = option.Choices.Count > 0;
        if (option.Autocomplete && hasChoices)
        {
            form.AddError(
                "autocomplete",
                "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES",
                "Autocomplete and choices are mutually exclusive"
            );
        }

        var isValueType = option.Type is OptionType.Text or OptionType.Integer or OptionType.Number;
        if ((option.Autocomplete || hasChoices) && !isValueType)
        {
            form.AddError(
                "type",
                "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
                "Choices and autocomplete are for options of type 3, 4 and 10"
            );
        }
    }

    private static void CheckSubcommands(Form form, List<RegisteredOption> options)
    {
        if (options.Any(option => option.IsSubcommand) && !options.All(option => option.IsSubcommand))
        {
            form.AddError(
                "options",
                "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
                "Sub-command and sub-command group option types are mutually exclusive to all other types"
            );
        }
    }
}
