using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Rest;

/// <summary>What follows a message: a thread under it, and its publication in other guilds. Both can be
/// repeated.</summary>
internal sealed class FollowUps(RestClient rest, TimeSpan timeout)
{
    public Task<SendOutcome> StartThreadAsync(
        ChannelId channel,
        string messageId,
        string name,
        CancellationToken cancellationToken
    )
    {
        var route = Route.StartThread(channel.Value, DiscordMessageIds.Parse(messageId));
        var body = MessageRequest.Create(new ThreadBody(name), picture: null);
        return SendAsync(route, body, DiscordErrors.ThreadExists, cancellationToken);
    }

    public Task<SendOutcome> CrosspostAsync(ChannelId channel, string messageId, CancellationToken cancellationToken)
    {
        var route = Route.Crosspost(channel.Value, DiscordMessageIds.Parse(messageId));
        return SendAsync(route, body: null, DiscordErrors.AlreadyCrossposted, cancellationToken);
    }

    /// <param name="route">The request.</param>
    /// <param name="body">Its body, if it has one.</param>
    /// <param name="doneCode">The error that says that it was done before.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    private async Task<SendOutcome> SendAsync(
        Route route,
        RequestBody? body,
        int doneCode,
        CancellationToken cancellationToken
    )
    {
        var result = await rest.SendAsync(route, body, timeout, cancellationToken);
        if (result is RestResult.Success || (result is RestResult.Error { Code: { } code } && code == doneCode))
        {
            return new SendOutcome.Sent(null, null);
        }

        return ResponseDecoder.ToOutcome(result);
    }
}
