using System.Collections.Concurrent;
using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Rest;

/// <summary>Channels and what they allow us.</summary>
internal sealed class Channels(RestClient rest, Self self, TimeSpan patience, TimeProvider wire)
{
    /// <summary>Far more channels than one bot posts to. Beyond it the table starts afresh.</summary>
    private const int MostKnown = 10_000;

    /// <summary>For the link to a message only: no post waits longer for it.</summary>
    private static readonly TimeSpan LinkPatience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<ulong, ulong?> _guilds = new();

    /// <summary>What a channel allows us.</summary>
    public async Task<Answer<ChannelAccess>> AccessAsync(ChannelId id, CancellationToken cancellationToken) =>
        await ReadAsync(id.Value, patience, cancellationToken).ThenAsync(async channel =>
        {
            if (channel.GuildId is not { } guildId)
            {
                return Got(channel, Permissions.All);
            }

            // A thread has no overwrites of its own: its channel's count.
            var overwrites = ChannelTypes.IsThread(channel.Type) && channel.ParentId is { } parent
                ? await ReadAsync(parent, patience, cancellationToken)
                : new Answer<Channel>.Got(channel);
            return await Task.FromResult(overwrites).ThenAsync(source =>
                PermissionsAsync(guildId, source.PermissionOverwrites ?? [], cancellationToken)).ThenAsync(permissions =>
                Task.FromResult(Got(channel, permissions)));
        });

    /// <summary>Where a person can see a message.</summary>
    /// <returns><see langword="null"/> if the channel's server cannot be learned now.</returns>
    public async Task<Uri?> LinkAsync(ChannelId channel, ulong message, CancellationToken cancellationToken)
    {
        if (!_guilds.TryGetValue(channel.Value, out var guild))
        {
            if (await ReadAsync(channel.Value, LinkPatience, cancellationToken) is not Answer<Channel>.Got({ GuildId: var found }))
            {
                return null;
            }

            guild = found;
        }

        return new Uri($"https://discord.com/channels/{guild?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "@me"}/{channel}/{message}");
    }

    private async Task<Answer<DiscordPermissions>> PermissionsAsync(ulong guildId, Overwrite[] overwrites, CancellationToken cancellationToken) =>
        await self.UserAsync(cancellationToken).ThenAsync(me =>
            rest.ReadAsync(Route.Guild(guildId), DiscordJson.Default.Guild, patience, cancellationToken).ThenAsync(async guild =>
                (await rest.ReadAsync(Route.GuildMember(guildId, me.Id!.Value), DiscordJson.Default.Member, patience, cancellationToken))
                .Select(member => Permissions.Of(guild with { Id = guildId }, me.Id!.Value, member, overwrites, wire.GetUtcNow()))));

    private async Task<Answer<Channel>> ReadAsync(ulong id, TimeSpan wait, CancellationToken cancellationToken)
    {
        var answer = await rest.ReadAsync(Route.Channel(id), DiscordJson.Default.Channel, wait, cancellationToken);
        if (answer is Answer<Channel>.Got({ GuildId: var guild }))
        {
            if (_guilds.Count >= MostKnown)
            {
                _guilds.Clear();
            }

            _guilds[id] = guild;
        }

        return answer;
    }

    private static Answer<ChannelAccess> Got(Channel channel, DiscordPermissions permissions) => new Answer<ChannelAccess>.Got(new ChannelAccess(
        channel.GuildId is { } guild ? new GuildId(guild) : null,
        channel.GuildId is null ? "" : channel.Name ?? "",
        ChannelTypes.TakesMessages(channel.Type),
        permissions));
}
