namespace Serge.Bot.Platforms;

/// <summary>The seam to Discord: all that the worker asks of it.</summary>
/// <remarks>Shaped so that two quite different clients fit behind it; each member names the Discord.Net call that would serve
/// it. The table of both is in <c>docs/platforms.md</c>.</remarks>
public interface IDiscord
{
    /// <summary>What the client can do about messages sent twice.</summary>
    Capabilities Capabilities { get; }

    /// <summary>Connects to the gateway and yields what happens there until cancelled. Reconnecting happens inside.</summary>
    /// <remarks>Discord.Net: <c>DiscordSocketClient.LoginAsync</c>, <c>StartAsync</c> and the events <c>Ready</c>,
    /// <c>InteractionCreated</c>, <c>LeftGuild</c>, <c>ChannelDestroyed</c> written into one channel.</remarks>
    /// <returns>A sequence that ends with <see cref="DiscordEvent.Stopped"/> when only a person can mend it, such as a bad
    /// token; it never throws but for cancellation.</returns>
    IAsyncEnumerable<DiscordEvent> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Makes the application's global commands equal to these. Asks what is registered first and writes only if that differs.</summary>
    /// <remarks>Discord.Net: <c>IDiscordClient.BulkOverwriteGlobalApplicationCommandsAsync</c> with
    /// <c>SlashCommandBuilder</c>, after <c>GetGlobalApplicationCommandsAsync(withLocalizations: true)</c>.</remarks>
    Task<Result<Registration>> RegisterCommandsAsync(
        IReadOnlyList<CommandDefinition> commands,
        CancellationToken cancellationToken
    );

    /// <summary>Whether the application's global commands are these. Changes nothing.</summary>
    /// <remarks>Discord.Net: <c>GetGlobalApplicationCommandsAsync(withLocalizations: true)</c>; the comparison is the caller's.</remarks>
    Task<Result<bool>> HasCommandsAsync(IReadOnlyList<CommandDefinition> commands, CancellationToken cancellationToken);

    /// <summary>Answers an interaction. The first answer must be out within 3 s of the interaction, later ones within 15 min.</summary>
    /// <remarks>Source: Discord docs, Interactions/Receiving and Responding. After <see cref="Reply.Deferred"/> the next reply
    /// fills in the answer that was promised. Discord.Net: <c>SocketInteraction.RespondAsync</c>, <c>DeferAsync</c>,
    /// <c>ModifyOriginalResponseAsync</c>, <c>SocketAutocompleteInteraction.RespondAsync</c>, <c>SocketMessageComponent.UpdateAsync</c>.</remarks>
    Task<SendOutcome> RespondAsync(Interaction interaction, Reply reply, CancellationToken cancellationToken);

    /// <summary>Posts a message to a channel.</summary>
    /// <remarks>Discord.Net: <c>IMessageChannel.SendMessageAsync</c>, which has no nonce; the key is added beneath it.</remarks>
    /// <param name="channel">Where to.</param>
    /// <param name="message">What to say.</param>
    /// <param name="key">The same for every try of this message, 1 to 25 characters (Discord's limit for a nonce).</param>
    /// <param name="cancellationToken">Gives up waiting. Cancelled after the first byte the outcome is <see cref="SendOutcome.Unknown"/>.</param>
    Task<SendOutcome> SendAsync(
        ChannelId channel,
        DiscordMessage message,
        string key,
        CancellationToken cancellationToken
    );

    /// <summary>Looks whether a message of ours with this text stands in the channel.</summary>
    /// <remarks>Texts are compared folded (<see cref="NormalizedPostText"/>), for platforms may strip or add characters. Discord.Net:
    /// <c>IMessageChannel.GetMessagesAsync</c>, newest first.</remarks>
    /// <param name="channel">Where to look.</param>
    /// <param name="text">The text as it was sent.</param>
    /// <param name="since">Older messages are not ours to find; on the wire's clock.</param>
    /// <param name="cancellationToken">Gives up; the look then cannot tell.</param>
    Task<LookupResult> FindPublishedAsync(
        ChannelId channel,
        string text,
        DateTimeOffset since,
        CancellationToken cancellationToken
    );

    /// <summary>Replaces the text of a message of ours.</summary>
    /// <remarks>Discord.Net: <c>IMessageChannel.ModifyMessageAsync</c>.</remarks>
    Task<SendOutcome> EditAsync(
        ChannelId channel,
        string messageId,
        DiscordMessage message,
        CancellationToken cancellationToken
    );

    /// <summary>Deletes a message of ours. One that is gone already counts as deleted.</summary>
    /// <remarks>Discord.Net: <c>IMessageChannel.DeleteMessageAsync</c>.</remarks>
    Task<SendOutcome> DeleteAsync(ChannelId channel, string messageId, CancellationToken cancellationToken);

    /// <summary>Who we are to Discord.</summary>
    /// <remarks>Discord.Net: <c>DiscordRestClient.GetApplicationInfoAsync</c>.</remarks>
    Task<Result<DiscordApplication>> GetApplicationAsync(CancellationToken cancellationToken);

    /// <summary>What a server is called, and where it wants to be told things.</summary>
    /// <remarks>Discord.Net: <c>DiscordRestClient.GetGuildAsync</c>, <c>IGuild.SystemChannelId</c>.</remarks>
    Task<Result<DiscordGuild>> GetGuildAsync(GuildId guild, CancellationToken cancellationToken);

    /// <summary>What a channel allows us.</summary>
    /// <remarks>Discord.Net: <c>IGuildUser.GetPermissions(IGuildChannel)</c> of the current user.</remarks>
    Task<Result<ChannelAccess>> GetChannelAccessAsync(ChannelId channel, CancellationToken cancellationToken);
}

/// <summary>What <see cref="IDiscord.RegisterCommandsAsync"/> did.</summary>
/// <param name="Changed">Whether anything had to be written.</param>
/// <param name="Count">How many commands are registered now.</param>
public sealed record Registration(bool Changed, int Count);

/// <summary>The application behind the token.</summary>
/// <param name="Id">Its id, needed for the invite link.</param>
/// <param name="Name">Its name.</param>
/// <param name="InteractionsEndpoint">Where Discord sends its interactions instead of the gateway, as set in the Developer Portal; <see langword="null"/>
/// while they come over the gateway.</param>
/// <remarks>Source: Discord docs, Resources/Application, <c>interactions_endpoint_url</c>.</remarks>
public sealed record DiscordApplication(ulong Id, string Name, string? InteractionsEndpoint = null);

/// <summary>A server.</summary>
/// <param name="Name">Its name.</param>
/// <param name="SystemChannel">Where it wants to read of things like this; <see langword="null"/> where its admins chose none.</param>
public sealed record DiscordGuild(string Name, ChannelId? SystemChannel);

/// <summary>A channel and what we may do in it.</summary>
/// <param name="Guild">The server it is in; <see langword="null"/> for a direct message.</param>
/// <param name="Name">Its name without the hash sign; empty for a direct message.</param>
/// <param name="AcceptsMessages">Whether it is of a kind that takes messages (a forum does not).</param>
/// <param name="Permissions">What we may do there; all of it in a direct message.</param>
public sealed record ChannelAccess(GuildId? Guild, string Name, bool AcceptsMessages, DiscordPermissions Permissions);

/// <summary>The permission bits that matter to us.</summary>
/// <remarks>Source: Discord docs, Topics/Permissions.</remarks>
[Flags]
public enum DiscordPermissions : ulong
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Everything, overrides included.</summary>
    Administrator = 1UL << 3,

    /// <summary>May set up the server, and so Serge's schedules.</summary>
    ManageGuild = 1UL << 5,

    /// <summary>May see the channel.</summary>
    ViewChannel = 1UL << 10,

    /// <summary>May write in the channel.</summary>
    SendMessages = 1UL << 11,

    /// <summary>Links get previews and embeds are shown.</summary>
    EmbedLinks = 1UL << 14,

    /// <summary>May read what was written before; without it a look at the history is silently empty.</summary>
    ReadMessageHistory = 1UL << 16,

    /// <summary>May write in threads; sending to a channel does not include it.</summary>
    SendMessagesInThreads = 1UL << 38,
}
