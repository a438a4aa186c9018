using System.Globalization;
using System.Text.Json.Nodes;

namespace Serge.Bot.Simulator.Discord;

/// <summary>A guild, which people call a server.</summary>
public sealed class Guild
{
    internal Guild(Snowflake id, string name, User owner, string locale)
    {
        Id = id;
        Name = name;
        Owner = owner;
        Locale = locale;
    }

    /// <summary>Its id, which is also the id of its role for everyone.</summary>
    public Snowflake Id { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Who may do everything in it.</summary>
    public User Owner { get; }

    /// <summary>Its language.</summary>
    public string Locale { get; }

    /// <summary>Where the guild wants to be told things; <see langword="null"/> until somebody chooses one.</summary>
    public Channel? SystemChannel { get; internal set; }

    internal Dictionary<Snowflake, Role> Roles { get; } = [];

    internal Dictionary<Snowflake, Member> Members { get; } = [];

    internal Dictionary<Snowflake, Channel> Channels { get; } = [];

    internal JsonObject ToJson() =>
        new()
        {
            ["id"] = Id.ToString(),
            ["name"] = Name,
            ["icon"] = null,
            ["description"] = null,
            ["home_header"] = null,
            ["splash"] = null,
            ["discovery_splash"] = null,
            ["features"] = new JsonArray(),
            ["banner"] = null,
            ["owner_id"] = Owner.Id.ToString(),
            ["application_id"] = null,
            ["region"] = "us-west",
            ["afk_channel_id"] = null,
            ["afk_timeout"] = 300,
            ["system_channel_id"] = SystemChannel?.Id.ToString(),
            ["system_channel_flags"] = 0,
            ["widget_enabled"] = false,
            ["widget_channel_id"] = null,
            ["verification_level"] = 0,
            ["roles"] = Json.ArrayOf(Roles.Values.Select((role, position) => role.ToJson(position))),
            ["default_message_notifications"] = 0,
            ["mfa_level"] = 0,
            ["explicit_content_filter"] = 0,
            ["max_presences"] = null,
            ["max_members"] = 500_000,
            ["max_stage_video_channel_users"] = 50,
            ["max_video_channel_users"] = 25,
            ["vanity_url_code"] = null,
            ["premium_tier"] = 0,
            ["premium_subscription_count"] = 0,
            ["preferred_locale"] = Locale,
            ["rules_channel_id"] = null,
            ["safety_alerts_channel_id"] = null,
            ["public_updates_channel_id"] = null,
            ["premium_progress_bar_enabled"] = false,
            ["nsfw"] = false,
            ["nsfw_level"] = 0,
            ["emojis"] = new JsonArray(),
            ["stickers"] = new JsonArray(),
            ["incidents_data"] = null,
        };

    /// <summary>As GUILD_CREATE brings it.</summary>
    internal JsonObject ToGatewayJson(Member self)
    {
        var json = ToJson();
        json["joined_at"] = Timestamps.Of(self.JoinedAt);
        json["large"] = false;
        json["member_count"] = Members.Count;
        json["voice_states"] = new JsonArray();
        json["members"] = new JsonArray(self.ToJson());
        json["channels"] = Json.ArrayOf(Channels.Values.Select(channel => channel.ToJson()));
        json["threads"] = new JsonArray();
        json["presences"] = new JsonArray();
        json["stage_instances"] = new JsonArray();
        json["guild_scheduled_events"] = new JsonArray();
        json["soundboard_sounds"] = new JsonArray();
        return json;
    }

    /// <summary>As <c>GET /users/@me/guilds</c> lists it.</summary>
    internal JsonObject ToPartialJson(Member self) =>
        new()
        {
            ["id"] = Id.ToString(),
            ["name"] = Name,
            ["icon"] = null,
            ["banner"] = null,
            ["owner"] = self.User.Id == Owner.Id,
            ["permissions"] = ((ulong)PermissionsOf(self)).ToString(CultureInfo.InvariantCulture),
            ["features"] = new JsonArray(),
        };

    /// <summary>What a member may do before any channel has its say.</summary>
    /// <remarks>Source: Discord docs, Topics/Permissions, Permission Overwrites.</remarks>
    internal Permissions PermissionsOf(Member member)
    {
        if (member.User.Id == Owner.Id)
        {
            return (Permissions)ulong.MaxValue;
        }

        var permissions = Roles[Id].Permissions;
        foreach (var role in member.Roles)
        {
            permissions |= Roles[role.Id].Permissions;
        }

        return permissions.HasFlag(Permissions.Administrator) ? (Permissions)ulong.MaxValue : permissions;
    }
}
