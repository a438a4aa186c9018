using System.Collections.ObjectModel;

namespace Serge.Bot.Platforms;

/// <summary>A command as it is registered.</summary>
/// <remarks>Limits: Discord docs, Interactions/Application Commands.</remarks>
public sealed record CommandDefinition
{
    /// <summary>Default: a slash command.</summary>
    public CommandType Type { get; init; } = CommandType.Slash;

    /// <summary>1 to 32 characters; of a slash command lower case and without spaces.</summary>
    public required string Name { get; init; }

    /// <summary>1 to 100 characters; of a message command empty.</summary>
    public required string Description { get; init; }

    /// <summary>The name in other languages, by Discord locale.</summary>
    public IReadOnlyDictionary<string, string> NameLocalizations { get; init; } =
        ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The description in other languages, by Discord locale.</summary>
    public IReadOnlyDictionary<string, string> DescriptionLocalizations { get; init; } =
        ReadOnlyDictionary<string, string>.Empty;

    /// <summary>At most 25, required ones first; either all subcommands or none. A message command has none.</summary>
    public IReadOnlyList<CommandOption> Options { get; init; } = [];

    /// <summary>The permissions that a member needs to see the command; <see langword="null"/> for none.</summary>
    public DiscordPermissions? DefaultMemberPermissions { get; init; }

    /// <summary>Where the command can be used. Default: everywhere.</summary>
    public CommandContexts Contexts { get; init; } =
        CommandContexts.Guild | CommandContexts.BotDm | CommandContexts.PrivateChannel;

    /// <summary>Whether users may install the command for themselves, too. Default <see langword="true"/>.</summary>
    public bool UserInstallable { get; init; } = true;
}

/// <summary>How members use a command. The numbers are Discord's command types.</summary>
/// <remarks>Source: Discord docs, Interactions/Application Commands, Application Command Types.</remarks>
public enum CommandType
{
    /// <summary>Members type it.</summary>
    Slash = 1,

    /// <summary>In the menu "Apps" of a message.</summary>
    Message = 3,
}

/// <summary>An option of a command, or a subcommand.</summary>
public sealed record CommandOption
{
    /// <summary>1 to 32 characters, lower case.</summary>
    public required string Name { get; init; }

    /// <summary>1 to 100 characters.</summary>
    public required string Description { get; init; }

    /// <summary>Default: text.</summary>
    public CommandOptionType Type { get; init; } = CommandOptionType.Text;

    public bool Required { get; init; }

    /// <summary>Whether Discord asks for suggestions while the user types. Excludes <see cref="Choices"/>.</summary>
    public bool Autocomplete { get; init; }

    /// <summary>Fixed values, at most 25.</summary>
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>For text: the most characters, 1 to 6,000; <see langword="null"/> for Discord's limit.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The options of a subcommand.</summary>
    public IReadOnlyList<CommandOption> Options { get; init; } = [];

    /// <summary>The name in other languages, by Discord locale.</summary>
    public IReadOnlyDictionary<string, string> NameLocalizations { get; init; } =
        ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The description in other languages, by Discord locale.</summary>
    public IReadOnlyDictionary<string, string> DescriptionLocalizations { get; init; } =
        ReadOnlyDictionary<string, string>.Empty;
}

/// <summary>The type of an option's value. The numbers are Discord's option types.</summary>
public enum CommandOptionType
{
    Subcommand = 1,
    Text = 3,
    Integer = 4,
    Boolean = 5,
    Channel = 7,
    Role = 8,
}

/// <summary>Where a command can be used. Sent as a list of the bit positions.</summary>
[Flags]
public enum CommandContexts
{
    None = 0,

    /// <summary>In servers.</summary>
    Guild = 1 << 0,

    /// <summary>In direct messages with the bot.</summary>
    BotDm = 1 << 1,

    /// <summary>In other direct and group messages; only for members who installed the bot themselves.</summary>
    PrivateChannel = 1 << 2,
}
