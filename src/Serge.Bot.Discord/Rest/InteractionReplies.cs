using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Rest;

/// <summary>Responds to interactions.</summary>
/// <remarks>Source: Discord docs, Interactions/Receiving and Responding.</remarks>
/// <param name="rest">Sends the responses.</param>
/// <param name="currentApplication">Reads the application, if the interaction does not contain its id.</param>
/// <param name="replyTimeout">The timeout of the first response.</param>
/// <param name="timeout">The timeout of a response after a deferral.</param>
internal sealed class InteractionReplies(
    RestClient rest,
    CurrentApplication currentApplication,
    TimeSpan replyTimeout,
    TimeSpan timeout
)
{
    public async Task<SendOutcome> RespondAsync(
        Interaction interaction,
        Reply reply,
        CancellationToken cancellationToken
    )
    {
        if (interaction.Handle is not InteractionHandle handle)
        {
            throw new ArgumentException("The interaction belongs to another client.", nameof(interaction));
        }

        var message = GetMessage(reply);
        if (message is null)
        {
            return await SendCallbackAsync(handle, reply, cancellationToken);
        }

        if (Messages.Validate(message) is { } refused)
        {
            return refused;
        }

        if (handle.Deferral == Deferral.Confirmed)
        {
            return await CompleteAsync(handle, reply, message, cancellationToken);
        }

        var outcome = await SendCallbackAsync(handle, reply, cancellationToken);
        if (handle.Deferral != Deferral.Uncertain || !CanComplete(handle, reply, outcome))
        {
            return outcome;
        }

        // A refusal proves that Discord received the deferral, or an attempt of this reply.
        handle.Deferral = outcome is SendOutcome.Refused ? Deferral.Confirmed : handle.Deferral;
        return await CompleteAsync(handle, reply, message, cancellationToken);
    }

    /// <summary>Whether a reply after a deferral whose response was lost is sent once more, as after a deferral that
    /// was received. That may take longer than a first response.</summary>
    private static bool CanComplete(InteractionHandle handle, Reply reply, SendOutcome outcome) =>
        outcome switch
        {
            SendOutcome.Refused(Refusal.AlreadyAnswered, _) => true,
            SendOutcome.RetryAfter => true,
            // An attempt may have been executed.
            SendOutcome.Unavailable or SendOutcome.Unknown => CanRepeatAsEdit(handle, reply),
            _ => false,
        };

    private async Task<SendOutcome> SendCallbackAsync(
        InteractionHandle handle,
        Reply reply,
        CancellationToken cancellationToken
    )
    {
        var picture = GetMessage(reply)?.Picture;
        var request = MessageRequest.Create(ToCallback(reply), picture);
        if (handle.Response is { } response)
        {
            // What follows a deferral could arrive at Discord before the response, so a deferral is a request.
            var isFinal = picture is null && reply is not (Reply.Deferred or Reply.DeferredUpdate);
            if (isFinal && await response.TrySendAsync(request.Bytes))
            {
                return new SendOutcome.Sent(null, null);
            }

            response.Release();
        }

        var route = Route.InteractionCallback(handle.Id, handle.Token);
        var result = await rest.SendAsync(route, request, replyTimeout, cancellationToken);
        var outcome = ToOutcome(result, refusalConfirmsAttempt: !CanRepeatAsEdit(handle, reply));
        if (reply is Reply.Deferred or Reply.DeferredUpdate)
        {
            handle.IsUpdateDeferred = reply is Reply.DeferredUpdate;
            handle.Deferral = outcome switch
            {
                SendOutcome.Sent => Deferral.Confirmed,
                SendOutcome.Unknown => Deferral.Uncertain,
                _ => handle.Deferral,
            };
        }

        return outcome;
    }

    /// <summary>Replies after a deferral.</summary>
    private async Task<SendOutcome> CompleteAsync(
        InteractionHandle handle,
        Reply reply,
        DiscordMessage message,
        CancellationToken cancellationToken
    )
    {
        if (handle.ApplicationId is not { } applicationId)
        {
            var read = await currentApplication.GetApplicationAsync(cancellationToken);
            if (read is not Result<ApplicationModel>.Success({ Id: { } currentId }))
            {
                return new SendOutcome.Unavailable(read.GetReason());
            }

            applicationId = currentId;
        }

        var route = Route.EditOriginalResponse(applicationId, handle.Id, handle.Token);
        var body = MessageBody.FromEdit(message);
        if (handle.IsUpdateDeferred && reply is Reply.Message(_, var ephemeral))
        {
            // The original is the message with the button here, and stays.
            route = Route.FollowUpMessage(applicationId, handle.Id, handle.Token);
            body = MessageBody.From(message, ephemeral);
        }

        var request = MessageRequest.Create(body, message.Picture);
        var result = await rest.SendAsync(route, request, timeout, cancellationToken);
        if (result is RestResult.Success(var response, _))
        {
            return new SendOutcome.Sent(Messages.ParseId(response), null);
        }

        return ResponseDecoder.ToOutcome(result);
    }

    /// <summary>Whether the reply can be sent again as an edit of the original response. The response to the deferral
    /// was lost, so it is unknown whether Discord received the deferral or the reply. After the reply, an edit changes
    /// nothing; a follow-up would be a second message.</summary>
    private static bool CanRepeatAsEdit(InteractionHandle handle, Reply reply)
    {
        var isFollowUp = handle.IsUpdateDeferred && reply is Reply.Message;
        return handle.Deferral == Deferral.Uncertain && GetMessage(reply) is not null && !isFollowUp;
    }

    /// <param name="result">The result of a first response.</param>
    /// <param name="refusalConfirmsAttempt">Whether the refusal "already answered" after an uncertain attempt counts as
    /// the confirmation of that attempt. It does not if the reply can be sent again as an edit.</param>
    private static SendOutcome ToOutcome(RestResult result, bool refusalConfirmsAttempt)
    {
        // An earlier attempt was executed, and only Discord's response to it was lost.
        var isLateConfirmation =
            refusalConfirmsAttempt
            && result is RestResult.Error { AfterUncertainAttempt: true } error
            && ResponseDecoder.Classify(error) == DiscordErrorKind.AlreadyAnswered;
        if (result is RestResult.Success || isLateConfirmation)
        {
            return new SendOutcome.Sent(null, null);
        }

        return ResponseDecoder.ToOutcome(result);
    }

    private static DiscordMessage? GetMessage(Reply reply) =>
        reply switch
        {
            Reply.Message(var content, _) => content,
            Reply.Update(var content) => content,
            _ => null,
        };

    private static InteractionCallback ToCallback(Reply reply)
    {
        switch (reply)
        {
            case Reply.Message(var content, var ephemeral):
                return new(CallbackType.Message, MessageBody.From(content, ephemeral));
            case Reply.Update(var content):
                return new(CallbackType.UpdateMessage, MessageBody.FromEdit(content));
            case Reply.Deferred(var ephemeral):
                return new(CallbackType.DeferredMessage, MessageBody.ForDeferral(ephemeral));
            case Reply.DeferredUpdate:
                return new(CallbackType.DeferredUpdate, Data: null);
            case Reply.Suggestions(var choices):
                return new(CallbackType.Suggestions, MessageBody.ForSuggestions(choices));
            default:
                throw new ArgumentException("Unknown type of reply.", nameof(reply));
        }
    }
}
