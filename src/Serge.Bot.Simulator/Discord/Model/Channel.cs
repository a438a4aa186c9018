namespace Serge.Bot.Simulator.Discord.Model;

public sealed class Channel
{
    internal Channel(Snowflake id, string name, ChannelType type, Guild? guild, User? recipient)
    {
        Id = id;
        Name = name;
        Type = type;
        Guild = guild;
        Recipient = recipient;
    }

    public Snowflake Id { get; }

    /// <summary>The name without the hash sign; empty for direct messages.</summary>
    public string Name { get; }

    public ChannelType Type { get; }

    /// <summary>The guild of the channel; <see langword="null"/> for direct messages.</summary>
    public Guild? Guild { get; }

    /// <summary>For direct messages: the person.</summary>
    public User? Recipient { get; }

    /// <summary>For direct messages: the bot.</summary>
    public Application? Bot { get; internal init; }

    /// <summary>For threads: the channel, whose permissions apply.</summary>
    public Channel? Parent { get; internal init; }

    /// <summary>For threads: who opened it.</summary>
    public User? Opener { get; internal init; }

    /// <summary>The permission to write in the channel. Send Messages has no effect in threads.</summary>
    /// <remarks>Source: Discord docs, Topics/Threads, Permissions; Topics/Permissions, Inherited Permissions
    /// (Threads).</remarks>
    internal Permissions RequiredToSend =>
        Parent is null ? Permissions.SendMessages : Permissions.SendMessagesInThreads;

    internal List<ChannelMessage> Messages { get; } = [];

    internal Dictionary<Snowflake, PermissionOverwrite> Overwrites { get; } = [];

    internal ChannelMessage? FindMessage(Snowflake id) => Messages.Find(message => message.Id == id);

    internal JsonObject ToJson()
    {
        var lastMessage = Messages.LastOrDefault();
        JsonObject json = new()
        {
            ["id"] = Id.ToString(),
            ["type"] = (int)Type,
            ["flags"] = 0,
            ["last_message_id"] = lastMessage?.Id.ToString(),
        };
        if (Guild is null)
        {
            json["recipients"] = new JsonArray(Recipient!.ToJson());
            return json;
        }

        json["guild_id"] = Guild.Id.ToString();
        json["name"] = Name;
        json["parent_id"] = Parent?.Id.ToString();
        if (Opener is not null)
        {
            json["owner_id"] = Opener.Id.ToString();
            json["thread_metadata"] = new JsonObject
            {
                ["archived"] = false,
                ["auto_archive_duration"] = 1440,
                ["locked"] = false,
            };
        }

        json["topic"] = null;
        json["nsfw"] = false;
        json["rate_limit_per_user"] = 0;
        json["position"] = Guild.Channels.Keys.Count(id => id.Value < Id.Value);
        json["permission_overwrites"] = Json.ToArray(Overwrites.Values, overwrite => overwrite.ToJson());
        return json;
    }

    /// <summary>Returns a bot's permissions in the channel; the default ones in its direct messages.</summary>
    internal Permissions GetPermissions(Application bot)
    {
        if (Guild is null)
        {
            return Bot == bot ? Permissions.Default : Permissions.None;
        }

        if (Guild.Members.TryGetValue(bot.Id, out var member))
        {
            return GetPermissions(member);
        }

        return Permissions.None;
    }

    /// <summary>Returns a member's permissions in the channel.</summary>
    /// <remarks>Source: Discord docs, Topics/Permissions, Permission Overwrites and Implicit Permissions.</remarks>
    internal Permissions GetPermissions(Member member)
    {
        if (Parent is not null)
        {
            return Parent.GetPermissions(member);
        }

        var permissions = Guild!.GetPermissions(member);
        if (permissions.HasFlag(Permissions.Administrator))
        {
            return permissions;
        }

        permissions = ApplyOverwrite(Guild.Id, permissions);
        permissions = ApplyRoleOverwrites(member, permissions);
        permissions = ApplyOverwrite(member.User.Id, permissions);
        return permissions.HasFlag(Permissions.ViewChannel) ? permissions : Permissions.None;
    }

    private Permissions ApplyOverwrite(Snowflake id, Permissions permissions)
    {
        var overwrite = Overwrites.GetValueOrDefault(id);
        return overwrite?.ApplyTo(permissions) ?? permissions;
    }

    private Permissions ApplyRoleOverwrites(Member member, Permissions permissions)
    {
        var allowed = Permissions.None;
        var denied = Permissions.None;
        foreach (var role in member.Roles)
        {
            if (Overwrites.TryGetValue(role.Id, out var overwrite))
            {
                allowed |= overwrite.Allowed;
                denied |= overwrite.Denied;
            }
        }

        return (permissions & ~denied) | allowed;
    }
}
