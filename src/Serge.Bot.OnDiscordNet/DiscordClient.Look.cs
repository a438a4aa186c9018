using Discord;

namespace Serge.Bot.OnDiscordNet;

/// <content>Looking for a message of ours.</content>
public sealed partial class DiscordClient
{
    /// <summary>A look reads at most so many messages; in a channel that is busier than that it cannot tell.</summary>
    private const int MostRead = 1000;

    /// <summary>The server tells its time in whole seconds only.</summary>
    private static readonly TimeSpan ClockGrain = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public async Task<Look> FindOwnAsync(
        ChannelId channel,
        string text,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        var folded = FoldedText.FromText(text);
        if (folded.Length == 0)
        {
            return new Look.CannotTell("The text has neither letter nor digit to know it by.");
        }

        if (await LoginAsync(cancellationToken) is { } failed)
        {
            return new Look.CannotTell(failed.Words);
        }

        var answer = await PlaceAsync(channel, cancellationToken);
        if (answer is not Answer<IMessageChannel>.Got(var place))
        {
            return new Look.CannotTell(Verdict.Reason(answer));
        }

        IMessage? found = null;
        var read = 0;
        var reachedBack = false;
        var (call, _) = await CallAsync(
            async options =>
            {
                await foreach (
                    var page in place
                        .GetMessagesAsync(MostRead, CacheMode.AllowDownload, options)
                        .WithCancellation(cancellationToken)
                )
                {
                    var earliest = since + (Call.Current?.ClockLead ?? TimeSpan.Zero) - ClockGrain;
                    read += page.Count;
                    found ??= page.FirstOrDefault(message => message.Timestamp >= earliest && IsOurs(message, folded));
                    reachedBack |= page.Any(message => message.Timestamp < earliest);
                    if (found is not null || reachedBack)
                    {
                        break;
                    }
                }

                return place;
            },
            _options.Patience,
            cancellationToken
        );
        return found is not null ? new Look.Found(Text(found.Id), Link(place, found.Id))
            : !call.IsSuccess || call.Words.Length > 0 ? new Look.CannotTell(call.Words)
            : read == 0 ? await EmptyAsync(channel, cancellationToken)
            : read >= MostRead && !reachedBack
                ? new Look.CannotTell($"More than {MostRead} messages have been written in the channel since.")
            : new Look.NotThere();
    }

    /// <summary>Whether this is the message we look for. An answer to a command may have the same words, but it is no post.</summary>
    private bool IsOurs(IMessage message, string folded) =>
        message is IUserMessage { InteractionMetadata: null }
        && message.Author.Id == _rest.CurrentUser.Id
        && FoldedText.FromText(message.Content) == folded;

    /// <summary>An empty channel, or one whose history is closed to us: Discord shows both alike.</summary>
    /// <remarks>Source: Discord docs, Resources/Message, Get Channel Messages.</remarks>
    private async Task<Look> EmptyAsync(ChannelId channel, CancellationToken cancellationToken)
    {
        const DiscordPermissions Needed = DiscordPermissions.ViewChannel | DiscordPermissions.ReadMessageHistory;
        return await AccessAsync(channel, cancellationToken) switch
        {
            Answer<ChannelAccess>.Got(var access) when access.Permissions.HasFlag(Needed) => new Look.NotThere(),
            Answer<ChannelAccess>.Got => new Look.CannotTell(
                "We may not read what was written in the channel before: the permission Read Message History is missing."
            ),
            var answer => new Look.CannotTell(Verdict.Reason(answer)),
        };
    }
}
