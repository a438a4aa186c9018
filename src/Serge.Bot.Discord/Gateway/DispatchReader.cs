using System.Text.Json;
using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Gateway;

/// <summary>Makes the seam's events of the gateway's.</summary>
internal static class DispatchReader
{
    private const int SlashCommand = 1;
    private const int Button = 2;
    private const int Subcommand = 1;
    private const int SubcommandGroup = 2;

    /// <summary>Reads an event.</summary>
    /// <returns><see langword="null"/> for the many that are of no use to us.</returns>
    /// <exception cref="JsonException">It is not what its name says.</exception>
    public static DiscordEvent? Read(GatewayFrame frame) =>
        frame.Event switch
        {
            "INTERACTION_CREATE" => InteractionOf(frame.DataAs(DiscordJson.Default.InteractionModel)) is { } interaction
                ? new DiscordEvent.Interacted(interaction)
                : null,
            "GUILD_CREATE" => frame.DataAs(DiscordJson.Default.GuildGone) is { Id: { } guild }
                ? new DiscordEvent.GuildJoined(new GuildId(guild))
                : null,
            "GUILD_DELETE" => frame.DataAs(DiscordJson.Default.GuildGone) is { Id: { } guild, Unavailable: not true }
                ? new DiscordEvent.GuildLeft(new GuildId(guild))
                : null,
            "CHANNEL_DELETE" or "THREAD_DELETE" => frame.DataAs(DiscordJson.Default.Channel)
                is { Id: { } channel, GuildId: { } guild }
                ? new DiscordEvent.ChannelDeleted(new ChannelId(channel), new GuildId(guild))
                : null,
            _ => null,
        };

    /// <summary>What a member wants.</summary>
    /// <returns><see langword="null"/> for kinds that we never offer, such as menus and forms.</returns>
    /// <exception cref="JsonException">It has no id, or nothing to answer with.</exception>
    public static Interaction? InteractionOf(InteractionModel model)
    {
        if (model is not { Id: { } id, Token: { Length: > 0 } token })
        {
            throw new JsonException("An interaction has an id and a token.");
        }

        var handle = new InteractionHandle(id, model.ApplicationId, token);
        var (name, options) = Flatten(model.Data);
        var focused = options.FirstOrDefault(option => option.Focused == true);
        return model switch
        {
            { Type: InteractionType.Command, Data.Type: SlashCommand or null } when name is not null => WithContext(
                new Interaction.Command
                {
                    Id = new InteractionId(id),
                    Handle = handle,
                    Name = name,
                    Options = ValuesOf(options),
                }
            ),
            { Type: InteractionType.Autocomplete } when name is not null && focused?.Name is { } typing => WithContext(
                new Interaction.Completion
                {
                    Id = new InteractionId(id),
                    Handle = handle,
                    Name = name,
                    Option = typing,
                    Typed = Invariant(focused.Value) ?? "",
                    Options = ValuesOf(options.Where(option => option != focused)),
                }
            ),
            { Type: InteractionType.Component, Data: { CustomId: { } customId, ComponentType: Button or null } } =>
                WithContext(
                    new Interaction.ButtonPress
                    {
                        Id = new InteractionId(id),
                        Handle = handle,
                        CustomId = customId,
                    }
                ),
            _ => null,
        };

        Interaction WithContext(Interaction interaction) =>
            interaction with
            {
                Guild = model.GuildId is { } guild ? new GuildId(guild) : null,
                Channel = model.ChannelId is { } channel ? new ChannelId(channel) : null,
                Locale = model.Locale ?? "en-US",
                MemberPermissions = (DiscordPermissions)(model.Member?.Permissions ?? 0),
                AppPermissions = (DiscordPermissions)(model.AppPermissions ?? 0),
            };
    }

    /// <summary>The command with its subcommands, and the options of the innermost.</summary>
    private static (string? Name, OptionValue[] Options) Flatten(InteractionData? data)
    {
        var name = data?.Name;
        var options = data?.Options ?? [];
        while (name is not null && options is [{ Type: Subcommand or SubcommandGroup, Name: { } next } chosen, ..])
        {
            name = $"{name} {next}";
            options = chosen.Options ?? [];
        }

        return (name, options);
    }

    private static Dictionary<string, string> ValuesOf(IEnumerable<OptionValue> options)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (var option in options)
        {
            if (option.Name is { } name && Invariant(option.Value) is { } value)
            {
                values[name] = value;
            }
        }

        return values;
    }

    private static string? Invariant(JsonElement? value) =>
        value?.ValueKind switch
        {
            JsonValueKind.String => value.Value.GetString(),
            JsonValueKind.Number => value.Value.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => null,
        };
}
