using System.Globalization;
using System.Text.Json.Nodes;
using Discord;
using Discord.Net;
using Discord.Rest;
using Discord.WebSocket;

namespace Serge.Bot.OnDiscordNet;

/// <content>Responds to interactions.</content>
public sealed partial class DiscordClient
{
    // Responses to interactions over HTTP of the types 5 (with and without the flag EPHEMERAL) and 6. Discord.Net's own
    // methods note a response when they create it, so that no reply would be possible after a failed one.
    private const string Deferral = """{"type":5,"data":{}}""";
    private const string EphemeralDeferral = """{"type":5,"data":{"flags":64}}""";
    private const string UpdateDeferral = """{"type":6}""";

    /// <inheritdoc/>
    public async Task<SendOutcome> RespondAsync(
        Interaction interaction,
        Reply reply,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(interaction);
        if (interaction.Handle is not InteractionHandle handle)
        {
            throw new ArgumentException("The interaction belongs to another client.", nameof(interaction));
        }

        var message = GetMessage(reply);
        if (message is not null && handle.IsDeferred == true)
        {
            return await CompleteAsync(handle, reply, message, cancellationToken);
        }

        var outcome = await SendCallbackAsync(handle, reply, cancellationToken);
        if (message is null)
        {
            return outcome;
        }

        if (handle.IsDeferred is not null || !CanComplete(handle, reply, outcome))
        {
            return outcome;
        }

        if (outcome is SendOutcome.Refused)
        {
            // The refusal proves that Discord received the deferral, or an attempt of this reply.
            handle.IsDeferred = true;
        }

        return await CompleteAsync(handle, reply, message, cancellationToken);
    }

    /// <summary>Whether a reply after a deferral whose response was lost is sent once more, as after a deferral that
    /// was received. That may take longer than a first response, which Discord.Net does not send after 3 s.</summary>
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
        var refusalConfirmsAttempt = !CanRepeatAsEdit(handle, reply);
        var outcome = await SendCallbackAsync(handle.Interaction, reply, refusalConfirmsAttempt, cancellationToken);
        if (reply is Reply.Deferred or Reply.DeferredUpdate)
        {
            handle.IsUpdateDeferred = reply is Reply.DeferredUpdate;
            handle.IsDeferred = outcome switch
            {
                SendOutcome.Sent => true,
                SendOutcome.Unknown => null,
                _ => handle.IsDeferred,
            };
        }

        return outcome;
    }

    /// <param name="interaction">The interaction.</param>
    /// <param name="reply">The reply, or a deferral.</param>
    /// <param name="refusalConfirmsAttempt">Whether the refusal "already answered" after an uncertain attempt counts as
    /// the confirmation of that attempt. It does not if the reply can be sent again as an edit.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    private async Task<SendOutcome> SendCallbackAsync(
        IDiscordInteraction interaction,
        Reply reply,
        bool refusalConfirmsAttempt,
        CancellationToken cancellationToken
    )
    {
        // Over HTTP, Discord.Net sets the flag when it creates the response, so it counts for the gateway only.
        if (interaction is SocketInteraction { HasResponded: true })
        {
            return new SendOutcome.Refused(Refusal.AlreadyAnswered, "The interaction has a response already.");
        }

        var (call, _) = await CallAsync(
            options => ToObjectAsync(SendReplyAsync(interaction, reply, options)),
            _options.ReplyTimeout,
            cancellationToken,
            isInteractionResponse: true,
            changeBody: body => Complete(body, reply),
            picture: GetMessage(reply)?.Picture
        );
        if (call.IsSuccess)
        {
            return new SendOutcome.Sent(null, null);
        }

        var outcome = ResponseDecoder.ToOutcome(call);

        // An earlier attempt was executed, and only Discord's response to it was lost.
        var isAnswered = outcome is SendOutcome.Refused(Refusal.AlreadyAnswered, _);
        if (refusalConfirmsAttempt && call.AfterUncertainAttempt && isAnswered)
        {
            return new SendOutcome.Sent(null, null);
        }

        return outcome;
    }

    /// <summary>Whether the reply can be sent again as an edit of the original response. The response to the deferral
    /// was lost, so it is unknown whether Discord received the deferral or the reply. After the reply, an edit changes
    /// nothing; a follow-up would be a second message.</summary>
    private static bool CanRepeatAsEdit(InteractionHandle handle, Reply reply)
    {
        var isFollowUp = handle.IsUpdateDeferred && reply is Reply.Message;
        return handle.IsDeferred is null && GetMessage(reply) is not null && !isFollowUp;
    }

    private Task SendReplyAsync(IDiscordInteraction interaction, Reply reply, RequestOptions options) =>
        interaction switch
        {
            SocketInteraction socket => SendOverGatewayAsync(socket, reply, options),
            RestInteraction rest => SendOverHttpAsync(rest, reply, options),
            _ => throw CreateMismatch(interaction, reply),
        };

    private static Task SendOverGatewayAsync(SocketInteraction interaction, Reply reply, RequestOptions options)
    {
        switch (reply, interaction)
        {
            case (Reply.Message(var content, var ephemeral), _):
                return interaction.RespondAsync(
                    content.Text,
                    ephemeral: ephemeral,
                    allowedMentions: AllowedMentions.None,
                    components: CreateButtons(content),
                    options: options
                );
            case (Reply.Update(var content), SocketMessageComponent button):
                return button.UpdateAsync(edit => Fill(edit, content), options);
            case (Reply.Deferred(var ephemeral), SocketMessageComponent button):
                return button.DeferLoadingAsync(ephemeral, options);
            case (Reply.DeferredUpdate, SocketMessageComponent button):
                return button.DeferAsync(ephemeral: false, options);
            case (Reply.Deferred(var ephemeral), _):
                return interaction.DeferAsync(ephemeral, options);
            case (Reply.Suggestions(var choices), SocketAutocompleteInteraction autocomplete):
                return autocomplete.RespondAsync(CreateResults(choices), options);
            default:
                throw CreateMismatch(interaction, reply);
        }
    }

    /// <summary>Over HTTP, Discord.Net only creates the response for the web server. The endpoint has answered 202
    /// already, so the response is sent as a request.</summary>
    private Task SendOverHttpAsync(RestInteraction interaction, Reply reply, RequestOptions options)
    {
        switch (reply, interaction)
        {
            case (Reply.Message(var content, var ephemeral), _):
                var message = interaction.Respond(
                    content.Text,
                    ephemeral: ephemeral,
                    allowedMentions: AllowedMentions.None,
                    components: CreateButtons(content)
                );
                return PostCallbackAsync(interaction, message, options);
            case (Reply.Update(var content), RestMessageComponent button):
                return button.UpdateAsync(edit => Fill(edit, content), options);
            case (Reply.Deferred(var ephemeral), _):
                return PostCallbackAsync(interaction, ephemeral ? EphemeralDeferral : Deferral, options);
            case (Reply.DeferredUpdate, RestMessageComponent):
                return PostCallbackAsync(interaction, UpdateDeferral, options);
            case (Reply.Suggestions(var choices), RestAutocompleteInteraction autocomplete):
                var suggestions = autocomplete.Respond(CreateResults(choices));
                return PostCallbackAsync(interaction, suggestions, options);
            default:
                throw CreateMismatch(interaction, reply);
        }
    }

    private async Task PostCallbackAsync(RestInteraction interaction, string json, RequestOptions options)
    {
        var route = string.Create(
            CultureInfo.InvariantCulture,
            $"interactions/{interaction.Id}/{interaction.Token}/callback"
        );
        var response = await _callbacks.SendAsync("POST", route, json, options.CancelToken);
        if ((int)response.StatusCode is >= 200 and < 300)
        {
            return;
        }

        using var body = new MemoryStream();
        await response.Stream.CopyToAsync(body, CancellationToken.None);
        var error = JsonReader.Parse(body.ToArray());
        var code = (DiscordErrorCode?)error.Member("code").Number();
        throw new HttpException(response.StatusCode, request: null, code, error.Member("message").Text());
    }

    private static NotSupportedException CreateMismatch(IDiscordInteraction interaction, Reply reply) =>
        new($"{reply.GetType().Name} is not a reply to {interaction.GetType().Name}.");

    private static IEnumerable<AutocompleteResult> CreateResults(IReadOnlyList<Choice> choices) =>
        choices.Select(choice => new AutocompleteResult(choice.Name, choice.Value));

    /// <summary>Replies after a deferral.</summary>
    private Task<SendOutcome> CompleteAsync(
        InteractionHandle handle,
        Reply reply,
        DiscordMessage message,
        CancellationToken cancellationToken
    )
    {
        if (handle.IsUpdateDeferred && reply is Reply.Message(_, var ephemeral))
        {
            // The original is the message with the button here, and stays.
            return FollowUpAsync(handle.Interaction, message, ephemeral, cancellationToken);
        }

        return EditOriginalAsync(handle.Interaction, message, cancellationToken);
    }

    private async Task<SendOutcome> FollowUpAsync(
        IDiscordInteraction interaction,
        DiscordMessage message,
        bool ephemeral,
        CancellationToken cancellationToken
    )
    {
        var (call, sent) = await CallAsync<IUserMessage>(
            async options =>
                await interaction.FollowupAsync(
                    message.Text,
                    ephemeral: ephemeral,
                    allowedMentions: AllowedMentions.None,
                    components: CreateButtons(message),
                    options: options
                ),
            _options.CallTimeout,
            cancellationToken,
            isIdempotent: false,
            isInteractionResponse: true,
            changeBody: body => Complete(body, message),
            picture: message.Picture
        );
        return ToOutcome(call, sent);
    }

    private async Task<SendOutcome> EditOriginalAsync(
        IDiscordInteraction interaction,
        DiscordMessage message,
        CancellationToken cancellationToken
    )
    {
        var (call, sent) = await CallAsync<IUserMessage>(
            async options => await interaction.ModifyOriginalResponseAsync(edit => Fill(edit, message), options),
            _options.CallTimeout,
            cancellationToken,
            isInteractionResponse: true,
            changeBody: body => ReplaceAttachments(body, message),
            picture: message.Picture
        );
        return ToOutcome(call, sent);
    }

    private static SendOutcome ToOutcome(DiscordCall call, IUserMessage? sent)
    {
        if (!call.IsSuccess)
        {
            return ResponseDecoder.ToOutcome(call);
        }

        return new SendOutcome.Sent(sent is null ? null : DiscordMessageIds.Format(sent.Id), null);
    }

    private static DiscordMessage? GetMessage(Reply reply) =>
        reply switch
        {
            Reply.Message(var content, _) => content,
            Reply.Update(var content) => content,
            _ => null,
        };

    /// <summary>Adds what Discord.Net lacks in responses: the flag for links without previews, and files.</summary>
    private static void Complete(JsonNode body, Reply reply)
    {
        if (body["data"] is not JsonObject data)
        {
            return;
        }

        switch (reply)
        {
            case Reply.Message(var message, _):
                Complete(data, message);
                break;
            case Reply.Update(var message):
                ReplaceAttachments(data, message);
                break;
        }
    }

    private static void Complete(JsonNode body, DiscordMessage message)
    {
        SetAttachments(body, message);
        if (message.SuppressEmbeds)
        {
            var flags = body["flags"]?.GetValue<int>() ?? 0;
            body["flags"] = flags | (int)MessageFlags.SuppressEmbeds;
        }
    }
}
