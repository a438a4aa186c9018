namespace Serge.Bot.Simulator.Mastodon;

public sealed class Account
{
    private static readonly JsonElement ConstantFields = JsonElement.Parse(
        """
        {
          "locked": false,
          "discoverable": true,
          "indexable": false,
          "group": false,
          "followers_count": 0,
          "following_count": 0,
          "hide_collections": null,
          "noindex": false,
          "emojis": [],
          "roles": [],
          "fields": []
        }
        """
    );

    private static readonly JsonElement ConstantSourceFields = JsonElement.Parse(
        """
        {
          "sensitive": false,
          "fields": [],
          "follow_requests_count": 0,
          "hide_collections": null,
          "discoverable": true,
          "indexable": false,
          "attribution_domains": [],
          "quote_policy": "public"
        }
        """
    );

    private static readonly JsonElement Role = JsonElement.Parse(
        """
        {
          "id": "-99",
          "name": "",
          "permissions": "65536",
          "color": "",
          "highlighted": false
        }
        """
    );

    private DateTimeOffset? _lastStatusAt;

    internal Account(string id, string username, string displayName, bool isBot, DateTimeOffset createdAt)
    {
        Id = id;
        Username = username;
        DisplayName = displayName;
        IsBot = isBot;
        CreatedAt = createdAt;
    }

    /// <summary>The id, digits as text.</summary>
    public string Id { get; }

    /// <summary>The name without the server.</summary>
    public string Username { get; }

    public string DisplayName { get; }

    /// <summary>Whether the account is marked as automated.</summary>
    public bool IsBot { get; }

    public DateTimeOffset CreatedAt { get; }

    /// <summary>The visibility of statuses that do not set one. Default public.</summary>
    public string DefaultVisibility { get; set; } = "public";

    /// <summary>The language of statuses that do not set one. Default <c>en</c>.</summary>
    public string DefaultLanguage { get; set; } = "en";

    /// <summary>Whether a moderator has suspended the account: all of its requests fail.</summary>
    public bool IsSuspended { get; set; }

    /// <summary>The profile text, as plain text.</summary>
    public string Note { get; set; } = "";

    /// <summary>The number of statuses that are posted and not deleted.</summary>
    internal int StatusCount { get; set; }

    internal void CountStatus(Status status)
    {
        StatusCount++;
        _lastStatusAt = status.CreatedAt;
    }

    internal JsonObject ToJson(Uri server)
    {
        StatusText note = new(Note, reservedPerUrl: 23, _ => null, server);
        var avatar = $"{server}avatars/original/missing.png";
        var header = $"{server}headers/original/missing.png";
        JsonObject json = new()
        {
            ["id"] = Id,
            ["username"] = Username,
            ["acct"] = Username,
            ["display_name"] = DisplayName,
            ["bot"] = IsBot,
            ["created_at"] = $"{FormatDate(CreatedAt)}T00:00:00.000Z",
            ["note"] = note.ToHtml(),
            ["url"] = $"{server}@{Username}",
            ["uri"] = $"{server}users/{Username}",
            ["avatar"] = avatar,
            ["avatar_static"] = avatar,
            ["header"] = header,
            ["header_static"] = header,
            ["statuses_count"] = StatusCount,
            ["last_status_at"] = FormatDate(_lastStatusAt),
        };
        Json.AddFields(json, ConstantFields);
        return json;
    }

    /// <summary>Adds the fields that only the account itself gets.</summary>
    internal void AddOwnFields(JsonObject json)
    {
        JsonObject source = new()
        {
            ["privacy"] = DefaultVisibility,
            ["language"] = DefaultLanguage,
            ["note"] = Note,
        };
        Json.AddFields(source, ConstantSourceFields);
        json["source"] = source;
        json["role"] = Json.ToNode(Role);
    }

    private static string? FormatDate(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
