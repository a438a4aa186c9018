using Discord;

namespace Serge.Bot.OnDiscordNet;

/// <content>What follows a message: a thread under it, and its publication in other guilds.</content>
public sealed partial class DiscordClient
{
    /// <inheritdoc/>
    public Task<SendOutcome> StartThreadAsync(
        ChannelId channel,
        string messageId,
        string name,
        CancellationToken cancellationToken
    ) =>
        FollowUpAsync(
            channel,
            messageId,
            DiscordErrors.ThreadExists,
            (message, options) => StartThreadAsync(message, name, options),
            cancellationToken
        );

    /// <inheritdoc/>
    public Task<SendOutcome> CrosspostAsync(ChannelId channel, string messageId, CancellationToken cancellationToken) =>
        FollowUpAsync(
            channel,
            messageId,
            DiscordErrors.AlreadyCrossposted,
            (message, options) => message.CrosspostAsync(options),
            cancellationToken
        );

    /// <remarks>Discord.Net refuses another type of thread in an announcement channel.</remarks>
    private static Task StartThreadAsync(IUserMessage message, string name, RequestOptions options)
    {
        var channel = (ITextChannel)message.Channel;
        var type = channel is INewsChannel ? ThreadType.NewsThread : ThreadType.PublicThread;
        return channel.CreateThreadAsync(name, type, message: message, options: options);
    }

    /// <param name="channel">The channel of the message.</param>
    /// <param name="messageId">The message.</param>
    /// <param name="doneCode">The error that says that it was done before.</param>
    /// <param name="request">What is done with the message.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    private async Task<SendOutcome> FollowUpAsync(
        ChannelId channel,
        string messageId,
        int doneCode,
        Func<IUserMessage, RequestOptions, Task> request,
        CancellationToken cancellationToken
    )
    {
        var read = await GetMessageChannelAsync(channel, cancellationToken);
        if (!read.TryGetValue(out var messageChannel))
        {
            return ResponseDecoder.ToUnsent(read);
        }

        var id = DiscordMessageIds.Parse(messageId);
        var (call, _) = await CallAsync(
            async options =>
            {
                if (await messageChannel.GetMessageAsync(id, options: options) is IUserMessage message)
                {
                    await request(message, options);
                }

                return (object?)null;
            },
            _options.CallTimeout,
            cancellationToken
        );

        // More than the message was read.
        var isDone = call is { IsSuccess: true, MayHaveExecuted: true };
        if (isDone || (int?)call.Error?.DiscordCode == doneCode)
        {
            return new SendOutcome.Sent(null, null);
        }

        if (call is { IsSuccess: true, Reason: "" })
        {
            const string Reason = "Discord.Net supports threads and publication for messages of users only.";
            return new SendOutcome.Refused(Refusal.Payload, Reason);
        }

        return ResponseDecoder.ToOutcome(call);
    }
}
