using System.Text.Json;

namespace Serge.Bot.Platforms;

/// <summary>A server's description of itself, and what it supports against duplicate posts.</summary>
public sealed record MastodonDescription(MastodonInstance Instance, Capabilities Capabilities);

/// <summary>Reads a server's description of itself, version 1 or 2.</summary>
public static class MastodonInstanceReader
{
    /// <summary>Reads the description.</summary>
    /// <returns><see langword="null"/> if it has no version.</returns>
    public static MastodonDescription? Read(JsonElement? json)
    {
        if (json.Member("version").Text() is not { } version)
        {
            return null;
        }

        // Older versions of Pleroma and Akkoma have max_toot_chars instead of the configuration.
        var statuses = json.Member("configuration").Member("statuses");
        var max = statuses.Member("max_characters").Number() ?? json.Member("max_toot_chars").Number();
        var reserved = statuses.Member("characters_reserved_per_url").Number();
        var sourceUrl = json.Member("source_url").Text();
        var software = MastodonServers.DetectSoftware(version, sourceUrl);
        var instance = new MastodonInstance { Version = version, Software = software };
        if (max > 0)
        {
            instance = instance with { MaxCharacters = (int)Math.Min(max.Value, int.MaxValue) };
        }

        if (reserved is >= 0 and < 1000)
        {
            instance = instance with { CharactersReservedPerUrl = (int)reserved };
        }

        instance = instance with { Pictures = ReadPictures(json, statuses) };

        // Mastodon sends it from 4.3 on, in version 2 of the description.
        var apiVersion = json.Member("api_versions").Member("mastodon").Integer();
        return new(instance, MastodonServers.GetCapabilities(software, apiVersion));
    }

    /// <remarks>Pleroma and Akkoma have <c>description_limit</c> at the top level. A list of types that is missing or
    /// empty says nothing.</remarks>
    private static PictureLimits ReadPictures(JsonElement? json, JsonElement? statuses)
    {
        var media = json.Member("configuration").Member("media_attachments");
        var types = media.Member("supported_mime_types").Elements().Select(type => type.Text()).ToList();
        var attachments = statuses.Member("max_media_attachments").Number() ?? 1;
        var acceptsType = types.Count == 0 || types.Contains(Picture.MediaType);
        PictureLimits defaults = new();
        var maxDescription =
            ReadLimit(media, "description_limit") ?? ReadLimit(json, "description_limit") ?? defaults.MaxDescription;
        return new PictureLimits
        {
            AcceptsPng = attachments >= 1 && acceptsType,
            MaxBytes = ReadLimit(media, "image_size_limit") ?? defaults.MaxBytes,
            MaxPixels = ReadLimit(media, "image_matrix_limit") ?? defaults.MaxPixels,
            MaxDescription = (int)Math.Min(maxDescription, int.MaxValue),
        };
    }

    /// <returns><see langword="null"/> for a number that limits nothing, such as 0.</returns>
    private static long? ReadLimit(JsonElement? parent, string name)
    {
        if (parent.Member(name).Number() is > 0 and var limit)
        {
            return limit;
        }

        return null;
    }
}
