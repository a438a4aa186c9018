using System.Globalization;
using System.Text.Json;

namespace Serge.Bot.Discord.Model;

/// <summary>A command in a registration and in Discord's list of registered commands.</summary>
/// <remarks>Source: Discord docs, Interactions/Application Commands, Application Command Object. Fields that the server
/// adds, such as <c>version</c>, are omitted or not compared, so that two commands can be compared.</remarks>
internal sealed record CommandModel
{
    /// <summary>Only in Discord's list.</summary>
    public ulong? Id { get; init; }

    public int? Type { get; init; }

    public string? Name { get; init; }

    public Dictionary<string, string>? NameLocalizations { get; init; }

    public string? Description { get; init; }

    public Dictionary<string, string>? DescriptionLocalizations { get; init; }

    public OptionModel[]? Options { get; init; }

    public ulong? DefaultMemberPermissions { get; init; }

    public bool? Nsfw { get; init; }

    /// <summary>0: installed in a guild; 1: installed by a user.</summary>
    public int[]? IntegrationTypes { get; init; }

    /// <summary>0: guild; 1: direct message with the bot; 2: other direct message.</summary>
    public int[]? Contexts { get; init; }

    public static CommandModel Read(JsonElement? json) =>
        new()
        {
            Id = json.Member("id").Snowflake(),
            Type = json.Member("type").Integer(),
            Name = json.Member("name").Text(),
            NameLocalizations = json.Member("name_localizations").Texts(),
            Description = json.Member("description").Text(),
            DescriptionLocalizations = json.Member("description_localizations").Texts(),
            Options = json.Member("options").Objects(OptionModel.Read),
            DefaultMemberPermissions = json.Member("default_member_permissions").Snowflake(),
            Nsfw = json.Member("nsfw").Boolean(),
            IntegrationTypes = json.Member("integration_types").Integers(),
            Contexts = json.Member("contexts").Integers(),
        };

    public static CommandModel From(CommandDefinition command)
    {
        CommandModel model = new()
        {
            Type = (int)command.Type,
            Name = command.Name,
            NameLocalizations = new(command.NameLocalizations),
            Description = command.Description,
            DefaultMemberPermissions = (ulong?)command.DefaultMemberPermissions,
            Nsfw = false,
            IntegrationTypes = command.UserInstallable ? [0, 1] : [0],
            Contexts = GetBits(command.Contexts),
        };
        if (command.Type != CommandType.Slash)
        {
            return model;
        }

        return model with
        {
            DescriptionLocalizations = new(command.DescriptionLocalizations),
            Options = [.. command.Options.Select(OptionModel.From)],
        };
    }

    private static int[] GetBits(CommandContexts contexts)
    {
        int[] all = [0, 1, 2];
        return Array.FindAll(all, bit => contexts.HasFlag((CommandContexts)(1 << bit)));
    }
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

    public static OptionModel Read(JsonElement? json) =>
        new()
        {
            Type = json.Member("type").Integer(),
            Name = json.Member("name").Text(),
            NameLocalizations = json.Member("name_localizations").Texts(),
            Description = json.Member("description").Text(),
            DescriptionLocalizations = json.Member("description_localizations").Texts(),
            Required = json.Member("required").Boolean(),
            Choices = json.Member("choices").Objects(ChoiceModel.Read),
            Options = json.Member("options").Objects(Read),
            MinLength = json.Member("min_length").Integer(),
            MaxLength = json.Member("max_length").Integer(),
            MinValue = json.Member("min_value").Decimal(),
            MaxValue = json.Member("max_value").Decimal(),
            ChannelTypes = json.Member("channel_types").Integers(),
            Autocomplete = json.Member("autocomplete").Boolean(),
        };

    public static OptionModel From(CommandOption option)
    {
        var choices = option.Choices.Select(choice => ChoiceModel.From(choice, option.Type));
        bool? isRequired = option.Required;
        if (option.Type == CommandOptionType.Subcommand)
        {
            isRequired = null;
        }

        return new()
        {
            Type = (int)option.Type,
            Name = option.Name,
            NameLocalizations = new(option.NameLocalizations),
            Description = option.Description,
            DescriptionLocalizations = new(option.DescriptionLocalizations),
            Required = isRequired,
            Choices = ToArrayOrNull(choices),
            Options = ToArrayOrNull(option.Options.Select(From)),
            MaxLength = option.MaxLength,
            Autocomplete = option.Autocomplete ? true : null,
        };
    }

    private static T[]? ToArrayOrNull<T>(IEnumerable<T> values)
    {
        T[] array = [.. values];
        return array.Length == 0 ? null : array;
    }
}

/// <summary>A fixed value of an option, or a suggestion.</summary>
internal sealed record ChoiceModel
{
    public string? Name { get; init; }

    public Dictionary<string, string>? NameLocalizations { get; init; }

    /// <summary>Text, or a number for an option of numbers.</summary>
    public JsonElement? Value { get; init; }

    public static ChoiceModel Read(JsonElement? json) =>
        new()
        {
            Name = json.Member("name").Text(),
            NameLocalizations = json.Member("name_localizations").Texts(),
            Value = json.Member("value"),
        };

    public static ChoiceModel From(Choice choice, CommandOptionType type = CommandOptionType.Text) =>
        new() { Name = choice.Name, Value = GetValue(choice.Value, type) };

    private static JsonElement GetValue(string value, CommandOptionType type)
    {
        if (type != CommandOptionType.Integer)
        {
            return JsonSerializer.SerializeToElement(value, DiscordJson.Default.String);
        }

        var number = long.Parse(value, CultureInfo.InvariantCulture);
        return JsonSerializer.SerializeToElement(number, DiscordJson.Default.Int64);
    }
}
