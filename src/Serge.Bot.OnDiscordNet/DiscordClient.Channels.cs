using Discord;
using Discord.Rest;

namespace Serge.Bot.OnDiscordNet;

/// <content>Reads channels, guilds, the application, and the bot's permissions.</content>
public sealed partial class DiscordClient
{
    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<DiscordRole>>> GetRolesAsync(GuildId guild, CancellationToken cancellationToken)
    {
        return ReadAsync(ReadRolesAsync, cancellationToken);

        async Task<IReadOnlyList<DiscordRole>?> ReadRolesAsync(RequestOptions options)
        {
            var found = await _rest.GetGuildAsync(guild.Value, options);
            return found?.Roles.Select(role => new DiscordRole(role.Id, role.IsMentionable)).ToArray();
        }
    }

    /// <inheritdoc/>
    public Task<Result<DiscordApplication>> GetApplicationAsync(CancellationToken cancellationToken)
    {
        return ReadAsync(ReadApplicationAsync, cancellationToken);

        async Task<DiscordApplication?> ReadApplicationAsync(RequestOptions options)
        {
            if (await _rest.GetApplicationInfoAsync(options) is not { } application)
            {
                return null;
            }

            var endpoint = application.InteractionsEndpointUrl;
            if (endpoint == "")
            {
                endpoint = null;
            }

            var types = application.IntegrationTypesConfig;
            var install = types?.GetValueOrDefault(ApplicationIntegrationType.GuildInstall);
            return new DiscordApplication(application.Id, application.Name ?? "", endpoint)
            {
                AllowsGuildInstall = types?.ContainsKey(ApplicationIntegrationType.GuildInstall),
                AllowsUserInstall = types?.ContainsKey(ApplicationIntegrationType.UserInstall),
                InstallPermissions = (DiscordPermissions?)(ulong?)install?.Permission,
                CustomInstallUrl = application.CustomInstallUrl,
            };
        }
    }

    /// <inheritdoc/>
    public Task<Result<DiscordGuild>> GetGuildAsync(GuildId guild, CancellationToken cancellationToken)
    {
        return ReadAsync(ReadGuildAsync, cancellationToken);

        async Task<DiscordGuild?> ReadGuildAsync(RequestOptions options)
        {
            if (await _rest.GetGuildAsync(guild.Value, options) is not { } found)
            {
                return null;
            }

            ChannelId? systemChannel = found.SystemChannelId is { } id ? new ChannelId(id) : null;
            return new DiscordGuild(found.Name ?? "", systemChannel) { Locale = found.PreferredLocale ?? "en-US" };
        }
    }

    /// <inheritdoc/>
    public Task<Result<ChannelAccess>> GetChannelAccessAsync(ChannelId channel, CancellationToken cancellationToken)
    {
        return ReadAsync(ReadAccessAsync, cancellationToken);

        async Task<ChannelAccess?> ReadAccessAsync(RequestOptions options)
        {
            var found = await _rest.GetChannelAsync(channel.Value, options);
            if (found is null)
            {
                return null;
            }

            var acceptsMessages = found is IMessageChannel;
            if (found is not IGuildChannel guildChannel)
            {
                var all = (DiscordPermissions)ulong.MaxValue;
                return new ChannelAccess(null, "", acceptsMessages, all) { Kind = ChannelKind.Other };
            }

            // A thread has no overwrites of its own; those of its channel apply.
            var parent = guildChannel;
            if (found is RestThreadChannel thread)
            {
                parent = await _rest.GetChannelAsync(thread.ParentChannelId, options) as IGuildChannel;
            }

            var user = await _rest.GetGuildUserAsync(guildChannel.GuildId, _rest.CurrentUser.Id, options);
            if (parent is null || user is null)
            {
                return null;
            }

            var permissions = (DiscordPermissions)user.GetPermissions(parent).RawValue;
            return new ChannelAccess(new GuildId(guildChannel.GuildId), guildChannel.Name, acceptsMessages, permissions)
            {
                Kind = GetKind(found),
                RequiresTag = guildChannel.Flags.HasFlag(ChannelFlags.RequireTag),
            };
        }
    }

    private static ChannelKind GetKind(IChannel channel) =>
        channel switch
        {
            IForumChannel => ChannelKind.Forum,
            IThreadChannel or IVoiceChannel => ChannelKind.Other,
            INewsChannel => ChannelKind.Announcement,
            ITextChannel => ChannelKind.Text,
            _ => ChannelKind.Other,
        };
}
