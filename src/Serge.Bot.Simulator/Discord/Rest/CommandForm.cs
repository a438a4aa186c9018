using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>Reads commands, with the limits of Discord's.</summary>
/// <remarks>Source: Discord docs, Interactions/Application Commands.</remarks>
internal static partial class CommandForm
{
    private const int MostOptions = 25;
    private const int LargestCommand = 8000;

    /// <summary>Reads a whole command.</summary>
    /// <param name="form">The form.</param>
    /// <param name="basis">Whose it is and where; carries a fresh id and version.</param>
    public static RegisteredCommand Read(Form form, RegisteredCommand basis)
    {
        var type = form.Choice("type", [1, 2, 3]) ?? 1;
        var command = basis with
        {
            Type = type,
            Name = Name(form, "name", slash: type == 1, required: true),
            NameLocalizations = LocalizationForm.Read(
                form,
                "name_localizations",
                32,
                (texts, locale) => Name(texts, locale, type == 1)
            ),
            Description = Description(form, type),
            DescriptionLocalizations = LocalizationForm.Read(form, "description_localizations", 100),
            Options = type == 1 ? Options(form, depth: 0) : [],
            DefaultMemberPermissions = Bits(form),
            Contexts = Numbers(form, "contexts", [0, 1, 2]),
            IntegrationTypes = Numbers(form, "integration_types", [0, 1]) ?? basis.IntegrationTypes,
            IsNsfw = form.Flag("nsfw") ?? false,
        };
        if (Size(command) > LargestCommand)
        {
            form.Refuse("", "APPLICATION_COMMAND_TOO_LARGE", $"Command exceeds maximum size ({LargestCommand})");
        }

        return command;
    }

    /// <summary>Changes a command by what a form names.</summary>
    public static RegisteredCommand Change(Form form, RegisteredCommand command) =>
        command with
        {
            Name = form.Has("name") ? Name(form, "name", slash: command.Type == 1, required: true) : command.Name,
            NameLocalizations = form.Has("name_localizations")
                ? LocalizationForm.Read(
                    form,
                    "name_localizations",
                    32,
                    (texts, locale) => Name(texts, locale, command.Type == 1)
                )
                : command.NameLocalizations,
            Description = form.Has("description") ? Description(form, command.Type) : command.Description,
            DescriptionLocalizations = form.Has("description_localizations")
                ? LocalizationForm.Read(form, "description_localizations", 100)
                : command.DescriptionLocalizations,
            Options = form.Has("options") ? Options(form, depth: 0) : command.Options,
            DefaultMemberPermissions = form.Has("default_member_permissions")
                ? Bits(form)
                : command.DefaultMemberPermissions,
            Contexts = form.Has("contexts") ? Numbers(form, "contexts", [0, 1, 2]) : command.Contexts,
            IntegrationTypes = Numbers(form, "integration_types", [0, 1]) ?? command.IntegrationTypes,
            IsNsfw = form.Flag("nsfw") ?? command.IsNsfw,
        };

    private static string Name(Form form, string field, bool slash, bool required = false)
    {
        var name = form.Text(field, 32, 1, required) ?? "";
        if (slash && name.Length is > 0 and <= 32 && (!SlashName().IsMatch(name) || name.Any(char.IsUpper)))
        {
            form.Refuse(field, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
        }

        return name;
    }

    private static string Description(Form form, int type)
    {
        if (type == 1)
        {
            return form.Text("description", 100, 1, required: true) ?? "";
        }

        if (form.Text("description", 100) is { Length: > 0 })
        {
            form.Refuse(
                "description",
                "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION",
                "Context menu commands cannot have a description"
            );
        }

        return "";
    }

    private static List<RegisteredOption> Options(Form form, int depth)
    {
        List<RegisteredOption> options = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        var optionalSeen = false;
        foreach (var item in form.Objects("options", MostOptions) ?? [])
        {
            var option = Option(item, depth);
            options.Add(option);
            if (!names.Add(option.Name))
            {
                item.Refuse("name", "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option names must be unique");
            }

            if (option.IsRequired && optionalSeen)
            {
                item.Refuse(
                    "",
                    "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                    "Required options must be placed before non-required options"
                );
            }

            optionalSeen |= !option.IsRequired;
        }

        if (options.Any(option => option.IsSubcommand) && !options.All(option => option.IsSubcommand))
        {
            form.Refuse(
                "options",
                "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
                "Sub-command and sub-command group option types are mutually exclusive to all other types"
            );
        }

        return options;
    }

    private static RegisteredOption Option(Form form, int depth)
    {
        // A group stands in a command only, a subcommand in a command or a group.
        ReadOnlySpan<int> allowed = depth switch
        {
            0 => [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
            1 => [1],
            _ => [3, 4, 5, 6, 7, 8, 9, 10, 11],
        };
        var type = form.Choice("type", allowed, required: true) ?? 3;
        var choices = ChoiceForm.Read(form, "choices", type);
        var autocomplete = form.Flag("autocomplete") ?? false;
        if (autocomplete && choices.Count > 0)
        {
            form.Refuse(
                "autocomplete",
                "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES",
                "Autocomplete and choices are mutually exclusive"
            );
        }

        if ((autocomplete || choices.Count > 0) && type is not (3 or 4 or 10))
        {
            form.Refuse(
                "type",
                "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
                "Choices and autocomplete are for options of type 3, 4 and 10"
            );
        }

        return new RegisteredOption
        {
            Type = type,
            Name = Name(form, "name", slash: true, required: true),
            NameLocalizations = LocalizationForm.Read(
                form,
                "name_localizations",
                32,
                (texts, locale) => Name(texts, locale, slash: true)
            ),
            Description = form.Text("description", 100, 1, required: true) ?? "",
            DescriptionLocalizations = LocalizationForm.Read(form, "description_localizations", 100),
            IsRequired = form.Flag("required") ?? false,
            Autocomplete = autocomplete,
            Choices = choices,
            MinValue = type is 4 or 10 ? form.Number("min_value") : null,
            MaxValue = type is 4 or 10 ? form.Number("max_value") : null,
            MinLength = type == 3 ? (int?)form.Integer("min_length", 0, 6000) : null,
            MaxLength = type == 3 ? (int?)form.Integer("max_length", 1, 6000) : null,
            ChannelTypes =
                type == 7 ? Numbers(form, "channel_types", [0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16]) ?? [] : [],
            Options = type is 1 or 2 ? Options(form, type == 2 ? 1 : 2) : [],
        };
    }

    private static Permissions? Bits(Form form)
    {
        if (form.Raw("default_member_permissions") is not { } value)
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.Number ? value.GetRawText() : value.ToString();
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bits))
        {
            return (Permissions)bits;
        }

        form.Refuse("default_member_permissions", "BITFIELD_TYPE_COERCE", $"Value \"{text}\" is not a bitfield.");
        return null;
    }

    private static List<int>? Numbers(Form form, string name, int[] allowed)
    {
        if (form.List(name, allowed.Length) is not { } items)
        {
            return null;
        }

        List<int> numbers = [];
        for (var index = 0; index < items.Count; index++)
        {
            if (Form.TryInteger(items[index], out var number) && allowed.Contains((int)number))
            {
                numbers.Add((int)number);
            }
            else
            {
                form.Refuse(
                    $"{name}.{index}",
                    "BASE_TYPE_CHOICES",
                    $"Value must be one of ({string.Join(", ", allowed)})."
                );
            }
        }

        return numbers;
    }

    /// <summary>Names, descriptions and values together; of texts in several languages the longest counts.</summary>
    private static int Size(RegisteredCommand command) =>
        Longest(command.Name, command.NameLocalizations)
        + Longest(command.Description, command.DescriptionLocalizations)
        + command.Options.Sum(Size);

    private static int Size(RegisteredOption option) =>
        Longest(option.Name, option.NameLocalizations)
        + Longest(option.Description, option.DescriptionLocalizations)
        + option.Choices.Sum(choice => Longest(choice.Name, choice.NameLocalizations) + choice.Value.ToString().Length)
        + option.Options.Sum(Size);

    private static int Longest(string text, IReadOnlyDictionary<string, string>? others) =>
        others is null ? text.Length : others.Values.Append(text).Max(one => one.Length);

    // Discord writes the scripts as \p{sc=Deva} and \p{sc=Thai}, which .NET knows as blocks.
    [GeneratedRegex(
        @"^[-_'\p{L}\p{N}\p{IsDevanagari}\p{IsThai}]{1,32}$",
        RegexOptions.None,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex SlashName();
}
