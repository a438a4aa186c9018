using System.Text.RegularExpressions;

namespace Serge.Bot.Simulator.Discord.Model;

/// <summary>The users and roles whom a message may notify.</summary>
/// <remarks>Source: Discord docs, Resources/Message, Allowed Mentions Object.</remarks>
internal sealed partial record AllowedMentions
{
    /// <summary>The default of a bot's messages.</summary>
    public static AllowedMentions Everything { get; } =
        new()
        {
            ParseUsers = true,
            ParseRoles = true,
            ParseEveryone = true,
        };

    /// <summary>The default of responses to interactions.</summary>
    public static AllowedMentions UsersOnly { get; } = new() { ParseUsers = true };

    public bool ParseUsers { get; init; }

    public bool ParseRoles { get; init; }

    public bool ParseEveryone { get; init; }

    public IReadOnlySet<Snowflake> Users { get; init; } = new HashSet<Snowflake>();

    public IReadOnlySet<Snowflake> Roles { get; init; } = new HashSet<Snowflake>();

    /// <summary>Returns a copy of a message with the mentions of its content.</summary>
    public ChannelMessage ApplyTo(ChannelMessage message, Guild? guild)
    {
        List<User> users = [];
        List<Snowflake> roles = [];
        foreach (var match in MentionMarkup().Matches(message.Content).AsEnumerable())
        {
            if (!Snowflake.TryParse(match.Groups["id"].Value, out var id))
            {
                continue;
            }

            if (match.Groups["kind"].Value == "@&")
            {
                AddRole(roles, id, message.Author, guild);
            }
            else
            {
                AddUser(users, id, guild);
            }
        }

        return message with
        {
            Mentions = users,
            MentionedRoles = roles,
            MentionsEveryone = ParseEveryone && EveryoneMarkup().IsMatch(message.Content),
        };
    }

    /// <summary>A role is notified if the message allows it, and if everyone or its author may mention it.</summary>
    /// <remarks>Source: Discord docs, Topics/Permissions, MENTION_EVERYONE.</remarks>
    private void AddRole(List<Snowflake> roles, Snowflake id, User author, Guild? guild)
    {
        var isAllowed = ParseRoles || Roles.Contains(id);
        if (isAllowed && guild?.Roles.GetValueOrDefault(id) is { } role && !roles.Contains(id))
        {
            var member = guild.Members.GetValueOrDefault(author.Id);
            var mayMention = member is not null && guild.GetPermissions(member).HasFlag(Permissions.MentionEveryone);
            if (role.IsMentionable || mayMention)
            {
                roles.Add(id);
            }
        }
    }

    private void AddUser(List<User> users, Snowflake id, Guild? guild)
    {
        var isAllowed = ParseUsers || Users.Contains(id);
        var member = guild?.Members.GetValueOrDefault(id);
        if (isAllowed && member is not null && !users.Contains(member.User))
        {
            users.Add(member.User);
        }
    }

    [GeneratedRegex(
        "<(?<kind>@!?|@&)(?<id>[0-9]{1,20})>",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex MentionMarkup();

    [GeneratedRegex("@(everyone|here)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex EveryoneMarkup();
}
