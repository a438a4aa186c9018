using System.Text.Json;

namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>A message as a bot writes it; what it left out is <see langword="null"/>.</summary>
internal sealed record MessageDraft
{
    public string? Content { get; init; }

    public JsonElement? Embeds { get; init; }

    public JsonElement? Components { get; init; }

    public int? Flags { get; init; }

    public JsonElement? Nonce { get; init; }

    public bool EnforceNonce { get; init; }

    public AllowedMentions? AllowedMentions { get; init; }

    public bool Empty => string.IsNullOrEmpty(Content) && Count(Embeds) == 0 && Count(Components) == 0;

    public bool HasEmbeds => Count(Embeds) > 0;

    private static int Count(JsonElement? list) => list?.GetArrayLength() ?? 0;
}

/// <summary>Reads messages, with the limits of Discord's.</summary>
/// <remarks>Source: Discord docs, Resources/Message, Create Message and Edit Message.</remarks>
internal static class MessageForm
{
    /// <summary>The longest text, in Unicode code points.</summary>
    public const int LongestContent = 2000;

    /// <summary>The most embeds.</summary>
    public const int MostEmbeds = 10;

    public static MessageDraft Read(Form form)
    {
        // White space around a message is not kept.
        var content = form.Text("content", LongestContent)?.Trim();
        return new MessageDraft
        {
            Content = content ?? (form.IsNull("content") ? "" : null),
            Embeds = EmbedForm.Read(form, MostEmbeds) ?? (form.IsNull("embeds") ? Message.EmptyArray : null),
            Components = ComponentForm.Read(form) ?? (form.IsNull("components") ? Message.EmptyArray : null),
            Flags = (int?)form.Integer("flags", 0, int.MaxValue),
            Nonce = Nonce(form),
            EnforceNonce = form.Flag("enforce_nonce") ?? false,
            AllowedMentions = AllowedMentions.Read(form),
        };
    }

    private static JsonElement? Nonce(Form form)
    {
        if (form.Raw("nonce") is not { } nonce)
        {
            return null;
        }

        if (nonce.ValueKind == JsonValueKind.Number)
        {
            return form.Integer("nonce", long.MinValue, long.MaxValue) is null ? null : nonce;
        }

        return form.Text("nonce", 25) is null ? null : nonce;
    }
}
