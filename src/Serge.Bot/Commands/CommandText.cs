namespace Serge.Bot.Commands;

/// <summary>Builds what is registered with Discord, with names and descriptions from <see cref="Strings"/>.</summary>
/// <remarks>Names are lower case, of 1 to 32 letters, digits, <c>-</c>, <c>_</c> and <c>'</c>, in every language. Source: Discord docs,
/// Interactions/Application Commands, Application Command Naming.</remarks>
internal static class CommandText
{
    /// <summary>A command.</summary>
    /// <param name="name">Its English name.</param>
    /// <param name="options">Required ones first.</param>
    public static CommandDefinition Command(string name, params IReadOnlyList<CommandOption> options) =>
        new()
        {
            Name = name,
            Description = Strings.English.CommandDescription(name),
            NameLocalizations = Others(words => words.CommandName(name)),
            DescriptionLocalizations = Others(words => words.CommandDescription(name)),
            Options = options,
        };

    /// <summary>An option or a subcommand; for anything but optional text add what it is: <c>Option("quote private") with { Type = … }</c>.</summary>
    /// <param name="path">The English names from the command on, separated by spaces; the last is its own.</param>
    public static CommandOption Option(string path) =>
        new()
        {
            Name = path[(path.LastIndexOf(' ') + 1)..],
            Description = Strings.English.CommandDescription(path),
            NameLocalizations = Others(words => words.CommandName(path)),
            DescriptionLocalizations = Others(words => words.CommandDescription(path)),
        };

    private static Dictionary<string, string> Others(Func<Strings, string> text) =>
        Strings
            .All.Where(words => words != Strings.English)
            .ToDictionary(words => words.DiscordLocale, text, StringComparer.Ordinal);
}
