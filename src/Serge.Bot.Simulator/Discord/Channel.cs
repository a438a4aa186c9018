using System.Globalization;
using System.Text.Json.Nodes;

namespace Serge.Bot.Simulator.Discord;

/// <summary>The kinds of channel. The numbers are Discord's.</summary>
/// <remarks>Source: Discord docs, Resources/Channel, Channel Types.</remarks>
public enum ChannelType
{
    /// <summary>Text in a guild.</summary>
    Text = 0,

    /// <summary>Between a person and a bot.</summary>
    DirectMessage = 1,

    /// <summary>Voice in a guild, with a chat beside it.</summary>
    Voice = 2,

    /// <summary>A heading over channels; takes no messages.</summary>
    Category = 4,

    /// <summary>Text that other guilds can follow.</summary>
    Announcement = 5,

    /// <summary>Threads only; takes no messages itself.</summary>
    Forum = 15,
}

/// <summary>Where messages stand.</summary>
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

    /// <summary>Its id.</summary>
    public Snowflake Id { get; }

    /// <summary>Its name without the hash sign; empty for direct messages.</summary>
    public string Name { get; }

    /// <summary>Its kind.</summary>
    public ChannelType Type { get; }

    /// <summary>The guild it is in; <see langword="null"/> for direct messages.</summary>
    public Guild? Guild { get; }

    /// <summary>For direct messages: the person.</summary>
    public User? Recipient { get; }

    /// <summary>For direct messages: the bot.</summary>
    public Application? Bot { get; internal init; }

    internal List<Message> Messages { get; } = [];

    internal Dictionary<Snowflake, Overwrite> Overwrites { get; } = [];

    internal Message? Find(Snowflake message) => Messages.Find(one => one.Id == message);

    internal JsonObject ToJson()
    {
        JsonObject json = new()
        {
            ["id"] = Id.ToString(),
            ["type"] = (int)Type,
            ["flags"] = 0,
            ["last_message_id"] = Messages.Count == 0 ? null : Messages[^1].Id.ToString(),
        };
        if (Guild is null)
        {
            json["recipients"] = new JsonArray(Recipient!.ToJson());
            return json;
        }

        json["guild_id"] = Guild.Id.ToString();
        json["name"] = Name;
        json["parent_id"] = null;
        json["topic"] = null;
        json["nsfw"] = false;
        json["rate_limit_per_user"] = 0;
        json["position"] = Guild.Channels.Keys.Count(id => id < Id);
        json["permission_overwrites"] = Json.ArrayOf(Overwrites.Values.Select(overwrite => overwrite.ToJson()));
        return json;
    }

    /// <summary>What a member may do here.</summary>
    /// <remarks>Source: Discord docs, Topics/Permissions, Permission Overwrites and Implicit Permissions.</remarks>
    internal Permissions PermissionsOf(Member member)
    {
        var permissions = Guild!.PermissionsOf(member);
        if (permissions.HasFlag(Permissions.Administrator))
        {
            return permissions;
        }

        if (Overwrites.TryGetValue(Guild.Id, out var everyone))
        {
            permissions = everyone.ApplyTo(permissions);
        }

        var (allowed, denied) = (Permissions.None, Permissions.None);
        foreach (var role in member.Roles)
        {
            if (Overwrites.TryGetValue(role.Id, out var overwrite))
            {
                allowed |= overwrite.Allowed;
                denied |= overwrite.Denied;
            }
        }

        permissions = (permissions & ~denied) | allowed;
        if (Overwrites.TryGetValue(member.User.Id, out var own))
        {
            permissions = own.ApplyTo(permissions);
        }

        return permissions.HasFlag(Permissions.ViewChannel) ? permissions : Permissions.None;
    }
}

/// <summary>A channel's exception for a role or a member.</summary>
/// <param name="Id">The role or user.</param>
/// <param name="ForMember">Whether it is a member's.</param>
/// <param name="Allowed">Added.</param>
/// <param name="Denied">Taken away.</param>
internal sealed record Overwrite(Snowflake Id, bool ForMember, Permissions Allowed, Permissions Denied)
{
    public Permissions ApplyTo(Permissions permissions) => (permissions & ~Denied) | Allowed;

    public JsonObject ToJson() =>
        new()
        {
            ["id"] = Id.ToString(),
            ["type"] = ForMember ? 1 : 0,
            ["allow"] = ((ulong)Allowed).ToString(CultureInfo.InvariantCulture),
            ["deny"] = ((ulong)Denied).ToString(CultureInfo.InvariantCulture),
        };
}
