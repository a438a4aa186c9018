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

    private const int SuppressEmbeds = 1 << 2;
    private const int SuppressNotifications = 1 << 12;
    private const int VoiceMessage = 1 << 13;
    private const int ComponentsV2 = 1 << 15;
    private static readonly string[] NotSimulated =
    [
        "attachments",
        "files",
        "poll",
        "sticker_ids",
        "message_reference",
        "shared_client_theme",
    ];

    /// <summary>Reads a message.</summary>
    /// <param name="form">The form.</param>
    /// <param name="ephemeral">Whether it may be for one member alone; other messages ignore that flag.</param>
    public static MessageDraft Read(Form form, bool ephemeral = false)
    {
        RefuseNotSimulated(form);
        form.Flag("tts");
        var settable = SuppressEmbeds | SuppressNotifications | (ephemeral ? Message.EphemeralFlag : 0);
        // White space around a message is not kept.
        var content = form.Text("content", LongestContent)?.Trim();
        return new MessageDraft
        {
            Content = content ?? (form.IsNull("content") ? "" : null),
            Embeds = EmbedForm.Read(form, MostEmbeds) ?? (form.IsNull("embeds") ? Message.EmptyArray : null),
            Components = ComponentForm.Read(form) ?? (form.IsNull("components") ? Message.EmptyArray : null),
            Flags = (int?)form.Integer("flags", 0, int.MaxValue) & settable,
            Nonce = Nonce(form),
            EnforceNonce = form.Flag("enforce_nonce") ?? false,
            AllowedMentions = AllowedMentions.Read(form),
        };
    }

    /// <summary>What the real Discord takes and this one does not is refused, not passed over in silence.</summary>
    private static void RefuseNotSimulated(Form form)
    {
        foreach (var name in NotSimulated)
        {
            if (form.Raw(name) is { } value && !(value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0))
            {
                form.Refuse(name, "NOT_SIMULATED", "The simulator does not know this field.");
            }
        }

        if (
            form.Raw("flags") is { } flags
            && Form.TryInteger(flags, out var bits)
            && (bits & (VoiceMessage | ComponentsV2)) != 0
        )
        {
            form.Refuse("flags", "NOT_SIMULATED", "The simulator knows neither voice messages nor components V2.");
        }
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
