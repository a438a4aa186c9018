using System.Diagnostics.CodeAnalysis;
using Serge.Bot.Simulator.Discord.Interactions;

namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>What comes after the first answer: reading, changing and deleting it, and further messages.</summary>
/// <remarks>Source: Discord docs, Interactions/Receiving and Responding, Followup Messages. The token is the interaction's and good for
/// 15 minutes.</remarks>
internal static class WebhookRoutes
{
    private const string Webhook = "/webhooks/{application}/{token}";
    private const string Single = $"{Webhook}/messages/{{message}}";

    public static IEnumerable<DiscordRoute> All { get; } =
    [
        Route("POST", Webhook, FollowUp),
        Route("GET", Single, Get),
        Route("PATCH", Single, Edit),
        Route("DELETE", Single, Delete),
    ];

    private static DiscordRoute Route(string method, string pattern, Func<RestRequest, Answer> handle) =>
        new(method, pattern, handle)
        {
            Open = true,
            OutsideGlobalLimit = true,
            Limit = settings => settings.WebhookLimit,
            Resource = ["application", "token"],
        };

    private static Answer FollowUp(RestRequest request)
    {
        FormErrors errors = new();
        if (
            !TryInteraction(request, out var interaction, out var refusal)
            || !request.TryForm(errors, out var form, out refusal)
        )
        {
            return refusal;
        }

        var draft = MessageForm.Read(form, ephemeral: true);
        if (errors.Any)
        {
            return DiscordError.InvalidForm(errors);
        }

        if (draft.Empty)
        {
            return DiscordError.EmptyMessage;
        }

        // The first follow-up of a deferred answer fills it, as it did before there was @original.
        var thinking = interaction.Messages.Values.FirstOrDefault(message => message.IsLoading);
        var message = thinking is null
            ? request.World.FollowUp(interaction, draft)
            : request.World.Edit(interaction, thinking, draft);
        return Answer.Ok(message.ToJson());
    }

    private static Answer Get(RestRequest request) =>
        TryMessage(request, out _, out var message, out var refusal) ? Answer.Ok(message.ToJson()) : refusal;

    private static Answer Edit(RestRequest request)
    {
        FormErrors errors = new();
        if (
            !TryMessage(request, out var interaction, out var message, out var refusal)
            || !request.TryForm(errors, out var form, out refusal)
        )
        {
            return refusal;
        }

        var draft = MessageForm.Read(form);
        if (errors.Any)
        {
            return DiscordError.InvalidForm(errors);
        }

        if (draft is { Content: "", Empty: true } || (message.IsLoading && draft.Empty))
        {
            return DiscordError.EmptyMessage;
        }

        return Answer.Ok(request.World.Edit(interaction, message, draft).ToJson());
    }

    private static Answer Delete(RestRequest request)
    {
        if (!TryMessage(request, out var interaction, out var message, out var refusal))
        {
            return refusal;
        }

        request.World.Withdraw(interaction, message);
        return Answer.NoContent;
    }

    private static bool TryInteraction(
        RestRequest request,
        [NotNullWhen(true)] out PendingInteraction? interaction,
        [NotNullWhen(false)] out Answer? refusal
    )
    {
        interaction = null;
        if (!request.TryId("application", out var id, out refusal))
        {
            return false;
        }

        if (request.World.FindApplication(id) is not { } application)
        {
            refusal = DiscordError.UnknownWebhook;
            return false;
        }

        interaction = request.World.FindInteraction(request.Text("token"));
        refusal =
            interaction is null || interaction.Application != application ? DiscordError.InvalidWebhookToken
            : interaction.CallbackType is null ? DiscordError.UnknownWebhook
            : null;
        return refusal is null;
    }

    private static bool TryMessage(
        RestRequest request,
        [NotNullWhen(true)] out PendingInteraction? interaction,
        [NotNullWhen(true)] out Message? message,
        [NotNullWhen(false)] out Answer? refusal
    )
    {
        message = null;
        if (!TryInteraction(request, out interaction, out refusal))
        {
            return false;
        }

        var id = interaction.OriginalId ?? default;
        if (request.Text("message") != "@original" && !request.TryId("message", out id, out refusal))
        {
            return false;
        }

        refusal = interaction.Messages.TryGetValue(id, out message) ? null : DiscordError.UnknownMessage;
        return refusal is null;
    }
}
