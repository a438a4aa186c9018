using System.Globalization;
using Discord;

namespace Serge.Bot.OnDiscordNet;

/// <summary>Makes the seam's interactions of Discord.Net's, whichever way they came.</summary>
internal static class InteractionMap
{
    /// <summary>What a member wants.</summary>
    /// <returns><see langword="null"/> for kinds that we never offer, such as menus and forms.</returns>
    public static Interaction? From(
        IDiscordInteraction interaction,
        DiscordPermissions memberPermissions,
        ulong? channel
    )
    {
        var mapped = interaction switch
        {
            ISlashCommandInteraction command => Command(command),
            IAutocompleteInteraction { Data.Current: { } typing } keystroke => Completion(keystroke, typing),
            IComponentInteraction { Data: { Type: ComponentType.Button } data } => new Interaction.ButtonPress
            {
                Id = new InteractionId(interaction.Id),
                Handle = new InteractionHandle(interaction),
                CustomId = data.CustomId,
            },
            _ => (Interaction?)null,
        };
        return mapped is null
            ? null
            : mapped with
            {
                Guild = interaction.GuildId is { } guild ? new GuildId(guild) : null,
                Channel = channel is { } place ? new ChannelId(place) : null,
                Locale = interaction.UserLocale ?? "en-US",
                MemberPermissions = memberPermissions,
                AppPermissions = (DiscordPermissions)interaction.Permissions.RawValue,
            };
    }

    private static Interaction.Command Command(ISlashCommandInteraction command)
    {
        var name = command.Data.Name;
        var options = command.Data.Options;
        while (
            options.FirstOrDefault()
                is {
                    Type: ApplicationCommandOptionType.SubCommand or ApplicationCommandOptionType.SubCommandGroup
                } chosen
        )
        {
            name = $"{name} {chosen.Name}";
            options = chosen.Options;
        }

        return new Interaction.Command
        {
            Id = new InteractionId(command.Id),
            Handle = new InteractionHandle(command),
            Name = name,
            Options = Values(options.Select(option => (option.Name, (object?)option.Value))),
        };
    }

    /// <summary>Discord.Net gives subcommands and their options in one list, outermost first.</summary>
    private static Interaction.Completion Completion(IAutocompleteInteraction keystroke, AutocompleteOption typing)
    {
        var subcommands = keystroke.Data.Options.Where(IsSubcommand).Select(option => option.Name);
        return new Interaction.Completion
        {
            Id = new InteractionId(keystroke.Id),
            Handle = new InteractionHandle(keystroke),
            Name = string.Join(' ', subcommands.Prepend(keystroke.Data.CommandName)),
            Option = typing.Name,
            Typed = Invariant(typing.Value) ?? "",
            Options = Values(
                keystroke
                    .Data.Options.Where(option => !IsSubcommand(option) && option != typing)
                    .Select(option => (option.Name, (object?)option.Value))
            ),
        };
    }

    private static Dictionary<string, string> Values(IEnumerable<(string Name, object? Value)> options)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (var (name, value) in options)
        {
            if (Invariant(value) is { } text)
            {
                values[name] = text;
            }
        }

        return values;
    }

    private static string? Invariant(object? value) =>
        value switch
        {
            null => null,
            bool yes => yes ? "true" : "false",
            IEntity<ulong> entity => entity.Id.ToString(CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };

    private static bool IsSubcommand(AutocompleteOption option) =>
        option.Type is ApplicationCommandOptionType.SubCommand or ApplicationCommandOptionType.SubCommandGroup;
}

/// <summary>How to answer an interaction.</summary>
internal sealed class InteractionHandle(IDiscordInteraction interaction)
{
    /// <summary>Discord.Net's own.</summary>
    public IDiscordInteraction Interaction { get; } = interaction;

    /// <summary>Whether an answer has been promised; <see langword="null"/> if the promise may have arrived.</summary>
    public bool? Promised { get; set; } = false;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"interaction {Interaction.Id}");
}
