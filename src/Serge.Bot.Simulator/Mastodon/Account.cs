using System.Globalization;
using System.Text.Json.Nodes;

namespace Serge.Bot.Simulator.Mastodon;

/// <summary>An account on the server.</summary>
public sealed class Account
{
    private DateTimeOffset? _lastStatus;

    internal Account(string id, string username, string displayName, bool bot, DateTimeOffset createdAt)
    {
        Id = id;
        Username = username;
        DisplayName = displayName;
        IsBot = bot;
        CreatedAt = createdAt;
    }

    /// <summary>Its id, digits as text.</summary>
    public string Id { get; }

    /// <summary>Its name, without the server's.</summary>
    public string Username { get; }

    /// <summary>What others see.</summary>
    public string DisplayName { get; }

    /// <summary>Whether it says that it is automated.</summary>
    public bool IsBot { get; }

    /// <summary>Since when it is there.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>The visibility of statuses that name none. Default public.</summary>
    public string DefaultVisibility { get; set; } = "public";

    /// <summary>The language of statuses that name none. Default <c>en</c>.</summary>
    public string DefaultLanguage { get; set; } = "en";

    /// <summary>Whether a moderator has suspended it, so that it may do nothing.</summary>
    public bool IsSuspended { get; set; }

    /// <summary>What it says of itself, as it was typed.</summary>
    public string Note { get; set; } = "";

    /// <summary>How many statuses it has posted and not deleted.</summary>
    internal int Statuses { get; set; }

    internal void Count(Status status)
    {
        Statuses++;
        _lastStatus = status.CreatedAt;
    }

    internal JsonObject ToJson(Uri server)
    {
        var avatar = new Uri(server, "avatars/original/missing.png").ToString();
        var header = new Uri(server, "headers/original/missing.png").ToString();
        return new JsonObject
        {
            ["id"] = Id,
            ["username"] = Username,
            ["acct"] = Username,
            ["display_name"] = DisplayName,
            ["locked"] = false,
            ["bot"] = IsBot,
            ["discoverable"] = true,
            ["indexable"] = false,
            ["group"] = false,
            ["created_at"] = CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T00:00:00.000Z'", CultureInfo.InvariantCulture),
            ["note"] = new StatusText(Note, reservedPerUrl: 23, _ => null, server).ToHtml(),
            ["url"] = new Uri(server, $"@{Username}").ToString(),
            ["uri"] = new Uri(server, $"users/{Username}").ToString(),
            ["avatar"] = avatar,
            ["avatar_static"] = avatar,
            ["header"] = header,
            ["header_static"] = header,
            ["followers_count"] = 0,
            ["following_count"] = 0,
            ["statuses_count"] = Statuses,
            ["last_status_at"] = _lastStatus?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["hide_collections"] = null,
            ["noindex"] = false,
            ["emojis"] = new JsonArray(),
            ["roles"] = new JsonArray(),
            ["fields"] = new JsonArray(),
        };
    }

    /// <summary>What only the account itself is shown.</summary>
    internal void AddOwn(JsonObject json)
    {
        json["source"] = new JsonObject
        {
            ["privacy"] = DefaultVisibility,
            ["sensitive"] = false,
            ["language"] = DefaultLanguage,
            ["note"] = Note,
            ["fields"] = new JsonArray(),
            ["follow_requests_count"] = 0,
            ["hide_collections"] = null,
            ["discoverable"] = true,
            ["indexable"] = false,
            ["attribution_domains"] = new JsonArray(),
            ["quote_policy"] = "public",
        };
        json["role"] = new JsonObject
        {
            ["id"] = "-99",
            ["name"] = "",
            ["permissions"] = "65536",
            ["color"] = "",
            ["highlighted"] = false,
        };
    }
}

/// <summary>A key to an account, or to the server alone.</summary>
/// <param name="Account">Whose; <see langword="null"/> for an application's own.</param>
/// <param name="Application">The application it was made for.</param>
/// <param name="Scopes">What it opens, such as <c>write:statuses</c> or all of <c>write</c>.</param>
internal sealed record AccessToken(Account? Account, string Application, IReadOnlySet<string> Scopes);
