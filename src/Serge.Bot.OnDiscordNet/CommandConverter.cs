using System.Globalization;
using System.Text.Json.Nodes;
using Discord;
using Discord.Rest;

namespace Serge.Bot.OnDiscordNet;

/// <summary>Converts commands to those of Discord.Net, and compares them with the registered ones.</summary>
internal static class CommandConverter
{
    private static readonly Dictionary<string, string> NoLocalizations = new(StringComparer.Ordinal);

    /// <summary>Converts a command for its registration.</summary>
    /// <exception cref="ArgumentException">Discord.Net refuses the command as invalid.</exception>
    public static ApplicationCommandProperties ToDiscord(CommandDefinition command)
    {
        List<ApplicationIntegrationType> integrations = [ApplicationIntegrationType.GuildInstall];
        if (command.UserInstallable)
        {
            integrations.Add(ApplicationIntegrationType.UserInstall);
        }

        if (command.Type == CommandType.Message)
        {
            return new MessageCommandBuilder()
                .WithName(command.Name)
                .WithNameLocalizations(Copy(command.NameLocalizations))
                .WithDefaultMemberPermissions((GuildPermission?)command.DefaultMemberPermissions)
                .WithContextTypes([.. GetContexts(command.Contexts)])
                .WithIntegrationTypes([.. integrations])
                .Build();
        }

        var builder = new SlashCommandBuilder()
            .WithName(command.Name)
            .WithDescription(command.Description)
            .WithNameLocalizations(GetAcceptedNames(command.NameLocalizations))
            .WithDescriptionLocalizations(Copy(command.DescriptionLocalizations))
            .WithDefaultMemberPermissions((GuildPermission?)command.DefaultMemberPermissions)
            .WithContextTypes([.. GetContexts(command.Contexts)])
            .WithIntegrationTypes([.. integrations]);
        return builder.AddOptions([.. command.Options.Select(ToDiscord)]).Build();
    }

    /// <summary>Adds all localized names to the body: Discord accepts an apostrophe in them, and Discord.Net does
    /// not.</summary>
    public static void AddNames(JsonNode body, IReadOnlyList<CommandDefinition> commands)
    {
        foreach (var command in commands)
        {
            AddNames(body, command.Name, command.NameLocalizations, command.Options);
        }
    }

    private static void AddNames(
        JsonNode? body,
        string name,
        IReadOnlyDictionary<string, string> localizations,
        IReadOnlyList<CommandOption> options
    )
    {
        var objects = (body as JsonArray ?? []).OfType<JsonObject>();
        foreach (var json in objects.Where(json => json["name"]?.GetValue<string>() == name))
        {
            json["name_localizations"] = ToJson(localizations);
            foreach (var option in options)
            {
                AddNames(json["options"], option.Name, option.NameLocalizations, option.Options);
            }
        }
    }

    private static JsonObject ToJson(IReadOnlyDictionary<string, string> texts)
    {
        JsonObject json = [];
        foreach (var (language, text) in texts)
        {
            json[language] = text;
        }

        return json;
    }

    /// <summary>Whether the registered commands equal these, regardless of their order.</summary>
    public static bool AreSame(
        IEnumerable<CommandDefinition> commands,
        IReadOnlyCollection<RestGlobalCommand> registered
    )
    {
        if (registered.Any(command => command.Type == ApplicationCommandType.User || command.IsNsfw))
        {
            return false;
        }

        var texts = commands.Select(ToCanonicalText).Order(StringComparer.Ordinal);
        var registeredTexts = registered.Select(FromDiscord).Select(ToCanonicalText).Order(StringComparer.Ordinal);
        return texts.SequenceEqual(registeredTexts, StringComparer.Ordinal);
    }

    /// <summary>The ids of registered slash commands, by name: a command of a menu may have the same one.</summary>
    public static Dictionary<string, ulong> GetIds(IEnumerable<RestGlobalCommand> registered)
    {
        Dictionary<string, ulong> ids = new(StringComparer.Ordinal);
        foreach (var command in registered.Where(command => command.Type == ApplicationCommandType.Slash))
        {
            ids[command.Name] = command.Id;
        }

        return ids;
    }

    private static SlashCommandOptionBuilder ToDiscord(CommandOption option)
    {
        var builder = new SlashCommandOptionBuilder()
            .WithName(option.Name)
            .WithDescription(option.Description)
            .WithType((ApplicationCommandOptionType)option.Type)
            .WithNameLocalizations(GetAcceptedNames(option.NameLocalizations))
            .WithDescriptionLocalizations(Copy(option.DescriptionLocalizations));
        builder.IsRequired = option.Required ? true : null;
        builder.IsAutocomplete = option.Autocomplete;
        builder.MaxLength = option.MaxLength;
        foreach (var choice in option.Choices)
        {
            builder.AddChoice(choice.Name, choice.Value);
        }

        if (option.Options.Count > 0)
        {
            builder.AddOptions([.. option.Options.Select(ToDiscord)]);
        }

        return builder;
    }

    private static CommandDefinition FromDiscord(RestGlobalCommand command)
    {
        var definition = new CommandDefinition
        {
            Type = (CommandType)command.Type,
            Name = command.Name,
            Description = command.Description ?? "",
            NameLocalizations = command.NameLocalizations ?? NoLocalizations,
            DescriptionLocalizations = command.DescriptionLocalizations ?? NoLocalizations,
            DefaultMemberPermissions = (DiscordPermissions)command.DefaultMemberPermissions.RawValue,
            UserInstallable = command.IntegrationTypes?.Contains(ApplicationIntegrationType.UserInstall) == true,
            Options = FromDiscord(command.Options),
        };
        if (command.ContextTypes is not { Count: > 0 } types)
        {
            return definition;
        }

        var contexts = CommandContexts.None;
        foreach (var type in types)
        {
            contexts |= ToContext(type);
        }

        return definition with
        {
            Contexts = contexts,
        };
    }

    private static CommandOption[] FromDiscord(IReadOnlyCollection<RestApplicationCommandOption>? options) =>
        [.. (options ?? []).Select(FromDiscord)];

    private static CommandOption FromDiscord(RestApplicationCommandOption option) =>
        new()
        {
            Name = option.Name,
            Description = option.Description,
            Type = (CommandOptionType)option.Type,
            Required = option.IsRequired ?? false,
            Autocomplete = option.IsAutocomplete ?? false,
            MaxLength = option.MaxLength,
            NameLocalizations = option.NameLocalizations ?? NoLocalizations,
            DescriptionLocalizations = option.DescriptionLocalizations ?? NoLocalizations,
            Choices = [.. (option.Choices ?? []).Select(FromDiscord)],
            Options = FromDiscord(option.Options),
        };

    private static Choice FromDiscord(RestApplicationCommandChoice choice) =>
        new(choice.Name, Convert.ToString(choice.Value, CultureInfo.InvariantCulture) ?? "");

    private static string ToCanonicalText(CommandDefinition command)
    {
        var text = new CanonicalText();
        var permissions = command.DefaultMemberPermissions ?? DiscordPermissions.None;
        text.Add((int)command.Type, command.Name, command.Description);
        text.Add((ulong)permissions, (int)command.Contexts, command.UserInstallable);
        text.AddLocalizations(command.Name, command.NameLocalizations);
        text.AddLocalizations(command.Description, command.DescriptionLocalizations);
        AddOptions(text, command.Options);
        return text.ToString();
    }

    private static void AddOptions(CanonicalText text, IReadOnlyList<CommandOption> options)
    {
        text.Add("options");
        foreach (var option in options)
        {
            text.Add(option.Name, option.Description, (int)option.Type);
            text.Add(option.Required, option.Autocomplete, option.MaxLength);
            text.AddLocalizations(option.Name, option.NameLocalizations);
            text.AddLocalizations(option.Description, option.DescriptionLocalizations);
            foreach (var choice in option.Choices)
            {
                text.Add("choice", choice.Name, choice.Value);
            }

            AddOptions(text, option.Options);
        }

        text.Add("end of options");
    }

    private static IEnumerable<InteractionContextType> GetContexts(CommandContexts contexts) =>
        Enum.GetValues<InteractionContextType>().Where(type => contexts.HasFlag(ToContext(type)));

    private static CommandContexts ToContext(InteractionContextType type) => (CommandContexts)(1 << (int)type);

    /// <summary>The names that Discord.Net accepts.</summary>
    private static Dictionary<string, string> GetAcceptedNames(IReadOnlyDictionary<string, string> names) =>
        new(names.Where(name => name.Value.All(IsAccepted)), StringComparer.Ordinal);

    private static bool IsAccepted(char character) => char.IsLetterOrDigit(character) || character is '-' or '_';

    private static Dictionary<string, string> Copy(IReadOnlyDictionary<string, string> texts) =>
        new(texts, StringComparer.Ordinal);
}
