namespace Serge.Bot.Simulator.Discord.Model;

/// <summary>A version of a message; an edit creates a new version with the same id.</summary>
public sealed record ChannelMessage
{
    internal const int EphemeralFlag = 1 << 6;
    internal const int LoadingFlag = 1 << 7;

    public required Snowflake Id { get; init; }

    public required Snowflake ChannelId { get; init; }

    public required User Author { get; init; }

    /// <summary>The text, with Discord's markdown.</summary>
    public required string Content { get; init; }

    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The time of the last edit.</summary>
    public DateTimeOffset? Edited { get; init; }

    /// <summary>Discord's message type: 0, 20 for the response to a slash command, 19 for a reply.</summary>
    public int Type { get; init; }

    /// <summary>Discord's message flags.</summary>
    public int Flags { get; init; }

    /// <summary>The embeds as Discord returns them.</summary>
    public JsonElement Embeds { get; init; } = EmptyArray;

    /// <summary>The rows of buttons as Discord returns them.</summary>
    public JsonElement Components { get; init; } = EmptyArray;

    /// <summary>The files of the message.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>The users whom the message notifies.</summary>
    public IReadOnlyList<User> Mentions { get; init; } = [];

    /// <summary>The roles whom the message notifies.</summary>
    public IReadOnlyList<Snowflake> MentionedRoles { get; init; } = [];

    /// <summary>Whether the message notifies everyone.</summary>
    public bool MentionsEveryone { get; init; }

    /// <summary>The sender's nonce, a text or a number.</summary>
    public JsonElement? Nonce { get; init; }

    /// <summary>The interaction to which the message responds.</summary>
    public InteractionOrigin? Origin { get; init; }

    /// <summary>Whether only the interaction's user sees the message.</summary>
    public bool IsEphemeral => (Flags & EphemeralFlag) != 0;

    /// <summary>Whether the message is the "thinking…" of a deferred response.</summary>
    public bool IsLoading => (Flags & LoadingFlag) != 0;

    internal static JsonElement EmptyArray { get; } = JsonElement.Parse("[]");

    internal bool IsEmpty =>
        Content.Length == 0
        && Embeds.GetArrayLength() == 0
        && Components.GetArrayLength() == 0
        && Attachments.Count == 0;

    /// <summary>Returns the message object of Discord's API.</summary>
    public JsonObject ToJson()
    {
        JsonObject json = new()
        {
            ["id"] = Id.ToString(),
            ["channel_id"] = ChannelId.ToString(),
            ["type"] = Type,
            ["content"] = Content,
            ["author"] = Author.ToJson(),
            ["timestamp"] = Timestamps.Format(Timestamp),
            ["edited_timestamp"] = Timestamps.Format(Edited),
            ["tts"] = false,
            ["mention_everyone"] = MentionsEveryone,
            ["mentions"] = Json.ToArray(Mentions, user => user.ToJson()),
            ["mention_roles"] = Json.ToArray(MentionedRoles, role => role.ToString()),
            ["attachments"] = Json.ToArray(Attachments, attachment => attachment.ToJson(ChannelId)),
            ["embeds"] = Json.ToNode(Embeds),
            ["components"] = Json.ToNode(Components),
            ["pinned"] = false,
            ["flags"] = Flags,
        };
        if (Nonce is { } nonce)
        {
            json["nonce"] = Json.ToNode(nonce);
        }

        Origin?.AddTo(json);
        return json;
    }

    /// <summary>Returns the message as a bot gets it: without the message content intent, the content of other authors
    /// in guilds is empty.</summary>
    /// <remarks>Source: Discord docs, Events/Gateway, Message Content Intent.</remarks>
    internal JsonObject ToJson(Channel channel, Application bot)
    {
        var json = ToJson();
        if (!HasReadableContent(channel, bot))
        {
            json["content"] = "";
            json["embeds"] = new JsonArray();
            json["components"] = new JsonArray();
            json["attachments"] = new JsonArray();
        }

        return json;
    }

    private bool HasReadableContent(Channel channel, Application bot) =>
        channel.Guild is null
        || Author.Id == bot.Id
        || Mentions.Contains(bot.User)
        || (bot.PrivilegedIntents & GatewayIntents.MessageContent) != 0;
}
