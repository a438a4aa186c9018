namespace Serge.Bot.Simulator.Discord.Model;

/// <summary>A message as a bot sends it. A field that the bot left out is <see langword="null"/>.</summary>
internal sealed record MessageDraft
{
    public string? Content { get; init; }

    public JsonElement? Embeds { get; init; }

    public JsonElement? Components { get; init; }

    public IReadOnlyList<AttachmentDraft>? Attachments { get; init; }

    public int? Flags { get; init; }

    public JsonElement? Nonce { get; init; }

    public bool EnforceNonce { get; init; }

    public AllowedMentions? AllowedMentions { get; init; }

    public bool IsEmpty =>
        string.IsNullOrEmpty(Content) && Count(Embeds) == 0 && Count(Components) == 0 && Attachments is (null or []);

    public bool HasFiles => Attachments?.Any(attachment => attachment.File is not null) == true;

    public bool HasEmbeds => Count(Embeds) > 0;

    private static int Count(JsonElement? list) => list?.GetArrayLength() ?? 0;
}
