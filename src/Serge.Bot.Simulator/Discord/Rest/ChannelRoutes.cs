namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>Channels, guilds and their members, to read.</summary>
/// <remarks>Source: Discord docs, Resources/Channel and Resources/Guild.</remarks>
internal static class ChannelRoutes
{
    public static IEnumerable<DiscordRoute> All { get; } =
    [
        new("GET", "/channels/{channel}", GetChannel) { Resource = ["channel"] },
        new("GET", "/guilds/{guild}", GetGuild) { Resource = ["guild"] },
        new("GET", "/guilds/{guild}/channels", GetChannels) { Resource = ["guild"] },
        new("GET", "/guilds/{guild}/roles", GetRoles) { Resource = ["guild"] },
        new("GET", "/guilds/{guild}/members/{user}", GetMember) { Resource = ["guild"] },
    ];

    private static Answer GetChannel(RestRequest request) =>
        Access.TryChannel(request, Permissions.None, out var channel, out var refusal)
            ? Answer.Ok(channel.ToJson())
            : refusal;

    private static Answer GetGuild(RestRequest request)
    {
        if (!Access.TryGuild(request, out var guild, out var refusal))
        {
            return refusal;
        }

        var json = guild.ToJson();
        if (request.Query("with_counts"))
        {
            json["approximate_member_count"] = guild.Members.Count;
            json["approximate_presence_count"] = guild.Members.Count;
        }

        return Answer.Ok(json);
    }

    private static Answer GetChannels(RestRequest request) =>
        Access.TryGuild(request, out var guild, out var refusal)
            ? Answer.Ok(Json.ArrayOf(guild.Channels.Values.Select(channel => channel.ToJson())))
            : refusal;

    private static Answer GetRoles(RestRequest request) =>
        Access.TryGuild(request, out var guild, out var refusal)
            ? Answer.Ok(Json.ArrayOf(guild.Roles.Values.Select((role, position) => role.ToJson(position))))
            : refusal;

    private static Answer GetMember(RestRequest request)
    {
        if (!Access.TryGuild(request, out var guild, out var refusal))
        {
            return refusal;
        }

        Snowflake user = request.Bot.Id;
        if (request.Text("user") != "@me" && !request.TryId("user", out user, out refusal))
        {
            return refusal;
        }

        return guild.Members.TryGetValue(user, out var member)
            ? Answer.Ok(member.ToJson())
            : DiscordError.UnknownMember;
    }
}
