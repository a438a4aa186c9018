using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serge.Bot.Mastodon;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(StatusToSend))]
internal sealed partial class MastodonJson : JsonSerializerContext;

/// <summary>The body of a new or edited status.</summary>
/// <param name="Status">Plain text.</param>
/// <param name="SpoilerText">Empty for none: without the field, an edit keeps the previous one.</param>
/// <param name="Sensitive">Always sent, because otherwise the account's default applies.</param>
/// <param name="Language">ISO 639-1.</param>
/// <param name="Visibility"><see langword="null"/> in an edit, which cannot change it.</param>
internal sealed record StatusToSend(
    string Status,
    string SpoilerText,
    bool Sensitive,
    string Language,
    string? Visibility
);

/// <summary>Reads the list of an account's posts.</summary>
internal static class ListedPostReader
{
    /// <summary>Reads the list.</summary>
    /// <returns><see langword="null"/> if a post lacks a field that a lookup needs: then a missing text proves
    /// nothing.</returns>
    public static IReadOnlyList<MastodonListedPost>? ReadAll(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        List<MastodonListedPost> posts = [];
        foreach (var element in JsonReader.Elements(list))
        {
            if (Read(element) is not { } post)
            {
                return null;
            }

            posts.Add(post);
        }

        return posts;
    }

    private static MastodonListedPost? Read(JsonElement? element)
    {
        if (element.Member("id").Id() is not { } id || element.Member("created_at").Time() is not { } createdAt)
        {
            return null;
        }

        var url = element.Member("url").Text();
        if (element.Member("reblog") is { ValueKind: JsonValueKind.Object })
        {
            return new MastodonListedPost(id, url, createdAt, NormalizedText: null);
        }

        // Some servers (GoToSocial, snac) return the sent text to the author, which is more exact than the HTML.
        if (element.Member("text").Text() is { Length: > 0 } sentText)
        {
            return new MastodonListedPost(id, url, createdAt, NormalizedPostText.FromText(sentText));
        }

        if (element.Member("content").Text() is { } html)
        {
            return new MastodonListedPost(id, url, createdAt, NormalizedPostText.FromHtml(html));
        }

        return null;
    }
}
