using System.Globalization;
using System.Text.Json;
using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Rest;

/// <summary>Messages in channels: send, look for, edit, delete.</summary>
internal sealed class Messages(
    RestClient rest,
    Self self,
    Channels channels,
    Links links,
    TimeSpan patience,
    TimeProvider wire
)
{
    /// <summary>In Unicode code points, not UTF-16 units.</summary>
    /// <remarks>Source: Discord docs, Resources/Message, Create Message; the unit: staff in discord-api-docs#1315.</remarks>
    public const int LongestText = 2000;

    /// <summary>Source: Discord docs, Resources/Message, Create Message.</summary>
    public const int LongestNonce = 25;

    private const int PageSize = 100;

    /// <summary>A look reads at most so many pages; in a channel that is busier than that it cannot tell.</summary>
    private const int MostPages = 10;

    /// <summary>The server tells its time in whole seconds only.</summary>
    private static readonly TimeSpan ClockGrain = TimeSpan.FromSeconds(2);

    public async Task<SendOutcome> SendAsync(
        ChannelId channel,
        DiscordMessage message,
        string key,
        CancellationToken cancellationToken
    )
    {
        if (key is not { Length: >= 1 and <= LongestNonce })
        {
            throw new ArgumentException($"A key has 1 to {LongestNonce} characters.", nameof(key));
        }

        if (Check(message) is { } refused)
        {
            return refused;
        }

        // First what the link needs: once the message is out, nothing shall stand between it and the record of it.
        var link = await links.ToAsync(channel, cancellationToken);
        var body = MessageBody.From(message) with { Nonce = key, EnforceNonce = true };
        var result = await rest.SendAsync(Route.CreateMessage(channel.Value), Json(body), patience, cancellationToken);
        return result switch
        {
            RestResult.Done({ } json, _) when IdIn(json) is { } id => new SendOutcome.Sent(Text(id), link(id)),
            RestResult.Done => new SendOutcome.Unknown("Discord accepted the message, but did not say under which id."),

            // The key was used before, and the message it made has been deleted since: it was sent.
            RestResult.Error { Code: JsonErrors.UnknownMessage } => new SendOutcome.Sent(null, null),
            _ => JsonErrors.OutcomeOf(result),
        };
    }

    public async Task<SendOutcome> EditAsync(
        ChannelId channel,
        string messageId,
        DiscordMessage message,
        CancellationToken cancellationToken
    )
    {
        if (Check(message) is { } refused)
        {
            return refused;
        }

        var id = Id(messageId);
        var body = MessageBody.From(message);
        var result = await rest.SendAsync(
            Route.EditMessage(channel.Value, id),
            Json(body),
            patience,
            cancellationToken
        );
        return result is RestResult.Done
            ? new SendOutcome.Sent(messageId, (await links.ToAsync(channel, cancellationToken))(id))
            : JsonErrors.OutcomeOf(result);
    }

    public async Task<SendOutcome> DeleteAsync(
        ChannelId channel,
        string messageId,
        CancellationToken cancellationToken
    ) =>
        await rest.SendAsync(
            Route.DeleteMessage(channel.Value, Id(messageId)),
            null,
            patience,
            cancellationToken
        ) switch
        {
            RestResult.Done or RestResult.Error { Code: JsonErrors.UnknownMessage } => new SendOutcome.Sent(
                messageId,
                null
            ),
            var result => JsonErrors.OutcomeOf(result),
        };

    public async Task<LookupResult> FindOwnAsync(
        ChannelId channel,
        string text,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        var me = await self.UserAsync(cancellationToken);
        if (me is not Result<User>.Success({ Id: { } myId }))
        {
            return new LookupResult.Inconclusive(me.Reason()!);
        }

        var folded = NormalizedPostText.FromText(text);
        if (folded.Length == 0)
        {
            return new LookupResult.Inconclusive("The text has neither letter nor digit to know it by.");
        }

        ulong? before = null;
        for (var page = 0; page < MostPages; page++)
        {
            var result = await rest.SendAsync(
                Route.Messages(channel.Value, PageSize, before),
                null,
                patience,
                cancellationToken
            );
            var answer = JsonErrors.AnswerOf(result, DiscordJson.Default.MessageArray);
            if (answer is not Result<Message[]>.Success(var messages))
            {
                return new LookupResult.Inconclusive(answer.Reason()!);
            }

            if (page == 0 && messages.Length == 0)
            {
                return await EmptyAsync(channel, cancellationToken);
            }

            if (
                messages.FirstOrDefault(message => IsOurs(message, myId, folded, ServerTime(since, result))) is
                { Id: { } id }
            )
            {
                return new LookupResult.Found(Text(id), (await links.ToAsync(channel, cancellationToken))(id));
            }

            if (messages.Length < PageSize)
            {
                return new LookupResult.NotFound();
            }

            // Newest first, so the last one is where the next page begins.
            if (messages[^1] is not { Id: { } oldest } last || TimeOf(last) < ServerTime(since, result))
            {
                return new LookupResult.NotFound();
            }

            before = oldest;
        }

        return new LookupResult.Inconclusive(
            $"More than {MostPages * PageSize} messages have been written in the channel since."
        );
    }

    /// <summary>Whether this is the message we look for. An answer to a command may have the same words, but it is no post.</summary>
    private static bool IsOurs(Message message, ulong me, string folded, DateTimeOffset since) =>
        message.Author?.Id == me
        && message
            is {
                InteractionMetadata: not { ValueKind: JsonValueKind.Object },
                Interaction: not { ValueKind: JsonValueKind.Object }
            }
        && TimeOf(message) >= since
        && NormalizedPostText.FromText(message.Content ?? "") == folded;

    /// <summary>An empty channel, or one whose history is closed to us: Discord shows both alike.</summary>
    /// <remarks>Source: Discord docs, Resources/Message, Get Channel Messages.</remarks>
    private async Task<LookupResult> EmptyAsync(ChannelId channel, CancellationToken cancellationToken)
    {
        const DiscordPermissions Needed = DiscordPermissions.ViewChannel | DiscordPermissions.ReadMessageHistory;
        return await channels.AccessAsync(channel, cancellationToken) switch
        {
            Result<ChannelAccess>.Success(var access) when access.Permissions.HasFlag(Needed) =>
                new LookupResult.NotFound(),
            Result<ChannelAccess>.Success => new LookupResult.Inconclusive(
                "We may not read what was written in the channel before: the permission Read Message History is missing."
            ),
            var answer => new LookupResult.Inconclusive(answer.Reason()!),
        };
    }

    /// <summary>When a message was written, on the server's clock; its id says so too.</summary>
    private static DateTimeOffset TimeOf(Message message) => message.Timestamp ?? Snowflake.TimeOf(message.Id ?? 0);

    /// <summary>A moment of ours on the server's clock, as far as the server told it: messages carry its time.</summary>
    private DateTimeOffset ServerTime(DateTimeOffset moment, RestResult result) =>
        result is RestResult.Done { ServerTime: { } server }
            ? moment + (server - wire.GetUtcNow()) - ClockGrain
            : moment;

    /// <summary>What Discord would refuse, refused here.</summary>
    public static SendOutcome.Refused? Check(DiscordMessage message) =>
        message.Text.EnumerateRunes().Count() switch
        {
            0 => new SendOutcome.Refused(Refusal.Payload, "The message is empty."),
            > LongestText and var length => new SendOutcome.Refused(
                Refusal.Payload,
                $"The message has {length} characters; Discord allows {LongestText}."
            ),
            _ => null,
        };

    /// <summary>The id of the message that Discord answers with.</summary>
    public static ulong? IdIn(byte[] json) =>
        JsonErrors.Parse(json, DiscordJson.Default.Message) is Result<Message>.Success({ Id: var id }) ? id : null;

    private static byte[] Json(MessageBody body) =>
        JsonSerializer.SerializeToUtf8Bytes(body, DiscordJson.Default.MessageBody);

    /// <summary>An id as the seam has it.</summary>
    public static string Text(ulong id) => id.ToString(CultureInfo.InvariantCulture);

    private static ulong Id(string messageId) =>
        ulong.TryParse(messageId, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new ArgumentException("A message's id is a number.", nameof(messageId));
}

/// <summary>Ids, which say when they were made.</summary>
/// <remarks>Source: Discord docs, Reference, Snowflakes.</remarks>
internal static class Snowflake
{
    private const long Epoch = 1_420_070_400_000;

    /// <summary>When the id was made, on Discord's clock.</summary>
    public static DateTimeOffset TimeOf(ulong id) => DateTimeOffset.FromUnixTimeMilliseconds((long)(id >> 22) + Epoch);
}
