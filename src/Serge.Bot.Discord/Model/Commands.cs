using System.Globalization;
using System.Text.Json;

namespace Serge.Bot.Discord.Model;

/// <summary>A command as it is registered, and as Discord lists it.</summary>
/// <remarks>Source: Discord docs, Interactions/Application Commands, Application Command Object. What the server adds on its own,
/// such as <c>id</c> and <c>version</c>, is left out, so that what is left can be compared.</remarks>
internal sealed record CommandModel
{
    private const int SlashCommand = 1;

    public int? Type { get; init; }

    public string? Name { get; init; }

    public Dictionary<string, string>? NameLocalizations { get; init; }

    public string? Description { get; init; }

    public Dictionary<string, string>? DescriptionLocalizations { get; init; }

    public OptionModel[]? Options { get; init; }

    public ulong? DefaultMemberPermissions { get; init; }

    public bool? Nsfw { get; init; }

    /// <summary>0: servers have it; 1: members take it along.</summary>
    public int[]? IntegrationTypes { get; init; }

    /// <summary>0: in servers; 1: in direct messages with the bot; 2: in other direct messages.</summary>
    public int[]? Contexts { get; init; }

    /// <summary>The wire form of a command.</summary>
    public static CommandModel From(CommandDefinition command) =>
        new()
        {
            Type = SlashCommand,
            Name = command.Name,
            NameLocalizations = new(command.NameLocalizations),
            Description = command.Description,
            DescriptionLocalizations = new(command.DescriptionLocalizations),
            Options = [.. command.Options.Select(OptionModel.From)],
            DefaultMemberPermissions = (ulong?)command.DefaultMemberPermissions,
            Nsfw = false,
            IntegrationTypes = command.UserInstallable ? [0, 1] : [0],
            Contexts = [.. Enumerable.Range(0, 3).Where(bit => ((int)command.Contexts & (1 << bit)) != 0)],
        };
}

/// <summary>An option of a command.</summary>
internal sealed record OptionModel
{
    public int? Type { get; init; }

    public string? Name { get; init; }

    public Dictionary<string, string>? NameLocalizations { get; init; }

    public string? Description { get; init; }

    public Dictionary<string, string>? DescriptionLocalizations { get; init; }

    public bool? Required { get; init; }

    public ChoiceModel[]? Choices { get; init; }

    public OptionModel[]? Options { get; init; }

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public double? MinValue { get; init; }

    public double? MaxValue { get; init; }

    public int[]? ChannelTypes { get; init; }

    public bool? Autocomplete { get; init; }

    /// <summary>The wire form of an option.</summary>
    public static OptionModel From(CommandOption option) =>
        new()
        {
            Type = (int)option.Type,
            Name = option.Name,
            NameLocalizations = new(option.NameLocalizations),
            Description = option.Description,
            DescriptionLocalizations = new(option.DescriptionLocalizations),
            Required = option.Type == CommandOptionType.Subcommand ? null : option.Required,
            Choices =
                option.Choices.Count == 0
                    ? null
                    : [.. option.Choices.Select(choice => ChoiceModel.From(choice, option.Type))],
            Options = option.Options.Count == 0 ? null : [.. option.Options.Select(From)],
            MaxLength = option.MaxLength,
            Autocomplete = option.Completes ? true : null,
        };
}

/// <summary>A fixed value of an option, or a suggestion.</summary>
internal sealed record ChoiceModel
{
    public string? Name { get; init; }

    public Dictionary<string, string>? NameLocalizations { get; init; }

    /// <summary>Text, or a number where the option takes numbers.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>The wire form of a choice.</summary>
    public static ChoiceModel From(Choice choice, CommandOptionType type = CommandOptionType.Text) =>
        new()
        {
            Name = choice.Name,
            Value =
                type == CommandOptionType.Integer
                    ? JsonSerializer.SerializeToElement(
                        long.Parse(choice.Value, CultureInfo.InvariantCulture),
                        DiscordJson.Default.Int64
                    )
                    : JsonSerializer.SerializeToElement(choice.Value, DiscordJson.Default.String),
        };
}
