using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Rest;

/// <summary>Creates and finds the bot's posts in forums.</summary>
internal sealed class ForumPosts(RestClient rest, CurrentApplication application, MessageLinks links, TimeSpan timeout)
{
    public async Task<SendOutcome> StartAsync(
        ChannelId forum,
        string title,
        DiscordMessage message,
        SendDeadline deadline,
        CancellationToken cancellationToken
    )
    {
        if (Messages.Validate(message) is { } refused)
        {
            return refused;
        }

        var guildUrl = await links.GetGuildUrlAsync(forum, cancellationToken);
        ThreadBody thread = new(title) { Message = MessageBody.From(message) };
        var request = MessageRequest.Create(thread, message.Picture);
        var route = Route.StartForumPost(forum.Value);
        var result = await rest.SendAsync(route, request, timeout, deadline, cancellationToken);
        return result switch
        {
            RestResult.Success({ } json, _) when Messages.ParseId(json) is { } id => CreateSent(id),
            RestResult.Success => new SendOutcome.Unknown("Discord accepted the post, but its response has no id."),
            _ => ResponseDecoder.ToOutcome(result),
        };

        SendOutcome.Sent CreateSent(string id) => new(id, MessageLinks.Combine(guildUrl, id));
    }

    public async Task<LookupResult> FindAsync(
        ChannelId forum,
        string text,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        var normalized = NormalizedPostText.FromText(text);
        if (normalized.Length == 0)
        {
            return LookupResult.NoText;
        }

        ForumThreads reader = new(rest, application, timeout);
        var (threads, problem) = await reader.ReadAsync(forum, since, cancellationToken);
        List<string> found = [];
        foreach (var thread in threads)
        {
            var route = Route.Message(thread, thread);
            var result = await rest.SendAsync(route, null, timeout, cancellationToken);
            if (result is RestResult.Error { Code: DiscordErrors.UnknownMessage })
            {
                continue; // its first message was deleted
            }

            var read = ResponseDecoder.ToResult(result, json => json.Object(MessageModel.Read));
            if (!read.TryGetValue(out var message))
            {
                problem ??= LookupResult.FromFailure(read);
            }
            else if (message.Content is null)
            {
                problem ??= DiscordLookups.IncompleteMessage;
            }
            else if (NormalizedPostText.FromText(message.Content) == normalized)
            {
                found.Add(DiscordMessageIds.Format(thread));
            }
        }

        if (found.Count == 0)
        {
            return problem ?? new LookupResult.NotFound();
        }

        var guildUrl = await links.GetGuildUrlAsync(forum, cancellationToken);
        return DiscordLookups.CreateFound(found, id => MessageLinks.Combine(guildUrl, id))!;
    }
}
