using System.Text.Json;

namespace Serge.Bot.Discord.Model;

/// <summary>Converts Discord's interactions to the bot's own.</summary>
internal static class InteractionParser
{
    private const int SlashCommand = 1;
    private const int MessageCommand = 3;
    private const int Button = 2;
    private const int Subcommand = 1;
    private const int SubcommandGroup = 2;

    /// <summary>Far longer than Discord's tokens, and short enough for an address.</summary>
    private const int MaxTokenLength = 2000;

    /// <summary>Converts an interaction.</summary>
    /// <param name="model">What Discord sent.</param>
    /// <param name="response">The response to Discord's request; <see langword="null"/> over the gateway.</param>
    /// <returns><see langword="null"/> for types that the bot never offers, such as menus and forms.</returns>
    /// <exception cref="JsonException">The interaction has no id or no token.</exception>
    public static Interaction? Parse(InteractionModel model, InteractionResponse? response = null)
    {
        if (model is not { Id: { } id, Token: { Length: > 0 and <= MaxTokenLength } token })
        {
            throw new JsonException("An interaction must have an id and a token.");
        }

        var handle = new InteractionHandle(id, model.ApplicationId, token) { Response = response };
        var interaction = Parse(model, new InteractionId(id), handle);
        if (interaction is null)
        {
            return null;
        }

        GuildId? guild = model.GuildId is { } guildId ? new GuildId(guildId) : null;
        ChannelId? channel = model.ChannelId is { } channelId ? new ChannelId(channelId) : null;
        return interaction with
        {
            Guild = guild,
            Channel = channel,
            Locale = model.Locale ?? "en-US",
            MemberPermissions = (DiscordPermissions)(model.Member?.Permissions ?? 0),
            AppPermissions = (DiscordPermissions)(model.AppPermissions ?? 0),
        };
    }

    private static Interaction? Parse(InteractionModel model, InteractionId id, InteractionHandle handle)
    {
        var (name, options) = Flatten(model.Data);
        switch (model)
        {
            case { Type: InteractionType.Command, Data.Type: SlashCommand or null } when name is not null:
                return new Interaction.Command
                {
                    Id = id,
                    Handle = handle,
                    Name = name,
                    Options = GetValues(options, except: null),
                };
            case { Type: InteractionType.Command, Data.Type: MessageCommand } when name is not null:
                return new Interaction.MessageCommand
                {
                    Id = id,
                    Handle = handle,
                    Name = name,
                    Text = model.Data.MessageText ?? "",
                };
            case { Type: InteractionType.Autocomplete } when name is not null:
                return ParseAutocomplete(id, handle, name, options);
            case { Type: InteractionType.Component, Data: { CustomId: { } customId, ComponentType: Button or null } }:
                return new Interaction.ButtonPress
                {
                    Id = id,
                    Handle = handle,
                    CustomId = customId,
                };
            default:
                return null;
        }
    }

    private static Interaction.Autocomplete? ParseAutocomplete(
        InteractionId id,
        InteractionHandle handle,
        string name,
        OptionValue[] options
    )
    {
        var focused = Array.Find(options, option => option.Focused == true);
        if (focused?.Name is null)
        {
            return null;
        }

        return new()
        {
            Id = id,
            Handle = handle,
            Name = name,
            Option = focused.Name,
            Input = focused.Value ?? "",
            Options = GetValues(options, focused),
        };
    }

    /// <summary>The command with its subcommands, and the options of the innermost.</summary>
    private static (string? Name, OptionValue[] Options) Flatten(InteractionData? data)
    {
        var name = data?.Name;
        var options = data?.Options ?? [];
        while (name is not null && options is [{ Type: Subcommand or SubcommandGroup, Name: { } next } selected, ..])
        {
            name = $"{name} {next}";
            options = selected.Options ?? [];
        }

        return (name, options);
    }

    private static Dictionary<string, string> GetValues(OptionValue[] options, OptionValue? except)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (var option in options)
        {
            if (option != except && option.Name is { } name && option.Value is { } value)
            {
                values[name] = value;
            }
        }

        return values;
    }
}
