using System.Collections.Concurrent;
using Serge.Bot.Discord.Model;
using PermissionsResult = Serge.Bot.Platforms.Result<Serge.Bot.Platforms.DiscordPermissions>;

namespace Serge.Bot.Discord.Rest;

/// <summary>Reads channels, guilds and the bot's permissions.</summary>
/// <param name="rest">Sends the requests.</param>
/// <param name="application">Knows the bot's user.</param>
/// <param name="timeout">The timeout of a read.</param>
/// <param name="clock">For the timeouts of members.</param>
/// <param name="capacity">The most channels whose guild is cached; a full cache is cleared. Default 10,000, far more than a
/// bot posts to.</param>
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
        if (read is not Result<ChannelModel>.Success(var channel))
        {
            return read.AsFailure<ChannelAccess>();
        }

        var acceptsMessages = ChannelTypes.AcceptsMessages(channel.Type);
        if (channel.GuildId is not { } guildId)
        {
            var direct = new ChannelAccess(null, "", acceptsMessages, PermissionCalculator.All);
            return new Result<ChannelAccess>.Success(direct);
        }

        var calculated = await GetPermissionsAsync(channel, guildId, cancellationToken);
        if (calculated is not PermissionsResult.Success(var permissions))
        {
            return calculated.AsFailure<ChannelAccess>();
        }

        var access = new ChannelAccess(new GuildId(guildId), channel.Name ?? "", acceptsMessages, permissions);
        return new Result<ChannelAccess>.Success(access);
    }

    /// <summary>Reads the name and the system channel of a guild.</summary>
    public async Task<Result<DiscordGuild>> GetGuildAsync(GuildId id, CancellationToken cancellationToken)
    {
        var read = await ReadGuildAsync(id.Value, cancellationToken);
        if (read is not Result<GuildModel>.Success(var guild))
        {
            return read.AsFailure<DiscordGuild>();
        }

        ChannelId? systemChannel = guild.SystemChannelId is { } channel ? new ChannelId(channel) : null;
        return new Result<DiscordGuild>.Success(new DiscordGuild(guild.Name ?? "", systemChannel));
    }

    /// <summary>Finds the guild of a channel, for links.</summary>
    /// <returns>The guild's id, <c>@me</c> for a direct message, or <see langword="null"/> if it cannot be read now.</returns>
    public async Task<string?> GetGuildSegmentAsync(ChannelId channel, CancellationToken cancellationToken)
    {
        if (!_guildSegments.ContainsKey(channel.Value))
        {
            await ReadAsync(channel.Value, LinkTimeout, cancellationToken);
        }

        return _guildSegments.GetValueOrDefault(channel.Value);
    }

    private async Task<PermissionsResult> GetPermissionsAsync(
        ChannelModel channel,
        ulong guildId,
        CancellationToken cancellationToken
    )
    {
        // A thread has no overwrites of its own; those of its channel apply.
        if (ChannelTypes.IsThread(channel.Type) && channel.ParentId is { } parentId)
        {
            var readParent = await ReadAsync(parentId, timeout, cancellationToken);
            if (readParent is not Result<ChannelModel>.Success(var parent))
            {
                return readParent.AsFailure<DiscordPermissions>();
            }

            channel = parent;
        }

        var readUser = await application.GetUserAsync(cancellationToken);
        if (readUser is not Result<UserModel>.Success({ Id: { } userId }))
        {
            return readUser.AsFailure<DiscordPermissions>();
        }

        var readGuild = await ReadGuildAsync(guildId, cancellationToken);
        if (readGuild is not Result<GuildModel>.Success(var guild))
        {
            return readGuild.AsFailure<DiscordPermissions>();
        }

        var route = Route.GuildMember(guildId, userId);
        var readMember = await rest.ReadAsync(route, DiscordJson.Default.MemberModel, timeout, cancellationToken);
        if (readMember is not Result<MemberModel>.Success(var member))
        {
            return readMember.AsFailure<DiscordPermissions>();
        }

        var overwrites = channel.PermissionOverwrites ?? [];
        guild = guild with { Id = guildId };
        var permissions = PermissionCalculator.Calculate(guild, userId, member, overwrites, clock.GetUtcNow());
        return new PermissionsResult.Success(permissions);
    }

    private Task<Result<GuildModel>> ReadGuildAsync(ulong id, CancellationToken cancellationToken) =>
        rest.ReadAsync(Route.Guild(id), DiscordJson.Default.GuildModel, timeout, cancellationToken);

    private async Task<Result<ChannelModel>> ReadAsync(
        ulong id,
        TimeSpan readTimeout,
        CancellationToken cancellationToken
    )
    {
        var route = Route.Channel(id);
        var read = await rest.ReadAsync(route, DiscordJson.Default.ChannelModel, readTimeout, cancellationToken);
        if (read is Result<ChannelModel>.Success(var channel))
        {
            if (_guildSegments.Count >= capacity)
            {
                _guildSegments.Clear();
            }

            _guildSegments[id] = channel.GuildId is { } guild ? new GuildId(guild).ToString() : "@me";
        }

        return read;
    }
}
