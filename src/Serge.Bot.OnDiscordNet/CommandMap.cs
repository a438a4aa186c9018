using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Discord;
using Discord.Rest;

namespace Serge.Bot.OnDiscordNet;

/// <summary>Slash commands as Discord.Net builds them, and a way to tell whether two sets are the same.</summary>
internal static class CommandMap
{
    /// <summary>As it is registered.</summary>
    /// <exception cref="ArgumentException">Discord.Net finds it wrong.</exception>
    public static ApplicationCommandProperties ToDiscord(CommandDefinition command)
    {
        var builder = new SlashCommandBuilder()
            .WithName(command.Name)
            .WithDescription(command.Description)
            .WithNameLocalizations(Known(command.NameLocalizations))
            .WithDescriptionLocalizations(Copy(command.DescriptionLocalizations))
            .WithDefaultMemberPermissions((GuildPermission?)command.DefaultMemberPermissions)
            .WithContextTypes([.. ContextsOf(command.Contexts)])
            .WithIntegrationTypes(
                command.UserInstallable
                    ? [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall]
                    : [ApplicationIntegrationType.GuildInstall]
            );
        return builder.AddOptions([.. command.Options.Select(ToDiscord)]).Build();
    }

    /// <summary>Puts in all names in other languages: Discord takes an apostrophe in them, and Discord.Net does not.</summary>
    public static void PutNames(JsonNode body, IReadOnlyList<CommandDefinition> commands)
    {
        foreach (var (json, command) in Pairs(body, commands, command => command.Name))
        {
            json["name_localizations"] = Json(command.NameLocalizations);
            PutNames(json["options"], command.Options);
        }
    }

    private static void PutNames(JsonNode? body, IReadOnlyList<CommandOption> options)
    {
        foreach (var (json, option) in Pairs(body, options, option => option.Name))
        {
            json["name_localizations"] = Json(option.NameLocalizations);
            PutNames(json["options"], option.Options);
        }
    }

    private static IEnumerable<(JsonObject Json, T Wanted)> Pairs<T>(
        JsonNode? body,
        IReadOnlyList<T> wanted,
        Func<T, string> name
    ) =>
        (body as JsonArray ?? [])
            .OfType<JsonObject>()
            .Join(
                wanted,
                json => json["name"]?.GetValue<string>(),
                name,
                (json, item) => (json, item),
                StringComparer.Ordinal
            );

    private static JsonObject Json(IReadOnlyDictionary<string, string> texts) =>
        new(texts.Select(text => KeyValuePair.Create(text.Key, (JsonNode?)text.Value)));

    /// <summary>Whether the registered commands are these, in whatever order.</summary>
    public static bool AreSame(
        IEnumerable<CommandDefinition> wanted,
        IReadOnlyCollection<RestGlobalCommand> registered
    ) =>
        registered.All(command => command.Type == ApplicationCommandType.Slash && !command.IsNsfw)
        && wanted
            .Select(Canonical)
            .Order(StringComparer.Ordinal)
            .SequenceEqual(
                registered.Select(command => Canonical(FromDiscord(command))).Order(StringComparer.Ordinal),
                StringComparer.Ordinal
            );

    private static SlashCommandOptionBuilder ToDiscord(CommandOption option)
    {
        var builder = new SlashCommandOptionBuilder()
            .WithName(option.Name)
            .WithDescription(option.Description)
            .WithType((ApplicationCommandOptionType)option.Type)
            .WithNameLocalizations(Known(option.NameLocalizations))
            .WithDescriptionLocalizations(Copy(option.DescriptionLocalizations));
        builder.IsRequired = option.Required ? true : null;
        builder.IsAutocomplete = option.Completes;
        builder.MaxLength = option.MaxLength;
        foreach (var choice in option.Choices)
        {
            builder.AddChoice(choice.Name, choice.Value);
        }

        return option.Options.Count == 0 ? builder : builder.AddOptions([.. option.Options.Select(ToDiscord)]);
    }

    private static CommandDefinition FromDiscord(RestGlobalCommand command) =>
        new()
        {
            Name = command.Name,
            Description = command.Description,
            NameLocalizations = command.NameLocalizations ?? Nothing,
            DescriptionLocalizations = command.DescriptionLocalizations ?? Nothing,
            DefaultMemberPermissions = (DiscordPermissions)command.DefaultMemberPermissions.RawValue,
            Contexts = command.ContextTypes is { Count: > 0 } contexts
                ? contexts.Aggregate(CommandContexts.None, (all, context) => all | (CommandContexts)(1 << (int)context))
                : CommandContexts.Guild | CommandContexts.BotDm | CommandContexts.PrivateChannel,
            UserInstallable = command.IntegrationTypes?.Contains(ApplicationIntegrationType.UserInstall) == true,
            Options = FromDiscord(command.Options),
        };

    private static CommandOption[] FromDiscord(IReadOnlyCollection<RestApplicationCommandOption>? options) =>
        [
            .. (options ?? []).Select(option => new CommandOption
            {
                Name = option.Name,
                Description = option.Description,
                Type = (CommandOptionType)option.Type,
                Required = option.IsRequired ?? false,
                Completes = option.IsAutocomplete ?? false,
                MaxLength = option.MaxLength,
                NameLocalizations = option.NameLocalizations ?? Nothing,
                DescriptionLocalizations = option.DescriptionLocalizations ?? Nothing,
                Choices =
                [
                    .. (option.Choices ?? []).Select(choice => new Choice(
                        choice.Name,
                        Convert.ToString(choice.Value, CultureInfo.InvariantCulture) ?? ""
                    )),
                ],
                Options = FromDiscord(option.Options),
            }),
        ];

    private static string Canonical(CommandDefinition command)
    {
        var text = new StringBuilder();
        Write(
            text,
            command.Name,
            command.Description,
            (ulong)(command.DefaultMemberPermissions ?? DiscordPermissions.None),
            (int)command.Contexts,
            command.UserInstallable
        );
        Write(text, command.NameLocalizations);
        Write(text, command.DescriptionLocalizations);
        Write(text, command.Options);
        return text.ToString();
    }

    private static void Write(StringBuilder text, IReadOnlyList<CommandOption> options)
    {
        text.Append('[');
        foreach (var option in options)
        {
            Write(
                text,
                option.Name,
                option.Description,
                (int)option.Type,
                option.Required,
                option.Completes,
                option.MaxLength
            );
            Write(text, option.NameLocalizations);
            Write(text, option.DescriptionLocalizations);
            foreach (var choice in option.Choices)
            {
                Write(text, "choice", choice.Name, choice.Value);
            }

            Write(text, option.Options);
        }

        text.Append(']');
    }

    private static void Write(StringBuilder text, IReadOnlyDictionary<string, string> localizations)
    {
        foreach (var (locale, value) in localizations.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Write(text, "in", locale, value);
        }
    }

    /// <summary>Lengths first, so that no text can be taken for the end of one and the beginning of another.</summary>
    private static void Write(StringBuilder text, params ReadOnlySpan<object?> values)
    {
        foreach (var value in values)
        {
            var written = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            text.Append(CultureInfo.InvariantCulture, $"{written.Length}:{written};");
        }
    }

    private static IEnumerable<InteractionContextType> ContextsOf(CommandContexts contexts) =>
        Enum.GetValues<InteractionContextType>()
            .Where(context => contexts.HasFlag((CommandContexts)(1 << (int)context)));

    /// <summary>The names that Discord.Net takes.</summary>
    private static Dictionary<string, string> Known(IReadOnlyDictionary<string, string> names) =>
        new(
            names.Where(name => name.Value.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_')),
            StringComparer.Ordinal
        );

    private static Dictionary<string, string> Copy(IReadOnlyDictionary<string, string> texts) =>
        new(texts, StringComparer.Ordinal);

    private static readonly Dictionary<string, string> Nothing = new(StringComparer.Ordinal);
}
