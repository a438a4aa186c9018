using System.Text.Json.Nodes;
using Serge.Bot.Simulator.Discord.Interactions;

namespace Serge.Bot.Simulator.Discord;

/// <summary>A bot's application, with its bot user of the same id.</summary>
public sealed class Application
{
    internal Application(Snowflake id, string name, string token, SigningKey key, User owner)
    {
        Id = id;
        Name = name;
        Token = token;
        Key = key;
        Owner = owner;
        User = new User(id, name, IsBot: true);
    }

    /// <summary>Its id.</summary>
    public Snowflake Id { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The bot user.</summary>
    public User User { get; }

    /// <summary>Whose application it is.</summary>
    public User Owner { get; }

    /// <summary>The privileged intents that were switched on for it. Default none.</summary>
    /// <remarks>Guild members <c>1 &lt;&lt; 1</c>, presences <c>1 &lt;&lt; 8</c>, message content <c>1 &lt;&lt; 15</c>.</remarks>
    public int PrivilegedIntents { get; set; }

    /// <summary>Where it takes its interactions over HTTP; <see langword="null"/> for the gateway. Set it with
    /// <see cref="DiscordWorld.SetInteractionsEndpointAsync"/>.</summary>
    public Uri? InteractionsEndpoint { get; internal set; }

    /// <summary>The secret; <see langword="null"/> once Discord has reset it.</summary>
    internal string? Token { get; set; }

    internal SigningKey Key { get; }

    internal CommandRegistry Commands { get; } = new();

    /// <summary>Its name and id, never its token.</summary>
    public override string ToString() => $"{Name} ({Id})";

    internal JsonObject ToJson(int guilds)
    {
        JsonObject json = new()
        {
            ["id"] = Id.ToString(),
            ["name"] = Name,
            ["icon"] = null,
            ["description"] = "",
            ["type"] = null,
            ["bot"] = User.ToJson(),
            ["summary"] = "",
            ["bot_public"] = true,
            ["bot_require_code_grant"] = false,
            ["verify_key"] = Key.VerifyKey,
            ["flags"] = 0,
            ["flags_new"] = "0",
            ["redirect_uris"] = new JsonArray(),
            ["interactions_endpoint_url"] = InteractionsEndpoint?.ToString(),
            ["role_connections_verification_url"] = null,
            ["owner"] = Owner.ToJson(),
            ["approximate_guild_count"] = guilds,
            ["approximate_user_install_count"] = 0,
            ["approximate_user_authorization_count"] = 0,
            ["explicit_content_filter"] = 0,
            ["team"] = null,
            ["eligible_oauth2_scopes"] = new JsonArray(),
            ["event_webhooks_url"] = null,
            ["event_webhooks_status"] = 1,
            ["integration_types_config"] = new JsonObject { ["0"] = new JsonObject(), ["1"] = new JsonObject() },
        };
        return json;
    }
}
