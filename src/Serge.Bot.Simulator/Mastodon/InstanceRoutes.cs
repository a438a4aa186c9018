namespace Serge.Bot.Simulator.Mastodon;

/// <summary>The description of the server.</summary>
/// <remarks>Source: Mastodon docs, entities/Instance and entities/V1_Instance.</remarks>
internal static class InstanceRoutes
{
    private static readonly JsonElement ConstantVersion1Fields = JsonElement.Parse(
        """
        {
          "title": "Mastodon",
          "short_description": "A simulated server",
          "description": "A simulated server",
          "email": "",
          "languages": ["en"],
          "registrations": false,
          "approval_required": false,
          "invites_enabled": false,
          "contact_account": null,
          "rules": []
        }
        """
    );

    private static readonly JsonElement ConstantVersion2Fields = JsonElement.Parse(
        """
        {
          "title": "Mastodon",
          "description": "A simulated server",
          "icon": [],
          "languages": ["en"],
          "registrations": {
            "enabled": false,
            "approval_required": false,
            "reason_required": false,
            "message": null,
            "min_age": null,
            "url": null
          },
          "contact": { "email": "", "account": null },
          "rules": []
        }
        """
    );

    /// <summary>Fields of the configuration in both versions.</summary>
    private static readonly JsonElement ConstantConfigurationFields = JsonElement.Parse(
        """
        {
          "accounts": { "max_featured_tags": 10, "max_pinned_statuses": 5 },
          "media_attachments": {
            "description_limit": 1500,
            "image_matrix_limit": 33177600,
            "image_size_limit": 16777216,
            "supported_mime_types": ["image/jpeg", "image/png", "image/webp"],
            "video_frame_rate_limit": 120,
            "video_matrix_limit": 8294400,
            "video_size_limit": 103809024
          },
          "polls": {
            "max_options": 4,
            "max_characters_per_option": 50,
            "min_expiration": 300,
            "max_expiration": 2629746
          }
        }
        """
    );

    /// <summary>Fields of the configuration that only version 2 has.</summary>
    private static readonly JsonElement ConstantVersion2ConfigurationFields = JsonElement.Parse(
        """
        {
          "vapid": { "public_key": "" },
          "translation": { "enabled": false },
          "timelines_access": {
            "live_feeds": { "local": "public", "remote": "public" },
            "hashtag_feeds": { "local": "public", "remote": "public" },
            "trending_link_feeds": { "local": "public", "remote": "public" }
          },
          "limited_federation": false
        }
        """
    );

    public static IEnumerable<MastodonRoute> All { get; } =
    [new("GET", "/api/v1/instance", GetVersion1), new("GET", "/api/v2/instance", GetVersion2)];

    private static MastodonResponse GetVersion2(MastodonRequest request)
    {
        var options = request.World.Options;
        if (!options.Profile.HasInstanceVersion2)
        {
            return MastodonResponse.PageNotFound;
        }

        JsonObject json = new()
        {
            ["domain"] = request.Server.Authority,
            ["version"] = options.Version,
            ["source_url"] = options.Profile.SourceUrl,
            ["usage"] = new JsonObject { ["users"] = new JsonObject { ["active_month"] = request.World.AccountCount } },
            ["thumbnail"] = new JsonObject { ["url"] = $"{request.Server}preview.png", ["description"] = "" },
            ["configuration"] = CreateVersion2Configuration(request),
        };
        Json.AddFields(json, ConstantVersion2Fields);
        if (options.ApiVersion is { } version)
        {
            json["api_versions"] = new JsonObject { ["mastodon"] = version };
        }

        return MastodonResponse.Ok(json);
    }

    private static MastodonResponse GetVersion1(MastodonRequest request)
    {
        var world = request.World;
        JsonObject statistics = new()
        {
            ["user_count"] = world.AccountCount,
            ["status_count"] = world.StatusCount,
            ["domain_count"] = 0,
        };
        JsonObject json = new()
        {
            ["uri"] = request.Server.Authority,
            ["version"] = world.Options.Version,
            ["urls"] = new JsonObject { ["streaming_api"] = GetStreamingUrl(request) },
            ["stats"] = statistics,
            ["thumbnail"] = $"{request.Server}preview.png",
        };
        Json.AddFields(json, ConstantVersion1Fields);
        if (world.Options.Profile.HasConfiguration)
        {
            json["configuration"] = CreateConfiguration(request);
        }
        else
        {
            json["max_toot_chars"] = world.Options.MaxCharacters;
        }

        return MastodonResponse.Ok(json);
    }

    private static JsonObject CreateConfiguration(MastodonRequest request)
    {
        var options = request.World.Options;
        JsonObject statuses = new()
        {
            ["max_characters"] = options.MaxCharacters,
            ["max_media_attachments"] = 4,
            ["characters_reserved_per_url"] = options.CharactersReservedPerUrl,
        };
        JsonObject configuration = new() { ["statuses"] = statuses };
        Json.AddFields(configuration, ConstantConfigurationFields);
        return configuration;
    }

    private static JsonObject CreateVersion2Configuration(MastodonRequest request)
    {
        var configuration = CreateConfiguration(request);
        configuration["urls"] = new JsonObject
        {
            ["streaming"] = GetStreamingUrl(request),
            ["status"] = null,
            ["about"] = $"{request.Server}about",
            ["privacy_policy"] = null,
            ["terms_of_service"] = null,
        };
        Json.AddFields(configuration, ConstantVersion2ConfigurationFields);
        return configuration;
    }

    private static string GetStreamingUrl(MastodonRequest request) => $"ws://{request.Server.Authority}";
}
