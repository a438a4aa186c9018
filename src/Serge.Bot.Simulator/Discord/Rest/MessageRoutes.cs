using System.Text.Json.Nodes;

namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>A channel's messages.</summary>
/// <remarks>Source: Discord docs, Resources/Message.</remarks>
internal static class MessageRoutes
{
    private const string Collection = "/channels/{channel}/messages";
    private const string Single = "/channels/{channel}/messages/{message}";

    public static IEnumerable<DiscordRoute> All { get; } =
    [
        new("POST", Collection, Create) { Limit = settings => settings.MessageLimit, Resource = ["channel"] },
        new("GET", Collection, List) { Resource = ["channel"] },
        new("GET", Single, Get) { Resource = ["channel"] },
        new("PATCH", Single, Edit) { Limit = settings => settings.MessageLimit, Resource = ["channel"] },
        new("DELETE", Single, Delete) { Resource = ["channel"] },
    ];

    private static Answer Create(RestRequest request)
    {
        if (!Access.TryChannel(request, Permissions.SendMessages, out var channel, out var refusal))
        {
            return refusal;
        }

        if (channel.Type is ChannelType.Category or ChannelType.Forum)
        {
            return channel.Type == ChannelType.Forum ? DiscordError.CannotPostInForum : DiscordError.NotText;
        }

        FormErrors errors = new();
        if (!request.TryForm(errors, out var form, out refusal))
        {
            return refusal;
        }

        var draft = MessageForm.Read(form);
        if (errors.Any)
        {
            return DiscordError.InvalidForm(errors);
        }

        if (draft.Empty)
        {
            return DiscordError.EmptyMessage;
        }

        // The documentation names the permission and not the error; this is what bots meet in the field.
        if (draft.HasEmbeds && !Access.PermissionsOf(channel, request.Bot).HasFlag(Permissions.EmbedLinks))
        {
            return DiscordError.MissingPermissions;
        }

        var nonce = draft.EnforceNonce ? draft.Nonce?.ToString() : null;
        if (nonce is not null && request.World.Nonces.Find(request.Bot.Id, channel.Id, nonce) is { } first)
        {
            return channel.Find(first) is { } existing ? Answer.Ok(existing.ToJson()) : DiscordError.UnknownMessage;
        }

        var message = request.World.Write(channel, request.Bot.User, draft);
        if (nonce is not null)
        {
            request.World.Nonces.Add(request.Bot.Id, channel.Id, nonce, message.Id);
        }

        return Answer.Ok(message.ToJson());
    }

    private static Answer List(RestRequest request)
    {
        if (
            !Access.TryChannel(request, Permissions.None, out var channel, out var refusal)
            || !request.TryQuery("limit", 1, 100, out var limit, out refusal)
            || !request.TryQuery("before", 0, long.MaxValue, out var before, out refusal)
            || !request.TryQuery("after", 0, long.MaxValue, out var after, out refusal)
            || !request.TryQuery("around", 0, long.MaxValue, out var around, out refusal)
        )
        {
            return refusal;
        }

        if (new[] { before, after, around }.Count(one => one is not null) > 1)
        {
            return DiscordError.InvalidForm(
                "",
                "MUTUALLY_EXCLUSIVE",
                "Only one of before, after and around may be passed."
            );
        }

        // Without the permission the list is empty, and nothing says why.
        if (!Access.PermissionsOf(channel, request.Bot).HasFlag(Permissions.ReadMessageHistory))
        {
            return Answer.Ok(new JsonArray());
        }

        var count = (int)(limit ?? 50);
        var found =
            around is { } middle ? Around(channel.Messages, (ulong)middle, count)
            : after is { } low ? channel.Messages.Where(message => message.Id.Value > (ulong)low).Take(count)
            : channel.Messages.Where(message => before is null || message.Id.Value < (ulong)before).TakeLast(count);
        return Answer.Ok(Json.ArrayOf(found.Reverse().Select(message => View(request, channel, message))));
    }

    private static IEnumerable<Message> Around(List<Message> messages, ulong middle, int count)
    {
        var index = messages.FindIndex(message => message.Id.Value >= middle);
        var start = Math.Max(0, (index < 0 ? messages.Count : index) - (count / 2));
        return messages.Skip(start).Take(count);
    }

    private static Answer Get(RestRequest request) =>
        Access.TryChannel(request, Permissions.ReadMessageHistory, out var channel, out var refusal)
        && Access.TryMessage(request, channel, out var message, out refusal)
            ? Answer.Ok(View(request, channel, message))
            : refusal;

    private static JsonObject View(RestRequest request, Channel channel, Message message) =>
        message.ToJson(channel, request.Bot);

    private static Answer Edit(RestRequest request)
    {
        FormErrors errors = new();
        if (
            !Access.TryChannel(request, Permissions.None, out var channel, out var refusal)
            || !Access.TryMessage(request, channel, out var message, out refusal)
            || !request.TryForm(errors, out var form, out refusal)
        )
        {
            return refusal;
        }

        if (message.Author.Id != request.Bot.Id)
        {
            return DiscordError.NotYourMessage;
        }

        var draft = MessageForm.Read(form);
        if (errors.Any)
        {
            return DiscordError.InvalidForm(errors);
        }

        var changed = DiscordWorld.Change(
            message,
            draft,
            AllowedMentions.Everything,
            channel.Guild,
            request.World.Clock.GetUtcNow()
        );
        if (
            changed.Content.Length == 0
            && changed.Embeds.GetArrayLength() == 0
            && changed.Components.GetArrayLength() == 0
        )
        {
            return DiscordError.EmptyMessage;
        }

        request.World.Replace(channel, changed);
        return Answer.Ok(changed.ToJson());
    }

    private static Answer Delete(RestRequest request)
    {
        if (
            !Access.TryChannel(request, Permissions.None, out var channel, out var refusal)
            || !Access.TryMessage(request, channel, out var message, out refusal)
        )
        {
            return refusal;
        }

        if (
            message.Author.Id != request.Bot.Id
            && !Access.PermissionsOf(channel, request.Bot).HasFlag(Permissions.ManageMessages)
        )
        {
            return DiscordError.MissingPermissions;
        }

        request.World.Erase(channel, message);
        return Answer.NoContent;
    }
}
