namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>Threads under messages, posts in forums, and crossposts.</summary>
/// <remarks>Source: Discord docs, Resources/Channel, Start Thread from Message; Resources/Message, Crosspost Message.
/// The errors: Topics/Opcodes and Status Codes, JSON Error Codes.</remarks>
internal static class FollowUpRoutes
{
    private const int CrosspostedFlag = 1 << 0;
    private static readonly int[] ArchiveDurations = [60, 1440, 4320, 10080];

    public static IEnumerable<RestRoute> All { get; } =
    [
        new("POST", "/channels/{channel}/messages/{message}/threads", StartThread),
        new("POST", "/channels/{channel}/messages/{message}/crosspost", Crosspost),
        new("POST", "/channels/{channel}/threads", StartForumPost),
        new("GET", "/channels/{channel}/threads/archived/public", GetArchivedThreads),
        new("GET", "/guilds/{guild}/threads/active", GetActiveThreads),
    ];

    private static RestResponse StartThread(RestRequest request)
    {
        const Permissions required = Permissions.CreatePublicThreads;
        if (!request.TryGetMessage(required, out var channel, out var message, out var error))
        {
            return error;
        }

        if (channel.Type is not (ChannelType.Text or ChannelType.Announcement))
        {
            return DiscordError.WrongChannelType;
        }

        if (!request.TryGetForm(out var form, out error))
        {
            return error;
        }

        var name = form.GetText("name", 100, 1, required: true);
        form.GetChoice("auto_archive_duration", ArchiveDurations);
        if (form.Errors.Any)
        {
            return DiscordError.InvalidForm(form.Errors);
        }

        if (request.World.FindThread(message) is not null)
        {
            return DiscordError.ThreadExists;
        }

        var thread = request.World.AddThread(channel, message, name!);
        return new RestResponse(201, thread.ToJson());
    }

    /// <summary>Creates a post in a forum. It has no nonce, so a repeated request creates a second one. It requires
    /// Send Messages, although the post is a thread.</summary>
    /// <remarks>Source: Discord docs, Topics/Threads, Creating Threads in Forum and Media Channels.</remarks>
    private static RestResponse StartForumPost(RestRequest request)
    {
        if (!request.TryGetChannel(Permissions.SendMessages, out var channel, out var error))
        {
            return error;
        }

        if (channel.Type != ChannelType.Forum)
        {
            return DiscordError.WrongChannelType;
        }

        if (!request.TryGetForm(out var form, out error))
        {
            return error;
        }

        var name = form.GetText("name", 100, 1, required: true);
        form.GetChoice("auto_archive_duration", ArchiveDurations);
        if (form.GetObject("message") is not { } first)
        {
            form.AddRequiredError("message");
            return DiscordError.InvalidForm(form.Errors);
        }

        foreach (var field in (string[])["nonce", "enforce_nonce", "tts"])
        {
            if (first.GetValue(field) is not null)
            {
                first.AddError(field, "NOT_SIMULATED", "Discord does not document this field for posts in forums.");
            }
        }

        var draft = MessageForm.Read(first);
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

        var (thread, message) = request.World.AddForumPost(channel, request.Bot.User, name!, draft);
        var json = thread.ToJson();
        json["message"] = message.ToJson();
        return new RestResponse(201, json);
    }

    /// <summary>The simulator closes no thread.</summary>
    private static RestResponse GetArchivedThreads(RestRequest request)
    {
        if (!request.TryGetChannel(Permissions.ReadMessageHistory, out _, out var error))
        {
            return error;
        }

        JsonObject json = new()
        {
            ["threads"] = new JsonArray(),
            ["members"] = new JsonArray(),
            ["has_more"] = false,
        };
        return RestResponse.Ok(json);
    }

    private static RestResponse GetActiveThreads(RestRequest request)
    {
        if (!request.TryGetGuild(out var guild, out var error))
        {
            return error;
        }

        var threads = request.World.GetThreads(guild, request.Bot);
        JsonObject json = new()
        {
            ["threads"] = Json.ToArray(threads, thread => thread.ToJson()),
            ["members"] = new JsonArray(),
        };
        return RestResponse.Ok(json);
    }

    private static RestResponse Crosspost(RestRequest request)
    {
        if (!request.TryGetMessage(Permissions.SendMessages, out var channel, out var message, out var error))
        {
            return error;
        }

        if (channel.Type != ChannelType.Announcement)
        {
            return DiscordError.WrongChannelType;
        }

        var isOwn = message.Author.Id == request.Bot.Id;
        if (!isOwn && !channel.GetPermissions(request.Bot).HasFlag(Permissions.ManageMessages))
        {
            return DiscordError.MissingPermissions;
        }

        if ((message.Flags & CrosspostedFlag) != 0)
        {
            return DiscordError.AlreadyCrossposted;
        }

        var published = message with { Flags = message.Flags | CrosspostedFlag };
        request.World.ReplaceMessage(channel, published);
        return RestResponse.Ok(published.ToJson());
    }
}
