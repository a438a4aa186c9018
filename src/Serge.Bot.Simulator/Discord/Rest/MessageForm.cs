namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>Reads messages, and checks Discord's limits.</summary>
/// <remarks>Source: Discord docs, Resources/Message, Create Message and Edit Message.</remarks>
internal static class MessageForm
{
    /// <summary>In Unicode code points.</summary>
    private const int MaxContentLength = 2000;
    private const int MaxNonceLength = 25;
    private const int SuppressEmbeds = 1 << 2;
    private const int SuppressNotifications = 1 << 12;
    private const int VoiceMessage = 1 << 13;
    private const int ComponentsV2 = 1 << 15;
    private static readonly string[] NotSimulated =
    [
        "files",
        "poll",
        "sticker_ids",
        "message_reference",
        "shared_client_theme",
    ];

    /// <summary>Reads a message of an interaction, which can be ephemeral.</summary>
    public static MessageDraft ReadResponse(Form form) => Read(form, ChannelMessage.EphemeralFlag);

    /// <summary>Reads a message that cannot be ephemeral.</summary>
    public static MessageDraft Read(Form form) => Read(form, ephemeralFlag: 0);

    private static MessageDraft Read(Form form, int ephemeralFlag)
    {
        CheckSimulated(form);
        form.GetFlag("tts");
        var allowedFlags = SuppressEmbeds | SuppressNotifications | ephemeralFlag;
        var flags = (int?)form.GetInteger("flags", 0, int.MaxValue);
        return new MessageDraft
        {
            Content = ReadContent(form),
            Embeds = EmbedForm.Read(form) ?? ReadEmptyArray(form, "embeds"),
            Components = ComponentForm.Read(form) ?? ReadEmptyArray(form, "components"),
            Attachments = AttachmentForm.Read(form),
            Flags = flags & allowedFlags,
            Nonce = ReadNonce(form),
            EnforceNonce = form.GetFlag("enforce_nonce") ?? false,
            AllowedMentions = AllowedMentionsForm.Read(form),
        };
    }

    private static string? ReadContent(Form form)
    {
        // Discord removes white space around the content.
        var content = form.GetText("content", MaxContentLength)?.Trim();
        if (content is null && form.IsNull("content"))
        {
            return "";
        }

        return content;
    }

    /// <summary>Reads a null field, which means an empty list.</summary>
    private static JsonElement? ReadEmptyArray(Form form, string name) =>
        form.IsNull(name) ? ChannelMessage.EmptyArray : null;

    /// <summary>Rejects features of Discord that the simulator does not have, instead of ignoring them.</summary>
    private static void CheckSimulated(Form form)
    {
        foreach (var name in NotSimulated)
        {
            if (form.GetValue(name) is { } value && !IsEmptyArray(value))
            {
                form.AddError(name, "NOT_SIMULATED", "The simulator does not support this field.");
            }
        }

        const int notSimulatedFlags = VoiceMessage | ComponentsV2;
        var flags = form.GetValue("flags") ?? default;
        if (Form.TryParseInteger(flags, out var bits) && (bits & notSimulatedFlags) != 0)
        {
            form.AddError("flags", "NOT_SIMULATED", "The simulator supports neither voice messages nor components V2.");
        }
    }

    private static bool IsEmptyArray(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0;

    private static JsonElement? ReadNonce(Form form)
    {
        const string name = "nonce";
        if (form.GetValue(name) is not { } nonce)
        {
            return null;
        }

        bool isValid;
        if (nonce.ValueKind == JsonValueKind.Number)
        {
            isValid = form.GetInteger(name, long.MinValue, long.MaxValue) is not null;
        }
        else
        {
            isValid = form.GetText(name, MaxNonceLength) is not null;
        }

        return isValid ? nonce : null;
    }
}
