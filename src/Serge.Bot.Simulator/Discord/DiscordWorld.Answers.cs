using Serge.Bot.Simulator.Discord.Interactions;
using Serge.Bot.Simulator.Discord.Rest;

namespace Serge.Bot.Simulator.Discord;

public sealed partial class DiscordWorld
{
    private const int CommandAnswer = 20;
    private const int ReplyType = 19;

    /// <summary>Tells whoever waits that the first answer is there.</summary>
    internal void Acknowledge(PendingInteraction interaction)
    {
        var took = Clock.GetUtcNow() - interaction.SentAt;
        Publish(new SimulatorEvent.InteractionAnswered(interaction.Id, interaction.CallbackType!.Value, took));
        interaction.Answered.TrySetResult();
    }

    /// <summary>The first answer is a message.</summary>
    internal Message Answer(PendingInteraction interaction, MessageDraft draft)
    {
        var message = Place(interaction, draft);
        interaction.OriginalId = message.Id;
        interaction.Ephemeral = message.IsEphemeral;
        interaction.Result.TrySetResult(new InteractionResult.Answered(message));
        return message;
    }

    /// <summary>The first answer is "thinking…".</summary>
    internal Message Think(PendingInteraction interaction, bool ephemeral)
    {
        var flags = Message.LoadingFlag | (ephemeral ? Message.EphemeralFlag : 0);
        var message = Place(interaction, new MessageDraft { Flags = flags });
        interaction.OriginalId = message.Id;
        interaction.Ephemeral = ephemeral;
        return message;
    }

    /// <summary>The first answer changes the message with the button.</summary>
    internal Message Update(PendingInteraction interaction, MessageDraft change)
    {
        Adopt(interaction);
        var changed = Alter(interaction, interaction.Messages[interaction.Source!.Id], change);
        interaction.Result.TrySetResult(new InteractionResult.Updated(changed));
        return changed;
    }

    /// <summary>Makes the message with the button the one that <c>@original</c> means.</summary>
    internal void Adopt(PendingInteraction interaction)
    {
        var source = interaction.Source!;
        interaction.OriginalId = source.Id;
        interaction.Ephemeral = source.IsEphemeral;
        interaction.Messages[source.Id] = interaction.Channel.Find(source.Id) ?? source;
    }

    /// <summary>Changes one of an interaction's messages; the first change of "thinking…" is the answer.</summary>
    internal Message Edit(PendingInteraction interaction, Message message, MessageDraft change)
    {
        var changed = Alter(interaction, message, change);
        interaction.Result.TrySetResult(new InteractionResult.Answered(changed));
        return changed;
    }

    /// <summary>A further message.</summary>
    internal Message FollowUp(PendingInteraction interaction, MessageDraft draft)
    {
        var message = Place(interaction, draft);
        interaction.Result.TrySetResult(new InteractionResult.Answered(message));
        return message;
    }

    /// <summary>Deletes one of an interaction's messages.</summary>
    internal void Withdraw(PendingInteraction interaction, Message message)
    {
        interaction.Messages.Remove(message.Id);
        Erase(interaction.Channel, message);
        interaction.Result.TrySetResult(new InteractionResult.Deleted());
    }

    private Message Alter(PendingInteraction interaction, Message message, MessageDraft change)
    {
        var changed = Change(message, change, AllowedMentions.People, interaction.Channel.Guild, Clock.GetUtcNow());
        changed = message.IsLoading ? changed with { Edited = null } : changed;
        interaction.Messages[message.Id] = changed;
        Replace(interaction.Channel, changed);
        return changed;
    }

    /// <summary>Writes a message of an interaction's: where all see it, or for its member alone.</summary>
    private Message Place(PendingInteraction interaction, MessageDraft draft)
    {
        var drafted = Draft(interaction.Channel, interaction.Application.User, draft, AllowedMentions.People);
        var message = drafted with
        {
            Type =
                interaction.OriginalId is null && interaction.Type == PendingInteraction.Command
                    ? CommandAnswer
                    : ReplyType,
            Origin = interaction.Origin,
            Nonce = null,
        };
        interaction.Messages[message.Id] = message;
        if (message.IsEphemeral)
        {
            Publish(new SimulatorEvent.MessageCreated(message));
        }
        else
        {
            Add(interaction.Channel, message);
        }

        return message;
    }
}
