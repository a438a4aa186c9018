using System.Text.Json;
using System.Text.Json.Nodes;
using Serge.Bot.Simulator.Discord.Gateway;

namespace Serge.Bot.Simulator.Discord;

/// <summary>A message as it stands; an edit makes a new one with the same id.</summary>
public sealed record Message
{
    internal const int EphemeralFlag = 1 << 6;
    internal const int LoadingFlag = 1 << 7;

    /// <summary>Its id.</summary>
    public required Snowflake Id { get; init; }

    /// <summary>Where it stands.</summary>
    public required Snowflake ChannelId { get; init; }

    /// <summary>Who wrote it.</summary>
    public required User Author { get; init; }

    /// <summary>Its text, with Discord's markdown.</summary>
    public required string Content { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>When it was last changed, if it was.</summary>
    public DateTimeOffset? Edited { get; init; }

    /// <summary>Discord's message type: 0, or 20 for the answer to a slash command.</summary>
    public int Type { get; init; }

    /// <summary>Discord's message flags.</summary>
    public int Flags { get; init; }

    /// <summary>Its embeds, as Discord returns them.</summary>
    public JsonElement Embeds { get; init; } = EmptyArray;

    /// <summary>Its rows of buttons, as Discord returns them.</summary>
    public JsonElement Components { get; init; } = EmptyArray;

    /// <summary>The users it pings.</summary>
    public IReadOnlyList<User> Mentions { get; init; } = [];

    /// <summary>The roles it pings.</summary>
    public IReadOnlyList<Snowflake> MentionedRoles { get; init; } = [];

    /// <summary>Whether it pings everyone.</summary>
    public bool MentionsEveryone { get; init; }

    /// <summary>The sender's own mark, a text or a number.</summary>
    public JsonElement? Nonce { get; init; }

    /// <summary>The interaction it answers, if any.</summary>
    public InteractionOrigin? Origin { get; init; }

    /// <summary>Whether only the member it answers sees it.</summary>
    public bool IsEphemeral => (Flags & EphemeralFlag) != 0;

    /// <summary>Whether it is the "thinking…" of a deferred answer.</summary>
    public bool IsLoading => (Flags & LoadingFlag) != 0;

    internal static JsonElement EmptyArray { get; } = JsonElement.Parse("[]");

    /// <summary>The message object of Discord's API.</summary>
    public JsonObject ToJson()
    {
        JsonObject json = new()
        {
            ["id"] = Id.ToString(),
            ["channel_id"] = ChannelId.ToString(),
            ["type"] = Type,
            ["content"] = Content,
            ["author"] = Author.ToJson(),
            ["timestamp"] = Timestamps.Of(Timestamp),
            ["edited_timestamp"] = Edited is { } edited ? Timestamps.Of(edited) : null,
            ["tts"] = false,
            ["mention_everyone"] = MentionsEveryone,
            ["mentions"] = Json.ArrayOf(Mentions.Select(user => user.ToJson())),
            ["mention_roles"] = Json.ArrayOf(MentionedRoles.Select(role => role.ToString())),
            ["attachments"] = new JsonArray(),
            ["embeds"] = Json.Thaw(Embeds),
            ["components"] = Json.Thaw(Components),
            ["pinned"] = false,
            ["flags"] = Flags,
        };
        if (Nonce is { } nonce)
        {
            json["nonce"] = Json.Thaw(nonce);
        }

        Origin?.AddTo(json);
        return json;
    }

    /// <summary>As a bot gets it: without the intent for message content, what others wrote in a guild is blank.</summary>
    /// <remarks>Source: Discord docs, Events/Gateway, Message Content Intent.</remarks>
    internal JsonObject ToJson(Channel channel, Application reader)
    {
        var json = ToJson();
        var readable =
            channel.Guild is null
            || Author.Id == reader.Id
            || Mentions.Contains(reader.User)
            || (reader.PrivilegedIntents & GatewayIntents.MessageContent) != 0;
        if (!readable)
        {
            json["content"] = "";
            json["embeds"] = new JsonArray();
            json["components"] = new JsonArray();
        }

        return json;
    }
}

/// <summary>What a message that answers an interaction says about it.</summary>
/// <param name="Application">Who answers; also the webhook it came through.</param>
/// <param name="InteractionId">Which interaction.</param>
/// <param name="InteractionType">2 for a command, 3 for a component.</param>
/// <param name="User">Whose it was.</param>
/// <param name="CommandName">For commands: the name with its subcommands.</param>
/// <param name="Guild">Where it came from.</param>
public sealed record InteractionOrigin(
    Snowflake Application,
    Snowflake InteractionId,
    int InteractionType,
    User User,
    string? CommandName,
    Snowflake? Guild
)
{
    internal void AddTo(JsonObject message)
    {
        message["application_id"] = Application.ToString();
        message["webhook_id"] = Application.ToString();
        message["interaction_metadata"] = new JsonObject
        {
            ["id"] = InteractionId.ToString(),
            ["type"] = InteractionType,
            ["user"] = User.ToJson(),
            ["authorizing_integration_owners"] = OwnersJson(Guild),
        };
        if (CommandName is not null)
        {
            message["interaction"] = new JsonObject
            {
                ["id"] = InteractionId.ToString(),
                ["type"] = InteractionType,
                ["name"] = CommandName,
                ["user"] = User.ToJson(),
            };
        }
    }

    /// <summary>Who installed the application: the guild, or with 0 a person for direct messages with the bot.</summary>
    internal static JsonObject OwnersJson(Snowflake? guild) => new() { ["0"] = guild?.ToString() ?? "0" };
}
