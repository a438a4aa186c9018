using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Discord;
using Discord.Net;
using Discord.Rest;
using Discord.WebSocket;

namespace Serge.Bot.OnDiscordNet;

/// <content>Answers to interactions.</content>
public sealed partial class DiscordClient
{
    /// <inheritdoc/>
    public async Task<SendOutcome> RespondAsync(
        Interaction interaction,
        Reply reply,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(interaction);
        var handle =
            interaction.Handle as InteractionHandle
            ?? throw new ArgumentException("This interaction came from another client.", nameof(interaction));
        var message = reply switch
        {
            Reply.Message(var content, _) => content,
            Reply.Update(var content) => content,
            _ => null,
        };
        if (handle.Promised == true && message is not null)
        {
            return await KeepPromiseAsync(handle.Interaction, message, cancellationToken);
        }

        var outcome = await AnswerAsync(handle.Interaction, reply, cancellationToken);
        if (reply is Reply.Deferred)
        {
            handle.Promised = outcome switch
            {
                SendOutcome.Sent => true,
                SendOutcome.Unknown => null,
                _ => handle.Promised,
            };
        }
        else if (
            handle.Promised is null
            && message is not null
            && outcome is SendOutcome.Refused(Refusal.AlreadyAnswered, _)
        )
        {
            // So the promise did arrive.
            handle.Promised = true;
            return await KeepPromiseAsync(handle.Interaction, message, cancellationToken);
        }

        return outcome;
    }

    private async Task<SendOutcome> AnswerAsync(
        IDiscordInteraction interaction,
        Reply reply,
        CancellationToken cancellationToken
    )
    {
        // What came over HTTP counts as answered as soon as Discord.Net has written the answer, and so says nothing.
        if (interaction is SocketInteraction { HasResponded: true })
        {
            return new SendOutcome.Refused(Refusal.AlreadyAnswered, "The interaction was answered already.");
        }

        var (call, _) = await CallAsync(
            options => Done(Respond(interaction, reply, options)),
            _options.AnswerPatience,
            cancellationToken,
            isAnswer: true,
            amend: reply is Reply.Message({ SuppressEmbeds: true }, _) ? SuppressEmbeds : null
        );
        return call.IsSuccess
            ? new SendOutcome.Sent(null, null)
            : Verdict.OfWrite(call, _wire.GetUtcNow()) switch
            {
                // It was an earlier attempt of ours that got through, and only Discord's word of it was lost.
                SendOutcome.Refused(Refusal.AlreadyAnswered, _) when call.AfterDoubt => new SendOutcome.Sent(
                    null,
                    null
                ),
                var outcome => outcome,
            };
    }

    private Task Respond(IDiscordInteraction interaction, Reply reply, RequestOptions options) =>
        (reply, interaction) switch
        {
            (Reply.Message(var content, var ephemeral), SocketInteraction socket) => socket.RespondAsync(
                content.Text,
                ephemeral: ephemeral,
                allowedMentions: AllowedMentions.None,
                components: Buttons(content),
                options: options
            ),
            (Reply.Update(var content), SocketMessageComponent button) => button.UpdateAsync(
                edit => Fill(edit, content),
                options
            ),
            (Reply.Deferred(var ephemeral), SocketMessageComponent button) => button.DeferLoadingAsync(
                ephemeral,
                options
            ),
            (Reply.Deferred(var ephemeral), SocketInteraction socket) => socket.DeferAsync(ephemeral, options),
            (Reply.Suggestions(var choices), SocketAutocompleteInteraction keystroke) => keystroke.RespondAsync(
                Results(choices),
                options
            ),

            // Over HTTP Discord.Net only writes the answer, for the web server to give. Ours has said 202 by now, so it goes the usual way.
            (Reply.Message(var content, var ephemeral), RestInteraction rest) => CallBackAsync(
                rest,
                rest.Respond(
                    content.Text,
                    ephemeral: ephemeral,
                    allowedMentions: AllowedMentions.None,
                    components: Buttons(content)
                ),
                options
            ),
            (Reply.Update(var content), RestMessageComponent button) => button.UpdateAsync(
                edit => Fill(edit, content),
                options
            ),
            (Reply.Deferred(var ephemeral), RestMessageComponent button) => CallBackAsync(
                button,
                button.DeferLoading(ephemeral),
                options
            ),
            (Reply.Deferred(var ephemeral), RestInteraction rest) => CallBackAsync(
                rest,
                rest.Defer(ephemeral),
                options
            ),
            (Reply.Suggestions(var choices), RestAutocompleteInteraction keystroke) => CallBackAsync(
                keystroke,
                keystroke.Respond(Results(choices)),
                options
            ),
            _ => throw new InvalidOperationException(
                $"{reply.GetType().Name} is no answer to {interaction.GetType().Name}."
            ),
        };

    private async Task CallBackAsync(RestInteraction interaction, string json, RequestOptions options)
    {
        var answer = await _callbacks.SendAsync(
            "POST",
            string.Create(CultureInfo.InvariantCulture, $"interactions/{interaction.Id}/{interaction.Token}/callback"),
            json,
            options.CancelToken
        );
        if ((int)answer.StatusCode is < 200 or >= 300)
        {
            var error = await ErrorIn(answer.Stream);
            throw new HttpException(answer.StatusCode, request: null, error.Code, error.Message);
        }
    }

    private static async Task<(DiscordErrorCode? Code, string? Message)> ErrorIn(Stream body)
    {
        try
        {
            var json = await JsonNode.ParseAsync(body);
            return ((DiscordErrorCode?)json?["code"]?.GetValue<int>(), json?["message"]?.GetValue<string>());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, null);
        }
    }

    private static IEnumerable<AutocompleteResult> Results(IReadOnlyList<Choice> choices) =>
        choices.Select(choice => new AutocompleteResult(choice.Name, choice.Value));

    private async Task<SendOutcome> KeepPromiseAsync(
        IDiscordInteraction interaction,
        DiscordMessage message,
        CancellationToken cancellationToken
    )
    {
        var (call, sent) = await CallAsync(
            async options => await interaction.ModifyOriginalResponseAsync(edit => Fill(edit, message), options),
            _options.Patience,
            cancellationToken,
            isAnswer: true
        );
        return call.IsSuccess
            ? new SendOutcome.Sent(sent is null ? null : Text(sent.Id), null)
            : Verdict.OfWrite(call, _wire.GetUtcNow());
    }

    /// <summary>Discord.Net's answers have no flag for it.</summary>
    private static void SuppressEmbeds(JsonNode body)
    {
        if (body["data"] is JsonObject data)
        {
            data["flags"] = (data["flags"]?.GetValue<int>() ?? 0) | (int)MessageFlags.SuppressEmbeds;
        }
    }
}
