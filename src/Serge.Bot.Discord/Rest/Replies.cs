using System.Text.Json;
using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Rest;

/// <summary>Answers to interactions.</summary>
/// <remarks>Source: Discord docs, Interactions/Receiving and Responding.</remarks>
/// <param name="rest">Sends them.</param>
/// <param name="self">Knows our application, where the interaction does not name it.</param>
/// <param name="answerPatience">For the first answer.</param>
/// <param name="patience">For an answer that was promised.</param>
internal sealed class Replies(RestClient rest, Self self, TimeSpan answerPatience, TimeSpan patience)
{
    public async Task<SendOutcome> RespondAsync(
        Interaction interaction,
        Reply reply,
        CancellationToken cancellationToken
    )
    {
        var handle =
            interaction.Handle as InteractionHandle
            ?? throw new ArgumentException("This interaction came from another client.", nameof(interaction));
        var message = reply switch
        {
            Reply.Message(var content, _) => content,
            Reply.Update(var content) => content,
            _ => null,
        };
        if (message is not null && Messages.Check(message) is { } refused)
        {
            return refused;
        }

        if (handle.Promise == Promise.Given && message is not null)
        {
            return await KeepPromiseAsync(handle, message, cancellationToken);
        }

        var outcome = await AnswerAsync(handle, CallbackOf(reply), cancellationToken);
        if (reply is Reply.Deferred)
        {
            handle.Promise = outcome switch
            {
                SendOutcome.Sent => Promise.Given,
                SendOutcome.Unknown => Promise.Perhaps,
                _ => handle.Promise,
            };
        }
        else if (
            handle.Promise == Promise.Perhaps
            && message is not null
            && outcome is SendOutcome.Refused(Refusal.AlreadyAnswered, _)
        )
        {
            // So the promise did arrive.
            handle.Promise = Promise.Given;
            return await KeepPromiseAsync(handle, message, cancellationToken);
        }

        return outcome;
    }

    private async Task<SendOutcome> AnswerAsync(
        InteractionHandle handle,
        InteractionCallback callback,
        CancellationToken cancellationToken
    ) =>
        await rest.SendAsync(
            Route.Callback(handle.Id, handle.Token),
            JsonSerializer.SerializeToUtf8Bytes(callback, DiscordJson.Default.InteractionCallback),
            answerPatience,
            cancellationToken
        ) switch
        {
            RestResult.Done => new SendOutcome.Sent(null, null),

            // It was an earlier attempt of ours that got through, and only Discord's word of it was lost.
            RestResult.Error { AfterDoubt: true } error
                when JsonErrors.MeaningOf(error.Status, error.Code) == JsonErrors.Meaning.AlreadyAnswered =>
                new SendOutcome.Sent(null, null),
            var result => JsonErrors.OutcomeOf(result),
        };

    private async Task<SendOutcome> KeepPromiseAsync(
        InteractionHandle handle,
        DiscordMessage message,
        CancellationToken cancellationToken
    )
    {
        if (handle.ApplicationId is not { } application)
        {
            var answer = await self.ApplicationAsync(cancellationToken);
            if (answer is not Result<Application>.Success({ Id: { } mine }))
            {
                return new SendOutcome.Unavailable(answer.Reason()!);
            }

            application = mine;
        }

        return await rest.SendAsync(
            Route.EditOriginal(application, handle.Id, handle.Token),
            JsonSerializer.SerializeToUtf8Bytes(MessageBody.From(message), DiscordJson.Default.MessageBody),
            patience,
            cancellationToken
        ) switch
        {
            RestResult.Done({ } json, _) => new SendOutcome.Sent(
                Messages.IdIn(json) is { } id ? Messages.Text(id) : null,
                null
            ),
            var result => JsonErrors.OutcomeOf(result),
        };
    }

    private static InteractionCallback CallbackOf(Reply reply) =>
        reply switch
        {
            Reply.Message(var content, var ephemeral) => new(
                CallbackType.Message,
                MessageBody.From(content, ephemeral)
            ),
            Reply.Update(var content) => new(CallbackType.UpdateMessage, MessageBody.From(content)),
            Reply.Deferred(var ephemeral) => new(CallbackType.DeferredMessage, MessageBody.Promise(ephemeral)),
            Reply.Suggestions(var choices) => new(CallbackType.Suggestions, MessageBody.Suggest(choices)),
            _ => throw new ArgumentException("There is no other reply.", nameof(reply)),
        };
}
