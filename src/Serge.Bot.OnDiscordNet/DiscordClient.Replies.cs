using System.Text.Json.Nodes;
using Discord;
using Discord.WebSocket;

namespace Serge.Bot.OnDiscordNet;

/// <content>Answers to interactions.</content>
public sealed partial class DiscordClient
{
    /// <inheritdoc/>
    public async Task<SendOutcome> RespondAsync(Interaction interaction, Reply reply, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        var handle = interaction.Handle as InteractionHandle ?? throw new ArgumentException("This interaction came from another client.", nameof(interaction));
        var message = reply switch { Reply.Message(var content, _) => content, Reply.Update(var content) => content, _ => null };
        if (handle.Promised == true && message is not null)
        {
            return await KeepPromiseAsync(handle.Interaction, message, cancellationToken);
        }

        var outcome = await AnswerAsync(handle.Interaction, reply, cancellationToken);
        if (reply is Reply.Deferred)
        {
            handle.Promised = outcome switch { SendOutcome.Sent => true, SendOutcome.Unknown => null, _ => handle.Promised };
        }
        else if (handle.Promised is null && message is not null && outcome is SendOutcome.Refused(Refusal.AlreadyAnswered, _))
        {
            // So the promise did arrive.
            handle.Promised = true;
            return await KeepPromiseAsync(handle.Interaction, message, cancellationToken);
        }

        return outcome;
    }

    private async Task<SendOutcome> AnswerAsync(IDiscordInteraction interaction, Reply reply, CancellationToken cancellationToken)
    {
        if (interaction.HasResponded)
        {
            return new SendOutcome.Refused(Refusal.AlreadyAnswered, "The interaction was answered already.");
        }

        var (call, _) = await CallAsync(
            options => Done(Respond(interaction, reply, options)), _options.AnswerPatience, cancellationToken, isAnswer: true,
            amend: reply is Reply.Message({ SuppressEmbeds: true }, _) ? SuppressEmbeds : null);
        return call.IsSuccess ? new SendOutcome.Sent(null, null) : Verdict.OfWrite(call, _wire.GetUtcNow()) switch
        {
            // It was an earlier attempt of ours that got through, and only Discord's word of it was lost.
            SendOutcome.Refused(Refusal.AlreadyAnswered, _) when call.AfterDoubt => new SendOutcome.Sent(null, null),
            var outcome => outcome,
        };
    }

    private static Task Respond(IDiscordInteraction interaction, Reply reply, RequestOptions options) => (reply, interaction) switch
    {
        (Reply.Message(var content, var ephemeral), _) => interaction.RespondAsync(
            content.Text, ephemeral: ephemeral, allowedMentions: AllowedMentions.None, components: Buttons(content), options: options),
        (Reply.Update(var content), SocketMessageComponent button) => button.UpdateAsync(edit => Fill(edit, content), options),
        (Reply.Deferred(var ephemeral), SocketMessageComponent button) => button.DeferLoadingAsync(ephemeral, options),
        (Reply.Deferred(var ephemeral), _) => interaction.DeferAsync(ephemeral, options),
        (Reply.Suggestions(var choices), SocketAutocompleteInteraction keystroke) => keystroke.RespondAsync(
            choices.Select(choice => new AutocompleteResult(choice.Name, choice.Value)), options),
        _ => throw new InvalidOperationException($"{reply.GetType().Name} is no answer to {interaction.GetType().Name}."),
    };

    private async Task<SendOutcome> KeepPromiseAsync(IDiscordInteraction interaction, DiscordMessage message, CancellationToken cancellationToken)
    {
        var (call, sent) = await CallAsync(
            async options => (IMessage?)await interaction.ModifyOriginalResponseAsync(edit => Fill(edit, message), options), _options.Patience, cancellationToken, isAnswer: true);
        return call.IsSuccess ? new SendOutcome.Sent(sent is null ? null : Text(sent.Id), null) : Verdict.OfWrite(call, _wire.GetUtcNow());
    }

    /// <summary>Discord.Net's answers have no flag for it.</summary>
    private static void SuppressEmbeds(JsonObject body)
    {
        if (body["data"] is JsonObject data)
        {
            data["flags"] = (data["flags"]?.GetValue<int>() ?? 0) | (int)MessageFlags.SuppressEmbeds;
        }
    }
}
