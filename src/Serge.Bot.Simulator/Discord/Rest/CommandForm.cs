using System.Text.RegularExpressions;

namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>Reads commands, and checks Discord's limits.</summary>
/// <remarks>Source: Discord docs, Interactions/Application Commands.</remarks>
internal static partial class CommandForm
{
    private const int MaxNameLength = 32;
    private const int MaxDescriptionLength = 100;
    private const int MaxCommandSize = 8000;

    /// <summary>Reads a whole command.</summary>
    /// <param name="form">The form.</param>
    /// <param name="blank">The command's application, guild, id and version.</param>
    public static RegisteredCommand Read(Form form, RegisteredCommand blank)
    {
        var type = form.GetChoice("type", [1, 2, 3]) ?? RegisteredCommand.SlashCommand;
        CheckPresent(form, "name");
        if (type == RegisteredCommand.SlashCommand)
        {
            CheckPresent(form, "description");
        }

        var command = Change(form, blank with { Type = type });
        if (GetSize(command) > MaxCommandSize)
        {
            form.AddError("", "APPLICATION_COMMAND_TOO_LARGE", $"Command exceeds maximum size ({MaxCommandSize})");
        }

        return command;
    }

    /// <summary>Changes the fields of a command that the form has.</summary>
    public static RegisteredCommand Change(Form form, RegisteredCommand command)
    {
        var isSlashCommand = command.Type == RegisteredCommand.SlashCommand;
        command = ChangeTexts(form, command, isSlashCommand);
        if (form.Has("options") && isSlashCommand)
        {
            command = command with { Options = OptionForm.Read(form) };
        }

        if (form.Has("default_member_permissions"))
        {
            command = command with { DefaultMemberPermissions = ReadPermissions(form) };
        }

        if (form.Has("contexts"))
        {
            command = command with { Contexts = form.GetChoices("contexts", [0, 1, 2]) };
        }

        return command with
        {
            IntegrationTypes = form.GetChoices("integration_types", [0, 1]) ?? command.IntegrationTypes,
            IsNsfw = form.GetFlag("nsfw") ?? command.IsNsfw,
        };
    }

    /// <summary>Reads a required name.</summary>
    public static string ReadName(Form form, bool isSlashCommand)
    {
        var name = form.GetText("name", MaxNameLength, 1, required: true) ?? "";
        CheckName(form, "name", name, isSlashCommand);
        return name;
    }

    public static Localizations? ReadNameLocalizations(Form form, bool isSlashCommand)
    {
        var names = LocalizationForm.Read(form, "name_localizations", MaxNameLength);
        foreach (var (locale, name) in names ?? new Dictionary<string, string>())
        {
            CheckName(form, $"name_localizations.{locale}", name, isSlashCommand);
        }

        return names;
    }

    /// <summary>Reads a required description.</summary>
    public static string ReadDescription(Form form) =>
        form.GetText("description", MaxDescriptionLength, 1, required: true) ?? "";

    public static Localizations? ReadDescriptionLocalizations(Form form) =>
        LocalizationForm.Read(form, "description_localizations", MaxDescriptionLength);

    private static RegisteredCommand ChangeTexts(Form form, RegisteredCommand command, bool isSlashCommand)
    {
        if (form.Has("name"))
        {
            command = command with { Name = ReadName(form, isSlashCommand) };
        }

        if (form.Has("name_localizations"))
        {
            command = command with { NameLocalizations = ReadNameLocalizations(form, isSlashCommand) };
        }

        if (form.Has("description_localizations"))
        {
            command = command with { DescriptionLocalizations = ReadDescriptionLocalizations(form) };
        }

        if (!form.Has("description"))
        {
            return command;
        }

        if (isSlashCommand)
        {
            return command with { Description = ReadDescription(form) };
        }

        CheckNoDescription(form);
        return command with { Description = "" };
    }

    private static void CheckPresent(Form form, string name)
    {
        if (!form.Has(name))
        {
            form.AddRequiredError(name);
        }
    }

    private static void CheckName(Form form, string field, string name, bool isSlashCommand)
    {
        if (!isSlashCommand || name.Length is 0 or > MaxNameLength)
        {
            return;
        }

        if (!SlashCommandName().IsMatch(name) || name.Any(char.IsUpper))
        {
            form.AddError(field, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
        }
    }

    private static void CheckNoDescription(Form form)
    {
        if (form.GetText("description", MaxDescriptionLength) is { Length: > 0 })
        {
            form.AddError(
                "description",
                "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION",
                "Context menu commands cannot have a description"
            );
        }
    }

    private static Permissions? ReadPermissions(Form form)
    {
        const string name = "default_member_permissions";
        if (form.GetValue(name) is not { } value)
        {
            return null;
        }

        var text = value.ToString();
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bits))
        {
            return (Permissions)bits;
        }

        form.AddError(name, "BITFIELD_TYPE_COERCE", $"Value \"{text}\" is not a bitfield.");
        return null;
    }

    /// <summary>Returns the length of all names, descriptions and values. Of texts in several languages the longest
    /// counts.</summary>
    private static int GetSize(RegisteredCommand command)
    {
        var name = GetMaxLength(command.Name, command.NameLocalizations);
        var description = GetMaxLength(command.Description, command.DescriptionLocalizations);
        return name + description + command.Options.Sum(GetSize);
    }

    private static int GetSize(RegisteredOption option)
    {
        var name = GetMaxLength(option.Name, option.NameLocalizations);
        var description = GetMaxLength(option.Description, option.DescriptionLocalizations);
        return name + description + option.Choices.Sum(GetSize) + option.Options.Sum(GetSize);
    }

    private static int GetSize(RegisteredChoice choice)
    {
        var value = choice.Value.ToString();
        return GetMaxLength(choice.Name, choice.NameLocalizations) + value.Length;
    }

    private static int GetMaxLength(string text, Localizations? localizations)
    {
        var max = text.Length;
        foreach (var localized in localizations?.Values ?? [])
        {
            max = Math.Max(max, localized.Length);
        }

        return max;
    }

    // Discord writes the scripts as \p{sc=Deva} and \p{sc=Thai}; .NET has blocks only.
    [GeneratedRegex(
        @"^[-_'\p{L}\p{N}\p{IsDevanagari}\p{IsThai}]{1,32}$",
        RegexOptions.None,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex SlashCommandName();
}
