using System.Text.Json;

namespace Serge.Bot.OnMastonet;

/// <summary>Reads what Mastonet's own types leave out of a server's description: the limits of version 1, and the API's version.</summary>
internal static class InstanceReader
{
    /// <summary>Reads a description of either version.</summary>
    /// <param name="json">The answer, as it came.</param>
    /// <param name="apiVersion">Its <c>api_versions.mastodon</c>, if it has one.</param>
    /// <returns><see langword="null"/> if it is none.</returns>
    public static MastodonInstance? Read(string json, out int? apiVersion)
    {
        apiVersion = null;
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (At(root, "version")?.GetString() is not { } version)
            {
                return null;
            }

            apiVersion = Number(At(root, "api_versions", "mastodon"));
            return new MastodonInstance
            {
                Version = version,
                Software = MastodonServers.SoftwareOf(version, At(root, "source_url")?.GetString()),
                MaxCharacters = (
                    Number(At(root, "configuration", "statuses", "max_characters"))
                    ?? Number(At(root, "max_toot_chars"))
                )
                    is { } most
                        and > 0
                    ? most
                    : 500,
                CharactersReservedPerUrl = Number(At(root, "configuration", "statuses", "characters_reserved_per_url"))
                    is { } link
                        and >= 0
                        and < 1000
                    ? link
                    : 23,
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonElement? At(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element;
    }

    private static int? Number(JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value)
            ? (int)Math.Clamp(value, int.MinValue, int.MaxValue)
            : null;
}
