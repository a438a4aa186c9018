using System.Collections.Concurrent;
using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Rest;

/// <summary>Channels and what they allow us.</summary>
/// <param name="rest">Reads them.</param>
/// <param name="self">Knows who we are.</param>
/// <param name="patience">The longest that a read may take.</param>
/// <param name="wire">The clock, for members in time-out.</param>
/// <param name="capacity">For how many channels the server is remembered; a full table is cleared. Default 10,000, far more than one
/// bot posts to.</param>
internal sealed class Channels(RestClient rest, Self self, TimeSpan patience, TimeProvider wire, int capacity = 10_000)
{
    /// <summary>For the link to a message only: no post waits longer for it.</summary>
    private static readonly TimeSpan LinkPatience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<ulong, string> _servers = new();

    /// <summary>What a channel allows us.</summary>
    public Task<Result<ChannelAccess>> AccessAsync(ChannelId id, CancellationToken cancellationToken) =>
        ReadAsync(id.Value, patience, cancellationToken)
            .Then(channel =>
                PermissionsAsync(channel, cancellationToken)
                    .Select(permissions => new ChannelAccess(
                        channel.GuildId is { } guild ? new GuildId(guild) : null,
                        channel.GuildId is null ? "" : channel.Name ?? "",
                        ChannelTypes.TakesMessages(channel.Type),
                        permissions
                    ))
            );

    /// <summary>A server's name and where it wants to be told things.</summary>
    public Task<Result<DiscordGuild>> GuildAsync(GuildId id, CancellationToken cancellationToken) =>
        rest.ReadAsync(Route.Guild(id.Value), DiscordJson.Default.Guild, patience, cancellationToken)
            .Select(guild => new DiscordGuild(
                guild.Name ?? "",
                guild.SystemChannelId is { } channel ? new ChannelId(channel) : null
            ));

    /// <summary>The server of a channel, for links.</summary>
    /// <returns>Its id, <c>@me</c> for a direct message, or <see langword="null"/> if it cannot be learned now.</returns>
    public async Task<string?> ServerAsync(ChannelId channel, CancellationToken cancellationToken)
    {
        if (!_servers.ContainsKey(channel.Value))
        {
            await ReadAsync(channel.Value, LinkPatience, cancellationToken);
        }

        return _servers.GetValueOrDefault(channel.Value);
    }

    private Task<Result<DiscordPermissions>> PermissionsAsync(Channel channel, CancellationToken cancellationToken) =>
        channel switch
        {
            { GuildId: null } => Task.FromResult<Result<DiscordPermissions>>(
                new Result<DiscordPermissions>.Success(Permissions.All)
            ),

            // A thread has no overwrites of its own: its channel's count.
            { GuildId: { } guild, ParentId: { } parent } when ChannelTypes.IsThread(channel.Type) => ReadAsync(
                    parent,
                    patience,
                    cancellationToken
                )
                .Then(owner => PermissionsAsync(guild, owner.PermissionOverwrites ?? [], cancellationToken)),
            { GuildId: { } guild } => PermissionsAsync(guild, channel.PermissionOverwrites ?? [], cancellationToken),
        };

    private Task<Result<DiscordPermissions>> PermissionsAsync(
        ulong guildId,
        Overwrite[] overwrites,
        CancellationToken cancellationToken
    ) =>
        self.UserAsync(cancellationToken)
            .Then(me =>
                rest.ReadAsync(Route.Guild(guildId), DiscordJson.Default.Guild, patience, cancellationToken)
                    .Then(guild =>
                        rest.ReadAsync(
                                Route.GuildMember(guildId, me.Id!.Value),
                                DiscordJson.Default.Member,
                                patience,
                                cancellationToken
                            )
                            .Select(member =>
                                Permissions.Of(
                                    guild with
                                    {
                                        Id = guildId,
                                    },
                                    me.Id!.Value,
                                    member,
                                    overwrites,
                                    wire.GetUtcNow()
                                )
                            )
                    )
            );

    private async Task<Result<Channel>> ReadAsync(ulong id, TimeSpan wait, CancellationToken cancellationToken)
    {
        var answer = await rest.ReadAsync(Route.Channel(id), DiscordJson.Default.Channel, wait, cancellationToken);
        if (answer is Result<Channel>.Success(var channel))
        {
            if (_servers.Count >= capacity)
            {
                _servers.Clear();
            }

            _servers[id] = channel.GuildId is { } guild ? new GuildId(guild).ToString() : "@me";
        }

        return answer;
    }
}
