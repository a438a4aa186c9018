namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>Channels, guilds and members, read-only.</summary>
/// <remarks>Source: Discord docs, Resources/Channel and Resources/Guild.</remarks>
internal static class ChannelRoutes
{
    public static IEnumerable<RestRoute> All { get; } =
    [
        new("GET", "/channels/{channel}", GetChannel),
        new("GET", "/guilds/{guild}", GetGuild),
        new("GET", "/guilds/{guild}/channels", GetChannels),
        new("GET", "/guilds/{guild}/roles", GetRoles),
        new("GET", "/guilds/{guild}/members/{user}", GetMember),
    ];

    private static RestResponse GetChannel(RestRequest request)
    {
        if (!request.TryGetChannel(Permissions.None, out var channel, out var error))
        {
            return error;
        }

        return RestResponse.Ok(channel.ToJson());
    }

    private static RestResponse GetGuild(RestRequest request)
    {
        if (!request.TryGetGuild(out var guild, out var error))
        {
            return error;
        }

        var json = guild.ToJson();
        if (request.GetFlag("with_counts"))
        {
            json["approximate_member_count"] = guild.Members.Count;
            json["approximate_presence_count"] = guild.Members.Count;
        }

        return RestResponse.Ok(json);
    }

    private static RestResponse GetChannels(RestRequest request)
    {
        if (!request.TryGetGuild(out var guild, out var error))
        {
            return error;
        }

        return RestResponse.Ok(guild.ChannelsToJson());
    }

    private static RestResponse GetRoles(RestRequest request)
    {
        if (!request.TryGetGuild(out var guild, out var error))
        {
            return error;
        }

        return RestResponse.Ok(guild.RolesToJson());
    }

    private static RestResponse GetMember(RestRequest request)
    {
        if (!request.TryGetGuild(out var guild, out var error))
        {
            return error;
        }

        var user = request.Bot.Id;
        if (request.GetText("user") != "@me" && !request.TryGetId("user", out user, out error))
        {
            return error;
        }

        if (!guild.Members.TryGetValue(user, out var member))
        {
            return DiscordError.UnknownMember;
        }

        return RestResponse.Ok(member.ToJson());
    }
}
