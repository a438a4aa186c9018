using System.Text.Json;
using System.Text.Json.Nodes;
using Serge.Bot.Simulator.Discord.Interactions;

namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>The first answer to an interaction.</summary>
/// <remarks>Source: Discord docs, Interactions/Receiving and Responding.</remarks>
internal static class InteractionRoutes
{
    private const int Pong = 1;
    private const int NewMessage = 4;
    private const int DeferredMessage = 5;
    private const int DeferredUpdate = 6;
    private const int UpdateMessage = 7;
    private const int Suggestions = 8;
    private const int Modal = 9;
    private static readonly int[] KnownTypes =
    [
        Pong,
        NewMessage,
        DeferredMessage,
        DeferredUpdate,
        UpdateMessage,
        Suggestions,
        Modal,
        12,
    ];

    public static IEnumerable<DiscordRoute> All { get; } =
    [
        new("POST", "/interactions/{interaction}/{token}/callback", Callback)
        {
            Open = true,
            OutsideGlobalLimit = true,
            Limit = settings => settings.WebhookLimit,
            Resource = ["interaction", "token"],
        },
    ];

    private static Answer Callback(RestRequest request)
    {
        if (
            !request.TryId("interaction", out var id, out var refusal)
            || !request.TryForm(new FormErrors(), out _, out refusal)
        )
        {
            return refusal;
        }

        if (request.World.FindInteraction(request.Text("token")) is not { } interaction || interaction.Id != id)
        {
            return DiscordError.UnknownInteraction;
        }

        var answer = Take(request.World, interaction, request.Body);
        return answer.Status != 204 ? answer
            : request.Query("with_response") ? answer with { Status = 200 }
            : Answer.NoContent;
    }

    /// <summary>Takes a first answer, however it came.</summary>
    /// <returns>The error; or 204 with what became of it.</returns>
    public static Answer Take(DiscordWorld world, PendingInteraction interaction, JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return DiscordError.InvalidJson;
        }

        FormErrors errors = new();
        Form form = new(body, "", errors);
        if (interaction.CallbackType is not null)
        {
            return DiscordError.AlreadyAcknowledged;
        }

        var type = form.Choice("type", KnownTypes, required: true);
        if (type is { } known && !Fits(known, interaction.Type))
        {
            form.Refuse(
                "type",
                "INTERACTION_APPLICATION_COMMAND_INVALID_CALLBACK_TYPE",
                "Invalid interaction callback type for this interaction"
            );
        }

        var act = errors.Any ? null : Prepare(form, interaction, type!.Value, world);
        if (errors.Any)
        {
            return DiscordError.InvalidForm(errors);
        }

        if (act is null)
        {
            return DiscordError.EmptyMessage;
        }

        interaction.CallbackType = type;
        var message = act();
        world.Acknowledge(interaction);
        return new Answer(204, Response(interaction, message));
    }

    private static bool Fits(int callback, int interaction) =>
        interaction switch
        {
            PendingInteraction.Autocomplete => callback == Suggestions,
            PendingInteraction.Component => callback
                is NewMessage
                    or DeferredMessage
                    or DeferredUpdate
                    or UpdateMessage
                    or Modal,
            _ => callback is NewMessage or DeferredMessage or Modal,
        };

    /// <summary>Reads the data of an answer.</summary>
    /// <returns>What is to be done if the form has no errors, yielding the message made or changed; <see langword="null"/> for an
    /// empty message.</returns>
    private static Func<Message?>? Prepare(Form form, PendingInteraction interaction, int type, DiscordWorld world)
    {
        var data = form.Object("data", required: type is NewMessage or Suggestions or Modal);
        switch (type)
        {
            case NewMessage:
                var draft = data is { } said ? MessageForm.Read(said, ephemeral: true) : new MessageDraft();
                return draft.Empty ? null : () => world.Answer(interaction, draft);
            case DeferredMessage:
                var flags = (int?)data?.Integer("flags", 0, int.MaxValue) ?? 0;
                return () => world.Think(interaction, (flags & Message.EphemeralFlag) != 0);
            case UpdateMessage:
                var change = data is { } changed ? MessageForm.Read(changed) : new MessageDraft();
                return () => world.Update(interaction, change);
            case DeferredUpdate:
                return () =>
                {
                    world.Adopt(interaction);
                    interaction.Result.TrySetResult(new InteractionResult.Acknowledged());
                    return null;
                };
            case Suggestions:
                var choices = data is { } offered ? ChoiceForm.Read(offered, "choices", optionType: 0) : [];
                return () => Finish(interaction, new InteractionResult.Suggested(choices));
            default:
                return data is { } asked ? ReadModal(asked, interaction) : () => null;
        }
    }

    private static Func<Message?> ReadModal(Form data, PendingInteraction interaction)
    {
        var customId = data.Text("custom_id", 100, 1, required: true) ?? "";
        var title = data.Text("title", 45, 1, required: true) ?? "";
        data.List("components", 5, 1);
        var components = data.Raw("components") ?? Message.EmptyArray;
        return () => Finish(interaction, new InteractionResult.ModalShown(customId, title, components));
    }

    private static Message? Finish(PendingInteraction interaction, InteractionResult result)
    {
        interaction.Result.TrySetResult(result);
        return null;
    }

    private static JsonObject Response(PendingInteraction interaction, Message? message)
    {
        JsonObject about = new()
        {
            ["id"] = interaction.Id.ToString(),
            ["type"] = interaction.Type,
            ["channel_id"] = interaction.Channel.Id.ToString(),
        };
        if (interaction.Channel.Guild is { } guild)
        {
            about["guild_id"] = guild.Id.ToString();
        }

        JsonObject json = new() { ["interaction"] = about };
        if (message is not null)
        {
            about["response_message_id"] = message.Id.ToString();
            about["response_message_loading"] = message.IsLoading;
            about["response_message_ephemeral"] = message.IsEphemeral;
            if (interaction.CallbackType is NewMessage or UpdateMessage)
            {
                json["resource"] = new JsonObject
                {
                    ["type"] = interaction.CallbackType,
                    ["message"] = message.ToJson(),
                };
            }
        }

        return json;
    }
}
