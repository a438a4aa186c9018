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
    /// <summary>Reads the list. Each field is read for itself.</summary>
    /// <returns><see langword="null"/> if it is not a list.</returns>
    public static IReadOnlyList<MastodonListedPost>? ReadAll(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        return [.. JsonReader.Elements(list).Select(Read)];
    }

    private static MastodonListedPost Read(JsonElement? post)
    {
        var id = post.Member("id").Id();
        var url = post.Member("url").Text();
        return new MastodonListedPost(id, url, post.Member("created_at").Time(), ReadText(post));
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

        return post.Member("content").ExactText() is { } html ? NormalizedPostText.FromHtml(html) : null;
    }
}
