using System.Globalization;
using System.Text.Json.Nodes;

namespace Serge.Bot.Simulator.Mastodon;

/// <summary>A status as it stands; an edit makes a new one with the same id.</summary>
public sealed record Status
{
    /// <summary>Its id, digits as text.</summary>
    public required string Id { get; init; }

    /// <summary>Who posted it.</summary>
    public required Account Account { get; init; }

    /// <summary>The text as it was sent.</summary>
    public required string Text { get; init; }

    /// <summary>The text as others get it, in HTML.</summary>
    public required string Content { get; init; }

    /// <summary>The content warning; empty for none.</summary>
    public string SpoilerText { get; init; } = "";

    /// <summary>Whether its media are hidden at first; always with a content warning.</summary>
    public bool IsSensitive { get; init; }

    /// <summary><c>public</c>, <c>unlisted</c>, <c>private</c> or <c>direct</c>.</summary>
    public required string Visibility { get; init; }

    /// <summary>Its language, ISO 639-1.</summary>
    public string? Language { get; init; }

    /// <summary>When it was posted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed, if it was.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>The status it answers, if any.</summary>
    public Status? InReplyTo { get; init; }

    /// <summary>The application it was posted with.</summary>
    public string Application { get; init; } = "";

    /// <summary>The hashtags in it, without the sign.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The accounts it mentions.</summary>
    public IReadOnlyList<Account> Mentions { get; init; } = [];

    internal JsonObject ToJson(Uri server, JsonObject account, bool own)
    {
        JsonObject json = new()
        {
            ["id"] = Id,
            ["created_at"] = Moments.Of(CreatedAt),
            ["in_reply_to_id"] = InReplyTo?.Id,
            ["in_reply_to_account_id"] = InReplyTo?.Account.Id,
            ["sensitive"] = IsSensitive,
            ["spoiler_text"] = SpoilerText,
            ["visibility"] = Visibility,
            ["language"] = Language,
            ["uri"] = new Uri(server, $"users/{Account.Username}/statuses/{Id}").ToString(),
            ["url"] = new Uri(server, $"@{Account.Username}/{Id}").ToString(),
            ["replies_count"] = 0,
            ["reblogs_count"] = 0,
            ["favourites_count"] = 0,
            ["quotes_count"] = 0,
            ["edited_at"] = EditedAt is { } edited ? Moments.Of(edited) : null,
            ["content"] = Content,
            ["reblog"] = null,
            ["application"] = new JsonObject { ["name"] = Application, ["website"] = null },
            ["account"] = account,
            ["media_attachments"] = new JsonArray(),
            ["mentions"] = Json.ArrayOf(
                Mentions.Select(mentioned => new JsonObject
                {
                    ["id"] = mentioned.Id,
                    ["username"] = mentioned.Username,
                    ["url"] = new Uri(server, $"@{mentioned.Username}").ToString(),
                    ["acct"] = mentioned.Username,
                })
            ),
            ["tags"] = Json.ArrayOf(
                Tags.Select(tag => new JsonObject
                {
                    ["name"] = tag.ToLowerInvariant(),
                    ["url"] = new Uri(server, $"tags/{Uri.EscapeDataString(tag)}").ToString(),
                })
            ),
            ["emojis"] = new JsonArray(),
            ["quote"] = null,
            ["card"] = null,
            ["poll"] = null,
            ["quote_approval"] = new JsonObject
            {
                ["automatic"] = Visibility is "public" or "unlisted" ? Json.ArrayOf(["public"]) : [],
                ["manual"] = new JsonArray(),
                ["current_user"] = own && Visibility != "direct" ? "automatic" : "denied",
            },
        };
        if (own)
        {
            json["favourited"] = false;
            json["reblogged"] = false;
            json["muted"] = false;
            json["bookmarked"] = false;
            json["pinned"] = false;
            json["filtered"] = new JsonArray();
        }

        return json;
    }
}

/// <summary>Moments as Mastodon writes them: ISO 8601 with milliseconds, in UTC.</summary>
internal static class Moments
{
    public static string Of(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>With six decimals, as in <c>X-RateLimit-Reset</c>.</summary>
    public static string Exactly(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
