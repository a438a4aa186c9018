namespace Serge.Bot.Simulator.Discord.Model;

public sealed class Guild
{
    private static readonly JsonElement ConstantFields = JsonElement.Parse(
        """
        {
          "icon": null,
          "description": null,
          "home_header": null,
          "splash": null,
          "discovery_splash": null,
          "features": [],
          "banner": null,
          "application_id": null,
          "region": "us-west",
          "afk_channel_id": null,
          "afk_timeout": 300,
          "system_channel_flags": 0,
          "widget_enabled": false,
          "widget_channel_id": null,
          "verification_level": 0,
          "default_message_notifications": 0,
          "mfa_level": 0,
          "explicit_content_filter": 0,
          "max_presences": null,
          "max_members": 500000,
          "max_stage_video_channel_users": 50,
          "max_video_channel_users": 25,
          "vanity_url_code": null,
          "premium_tier": 0,
          "premium_subscription_count": 0,
          "rules_channel_id": null,
          "safety_alerts_channel_id": null,
          "public_updates_channel_id": null,
          "premium_progress_bar_enabled": false,
          "nsfw": false,
          "nsfw_level": 0,
          "emojis": [],
          "stickers": [],
          "incidents_data": null
        }
        """
    );

    private static readonly JsonElement ConstantGatewayFields = JsonElement.Parse(
        """
        {
          "large": false,
          "voice_states": [],
          "threads": [],
          "presences": [],
          "stage_instances": [],
          "guild_scheduled_events": [],
          "soundboard_sounds": []
        }
        """
    );

    internal Guild(Snowflake id, string name, User owner, string locale)
    {
        Id = id;
        Name = name;
        Owner = owner;
        Locale = locale;
    }

    /// <summary>The id of the guild and of its <c>@everyone</c> role.</summary>
    public Snowflake Id { get; }

    public string Name { get; }

    /// <summary>The owner, who has every permission.</summary>
    public User Owner { get; }

    public string Locale { get; }

    /// <summary>The channel for system messages; <see langword="null"/> if none is set.</summary>
    public Channel? SystemChannel { get; internal set; }

    internal Dictionary<Snowflake, Role> Roles { get; } = [];

    internal Dictionary<Snowflake, Member> Members { get; } = [];

    internal Dictionary<Snowflake, Channel> Channels { get; } = [];

    internal JsonObject ToJson()
    {
        JsonObject json = new()
        {
            ["id"] = Id.ToString(),
            ["name"] = Name,
            ["owner_id"] = Owner.Id.ToString(),
            ["system_channel_id"] = SystemChannel?.Id.ToString(),
            ["roles"] = RolesToJson(),
            ["preferred_locale"] = Locale,
        };
        Json.AddFields(json, ConstantFields);
        return json;
    }

    internal JsonArray RolesToJson()
    {
        JsonArray json = [];
        foreach (var role in Roles.Values)
        {
            json.Add((JsonNode)role.ToJson(position: json.Count));
        }

        return json;
    }

    internal JsonArray ChannelsToJson() => Json.ToArray(Channels.Values, channel => channel.ToJson());

    /// <summary>Returns the data of GUILD_CREATE.</summary>
    /// <param name="bot">The bot that gets the event.</param>
    internal JsonObject ToGatewayJson(Member bot)
    {
        var json = ToJson();
        json["joined_at"] = Timestamps.Format(bot.JoinedAt);
        json["member_count"] = Members.Count;
        json["members"] = new JsonArray(bot.ToJson());
        json["channels"] = ChannelsToJson();
        Json.AddFields(json, ConstantGatewayFields);
        return json;
    }

    /// <summary>Returns an item of <c>GET /users/@me/guilds</c>.</summary>
    internal JsonObject ToPartialJson(Member bot) =>
        new()
        {
            ["id"] = Id.ToString(),
            ["name"] = Name,
            ["icon"] = null,
            ["banner"] = null,
            ["owner"] = bot.User.Id == Owner.Id,
            ["permissions"] = GetPermissions(bot).ToBits(),
            ["features"] = new JsonArray(),
        };

    /// <summary>Returns a member's permissions before the overwrites of channels.</summary>
    /// <remarks>Source: Discord docs, Topics/Permissions, Permission Overwrites.</remarks>
    internal Permissions GetPermissions(Member member)
    {
        const Permissions everything = (Permissions)ulong.MaxValue;
        if (member.User.Id == Owner.Id)
        {
            return everything;
        }

        var permissions = Roles[Id].Permissions;
        foreach (var role in member.Roles)
        {
            permissions |= Roles[role.Id].Permissions;
        }

        return permissions.HasFlag(Permissions.Administrator) ? everything : permissions;
    }
}
