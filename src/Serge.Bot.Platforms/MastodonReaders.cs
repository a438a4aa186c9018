using System.Text.Json;

namespace Serge.Bot.Platforms;

/// <summary>Reads statuses and accounts in the responses of servers with the Mastodon API. Each field is read for
/// itself: one that is missing or malformed does not affect the others.</summary>
public static class MastodonReaders
{
    /// <summary>Reads a created or edited status.</summary>
    /// <returns><see langword="null"/> if the response confirms nothing.</returns>
    public static SendOutcome.Sent? ReadSent(JsonElement? json)
    {
        if (json.Member("id").Id() is { } id)
        {
            return new SendOutcome.Sent(id, ReadUrl(json));
        }

        // GoToSocial's response to a repeated key: the post exists, and its id is unknown.
        var message = json.Member("status").Text();
        if (message?.Contains("already handled", StringComparison.Ordinal) == true)
        {
            return new SendOutcome.Sent(Id: null, Url: null);
        }

        return null;
    }

    /// <summary>Reads the list of an account's posts.</summary>
    /// <returns><see langword="null"/> if it is not a list.</returns>
    public static IReadOnlyList<MastodonListedPost>? ReadPosts(JsonElement? list)
    {
        if (list is not { ValueKind: JsonValueKind.Array })
        {
            return null;
        }

        return [.. list.Elements().Select(ReadPost)];
    }

    /// <summary>Reads the account of a token.</summary>
    /// <returns><see langword="null"/> if it has no id or no name.</returns>
    public static MastodonAccount? ReadAccount(JsonElement? account)
    {
        var id = account.Member("id").Id();
        var acct = account.Member("acct").Text();
        if (id is null || string.IsNullOrEmpty(acct))
        {
            return null;
        }

        var isBot = account.Member("bot") is { ValueKind: JsonValueKind.True };
        return new MastodonAccount(id, acct, ReadUrl(account), isBot, ReadNote(account))
        {
            QuotePolicy = account.Member("source").Member("quote_policy").Text(),
        };
    }

    /// <summary>Reads the names of hashtags.</summary>
    /// <returns><see langword="null"/> if it is not a list.</returns>
    public static IReadOnlyList<string>? ReadTags(JsonElement? list)
    {
        if (list is not { ValueKind: JsonValueKind.Array })
        {
            return null;
        }

        var names = list.Elements().Select(tag => tag.Member("name").Text());
        return [.. names.OfType<string>()];
    }

    /// <summary>Reads a list of notifications. One without an id is omitted.</summary>
    /// <returns><see langword="null"/> if it is not a list.</returns>
    public static IReadOnlyList<MastodonNotification>? ReadNotifications(JsonElement? list)
    {
        if (list is not { ValueKind: JsonValueKind.Array })
        {
            return null;
        }

        List<MastodonNotification> notifications = [];
        foreach (var notification in list.Elements())
        {
            if (notification.Member("id").Id() is { } id)
            {
                var mention = ReadMention(notification);
                notifications.Add(new MastodonNotification(id, mention));
            }
        }

        return notifications;
    }

    private static MastodonMention? ReadMention(JsonElement? notification)
    {
        var status = notification.Member("status");
        var isMention = notification.Member("type").Text() == "mention";
        if (!isMention || status is not { ValueKind: JsonValueKind.Object })
        {
            return null;
        }

        var url = status.Member("url").Text() ?? status.Member("uri").Text();
        return new MastodonMention
        {
            Acct = ReadAuthor(notification) ?? ReadAuthor(status),
            Url = MastodonErrors.ParseWebUrl(url),
            Text = ReadMentionText(status),
            IsPrivate = status.Member("visibility").Text() is not ("public" or "unlisted"),
        };
    }

    private static string? ReadAuthor(JsonElement? json) => json.Member("account").Member("acct").Text();

    private static string ReadMentionText(JsonElement? status)
    {
        var warning = status.Member("spoiler_text").Text();
        var content = ToPlainText(status.Member("content"));
        string?[] texts = [warning, content];
        return string.Join(" – ", texts.Where(text => !string.IsNullOrWhiteSpace(text)));
    }

    private static MastodonListedPost ReadPost(JsonElement? post)
    {
        var id = post.Member("id").Id();
        var url = post.Member("url").Text();
        var createdAt = post.Member("created_at").Time();
        return new MastodonListedPost(id, url, createdAt, ReadText(post));
    }

    private static string? ReadText(JsonElement? post)
    {
        if (post.Member("reblog") is { ValueKind: JsonValueKind.Object })
        {
            return "";
        }

        // Some servers (GoToSocial, snac) return the sent text to the author, which is more exact than the HTML.
        if (post.Member("text").ExactText() is { Length: > 0 } sentText)
        {
            return NormalizedPostText.FromText(sentText);
        }

        if (post.Member("content").ExactText() is { } html)
        {
            return NormalizedPostText.FromHtml(html);
        }

        return null;
    }

    private static string ReadNote(JsonElement? account)
    {
        var note = account.Member("source").Member("note").Text();
        List<string> lines = [note ?? ToPlainText(account.Member("note"))];
        foreach (var field in account.Member("fields").Elements())
        {
            if (field is { ValueKind: JsonValueKind.Object })
            {
                var name = field.Member("name").Text();
                var value = ToPlainText(field.Member("value"));
                lines.Add($"{name}: {value}");
            }
        }

        return string.Join('\n', lines.Where(line => line.Length > 0));
    }

    private static Uri? ReadUrl(JsonElement? json) => MastodonErrors.ParseWebUrl(json.Member("url").Text());

    private static string ToPlainText(JsonElement? html) => MastodonServers.ToPlainText(html.Text() ?? "");
}
