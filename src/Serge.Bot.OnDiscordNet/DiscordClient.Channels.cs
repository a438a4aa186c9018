using System.Text.Json;
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
            if (await _rest.GetCurrentBotInfoAsync(options) is not { } application)
            {
                return null;
            }

            var endpoint = application.InteractionsEndpointUrl;
            if (endpoint == "")
            {
                endpoint = null;
            }

            // Discord.Net reads a missing configuration as an empty one, and not the permissions in it.
            var config = JsonReader.Parse(DiscordCall.Current?.Body).Member("integration_types_config");
            var install = config.Member("0").Member("oauth2_install_params");
            return new DiscordApplication(application.Id, application.Name ?? "", endpoint)
            {
                AllowsGuildInstall = Allows(config, "0"),
                AllowsUserInstall = Allows(config, "1"),
                IsPublic = application.IsBotPublic,
                InstallPermissions = (DiscordPermissions?)ResponseDecoder.ReadNumber(install.Member("permissions")),
                CustomInstallUrl = application.CustomInstallUrl,
            };
        }
    }

    private static bool? Allows(JsonElement? config, string context)
    {
        if (config is not { ValueKind: JsonValueKind.Object })
        {
            return null;
        }

        return config.Member(context) is not null;
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
            IThreadChannel => ChannelKind.Thread,
            IVoiceChannel => ChannelKind.Other,
            INewsChannel => ChannelKind.Announcement,
            ITextChannel => ChannelKind.Text,
            _ => ChannelKind.Other,
        };
}
