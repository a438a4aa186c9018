using System.Text.Json;

namespace Serge.Bot.Discord.Model;

/// <summary>A user: for us, ourselves or the author of a message.</summary>
internal sealed record User
{
    public ulong? Id { get; init; }

    public string? Username { get; init; }
}

/// <summary>The application behind the token.</summary>
internal sealed record Application
{
    public ulong? Id { get; init; }

    public string? Name { get; init; }

    /// <summary>The public key of the signatures under HTTP interactions, in hexadecimal digits.</summary>
    public string? VerifyKey { get; init; }

    /// <summary>Set: interactions go there and not over the gateway.</summary>
    public string? InteractionsEndpointUrl { get; init; }
}

/// <summary>A channel, a thread or a direct message.</summary>
/// <remarks>Source: Discord docs, Resources/Channel.</remarks>
internal sealed record Channel
{
    public ulong? Id { get; init; }

    /// <summary>See <see cref="ChannelTypes"/>.</summary>
    public int? Type { get; init; }

    public ulong? GuildId { get; init; }

    public string? Name { get; init; }

    /// <summary>A thread's channel; another channel's category.</summary>
    public ulong? ParentId { get; init; }

    public Overwrite[]? PermissionOverwrites { get; init; }
}

/// <summary>What a channel allows or denies to one role or member.</summary>
internal sealed record Overwrite
{
    public ulong? Id { get; init; }

    /// <summary>0 for a role, 1 for a member.</summary>
    public int? Type { get; init; }

    public ulong? Allow { get; init; }

    public ulong? Deny { get; init; }
}

/// <summary>A server.</summary>
internal sealed record Guild
{
    public ulong? Id { get; init; }

    public string? Name { get; init; }

    public ulong? OwnerId { get; init; }

    public ulong? SystemChannelId { get; init; }

    public Role[]? Roles { get; init; }
}

/// <summary>A role; the one with the server's own id is everybody's.</summary>
internal sealed record Role
{
    public ulong? Id { get; init; }

    public ulong? Permissions { get; init; }
}

/// <summary>A member of a server.</summary>
internal sealed record Member
{
    public ulong[]? Roles { get; init; }

    /// <summary>In an interaction: what the member may do in that channel, overwrites included.</summary>
    public ulong? Permissions { get; init; }

    /// <summary>Until then the member is in time-out.</summary>
    public DateTimeOffset? CommunicationDisabledUntil { get; init; }
}

/// <summary>A message that was read.</summary>
/// <remarks>Source: Discord docs, Resources/Message.</remarks>
internal sealed record Message
{
    public ulong? Id { get; init; }

    public User? Author { get; init; }

    public string? Content { get; init; }

    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Not in Discord's answers to reads, but some servers send it.</summary>
    public ulong? GuildId { get; init; }

    /// <summary>There if the message answers an interaction.</summary>
    public JsonElement? InteractionMetadata { get; init; }

    /// <summary>The older name of the same.</summary>
    public JsonElement? Interaction { get; init; }
}

/// <summary>Why a request was refused.</summary>
/// <remarks>Source: Discord docs, Topics/Opcodes and Status Codes, JSON; Topics/Rate Limits for the last two.</remarks>
internal sealed record ApiError
{
    public int? Code { get; init; }

    public string? Message { get; init; }

    /// <summary>Problems by member, nested as the request is.</summary>
    public JsonElement? Errors { get; init; }

    /// <summary>Seconds, with decimals.</summary>
    public double? RetryAfter { get; init; }

    public bool? Global { get; init; }
}
