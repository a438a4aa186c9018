using System.Text.Json.Nodes;

namespace Serge.Bot.Simulator.Discord;

/// <summary>A person or a bot.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What others see.</param>
/// <param name="IsBot">Whether it is one.</param>
/// <param name="Locale">The language its client is set to, such as <c>en-US</c> or <c>fr</c>.</param>
public sealed record User(Snowflake Id, string Name, bool IsBot = false, string Locale = "en-US")
{
    internal JsonObject ToJson()
    {
        JsonObject json = new()
        {
            ["id"] = Id.ToString(),
            ["username"] = Name,
            ["avatar"] = null,
            ["discriminator"] = IsBot ? "0001" : "0",
            ["public_flags"] = 0,
            ["flags"] = 0,
            ["banner"] = null,
            ["accent_color"] = null,
            ["global_name"] = IsBot ? null : Name,
            ["avatar_decoration_data"] = null,
            ["collectibles"] = null,
            ["primary_guild"] = null,
        };
        if (IsBot)
        {
            json["bot"] = true;
        }

        return json;
    }
}

/// <summary>A set of permissions that members can have.</summary>
public sealed record Role(Snowflake Id, string Name, Permissions Permissions, bool IsManaged = false)
{
    internal JsonObject ToJson(int position) =>
        new()
        {
            ["id"] = Id.ToString(),
            ["name"] = Name,
            ["description"] = null,
            ["permissions"] = ((ulong)Permissions).ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["position"] = position,
            ["color"] = 0,
            ["colors"] = new JsonObject
            {
                ["primary_color"] = 0,
                ["secondary_color"] = null,
                ["tertiary_color"] = null,
            },
            ["hoist"] = false,
            ["managed"] = IsManaged,
            ["mentionable"] = false,
            ["icon"] = null,
            ["unicode_emoji"] = null,
            ["flags"] = 0,
        };
}

/// <summary>Somebody's place in a guild.</summary>
public sealed record Member(User User, IReadOnlyList<Role> Roles, DateTimeOffset JoinedAt)
{
    /// <summary>What they are called there, if not by their own name.</summary>
    public string? Nick { get; init; }

    internal JsonObject ToJson(bool withUser = true)
    {
        JsonObject json = new()
        {
            ["avatar"] = null,
            ["banner"] = null,
            ["communication_disabled_until"] = null,
            ["flags"] = 0,
            ["joined_at"] = Timestamps.Of(JoinedAt),
            ["nick"] = Nick,
            ["pending"] = false,
            ["premium_since"] = null,
            ["roles"] = Json.ArrayOf(Roles.Select(role => role.Id.ToString())),
            ["mute"] = false,
            ["deaf"] = false,
        };
        if (withUser)
        {
            json["user"] = User.ToJson();
        }

        return json;
    }
}
