using System.Text.Json;

namespace Serge.Bot.Discord.Model;

/// <summary>The bot's user, or the author of a message.</summary>
internal sealed record UserModel
{
    public ulong? Id { get; init; }

    public string? Username { get; init; }
}

/// <summary>The application that the token belongs to.</summary>
internal sealed record ApplicationModel
{
    public ulong? Id { get; init; }

    public string? Name { get; init; }

    /// <summary>The public key for the signatures of HTTP interactions, in hexadecimal digits.</summary>
    public string? VerifyKey { get; init; }

    /// <summary>Receives the interactions instead of the gateway, if set.</summary>
    public string? InteractionsEndpointUrl { get; init; }
}

/// <summary>A channel, a thread or a direct message.</summary>
/// <remarks>Source: Discord docs, Resources/Channel.</remarks>
internal sealed record ChannelModel
{
    public ulong? Id { get; init; }

    /// <summary>See <see cref="ChannelTypes"/>.</summary>
    public int? Type { get; init; }

    public ulong? GuildId { get; init; }

    public string? Name { get; init; }

    /// <summary>The channel of a thread; the category of another channel.</summary>
    public ulong? ParentId { get; init; }

    public OverwriteModel[]? PermissionOverwrites { get; init; }
}

/// <summary>The permissions that a channel allows or denies to a role or a member.</summary>
internal sealed record OverwriteModel
{
    public ulong? Id { get; init; }

    /// <summary>0 for a role, 1 for a member.</summary>
    public int? Type { get; init; }

    public ulong? Allow { get; init; }

    public ulong? Deny { get; init; }
}

internal sealed record GuildModel
{
    public ulong? Id { get; init; }

    public string? Name { get; init; }

    public ulong? OwnerId { get; init; }

    public ulong? SystemChannelId { get; init; }

    public RoleModel[]? Roles { get; init; }
}

/// <summary>A role; the one with the guild's id belongs to all members.</summary>
internal sealed record RoleModel
{
    public ulong? Id { get; init; }

    public ulong? Permissions { get; init; }
}

internal sealed record MemberModel
{
    public ulong[]? Roles { get; init; }

    /// <summary>In an interaction: the permissions in the channel, including overwrites.</summary>
    public ulong? Permissions { get; init; }

    /// <summary>The end of the member's timeout.</summary>
    public DateTimeOffset? CommunicationDisabledUntil { get; init; }
}

/// <remarks>Source: Discord docs, Resources/Message.</remarks>
internal sealed record MessageModel
{
    public ulong? Id { get; init; }

    public UserModel? Author { get; init; }

    public string? Content { get; init; }

    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Set if the message is the response to an interaction.</summary>
    public JsonElement? InteractionMetadata { get; init; }

    /// <summary>The older name of <see cref="InteractionMetadata"/>.</summary>
    public JsonElement? Interaction { get; init; }
}

/// <summary>An error response.</summary>
/// <remarks>Source: Discord docs, Topics/Opcodes and Status Codes, JSON; Topics/Rate Limits for the last two.</remarks>
internal sealed record ApiError
{
    public int? Code { get; init; }

    public string? Message { get; init; }

    /// <summary>Messages by field, nested like the request.</summary>
    public JsonElement? Errors { get; init; }

    /// <summary>Seconds, with decimals.</summary>
    public double? RetryAfter { get; init; }

    public bool? Global { get; init; }
}
