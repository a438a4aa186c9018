namespace Serge.Bot.Commands;

/// <summary>Creates the definitions of commands, with names and descriptions in all languages from
/// <see cref="Strings"/>.</summary>
/// <remarks>In every language a name is lower case and consists of 1 to 32 letters, digits, <c>-</c>, <c>_</c> and
/// <c>'</c>. Source: Discord docs, Interactions/Application Commands, Application Command Naming.</remarks>
internal static class CommandText
{
    /// <param name="name">The English name.</param>
    /// <param name="options">Required ones first.</param>
    public static CommandDefinition CreateCommand(string name, params IReadOnlyList<CommandOption> options) =>
        new()
        {
            Name = name,
            Description = Strings.English.CommandDescription(name),
            NameLocalizations = Localize(strings => strings.CommandName(name)),
            DescriptionLocalizations = Localize(strings => strings.CommandDescription(name)),
            Options = options,
        };

    /// <summary>Creates a command whose description names the author.</summary>
    /// <inheritdoc cref="CreateCommand"/>
    public static CommandDefinition CreateCommandOf(
        Author author,
        string name,
        params IReadOnlyList<CommandOption> options
    ) =>
        CreateCommand(name, options) with
        {
            Description = Strings.English.CommandDescription(name, author),
            DescriptionLocalizations = Localize(strings => strings.CommandDescription(name, author)),
        };

    /// <summary>Creates a command of the menu of a message. Its name may have capitals and spaces.</summary>
    /// <param name="getName">The name in a language, 1 to 32 characters.</param>
    public static CommandDefinition CreateMessageCommand(Func<Strings, string> getName) =>
        new()
        {
            Type = CommandType.Message,
            Name = getName(Strings.English),
            Description = "",
            NameLocalizations = Localize(getName),
        };

    /// <summary>Creates an option or a subcommand. For anything but optional text:
    /// <c>CreateOption("quote private") with { Type = … }</c>.</summary>
    /// <param name="path">The English names of command, subcommand and option, separated by spaces.</param>
    public static CommandOption CreateOption(string path) =>
        new()
        {
            Name = path[(path.LastIndexOf(' ') + 1)..],
            Description = Strings.English.CommandDescription(path),
            NameLocalizations = Localize(strings => strings.CommandName(path)),
            DescriptionLocalizations = Localize(strings => strings.CommandDescription(path)),
        };

    /// <summary>An optional text for which the command suggests values.</summary>
    /// <inheritdoc cref="CreateOption"/>
    public static CommandOption CreateCompletedOption(string path, int maxLength = 100) =>
        CreateOption(path) with
        {
            Autocomplete = true,
            MaxLength = maxLength,
        };

    /// <summary>The text in each other language in which it differs from the English one: Discord ignores a text that
    /// equals the default.</summary>
    /// <remarks>Source: Discord docs, Interactions/Application Commands, Localization.</remarks>
    private static Dictionary<string, string> Localize(Func<Strings, string> getText)
    {
        var english = getText(Strings.English);
        Dictionary<string, string> texts = new(StringComparer.Ordinal);
        foreach (var strings in Strings.All)
        {
            var text = getText(strings);
            if (text != english)
            {
                texts.Add(strings.DiscordLocale, text);
            }
        }

        return texts;
    }
}
