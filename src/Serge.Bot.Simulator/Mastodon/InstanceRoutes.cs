using System.Text.Json.Nodes;

namespace Serge.Bot.Simulator.Mastodon;

/// <summary>The server's description of itself.</summary>
/// <remarks>Source: Mastodon docs, entities/Instance and entities/V1_Instance.</remarks>
internal static class InstanceRoutes
{
    public static IEnumerable<MastodonRoute> All { get; } =
    [new("GET", "/api/v1/instance", Version1), new("GET", "/api/v2/instance", Version2)];

    private static MastodonAnswer Version2(MastodonRequest request)
    {
        var settings = request.World.Options;
        if (!settings.Profile.HasInstanceVersion2)
        {
            return MastodonAnswer.NoSuchPage;
        }

        var json = new JsonObject
        {
            ["domain"] = request.Server.Authority,
            ["title"] = "Mastodon",
            ["version"] = settings.Version,
            ["source_url"] = settings.Profile.SourceUrl,
            ["description"] = "A simulated server",
            ["usage"] = new JsonObject { ["users"] = new JsonObject { ["active_month"] = request.World.AccountCount } },
            ["thumbnail"] = new JsonObject
            {
                ["url"] = new Uri(request.Server, "preview.png").ToString(),
                ["description"] = "",
            },
            ["icon"] = new JsonArray(),
            ["languages"] = new JsonArray("en"),
            ["configuration"] = Configuration(request),
            ["registrations"] = new JsonObject
            {
                ["enabled"] = false,
                ["approval_required"] = false,
                ["reason_required"] = false,
                ["message"] = null,
                ["min_age"] = null,
                ["url"] = null,
            },
            ["contact"] = new JsonObject { ["email"] = "", ["account"] = null },
            ["rules"] = new JsonArray(),
        };
        if (settings.ApiVersion is { } version)
        {
            json["api_versions"] = new JsonObject { ["mastodon"] = version };
        }

        return MastodonAnswer.Ok(json);
    }

    private static MastodonAnswer Version1(MastodonRequest request)
    {
        var configuration = Configuration(request);
        foreach (var newer in new[] { "urls", "vapid", "translation", "timelines_access", "limited_federation" })
        {
            configuration.Remove(newer);
        }

        var json = new JsonObject
        {
            ["uri"] = request.Server.Authority,
            ["title"] = "Mastodon",
            ["short_description"] = "A simulated server",
            ["description"] = "A simulated server",
            ["email"] = "",
            ["version"] = request.World.Options.Version,
            ["urls"] = new JsonObject { ["streaming_api"] = Streaming(request) },
            ["stats"] = new JsonObject
            {
                ["user_count"] = request.World.AccountCount,
                ["status_count"] = request.World.StatusCount,
                ["domain_count"] = 0,
            },
            ["thumbnail"] = new Uri(request.Server, "preview.png").ToString(),
            ["languages"] = new JsonArray("en"),
            ["registrations"] = false,
            ["approval_required"] = false,
            ["invites_enabled"] = false,
            ["configuration"] = configuration,
            ["contact_account"] = null,
            ["rules"] = new JsonArray(),
        };
        if (!request.World.Options.Profile.HasConfiguration)
        {
            json.Remove("configuration");
            json["max_toot_chars"] = request.World.Options.MaxCharacters;
        }

        return MastodonAnswer.Ok(json);
    }

    private static JsonObject Configuration(MastodonRequest request)
    {
        var settings = request.World.Options;
        return new JsonObject
        {
            ["urls"] = new JsonObject
            {
                ["streaming"] = Streaming(request),
                ["status"] = null,
                ["about"] = new Uri(request.Server, "about").ToString(),
                ["privacy_policy"] = null,
                ["terms_of_service"] = null,
            },
            ["vapid"] = new JsonObject { ["public_key"] = "" },
            ["accounts"] = new JsonObject { ["max_featured_tags"] = 10, ["max_pinned_statuses"] = 5 },
            ["statuses"] = new JsonObject
            {
                ["max_characters"] = settings.MaxCharacters,
                ["max_media_attachments"] = 4,
                ["characters_reserved_per_url"] = settings.CharactersReservedPerUrl,
            },
            ["media_attachments"] = new JsonObject
            {
                ["description_limit"] = 1500,
                ["image_matrix_limit"] = 33_177_600,
                ["image_size_limit"] = 16_777_216,
                ["supported_mime_types"] = new JsonArray("image/jpeg", "image/png", "image/webp"),
                ["video_frame_rate_limit"] = 120,
                ["video_matrix_limit"] = 8_294_400,
                ["video_size_limit"] = 103_809_024,
            },
            ["polls"] = new JsonObject
            {
                ["max_options"] = 4,
                ["max_characters_per_option"] = 50,
                ["min_expiration"] = 300,
                ["max_expiration"] = 2_629_746,
            },
            ["translation"] = new JsonObject { ["enabled"] = false },
            ["timelines_access"] = new JsonObject
            {
                ["live_feeds"] = Everyone(),
                ["hashtag_feeds"] = Everyone(),
                ["trending_link_feeds"] = Everyone(),
            },
            ["limited_federation"] = false,
        };
    }

    private static JsonObject Everyone() => new() { ["local"] = "public", ["remote"] = "public" };

    private static string Streaming(MastodonRequest request) => $"ws://{request.Server.Authority}";
}
