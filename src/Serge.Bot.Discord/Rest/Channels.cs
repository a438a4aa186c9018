using System.Collections.Concurrent;
using System.Globalization;
using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Rest;

/// <summary>Reads channels, guilds and the bot's permissions.</summary>
/// <param name="rest">Sends the requests.</param>
/// <param name="application">Reads the bot's user.</param>
/// <param name="timeout">The timeout of a read.</param>
/// <param name="clock">For the timeouts of members.</param>
/// <param name="capacity">The most channels whose guild is cached; a full cache is cleared. Default 10,000, far more
/// than a bot posts to.</param>
internal sealed class Channels(
    RestClient rest,
    CurrentApplication application,
    TimeSpan timeout,
    TimeProvider clock,
    int capacity = 10_000
)
{
    /// <summary>The link is optional, so a post does not wait longer for it.</summary>
    private static readonly TimeSpan LinkTimeout = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<ulong, string> _guildSegments = new();

    /// <summary>Reads a channel and the bot's permissions in it.</summary>
    public async Task<Result<ChannelAccess>> GetAccessAsync(ChannelId id, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(id.Value, timeout, cancellationToken);
        if (!read.TryGetValue(out var channel))
        {
            return read.AsFailure<ChannelAccess>();
        }

        var acceptsMessages = ChannelTypes.AcceptsMessages(channel.Type);
        var kind = ChannelTypes.GetKind(channel.Type);
        if (channel.GuildId is not { } guildId)
        {
            return new ChannelAccess(null, "", acceptsMessages, PermissionCalculator.All) { Kind = kind };
        }

        var calculated = await GetPermissionsAsync(channel, guildId, cancellationToken);
        if (!calculated.TryGetValue(out var permissions))
        {
            return calculated.AsFailure<ChannelAccess>();
        }

        return new ChannelAccess(new GuildId(guildId), channel.Name ?? "", acceptsMessages, permissions)
        {
            Kind = kind,
            RequiresTag = ChannelTypes.RequiresTag(channel.Flags),
        };
    }

    /// <summary>Reads the name and the system channel of a guild.</summary>
    public async Task<Result<DiscordGuild>> GetGuildAsync(GuildId id, CancellationToken cancellationToken)
    {
        var read = await ReadGuildAsync(id.Value, cancellationToken);
        if (!read.TryGetValue(out var guild))
        {
            return read.AsFailure<DiscordGuild>();
        }

        ChannelId? systemChannel = guild.SystemChannelId is { } channel ? new ChannelId(channel) : null;
        return new DiscordGuild(guild.Name ?? "", systemChannel) { Locale = guild.PreferredLocale ?? "en-US" };
    }

    public async Task<Result<IReadOnlyList<DiscordRole>>> GetRolesAsync(
        GuildId guild,
        CancellationToken cancellationToken
    )
    {
        var route = Route.GuildRoles(guild.Value);
        var read = await rest.ReadListAsync(route, RoleModel.Read, timeout, cancellationToken);
        if (!read.TryGetValue(out var models))
        {
            return read.AsFailure<IReadOnlyList<DiscordRole>>();
        }

        List<DiscordRole> roles = [];
        foreach (var model in models)
        {
            if (model.Id is { } id)
            {
                roles.Add(new DiscordRole(id, model.Mentionable == true));
            }
        }

        return new Result<IReadOnlyList<DiscordRole>>.Success(roles);
    }

    /// <summary>Finds the guild of a channel, for links.</summary>
    /// <returns>The guild's id, <c>@me</c> for a direct message, or <see langword="null"/> if it cannot be read
    /// now.</returns>
    public async Task<string?> GetGuildSegmentAsync(ChannelId channel, CancellationToken cancellationToken)
    {
        if (!_guildSegments.ContainsKey(channel.Value))
        {
            await ReadAsync(channel.Value, LinkTimeout, cancellationToken);
        }

        return _guildSegments.GetValueOrDefault(channel.Value);
    }

    /// <returns><see langword="null"/> if the server does not say which permissions the roles have.</returns>
    private async Task<Result<DiscordPermissions?>> GetPermissionsAsync(
        ChannelModel channel,
        ulong guildId,
        CancellationToken cancellationToken
    )
    {
        // A thread has no overwrites of its own; those of its channel apply.
        if (ChannelTypes.IsThread(channel.Type) && channel.ParentId is { } parentId)
        {
            var readParent = await ReadAsync(parentId, timeout, cancellationToken);
            if (!readParent.TryGetValue(out var parent))
            {
                return readParent.AsFailure<DiscordPermissions?>();
            }

            channel = parent;
        }

        var readUser = await application.GetUserAsync(cancellationToken);
        if (readUser is not Result<UserModel>.Success({ Id: { } userId }))
        {
            return readUser.AsFailure<DiscordPermissions?>();
        }

        var readGuild = await ReadGuildAsync(guildId, cancellationToken);
        if (!readGuild.TryGetValue(out var guild))
        {
            return readGuild.AsFailure<DiscordPermissions?>();
        }

        var route = Route.GuildMember(guildId, userId);
        var readMember = await rest.ReadAsync(route, MemberModel.Read, timeout, cancellationToken);
        if (!readMember.TryGetValue(out var member))
        {
            return readMember.AsFailure<DiscordPermissions?>();
        }

        var overwrites = channel.PermissionOverwrites ?? [];
        guild = guild with { Id = guildId, Roles = guild.Roles ?? await ReadRolesAsync(guildId, cancellationToken) };
        return PermissionCalculator.Calculate(guild, userId, member, overwrites, clock.GetUtcNow());
    }

    /// <summary>Other servers with Discord's protocol omit the roles of a guild.</summary>
    private async Task<RoleModel[]?> ReadRolesAsync(ulong guildId, CancellationToken cancellationToken)
    {
        var route = Route.GuildRoles(guildId);
        var read = await rest.ReadListAsync(route, RoleModel.Read, timeout, cancellationToken);
        return read.TryGetValue(out var roles) ? roles : null;
    }

    private Task<Result<GuildModel>> ReadGuildAsync(ulong id, CancellationToken cancellationToken) =>
        rest.ReadAsync(Route.Guild(id), GuildModel.Read, timeout, cancellationToken);

    private async Task<Result<ChannelModel>> ReadAsync(
        ulong id,
        TimeSpan readTimeout,
        CancellationToken cancellationToken
    )
    {
        var route = Route.Channel(id);
        var read = await rest.ReadAsync(route, ChannelModel.Read, readTimeout, cancellationToken);
        if (read.TryGetValue(out var channel))
        {
            if (_guildSegments.Count >= capacity)
            {
                _guildSegments.Clear();
            }

            _guildSegments[id] = channel.GuildId?.ToString(CultureInfo.InvariantCulture) ?? "@me";
        }

        return read;
    }
}
