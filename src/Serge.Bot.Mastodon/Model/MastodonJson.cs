using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serge.Bot.Mastodon.Model;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(StatusToSend))]
internal sealed partial class MastodonJson : JsonSerializerContext;

/// <summary>The body of a new or edited status.</summary>
/// <param name="Status">Plain text.</param>
/// <param name="SpoilerText">Empty for none: left out, an edit would keep the old one.</param>
/// <param name="Sensitive">Said in any case, or else the account's own default applies.</param>
/// <param name="Language">ISO 639-1.</param>
/// <param name="Visibility"><see langword="null"/> in an edit, which cannot change it.</param>
internal sealed record StatusToSend(
    string Status,
    string SpoilerText,
    bool Sensitive,
    string Language,
    string? Visibility
);

/// <summary>A status in an account's list.</summary>
/// <param name="Id">The server's id.</param>
/// <param name="Url">Its page.</param>
/// <param name="CreatedAt">On the server's clock.</param>
/// <param name="Text">Its text, folded; <see langword="null"/> where it only passes another status on.</param>
internal sealed record ListedStatus(string Id, string? Url, DateTimeOffset CreatedAt, string? Text)
{
    /// <summary>Reads a list.</summary>
    /// <returns><see langword="null"/> where any status lacks what a lookup needs: then the absence of a text proves
    /// nothing.</returns>
    public static IReadOnlyList<ListedStatus>? ReadAll(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        List<ListedStatus> statuses = [];
        foreach (var element in JsonReader.Elements(list))
        {
            if (Read(element) is not { } status)
            {
                return null;
            }

            statuses.Add(status);
        }

        return statuses;
    }

    private static ListedStatus? Read(JsonElement? element)
    {
        if (element.Member("id").Id() is not { } id || element.Member("created_at").Moment() is not { } createdAt)
        {
            return null;
        }

        var url = element.Member("url").Text();
        if (element.Member("reblog") is { ValueKind: JsonValueKind.Object })
        {
            return new ListedStatus(id, url, createdAt, Text: null);
        }

        // Some servers (GoToSocial, snac) show the author what was sent, which is closer than the HTML made of it.
        if (element.Member("text").Text() is { Length: > 0 } sent)
        {
            return new ListedStatus(id, url, createdAt, NormalizedPostText.FromText(sent));
        }

        return element.Member("content").Text() is { } html
            ? new ListedStatus(id, url, createdAt, NormalizedPostText.FromHtml(html))
            : null;
    }
}
