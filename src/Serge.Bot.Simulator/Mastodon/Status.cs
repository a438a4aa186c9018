namespace Serge.Bot.Simulator.Mastodon;

/// <summary>A version of a status; an edit creates a new version with the same id.</summary>
public sealed record Status
{
    private static readonly JsonElement ConstantFields = JsonElement.Parse(
        """
        {
          "replies_count": 0,
          "reblogs_count": 0,
          "favourites_count": 0,
          "quotes_count": 0,
          "reblog": null,
          "emojis": [],
          "quote": null,
          "card": null,
          "poll": null
        }
        """
    );

    private static readonly JsonElement ConstantOwnFields = JsonElement.Parse(
        """
        {
          "favourited": false,
          "reblogged": false,
          "muted": false,
          "bookmarked": false,
          "pinned": false,
          "filtered": []
        }
        """
    );

    /// <summary>The id, digits as text.</summary>
    public required string Id { get; init; }

    public required Account Account { get; init; }

    /// <summary>The text as it was sent.</summary>
    public required string Text { get; init; }

    /// <summary>The text in HTML, as others get it.</summary>
    public required string Content { get; init; }

    /// <summary>The content warning; empty for none.</summary>
    public string SpoilerText { get; init; } = "";

    /// <summary>Whether media are hidden at first; always with a content warning.</summary>
    public bool IsSensitive { get; init; }

    /// <summary><c>public</c>, <c>unlisted</c>, <c>private</c> or <c>direct</c>.</summary>
    public required string Visibility { get; init; }

    /// <summary>The language, ISO 639-1.</summary>
    public string? Language { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time of the last edit.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>The status to which this one replies.</summary>
    public Status? InReplyTo { get; init; }

    /// <summary>The application that posted the status.</summary>
    public string Application { get; init; } = "";

    /// <summary>The hashtags in the text, without the sign.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The pictures.</summary>
    public IReadOnlyList<Media> Media { get; init; } = [];

    /// <summary>The accounts mentioned in the text.</summary>
    public IReadOnlyList<Account> Mentions { get; init; } = [];

    internal JsonObject ToJson(Uri server, bool isOwn)
    {
        JsonObject json = new()
        {
            ["id"] = Id,
            ["created_at"] = Iso8601.FormatMilliseconds(CreatedAt),
            ["in_reply_to_id"] = InReplyTo?.Id,
            ["in_reply_to_account_id"] = InReplyTo?.Account.Id,
            ["sensitive"] = IsSensitive,
            ["spoiler_text"] = SpoilerText,
            ["visibility"] = Visibility,
            ["language"] = Language,
            ["uri"] = $"{server}users/{Account.Username}/statuses/{Id}",
            ["url"] = $"{server}@{Account.Username}/{Id}",
            ["edited_at"] = null,
            ["content"] = Content,
            ["application"] = new JsonObject { ["name"] = Application, ["website"] = null },
            ["account"] = Account.ToJson(server),
            ["mentions"] = Json.ToArray(Mentions, account => MentionToJson(account, server)),
            ["media_attachments"] = Json.ToArray(Media, media => media.ToJson(server, isReady: true)),
            ["tags"] = Json.ToArray(Tags, tag => TagToJson(tag, server)),
            ["quote_approval"] = QuoteApprovalToJson(isOwn),
        };
        Json.AddFields(json, ConstantFields);
        if (EditedAt is { } editedAt)
        {
            json["edited_at"] = Iso8601.FormatMilliseconds(editedAt);
        }

        if (isOwn)
        {
            Json.AddFields(json, ConstantOwnFields);
        }

        return json;
    }

    private static JsonObject MentionToJson(Account account, Uri server) =>
        new()
        {
            ["id"] = account.Id,
            ["username"] = account.Username,
            ["url"] = $"{server}@{account.Username}",
            ["acct"] = account.Username,
        };

    private static JsonObject TagToJson(string tag, Uri server)
    {
        Uri url = new(server, $"tags/{Uri.EscapeDataString(tag)}");
        return new JsonObject { ["name"] = tag.ToLowerInvariant(), ["url"] = url.ToString() };
    }

    private JsonObject QuoteApprovalToJson(bool isOwn)
    {
        JsonArray automatic = [];
        if (Visibility is "public" or "unlisted")
        {
            automatic.Add((JsonNode)"public");
        }

        return new JsonObject
        {
            ["automatic"] = automatic,
            ["manual"] = new JsonArray(),
            ["current_user"] = isOwn && Visibility != "direct" ? "automatic" : "denied",
        };
    }
}
