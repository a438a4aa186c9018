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
/// <param name="MediaIds">Ids of uploaded files; in an edit empty for none.</param>
internal sealed record StatusToSend(
    string Status,
    string SpoilerText,
    bool Sensitive,
    string Language,
    string? Visibility,
    IReadOnlyList<string>? MediaIds
);
