using System.Text.Json;
using System.Text.RegularExpressions;

namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>Whom a message may ping.</summary>
/// <remarks>Source: Discord docs, Resources/Message, Allowed Mentions Object.</remarks>
internal sealed partial record AllowedMentions
{
    private const int Most = 100;

    /// <summary>What holds for a bot's messages that say nothing: everything pings.</summary>
    public static AllowedMentions Everything { get; } =
        new()
        {
            ParseUsers = true,
            ParseRoles = true,
            ParseEveryone = true,
        };

    /// <summary>What holds for answers to interactions that say nothing: only people are pinged.</summary>
    public static AllowedMentions People { get; } = new() { ParseUsers = true };

    public bool ParseUsers { get; private init; }

    public bool ParseRoles { get; private init; }

    public bool ParseEveryone { get; private init; }

    public IReadOnlySet<string> Users { get; private init; } = new HashSet<string>(StringComparer.Ordinal);

    public IReadOnlySet<string> Roles { get; private init; } = new HashSet<string>(StringComparer.Ordinal);

    public static AllowedMentions? Read(Form form)
    {
        if (form.Object("allowed_mentions") is not { } allowed)
        {
            return null;
        }

        var parse = Parse(allowed);
        AllowedMentions read = new()
        {
            ParseUsers = parse.Contains("users"),
            ParseRoles = parse.Contains("roles"),
            ParseEveryone = parse.Contains("everyone"),
            Users = Ids(allowed, "users"),
            Roles = Ids(allowed, "roles"),
        };
        allowed.Flag("replied_user");
        RefuseBoth(form, "users", read.ParseUsers, read.Users);
        RefuseBoth(form, "roles", read.ParseRoles, read.Roles);
        return read;
    }

    /// <summary>A copy of the message with the pings its text makes.</summary>
    public Message ApplyTo(Message message, Guild? guild)
    {
        var ids = MentionMarkup().Matches(message.Content);
        var users = ids.Where(match => match.Groups["kind"].Value != "@&")
            .Select(match => match.Groups["id"].Value)
            .Where(id => ParseUsers || Users.Contains(id))
            .Distinct(StringComparer.Ordinal);
        var roles = ids.Where(match => match.Groups["kind"].Value == "@&")
            .Select(match => match.Groups["id"].Value)
            .Where(id => ParseRoles || Roles.Contains(id))
            .Distinct(StringComparer.Ordinal);
        return message with
        {
            Mentions = [.. users.Select(id => Known(guild, id)).OfType<User>()],
            MentionedRoles =
            [
                .. roles
                    .Select(id => Snowflake.TryParse(id, out var role) ? role : default)
                    .Where(role => guild?.Roles.ContainsKey(role) == true),
            ],
            MentionsEveryone =
                ParseEveryone
                && (
                    message.Content.Contains("@everyone", StringComparison.Ordinal)
                    || message.Content.Contains("@here", StringComparison.Ordinal)
                ),
        };
    }

    private static User? Known(Guild? guild, string id) =>
        Snowflake.TryParse(id, out var user) && guild?.Members.TryGetValue(user, out var member) == true
            ? member.User
            : null;

    private static HashSet<string> Parse(Form allowed)
    {
        HashSet<string> parse = new(StringComparer.Ordinal);
        var index = 0;
        foreach (var item in allowed.List("parse", 3) ?? [])
        {
            var text = item.ValueKind == JsonValueKind.String ? item.GetString()! : item.ToString();
            if (text is "users" or "roles" or "everyone")
            {
                parse.Add(text);
            }
            else
            {
                allowed.Refuse(
                    $"parse.{index}",
                    "BASE_TYPE_CHOICES",
                    "Value must be one of ('users', 'roles', 'everyone')."
                );
            }

            index++;
        }

        return parse;
    }

    private static HashSet<string> Ids(Form allowed, string name)
    {
        HashSet<string> ids = new(StringComparer.Ordinal);
        var index = 0;
        foreach (var item in allowed.List(name, Most) ?? [])
        {
            if (Snowflake.TryParse(item.ToString(), out _))
            {
                ids.Add(item.ToString());
            }
            else
            {
                allowed.Refuse($"{name}.{index}", "NUMBER_TYPE_COERCE", $"Value \"{item}\" is not snowflake.");
            }

            index++;
        }

        return ids;
    }

    private static void RefuseBoth(Form form, string name, bool parsed, IReadOnlySet<string> listed)
    {
        if (parsed && listed.Count > 0)
        {
            form.Refuse(
                "allowed_mentions",
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                $"parse:[\"{name}\"] and {name}: [ids...] are mutually exclusive."
            );
        }
    }

    [GeneratedRegex(
        "<(?<kind>@!?|@&)(?<id>[0-9]{1,20})>",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex MentionMarkup();
}
