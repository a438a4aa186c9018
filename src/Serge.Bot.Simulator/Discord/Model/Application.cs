namespace Serge.Bot.Simulator.Discord.Model;

/// <summary>A bot's application. Its bot user has the same id.</summary>
public sealed class Application
{
    private static readonly JsonElement ConstantFields = JsonElement.Parse(
        """
        {
          "icon": null,
          "description": "",
          "type": null,
          "summary": "",
          "bot_public": true,
          "bot_require_code_grant": false,
          "flags": 0,
          "flags_new": "0",
          "redirect_uris": [],
          "role_connections_verification_url": null,
          "approximate_user_install_count": 0,
          "approximate_user_authorization_count": 0,
          "explicit_content_filter": 0,
          "team": null,
          "eligible_oauth2_scopes": [],
          "event_webhooks_url": null,
          "event_webhooks_status": 1,
          "integration_types_config": {
            "0": { "oauth2_install_params": { "scopes": ["applications.commands", "bot"], "permissions": "84992" } },
            "1": { "oauth2_install_params": { "scopes": ["applications.commands"], "permissions": "0" } }
          }
        }
        """
    );

    internal Application(Snowflake id, string name, string token, SigningKey key, User owner)
    {
        Id = id;
        Name = name;
        Token = token;
        Key = key;
        Owner = owner;
        User = new User(id, name, IsBot: true);
    }

    public Snowflake Id { get; }

    public string Name { get; }

    /// <summary>The bot user.</summary>
    public User User { get; }

    public User Owner { get; }

    /// <summary>The privileged intents that are enabled for the application. Default none.</summary>
    /// <remarks>Guild members <c>1 &lt;&lt; 1</c>, presences <c>1 &lt;&lt; 8</c>, message content
    /// <c>1 &lt;&lt; 15</c>.</remarks>
    public int PrivilegedIntents { get; set; }

    /// <summary>The URL that receives the interactions over HTTP; <see langword="null"/> for the gateway. Set it with
    /// <see cref="DiscordWorld.SetInteractionsEndpointAsync"/>.</summary>
    public Uri? InteractionsEndpoint { get; internal set; }

    /// <summary>The bot token; <see langword="null"/> after Discord has reset it.</summary>
    internal string? Token { get; set; }

    internal SigningKey Key { get; }

    internal CommandStore Commands { get; } = new();

    /// <summary>Returns the name and the id, never the token.</summary>
    public override string ToString() => $"{Name} ({Id})";

    internal JsonObject ToJson(int guildCount)
    {
        JsonObject json = new()
        {
            ["id"] = Id.ToString(),
            ["name"] = Name,
            ["bot"] = User.ToJson(),
            ["verify_key"] = Key.VerifyKey,
            ["interactions_endpoint_url"] = InteractionsEndpoint?.ToString(),
            ["owner"] = Owner.ToJson(),
            ["approximate_guild_count"] = guildCount,
        };
        Json.AddFields(json, ConstantFields);
        return json;
    }
}
