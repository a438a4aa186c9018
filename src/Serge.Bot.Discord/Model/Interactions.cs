using System.Text.Json;

namespace Serge.Bot.Discord.Model;

/// <summary>The event <c>INTERACTION_CREATE</c>. A class, so that it does not print its token.</summary>
/// <remarks>Source: Discord docs, Interactions/Receiving and Responding, Interaction Object.</remarks>
internal sealed class InteractionModel
{
    public ulong? Id { get; init; }

    public ulong? ApplicationId { get; init; }

    /// <summary>See <see cref="InteractionType"/>.</summary>
    public int? Type { get; init; }

    public InteractionData? Data { get; init; }

    public ulong? GuildId { get; init; }

    public ulong? ChannelId { get; init; }

    /// <summary>Only in guilds.</summary>
    public MemberModel? Member { get; init; }

    /// <summary>Allows responses for 15 minutes.</summary>
    public string? Token { get; init; }

    public ulong? AppPermissions { get; init; }

    public string? Locale { get; init; }

    public static InteractionModel Read(JsonElement? json) =>
        new()
        {
            Id = json.Member("id").Snowflake(),
            ApplicationId = json.Member("application_id").Snowflake(),
            Type = json.Member("type").Integer(),
            Data = json.Member("data").Object(InteractionData.Read),
            GuildId = json.Member("guild_id").Snowflake(),
            ChannelId = json.Member("channel_id").Snowflake(),
            Member = json.Member("member").Object(MemberModel.Read),
            Token = json.Member("token").Text(),
            AppPermissions = json.Member("app_permissions").Snowflake(),
            Locale = json.Member("locale").Text(),
        };
}

/// <summary>The command or the component of an interaction.</summary>
internal sealed record InteractionData
{
    public string? Name { get; init; }

    /// <summary>For a command: 1 for a slash command, 3 for a command of a message's menu.</summary>
    public int? Type { get; init; }

    /// <summary>For a command of a message's menu: the text of the message.</summary>
    public string? MessageText { get; init; }

    public OptionValue[]? Options { get; init; }

    public string? CustomId { get; init; }

    /// <summary>For a component: 2 for a button.</summary>
    public int? ComponentType { get; init; }

    public static InteractionData Read(JsonElement? json) =>
        new()
        {
            Name = json.Member("name").Text(),
            Type = json.Member("type").Integer(),
            MessageText = ReadMessageText(json),
            Options = json.Member("options").Objects(OptionValue.Read),
            CustomId = json.Member("custom_id").Text(),
            ComponentType = json.Member("component_type").Integer(),
        };

    /// <summary>Reads the text of the target message, or else that of the message that it forwards.</summary>
    private static string? ReadMessageText(JsonElement? json)
    {
        var target = json.Member("target_id").Scalar();
        if (target is null)
        {
            return null;
        }

        var message = json.Member("resolved").Member("messages").Member(target);
        var forwarded = message.Member("message_snapshots").Elements().FirstOrDefault().Member("message");
        JsonElement?[] messages = [message, forwarded];
        var texts = messages.Select(element => element.Member("content").Text());
        return texts.FirstOrDefault(text => !string.IsNullOrEmpty(text));
    }
}

/// <summary>An option with its value, or the selected subcommand.</summary>
internal sealed record OptionValue
{
    public string? Name { get; init; }

    public int? Type { get; init; }

    /// <summary>Text, a number or a boolean, as text.</summary>
    public string? Value { get; init; }

    public OptionValue[]? Options { get; init; }

    /// <summary>True for the option that the user edits.</summary>
    public bool? Focused { get; init; }

    public static OptionValue Read(JsonElement? json) =>
        new()
        {
            Name = json.Member("name").Text(),
            Type = json.Member("type").Integer(),
            Value = json.Member("value").Scalar(),
            Options = json.Member("options").Objects(Read),
            Focused = json.Member("focused").Boolean(),
        };
}

/// <summary>The types of interactions that the bot handles.</summary>
internal static class InteractionType
{
    public const int Command = 2;
    public const int Component = 3;
    public const int Autocomplete = 4;
}
