namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>Reads <c>allowed_mentions</c>.</summary>
/// <remarks>Source: Discord docs, Resources/Message, Allowed Mentions Object.</remarks>
internal static class AllowedMentionsForm
{
    private const int MaxIds = 100;

    /// <summary>Reads the field; <see langword="null"/> if it is missing.</summary>
    public static AllowedMentions? Read(Form form)
    {
        if (form.GetObject("allowed_mentions") is not { } mentions)
        {
            return null;
        }

        var parsed = ReadParse(mentions);
        AllowedMentions allowed = new()
        {
            ParseUsers = parsed.Contains("users"),
            ParseRoles = parsed.Contains("roles"),
            ParseEveryone = parsed.Contains("everyone"),
            Users = ReadIds(mentions, "users"),
            Roles = ReadIds(mentions, "roles"),
        };
        mentions.GetFlag("replied_user");
        CheckExclusive(form, "users", allowed.ParseUsers, allowed.Users);
        CheckExclusive(form, "roles", allowed.ParseRoles, allowed.Roles);
        return allowed;
    }

    private static HashSet<string> ReadParse(Form mentions)
    {
        HashSet<string> parsed = [];
        var items = mentions.GetList("parse", 3) ?? [];
        foreach (var (index, item) in items.Index())
        {
            var text = item.ToString();
            if (text is "users" or "roles" or "everyone")
            {
                parsed.Add(text);
            }
            else
            {
                mentions.AddError(
                    $"parse.{index}",
                    "BASE_TYPE_CHOICES",
                    "Value must be one of ('users', 'roles', 'everyone')."
                );
            }
        }

        return parsed;
    }

    private static HashSet<Snowflake> ReadIds(Form mentions, string name)
    {
        HashSet<Snowflake> ids = [];
        var items = mentions.GetList(name, MaxIds) ?? [];
        foreach (var (index, item) in items.Index())
        {
            if (Snowflake.TryParse(item.ToString(), out var id))
            {
                ids.Add(id);
            }
            else
            {
                mentions.AddError($"{name}.{index}", "NUMBER_TYPE_COERCE", $"Value \"{item}\" is not snowflake.");
            }
        }

        return ids;
    }

    private static void CheckExclusive(Form form, string name, bool isParsed, IReadOnlySet<Snowflake> ids)
    {
        if (isParsed && ids.Count > 0)
        {
            form.AddError(
                "allowed_mentions",
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                $"parse:[\"{name}\"] and {name}: [ids...] are mutually exclusive."
            );
        }
    }
}
