namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>The responses to an interaction after the first one: follow-up messages, edits and deletions.</summary>
/// <remarks>Source: Discord docs, Interactions/Receiving and Responding, Followup Messages. The token is the
/// interaction's; it is valid for 15 minutes.</remarks>
internal static class WebhookRoutes
{
    private const string Webhook = "/webhooks/{application}/{token}";
    private const string Single = $"{Webhook}/messages/{{message}}";

    public static IEnumerable<RestRoute> All { get; } =
    [
        Route("POST", Webhook, FollowUp),
        Route("GET", Single, Get),
        Route("PATCH", Single, Edit),
        Route("DELETE", Single, Delete),
    ];

    private static RestRoute Route(string method, string pattern, Func<RestRequest, RestResponse> handle) =>
        new(method, pattern, handle)
        {
            IsPublic = true,
            IsOutsideGlobalLimit = true,
            Limit = options => options.WebhookLimit,
        };

    private static RestResponse FollowUp(RestRequest request)
    {
        if (!TryGetInteraction(request, out var interaction, out var error))
        {
            return error;
        }

        if (!request.TryGetForm(out var form, out error))
        {
            return error;
        }

        var draft = MessageForm.ReadResponse(form);
        if (form.Errors.Any)
        {
            return DiscordError.InvalidForm(form.Errors);
        }

        if (draft.IsEmpty)
        {
            return DiscordError.EmptyMessage;
        }

        var message = FollowUp(request.World, interaction, draft);
        return RestResponse.Ok(message.ToJson());
    }

    private static ChannelMessage FollowUp(DiscordWorld world, PendingInteraction interaction, MessageDraft draft)
    {
        // Discord, for compatibility: the first follow-up message edits the deferred response.
        var deferred = interaction.Messages.Values.FirstOrDefault(message => message.IsLoading);
        if (deferred is not null)
        {
            return world.EditResponse(interaction, deferred, draft);
        }

        return world.FollowUp(interaction, draft);
    }

    private static RestResponse Get(RestRequest request)
    {
        if (!TryGetMessage(request, out _, out var message, out var error))
        {
            return error;
        }

        return RestResponse.Ok(message.ToJson());
    }

    private static RestResponse Edit(RestRequest request)
    {
        if (!TryGetMessage(request, out var interaction, out var message, out var error))
        {
            return error;
        }

        if (!request.TryGetForm(out var form, out error))
        {
            return error;
        }

        var draft = MessageForm.Read(form);
        if (form.Errors.Any)
        {
            return DiscordError.InvalidForm(form.Errors);
        }

        if (draft.IsEmpty && (message.IsLoading || draft.Content is not null))
        {
            return DiscordError.EmptyMessage;
        }

        var edited = request.World.EditResponse(interaction, message, draft);
        return RestResponse.Ok(edited.ToJson());
    }

    private static RestResponse Delete(RestRequest request)
    {
        if (!TryGetMessage(request, out var interaction, out var message, out var error))
        {
            return error;
        }

        request.World.DeleteResponse(interaction, message);
        return RestResponse.NoContent;
    }

    private static bool TryGetInteraction(
        RestRequest request,
        [NotNullWhen(true)] out PendingInteraction? interaction,
        [NotNullWhen(false)] out RestResponse? error
    )
    {
        interaction = null;
        if (!request.TryGetId("application", out var id, out error))
        {
            return false;
        }

        if (request.World.FindApplication(id) is not { } application)
        {
            error = DiscordError.UnknownWebhook;
            return false;
        }

        interaction = request.World.FindInteraction(request.GetText("token"));
        if (interaction is null || interaction.Application != application)
        {
            error = DiscordError.InvalidWebhookToken;
            return false;
        }

        if (interaction.CallbackType is null)
        {
            error = DiscordError.UnknownWebhook;
            return false;
        }

        return true;
    }

    private static bool TryGetMessage(
        RestRequest request,
        [NotNullWhen(true)] out PendingInteraction? interaction,
        [NotNullWhen(true)] out ChannelMessage? message,
        [NotNullWhen(false)] out RestResponse? error
    )
    {
        message = null;
        if (!TryGetInteraction(request, out interaction, out error))
        {
            return false;
        }

        var id = interaction.OriginalId ?? default;
        if (request.GetText("message") != "@original" && !request.TryGetId("message", out id, out error))
        {
            return false;
        }

        if (!interaction.Messages.TryGetValue(id, out message))
        {
            error = DiscordError.UnknownMessage;
            return false;
        }

        return true;
    }
}
