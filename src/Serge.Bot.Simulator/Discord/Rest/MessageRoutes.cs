namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>The messages of a channel.</summary>
/// <remarks>Source: Discord docs, Resources/Message.</remarks>
internal static class MessageRoutes
{
    private const string Collection = "/channels/{channel}/messages";
    private const string Single = "/channels/{channel}/messages/{message}";
    private const int DefaultCount = 50;
    private const int MaxCount = 100;

    public static IEnumerable<RestRoute> All { get; } =
    [
        new("POST", Collection, Create) { Limit = options => options.MessageLimit },
        new("GET", Collection, GetAll),
        new("GET", Single, Get),
        new("PATCH", Single, Edit) { Limit = options => options.MessageLimit },
        new("DELETE", Single, Delete),
    ];

    private static RestResponse Create(RestRequest request)
    {
        if (!request.TryGetChannel(Permissions.None, out var channel, out var error))
        {
            return error;
        }

        if (!channel.GetPermissions(request.Bot).HasFlag(channel.RequiredToSend))
        {
            return DiscordError.MissingPermissions;
        }

        if (channel.Type == ChannelType.Forum)
        {
            return DiscordError.CannotPostInForum;
        }

        if (channel.Type == ChannelType.Category)
        {
            return DiscordError.NotText;
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

        if (draft.IsEmpty)
        {
            return DiscordError.EmptyMessage;
        }

        error = request.CheckContents(channel, draft);
        if (error is not null)
        {
            return error;
        }

        if (draft.EnforceNonce && draft.Nonce is { } nonce)
        {
            return CreateOnce(request, channel, draft, nonce.ToString());
        }

        var message = Create(request, channel, draft);
        return RestResponse.Ok(message.ToJson());
    }

    private static ChannelMessage Create(RestRequest request, Channel channel, MessageDraft draft) =>
        request.World.CreateMessage(channel, request.Bot.User, draft);

    /// <summary>Creates a message unless its nonce has created one already.</summary>
    private static RestResponse CreateOnce(RestRequest request, Channel channel, MessageDraft draft, string nonce)
    {
        NonceKey key = new(request.Bot.Id, channel.Id, nonce);
        if (!request.World.Nonces.TryFind(key, out var id))
        {
            var created = Create(request, channel, draft);
            request.World.Nonces.Add(key, created.Id);
            return RestResponse.Ok(created.ToJson());
        }

        var existing = channel.FindMessage(id);
        if (existing is null)
        {
            return DiscordError.UnknownMessage;
        }

        return RestResponse.Ok(existing.ToJson());
    }

    private static RestResponse GetAll(RestRequest request)
    {
        if (!request.TryGetChannel(Permissions.None, out var channel, out var error))
        {
            return error;
        }

        if (
            !request.TryGetNumber("limit", 1, MaxCount, out var limit, out error)
            || !request.TryGetNumber("before", 0, long.MaxValue, out var before, out error)
            || !request.TryGetNumber("after", 0, long.MaxValue, out var after, out error)
            || !request.TryGetNumber("around", 0, long.MaxValue, out var around, out error)
        )
        {
            return error;
        }

        long?[] positions = [before, after, around];
        if (positions.Count(position => position is not null) > 1)
        {
            return DiscordError.InvalidForm(
                "",
                "MUTUALLY_EXCLUSIVE",
                "Only one of before, after and around may be passed."
            );
        }

        // Without the permission the list is empty; there is no error.
        if (!channel.GetPermissions(request.Bot).HasFlag(Permissions.ReadMessageHistory))
        {
            return RestResponse.Ok(new JsonArray());
        }

        var count = (int)(limit ?? DefaultCount);
        var found = Select(channel.Messages, count, (ulong?)before, (ulong?)after, (ulong?)around);
        var json = Json.ToArray(found.Reverse(), message => message.ToJson(channel, request.Bot));
        return RestResponse.Ok(json);
    }

    private static IEnumerable<ChannelMessage> Select(
        List<ChannelMessage> messages,
        int count,
        ulong? before,
        ulong? after,
        ulong? around
    )
    {
        if (after is not null)
        {
            return messages.Where(message => message.Id.Value > after).Take(count);
        }

        if (around is null)
        {
            return messages.Where(message => before is null || message.Id.Value < before).TakeLast(count);
        }

        var middle = messages.FindIndex(message => message.Id.Value >= around);
        if (middle < 0)
        {
            middle = messages.Count;
        }

        var start = Math.Max(0, middle - (count / 2));
        return messages.Skip(start).Take(count);
    }

    private static RestResponse Get(RestRequest request)
    {
        const Permissions required = Permissions.ReadMessageHistory;
        if (!request.TryGetMessage(required, out var channel, out var message, out var error))
        {
            return error;
        }

        return RestResponse.Ok(message.ToJson(channel, request.Bot));
    }

    private static RestResponse Edit(RestRequest request)
    {
        if (!request.TryGetMessage(Permissions.None, out var channel, out var message, out var error))
        {
            return error;
        }

        if (!request.TryGetForm(out var form, out error))
        {
            return error;
        }

        if (message.Author.Id != request.Bot.Id)
        {
            return DiscordError.NotYourMessage;
        }

        var draft = MessageForm.Read(form);
        if (form.Errors.Any)
        {
            return DiscordError.InvalidForm(form.Errors);
        }

        var edited = request.World.ApplyDraft(message, draft, AllowedMentions.Everything, channel.Guild);
        if (edited.IsEmpty)
        {
            return DiscordError.EmptyMessage;
        }

        request.World.ReplaceMessage(channel, edited);
        return RestResponse.Ok(edited.ToJson());
    }

    private static RestResponse Delete(RestRequest request)
    {
        if (!request.TryGetMessage(Permissions.None, out var channel, out var message, out var error))
        {
            return error;
        }

        var isOwn = message.Author.Id == request.Bot.Id;
        if (!isOwn && !channel.GetPermissions(request.Bot).HasFlag(Permissions.ManageMessages))
        {
            return DiscordError.MissingPermissions;
        }

        request.World.RemoveMessage(channel, message);
        return RestResponse.NoContent;
    }
}
