using System.Text.Json;

namespace Serge.Bot.Discord.Model;

/// <summary>The bot's user, or the author of a message.</summary>
internal sealed record UserModel
{
    public ulong? Id { get; init; }

    public string? Username { get; init; }

    public static UserModel Read(JsonElement? json) =>
        new() { Id = json.Member("id").Snowflake(), Username = json.Member("username").Text() };
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

    public string? CustomInstallUrl { get; init; }

    /// <summary>Whether servers can install the app; <see langword="null"/> if the response does not say.</summary>
    public bool? AllowsGuildInstall { get; init; }

    /// <summary>Whether users can install the app; <see langword="null"/> if the response does not say.</summary>
    public bool? AllowsUserInstall { get; init; }

    /// <summary>Whether everyone may add the app; <see langword="null"/> if the response does not say.</summary>
    public bool? IsPublic { get; init; }

    public ulong? InstallPermissions { get; init; }

    public static ApplicationModel Read(JsonElement? json)
    {
        var config = json.Member("integration_types_config");
        var install = config.Member("0").Member("oauth2_install_params");
        return new()
        {
            Id = json.Member("id").Snowflake(),
            Name = json.Member("name").Text(),
            VerifyKey = json.Member("verify_key").Text(),
            InteractionsEndpointUrl = json.Member("interactions_endpoint_url").Text(),
            CustomInstallUrl = json.Member("custom_install_url").Text(),
            AllowsGuildInstall = Allows(config, "0"),
            AllowsUserInstall = Allows(config, "1"),
            IsPublic = json.Member("bot_public").Boolean(),
            InstallPermissions = install.Member("permissions").Snowflake(),
        };
    }

    private static bool? Allows(JsonElement? config, string context)
    {
        if (config is not { ValueKind: JsonValueKind.Object })
        {
            return null;
        }

        return config.Member(context) is not null;
    }
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

    /// <summary>For a thread: who opened it.</summary>
    public ulong? OwnerId { get; init; }

    /// <summary>See <see cref="ChannelTypes.RequiresTag"/>.</summary>
    public int? Flags { get; init; }

    /// <summary>For a thread: when it was closed or opened last.</summary>
    public DateTimeOffset? ArchiveTimestamp { get; init; }

    public static ChannelModel Read(JsonElement? json) =>
        new()
        {
            Id = json.Member("id").Snowflake(),
            Type = json.Member("type").Integer(),
            GuildId = json.Member("guild_id").Snowflake(),
            Name = json.Member("name").Text(),
            ParentId = json.Member("parent_id").Snowflake(),
            OwnerId = json.Member("owner_id").Snowflake(),
            Flags = json.Member("flags").Integer(),
            ArchiveTimestamp = json.Member("thread_metadata").Member("archive_timestamp").Time(),
            PermissionOverwrites = json.Member("permission_overwrites").Objects(OverwriteModel.Read),
        };
}

/// <summary>A list of threads.</summary>
/// <remarks>Source: Discord docs, Resources/Channel, List Public Archived Threads; Resources/Guild, List Active Guild
/// Threads.</remarks>
internal sealed record ThreadList
{
    /// <summary>The most recently closed first.</summary>
    public ChannelModel[]? Threads { get; init; }

    public bool? HasMore { get; init; }

    public static ThreadList Read(JsonElement? json) =>
        new()
        {
            Threads = json.Member("threads").Objects(ChannelModel.Read),
            HasMore = json.Member("has_more").Boolean(),
        };
}

/// <summary>The permissions that a channel allows or denies to a role or a member.</summary>
internal sealed record OverwriteModel
{
    public ulong? Id { get; init; }

    /// <summary>0 for a role, 1 for a member.</summary>
    public int? Type { get; init; }

    public ulong? Allow { get; init; }

    public ulong? Deny { get; init; }

    public static OverwriteModel Read(JsonElement? json) =>
        new()
        {
            Id = json.Member("id").Snowflake(),
            Type = json.Member("type").Integer(),
            Allow = json.Member("allow").Snowflake(),
            Deny = json.Member("deny").Snowflake(),
        };
}

internal sealed record GuildModel
{
    public ulong? Id { get; init; }

    public string? Name { get; init; }

    public ulong? OwnerId { get; init; }

    public ulong? SystemChannelId { get; init; }

    public string? PreferredLocale { get; init; }

    public RoleModel[]? Roles { get; init; }

    public static GuildModel Read(JsonElement? json) =>
        new()
        {
            Id = json.Member("id").Snowflake(),
            Name = json.Member("name").Text(),
            OwnerId = json.Member("owner_id").Snowflake(),
            SystemChannelId = json.Member("system_channel_id").Snowflake(),
            PreferredLocale = json.Member("preferred_locale").Text(),
            Roles = json.Member("roles").Objects(RoleModel.Read),
        };
}

/// <summary>A role; the one with the guild's id belongs to all members.</summary>
internal sealed record RoleModel
{
    public ulong? Id { get; init; }

    public ulong? Permissions { get; init; }

    public bool? Mentionable { get; init; }

    public static RoleModel Read(JsonElement? json) =>
        new()
        {
            Id = json.Member("id").Snowflake(),
            Permissions = json.Member("permissions").Snowflake(),
            Mentionable = json.Member("mentionable").Boolean(),
        };
}

internal sealed record MemberModel
{
    public ulong[]? Roles { get; init; }

    /// <summary>In an interaction: the permissions in the channel, including overwrites.</summary>
    public ulong? Permissions { get; init; }

    /// <summary>The end of the member's timeout.</summary>
    public DateTimeOffset? CommunicationDisabledUntil { get; init; }

    public static MemberModel Read(JsonElement? json) =>
        new()
        {
            Roles = json.Member("roles").Snowflakes(),
            Permissions = json.Member("permissions").Snowflake(),
            CommunicationDisabledUntil = json.Member("communication_disabled_until").Time(),
        };
}

/// <remarks>Source: Discord docs, Resources/Message.</remarks>
internal sealed record MessageModel
{
    public ulong? Id { get; init; }

    public UserModel? Author { get; init; }

    public string? Content { get; init; }

    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Whether the message is the response to an interaction.</summary>
    public bool IsInteractionResponse { get; init; }

    public static MessageModel Read(JsonElement? json)
    {
        // The second name is the older one.
        var isResponse = IsObject("interaction_metadata") || IsObject("interaction");
        return new()
        {
            Id = json.Member("id").Snowflake(),
            Author = json.Member("author").Object(UserModel.Read),
            Content = json.Member("content").ExactText(),
            Timestamp = json.Member("timestamp").Time(),
            IsInteractionResponse = isResponse,
        };

        bool IsObject(string name) => json.Member(name) is { ValueKind: JsonValueKind.Object };
    }
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

    public static ApiError Read(JsonElement? json) =>
        new()
        {
            Code = json.Member("code").Integer(),
            Message = json.Member("message").Text(),
            Errors = json.Member("errors"),
            RetryAfter = json.Member("retry_after").Decimal(),
            Global = json.Member("global").Boolean(),
        };
}
