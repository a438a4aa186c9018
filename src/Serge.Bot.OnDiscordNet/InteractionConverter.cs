using System.Globalization;
using Discord;

namespace Serge.Bot.OnDiscordNet;

/// <summary>Converts Discord.Net's interactions to the bot's own.</summary>
internal static class InteractionConverter
{
    /// <summary>Converts an interaction.</summary>
    /// <returns><see langword="null"/> for types that the bot never offers, such as menus and forms.</returns>
    public static Interaction? Convert(
        IDiscordInteraction interaction,
        DiscordPermissions memberPermissions,
        ulong? channel
    )
    {
        Interaction? converted = interaction switch
        {
            ISlashCommandInteraction command => ConvertCommand(command),
            // Discord.Net 3.16 does not read forwarded messages.
            IMessageCommandInteraction command => new Interaction.MessageCommand
            {
                Id = new InteractionId(interaction.Id),
                Handle = new InteractionHandle(interaction),
                Name = command.Data.Name,
                Text = JsonText.Repair(command.Data.Message?.Content ?? ""),
            },
            IAutocompleteInteraction { Data.Current: { } option } autocomplete => ConvertAutocomplete(
                autocomplete,
                option
            ),
            IComponentInteraction { Data: { Type: ComponentType.Button } data } => new Interaction.ButtonPress
            {
                Id = new InteractionId(interaction.Id),
                Handle = new InteractionHandle(interaction),
                CustomId = JsonText.Repair(data.CustomId),
            },
            _ => null,
        };
        if (converted is null)
        {
            return null;
        }

        GuildId? guild = interaction.GuildId is { } guildId ? new GuildId(guildId) : null;
        return converted with
        {
            Guild = guild,
            Channel = channel is { } channelId ? new ChannelId(channelId) : null,
            Locale = interaction.UserLocale ?? "en-US",
            MemberPermissions = memberPermissions,
            AppPermissions = (DiscordPermissions)interaction.Permissions.RawValue,
        };
    }

    private static Interaction.Command ConvertCommand(ISlashCommandInteraction command)
    {
        var name = command.Data.Name;
        var options = command.Data.Options;
        while (options.FirstOrDefault() is { } subcommand && IsSubcommand(subcommand.Type))
        {
            name = $"{name} {subcommand.Name}";
            options = subcommand.Options;
        }

        return new Interaction.Command
        {
            Id = new InteractionId(command.Id),
            Handle = new InteractionHandle(command),
            Name = name,
            Options = GetValues(options.Select(option => (option.Name, (object?)option.Value))),
        };
    }

    /// <summary>Discord.Net returns subcommands and their options in one list, outermost first.</summary>
    private static Interaction.Autocomplete ConvertAutocomplete(
        IAutocompleteInteraction interaction,
        AutocompleteOption current
    )
    {
        var data = interaction.Data;
        var subcommands = data.Options.Where(option => IsSubcommand(option.Type)).Select(option => option.Name);
        var others = data.Options.Where(option => option != current && !IsSubcommand(option.Type));
        return new Interaction.Autocomplete
        {
            Id = new InteractionId(interaction.Id),
            Handle = new InteractionHandle(interaction),
            Name = string.Join(' ', subcommands.Prepend(data.CommandName)),
            Option = current.Name,
            Input = GetText(current.Value) ?? "",
            Options = GetValues(others.Select(option => (option.Name, (object?)option.Value))),
        };
    }

    private static Dictionary<string, string> GetValues(IEnumerable<(string Name, object? Value)> options)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (var (name, value) in options)
        {
            if (GetText(value) is { } text)
            {
                values[name] = text;
            }
        }

        return values;
    }

    /// <summary>Discord.Net's text may have half of a surrogate pair.</summary>
    private static string? GetText(object? value) =>
        value switch
        {
            null => null,
            string text => JsonText.Repair(text),
            true => "true",
            false => "false",
            IEntity<ulong> entity => entity.Id.ToString(CultureInfo.InvariantCulture),
            _ => System.Convert.ToString(value, CultureInfo.InvariantCulture),
        };

    private static bool IsSubcommand(ApplicationCommandOptionType type) =>
        type is ApplicationCommandOptionType.SubCommand or ApplicationCommandOptionType.SubCommandGroup;
}

/// <summary>What is needed to respond to an interaction.</summary>
internal sealed class InteractionHandle(IDiscordInteraction interaction)
{
    /// <summary>Discord.Net's interaction.</summary>
    public IDiscordInteraction Interaction { get; } = interaction;

    /// <summary>Whether Discord has received a deferral; <see langword="null"/> if unknown.</summary>
    public bool? IsDeferred { get; set; } = false;

    /// <summary>Whether the deferral was a <see cref="Reply.DeferredUpdate"/>.</summary>
    public bool IsUpdateDeferred { get; set; }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"interaction {Interaction.Id}");
}
