namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>Reads the first response to an interaction and applies it.</summary>
/// <remarks>Source: Discord docs, Interactions/Receiving and Responding, Interaction Callback Type.</remarks>
internal sealed class CallbackHandler(DiscordWorld world, PendingInteraction interaction)
{
    private const int NewMessage = 4;
    private const int DeferredMessage = 5;
    private const int UpdateMessage = 7;
    private const int Autocomplete = 8;
    private const int Modal = 9;
    private static readonly int[] Types = [1, 4, 5, 6, 7, 8, 9, 12];

    /// <param name="body">The response.</param>
    /// <param name="files">Its files by the number in their field.</param>
    /// <returns>The error, or 200 with the description of the response.</returns>
    public RestResponse Handle(JsonElement body, IReadOnlyDictionary<long, UploadedFile> files)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return DiscordError.InvalidJson;
        }

        if (interaction.CallbackType is not null)
        {
            return DiscordError.AlreadyAcknowledged;
        }

        Form form = new(body, "", new FormErrors(), files);
        if (ReadType(form) is not { } type)
        {
            return DiscordError.InvalidForm(form.Errors);
        }

        var apply = ReadData(form, type);
        if (form.Errors.Any)
        {
            return DiscordError.InvalidForm(form.Errors);
        }

        if (apply is null)
        {
            return DiscordError.EmptyMessage;
        }

        interaction.CallbackType = type;
        var message = apply();
        world.CompleteAnswered(interaction);
        return RestResponse.Ok(Describe(message));
    }

    private int? ReadType(Form form)
    {
        var type = form.GetChoice("type", Types, required: true);
        if (type is null || IsAllowed(type.Value))
        {
            return type;
        }

        form.AddError(
            "type",
            "INTERACTION_APPLICATION_COMMAND_INVALID_CALLBACK_TYPE",
            "Invalid interaction callback type for this interaction"
        );
        return null;
    }

    private bool IsAllowed(int type)
    {
        if (interaction.Type == PendingInteraction.Autocomplete)
        {
            return type == Autocomplete;
        }

        if (type is PendingInteraction.DeferredUpdate or UpdateMessage)
        {
            return interaction.Type == PendingInteraction.Component;
        }

        return type is NewMessage or DeferredMessage or Modal;
    }

    /// <summary>Reads the data of the response.</summary>
    /// <returns>A function that applies the response if the form has no errors, and returns the created or edited
    /// message; <see langword="null"/> for an empty message.</returns>
    private Func<ChannelMessage?>? ReadData(Form form, int type)
    {
        var data = form.GetObject("data", required: type is NewMessage or Autocomplete or Modal);
        switch (type)
        {
            case NewMessage:
                return ReadMessage(data);
            case DeferredMessage:
                var flags = (int?)data?.GetInteger("flags", 0, int.MaxValue) ?? 0;
                return () => world.Defer(interaction, flags & ChannelMessage.EphemeralFlag);
            case UpdateMessage:
                var update = data is null ? new MessageDraft() : MessageForm.Read(data);
                return () => world.UpdateSource(interaction, update);
            case PendingInteraction.DeferredUpdate:
                return DeferUpdate;
            case Autocomplete:
                var choices = data is null ? [] : ChoiceForm.Read(data, optionType: null);
                return () => Complete(new InteractionResult.Suggested(choices));
            default:
                return ReadModal(data);
        }
    }

    private Func<ChannelMessage?>? ReadMessage(Form? data)
    {
        var draft = data is null ? new MessageDraft() : MessageForm.ReadResponse(data);
        if (draft.IsEmpty)
        {
            return null;
        }

        return () => world.Respond(interaction, draft);
    }

    private ChannelMessage? DeferUpdate()
    {
        world.UseSourceAsOriginal(interaction);
        return null;
    }

    private Func<ChannelMessage?> ReadModal(Form? data)
    {
        var customId = data?.GetText("custom_id", 100, 1, required: true) ?? "";
        var title = data?.GetText("title", 45, 1, required: true) ?? "";
        data?.GetList("components", 5, 1);
        var components = data?.GetValue("components") ?? ChannelMessage.EmptyArray;
        return () => Complete(new InteractionResult.ModalShown(customId, title, components));
    }

    private ChannelMessage? Complete(InteractionResult result)
    {
        interaction.Result.TrySetResult(result);
        return null;
    }

    private JsonObject Describe(ChannelMessage? message)
    {
        JsonObject description = new()
        {
            ["id"] = interaction.Id.ToString(),
            ["type"] = interaction.Type,
            ["channel_id"] = interaction.Channel.Id.ToString(),
        };
        Json.AddIfPresent(description, "guild_id", interaction.Channel.Guild?.Id.ToString());
        JsonObject json = new() { ["interaction"] = description };
        if (message is null)
        {
            return json;
        }

        description["response_message_id"] = message.Id.ToString();
        description["response_message_loading"] = message.IsLoading;
        description["response_message_ephemeral"] = message.IsEphemeral;
        if (interaction.CallbackType is NewMessage or UpdateMessage)
        {
            json["resource"] = new JsonObject { ["type"] = interaction.CallbackType, ["message"] = message.ToJson() };
        }

        return json;
    }
}
