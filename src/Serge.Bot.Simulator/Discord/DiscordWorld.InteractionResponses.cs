namespace Serge.Bot.Simulator.Discord;

public sealed partial class DiscordWorld
{
    private const int ReplyMessageType = 19;
    private const int CommandResponseMessageType = 20;
    private const int MenuResponseMessageType = 23;

    /// <summary>Publishes that the first response has arrived.</summary>
    internal void CompleteAnswered(PendingInteraction interaction)
    {
        var elapsed = Clock.GetUtcNow() - interaction.SentAt;
        var callbackType = interaction.CallbackType!.Value;
        Publish(new DiscordWorldEvent.InteractionAnswered(interaction.Id, callbackType, elapsed));
        interaction.Answered.TrySetResult();
    }

    /// <summary>Responds with a message.</summary>
    internal ChannelMessage Respond(PendingInteraction interaction, MessageDraft draft)
    {
        var message = CreateResponse(interaction, draft);
        interaction.OriginalId = message.Id;
        interaction.IsEphemeral = message.IsEphemeral;
        interaction.Result.TrySetResult(new InteractionResult.Answered(message));
        return message;
    }

    /// <summary>Responds with a deferred message: "thinking…".</summary>
    /// <param name="interaction">The interaction.</param>
    /// <param name="ephemeralFlag">The ephemeral flag, or 0.</param>
    internal ChannelMessage Defer(PendingInteraction interaction, int ephemeralFlag)
    {
        var message = CreateResponse(
            interaction,
            new MessageDraft { Flags = ChannelMessage.LoadingFlag | ephemeralFlag }
        );
        interaction.OriginalId = message.Id;
        interaction.IsEphemeral = message.IsEphemeral;
        return message;
    }

    /// <summary>Responds with an edit of the message with the button.</summary>
    internal ChannelMessage UpdateSource(PendingInteraction interaction, MessageDraft draft)
    {
        UseSourceAsOriginal(interaction);
        var source = interaction.Messages[interaction.Source!.Id];
        var edited = ApplyEdit(interaction, source, draft);
        interaction.Result.TrySetResult(new InteractionResult.Updated(edited));
        return edited;
    }

    /// <summary>Makes the message with the button the <c>@original</c> one.</summary>
    internal void UseSourceAsOriginal(PendingInteraction interaction)
    {
        var source = interaction.Source!;
        interaction.OriginalId = source.Id;
        interaction.IsEphemeral = source.IsEphemeral;
        interaction.Messages[source.Id] = interaction.Channel.FindMessage(source.Id) ?? source;
    }

    /// <summary>Edits a message of an interaction. The first edit after a deferral is the response.</summary>
    internal ChannelMessage EditResponse(PendingInteraction interaction, ChannelMessage message, MessageDraft draft)
    {
        var edited = ApplyEdit(interaction, message, draft);
        var isSource = interaction.Type == PendingInteraction.Component && edited.Id == interaction.Source!.Id;
        interaction.Result.TrySetResult(
            isSource ? new InteractionResult.Updated(edited) : new InteractionResult.Answered(edited)
        );
        return edited;
    }

    /// <summary>Sends a follow-up message.</summary>
    internal ChannelMessage FollowUp(PendingInteraction interaction, MessageDraft draft)
    {
        var message = CreateResponse(interaction, draft);
        interaction.Result.TrySetResult(new InteractionResult.Answered(message));
        return message;
    }

    /// <summary>Deletes a message of an interaction.</summary>
    internal void DeleteResponse(PendingInteraction interaction, ChannelMessage message)
    {
        interaction.Messages.Remove(message.Id);
        RemoveMessage(interaction.Channel, message);
        interaction.Result.TrySetResult(new InteractionResult.Deleted());
    }

    private ChannelMessage ApplyEdit(PendingInteraction interaction, ChannelMessage message, MessageDraft draft)
    {
        var edited = ApplyDraft(message, draft, AllowedMentions.UsersOnly, interaction.Channel.Guild);
        if (message.IsLoading)
        {
            // Discord does not mark a deferred response as edited.
            edited = edited with
            {
                Edited = null,
            };
        }

        interaction.Messages[message.Id] = edited;
        ReplaceMessage(interaction.Channel, edited);
        return edited;
    }

    /// <summary>Creates a message of an interaction; an ephemeral one is not in the channel.</summary>
    private ChannelMessage CreateResponse(PendingInteraction interaction, MessageDraft draft)
    {
        var channel = interaction.Channel;
        var built = BuildMessage(channel, interaction.Application.User, draft, AllowedMentions.UsersOnly);
        var message = built with { Type = GetMessageType(interaction), Origin = interaction.Origin, Nonce = null };
        interaction.Messages[message.Id] = message;
        if (message.IsEphemeral)
        {
            Publish(new DiscordWorldEvent.MessageCreated(message));
        }
        else
        {
            AddMessage(channel, message);
        }

        return message;
    }

    private static int GetMessageType(PendingInteraction interaction)
    {
        var isFirstResponse = interaction.OriginalId is null;
        if (isFirstResponse && interaction.Type == PendingInteraction.Command)
        {
            return interaction.Source is null ? CommandResponseMessageType : MenuResponseMessageType;
        }

        return ReplyMessageType;
    }
}
