using System.Collections.ObjectModel;

namespace Serge.Bot.Platforms;

/// <summary>The interface to Discord: everything that the worker asks of it.</summary>
/// <remarks>Two clients implement it, one of them with Discord.Net; each member names the call of Discord.Net. Both are
/// compared in <c>docs/platforms.md</c>.</remarks>
public interface IDiscord
{
    /// <summary>What the client supports against duplicate messages.</summary>
    Capabilities Capabilities { get; }

    /// <summary>Connects to the gateway and yields its events until cancelled. The client reconnects by
    /// itself.</summary>
    /// <remarks>Discord.Net: <c>DiscordSocketClient.LoginAsync</c>, <c>StartAsync</c> and the events <c>Ready</c>,
    /// <c>InteractionCreated</c>, <c>GuildAvailable</c>, <c>LeftGuild</c>, <c>ChannelDestroyed</c>,
    /// <c>ThreadDeleted</c>.</remarks>
    /// <returns>A sequence that ends with <see cref="DiscordEvent.Stopped"/> when only a person can fix the problem,
    /// such as an invalid token. It throws for cancellation only.</returns>
    IAsyncEnumerable<DiscordEvent> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Registers the application's global commands, if the registered ones differ.</summary>
    /// <remarks>Discord.Net: <c>IDiscordClient.BulkOverwriteGlobalApplicationCommandsAsync</c> with
    /// <c>SlashCommandBuilder</c> and <c>MessageCommandBuilder</c>, after
    /// <c>GetGlobalApplicationCommandsAsync(withLocalizations: true)</c>.</remarks>
    Task<Result<CommandRegistration>> RegisterCommandsAsync(
        IReadOnlyList<CommandDefinition> commands,
        CancellationToken cancellationToken
    );

    /// <summary>Whether the application's global commands equal these.</summary>
    /// <remarks>Discord.Net: <c>GetGlobalApplicationCommandsAsync(withLocalizations: true)</c>.</remarks>
    Task<Result<bool>> HasCommandsAsync(IReadOnlyList<CommandDefinition> commands, CancellationToken cancellationToken);

    /// <summary>Responds to an interaction. Discord accepts the first response for 3 s and later ones for 15
    /// min.</summary>
    /// <remarks>Source: Discord docs, Interactions/Receiving and Responding. After <see cref="Reply.Deferred"/> the
    /// next reply replaces the "thinking" message. Discord.Net: <c>SocketInteraction.RespondAsync</c>,
    /// <c>DeferAsync</c>, <c>ModifyOriginalResponseAsync</c>, <c>FollowupAsync</c>,
    /// <c>SocketAutocompleteInteraction.RespondAsync</c>, <c>SocketMessageComponent.DeferLoadingAsync</c>,
    /// <c>UpdateAsync</c>.</remarks>
    Task<SendOutcome> RespondAsync(Interaction interaction, Reply reply, CancellationToken cancellationToken);

    /// <summary>Posts a message to a channel.</summary>
    /// <remarks>Discord.Net: <c>IMessageChannel.SendMessageAsync</c>, which has no nonce; its transport adds the key.
    /// Cancelled after the first byte, the outcome is <see cref="SendOutcome.Unknown"/>.</remarks>
    /// <param name="channel">The channel.</param>
    /// <param name="message">The message.</param>
    /// <param name="key">Equal for all attempts of this message, 1 to 25 characters (Discord's limit of a
    /// nonce).</param>
    /// <param name="deadline">No attempt, retries included, begins to send the message later. Then the outcome is
    /// <see cref="SendOutcome.Unavailable"/>.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    Task<SendOutcome> SendAsync(
        ChannelId channel,
        DiscordMessage message,
        string key,
        SendDeadline deadline,
        CancellationToken cancellationToken
    );

    /// <summary>Looks for a message of the bot with this text in a channel.</summary>
    /// <remarks>Compares normalized texts (<see cref="NormalizedPostText"/>), because platforms strip or add
    /// characters. Discord.Net: <c>IMessageChannel.GetMessagesAsync</c>, newest first. Cancelled, the lookup is
    /// inconclusive.</remarks>
    /// <param name="channel">The channel.</param>
    /// <param name="text">The text as it was sent.</param>
    /// <param name="since">Older messages are ignored; on the system clock.</param>
    /// <param name="cancellationToken">Cancels the lookup.</param>
    Task<LookupResult> FindPublishedAsync(
        ChannelId channel,
        string text,
        DateTimeOffset since,
        CancellationToken cancellationToken
    );

    /// <summary>Replaces the text of a message of the bot.</summary>
    /// <remarks>Discord.Net: <c>IMessageChannel.ModifyMessageAsync</c>.</remarks>
    Task<SendOutcome> EditAsync(
        ChannelId channel,
        string messageId,
        DiscordMessage message,
        CancellationToken cancellationToken
    );

    /// <summary>Deletes a message of the bot. A message that does not exist counts as deleted.</summary>
    /// <remarks>Discord.Net: <c>IMessageChannel.DeleteMessageAsync</c>.</remarks>
    Task<SendOutcome> DeleteAsync(ChannelId channel, string messageId, CancellationToken cancellationToken);

    /// <summary>Posts a message to a forum: a thread that begins with it.</summary>
    /// <remarks>Discord has no nonce for it, so a lost response is looked up with <see cref="FindForumPostAsync"/>. The
    /// id of the outcome is that of the thread and of its first message. Source: Discord docs, Resources/Channel, Start
    /// Thread in Forum or Media Channel. Discord.Net: <c>IForumChannel.CreatePostAsync</c>.</remarks>
    /// <param name="forum">The forum channel.</param>
    /// <param name="title">1 to 100 characters.</param>
    /// <param name="message">The message.</param>
    /// <param name="deadline">As in <see cref="SendAsync"/>.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    Task<SendOutcome> StartForumPostAsync(
        ChannelId forum,
        string title,
        DiscordMessage message,
        SendDeadline deadline,
        CancellationToken cancellationToken
    );

    /// <summary>Looks for a thread of the bot in a forum whose first message has this text.</summary>
    /// <remarks>Discord.Net: <c>IForumChannel.GetActiveThreadsAsync</c>,
    /// <c>GetPublicArchivedThreadsAsync</c>.</remarks>
    /// <inheritdoc cref="FindPublishedAsync"/>
    Task<LookupResult> FindForumPostAsync(
        ChannelId forum,
        string text,
        DateTimeOffset since,
        CancellationToken cancellationToken
    );

    /// <summary>Opens a public thread under a message of a channel. A message that has a thread counts as
    /// done.</summary>
    /// <remarks>Source: Discord docs, Resources/Channel, Start Thread from Message. A message has at most one thread
    /// (error 160004), so repeating it is harmless. Discord.Net: <c>ITextChannel.CreateThreadAsync</c>.</remarks>
    /// <param name="channel">The channel of the message.</param>
    /// <param name="messageId">The message.</param>
    /// <param name="name">1 to 100 characters.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    Task<SendOutcome> StartThreadAsync(
        ChannelId channel,
        string messageId,
        string name,
        CancellationToken cancellationToken
    );

    /// <summary>Publishes a message of an announcement channel in the channels that follow it. A message that is
    /// published already counts as done.</summary>
    /// <remarks>Source: Discord docs, Resources/Message, Crosspost Message; error 40033 for a second time. Discord.Net:
    /// <c>IUserMessage.CrosspostAsync</c>.</remarks>
    Task<SendOutcome> CrosspostAsync(ChannelId channel, string messageId, CancellationToken cancellationToken);

    /// <summary>Reads the roles of a guild.</summary>
    /// <remarks>Discord.Net: <c>IGuild.Roles</c>.</remarks>
    Task<Result<IReadOnlyList<DiscordRole>>> GetRolesAsync(GuildId guild, CancellationToken cancellationToken);

    /// <summary>Reads the bot's application. The answer is not stored, so it also tells whether Discord accepts the token;
    /// for 10 s after a rejection the client may answer without a request.</summary>
    /// <remarks>Discord.Net: <c>DiscordRestClient.GetCurrentBotInfoAsync</c>.</remarks>
    Task<Result<DiscordApplication>> GetApplicationAsync(CancellationToken cancellationToken);

    /// <summary>Reads a guild.</summary>
    /// <remarks>Discord.Net: <c>DiscordRestClient.GetGuildAsync</c>, <c>IGuild.SystemChannelId</c>.</remarks>
    Task<Result<DiscordGuild>> GetGuildAsync(GuildId guild, CancellationToken cancellationToken);

    /// <summary>Reads a channel and the bot's permissions in it.</summary>
    /// <remarks>Discord.Net: <c>IGuildUser.GetPermissions(IGuildChannel)</c> of the current user.</remarks>
    Task<Result<ChannelAccess>> GetChannelAccessAsync(ChannelId channel, CancellationToken cancellationToken);
}

/// <summary>The effect of <see cref="IDiscord.RegisterCommandsAsync"/>.</summary>
/// <param name="Changed">Whether the registered commands differed and were overwritten.</param>
/// <param name="Count">The number of registered commands.</param>
public sealed record CommandRegistration(bool Changed, int Count)
{
    /// <summary>The ids of the registered slash commands, by name. Text that mentions a command contains its
    /// id.</summary>
    public IReadOnlyDictionary<string, ulong> Ids { get; init; } = ReadOnlyDictionary<string, ulong>.Empty;
}

/// <summary>The application that the token belongs to.</summary>
/// <param name="Id">Part of the invite link.</param>
/// <param name="Name">The application's name.</param>
/// <param name="InteractionsEndpoint">The address that receives interactions instead of the gateway, as set in the
/// Developer Portal; <see langword="null"/> if the gateway receives them.</param>
/// <remarks>Source: Discord docs, Resources/Application, <c>interactions_endpoint_url</c>.</remarks>
public sealed record DiscordApplication(ulong Id, string Name, string? InteractionsEndpoint = null)
{
    /// <summary>Whether the Developer Portal allows servers to install the app; <see langword="null"/> if Discord does
    /// not say.</summary>
    /// <remarks>Source: Discord docs, Resources/Application, <c>integration_types_config</c>, key 0.</remarks>
    public bool? AllowsGuildInstall { get; init; }

    /// <summary>Whether it allows members to install the app for themselves; <see langword="null"/> if Discord does not
    /// say.</summary>
    /// <remarks>Source: as above, key 1.</remarks>
    public bool? AllowsUserInstall { get; init; }

    /// <summary>Whether everyone may add the app, and not only its owner; <see langword="null"/> if Discord does not
    /// say.</summary>
    /// <remarks>Source: as above, <c>bot_public</c>.</remarks>
    public bool? IsPublic { get; init; }

    /// <summary>The permissions that the install link of the Developer Portal asks for; <see langword="null"/> if it is
    /// not set.</summary>
    /// <remarks>Source: as above, <c>oauth2_install_params.permissions</c>.</remarks>
    public DiscordPermissions? InstallPermissions { get; init; }

    /// <summary>The custom install link, if one is set.</summary>
    /// <remarks>Source: as above, <c>custom_install_url</c>.</remarks>
    public string? CustomInstallUrl { get; init; }
}

/// <summary>A guild.</summary>
/// <param name="Name">The guild's name.</param>
/// <param name="SystemChannel">The channel for notices; <see langword="null"/> if the guild has none.</param>
public sealed record DiscordGuild(string Name, ChannelId? SystemChannel)
{
    /// <summary>The language of the guild, such as <c>fr</c>. Default <c>en-US</c>, which is Discord's.</summary>
    /// <remarks>Source: Discord docs, Resources/Guild, <c>preferred_locale</c>.</remarks>
    public string Locale { get; init; } = "en-US";
}

/// <summary>A channel and the bot's permissions in it.</summary>
/// <param name="Guild"><see langword="null"/> for a direct message.</param>
/// <param name="Name">Without the hash sign; empty for a direct message.</param>
/// <param name="AcceptsMessages">Whether this type of channel accepts messages (a forum does not).</param>
/// <param name="Permissions">All permissions in a direct message; <see langword="null"/> if the server does not say
/// which permissions its roles have.</param>
public sealed record ChannelAccess(GuildId? Guild, string Name, bool AcceptsMessages, DiscordPermissions? Permissions)
{
    /// <summary>What posting requires, and what can be done besides. Default <see cref="ChannelKind.Text"/>.</summary>
    public ChannelKind Kind { get; init; }

    /// <summary>Whether a forum accepts only posts with a tag, which the bot does not set.</summary>
    /// <remarks>Source: Discord docs, Resources/Channel, Channel Flags, <c>REQUIRE_TAG</c>.</remarks>
    public bool RequiresTag { get; init; }
}

/// <summary>The kind of a channel, as far as the bot makes a difference.</summary>
/// <remarks>Source: Discord docs, Resources/Channel, Channel Types.</remarks>
public enum ChannelKind
{
    /// <summary>A text channel: its messages can have threads.</summary>
    Text,

    /// <summary>A text channel that other guilds can follow.</summary>
    Announcement,

    /// <summary>Threads only.</summary>
    Forum,

    /// <summary>A thread, also a post in a forum: messages need <see cref="DiscordPermissions.SendMessagesInThreads"/>,
    /// and have no threads.</summary>
    /// <remarks>Source: Discord docs, Topics/Threads, Permissions.</remarks>
    Thread,

    /// <summary>A voice channel, a direct message: no threads under messages.</summary>
    Other,
}

/// <summary>A role of a guild.</summary>
/// <param name="Id">The guild's id for the role of all members.</param>
/// <param name="IsMentionable">Whether everyone may notify its members. Otherwise
/// <see cref="DiscordPermissions.MentionEveryone"/> is needed.</param>
/// <remarks>Source: Discord docs, Topics/Permissions, Role Object.</remarks>
public sealed record DiscordRole(ulong Id, bool IsMentionable);

/// <summary>The permission bits that the bot uses.</summary>
/// <remarks>Source: Discord docs, Topics/Permissions.</remarks>
[Flags]
public enum DiscordPermissions : ulong
{
    None = 0,

    /// <summary>All permissions, regardless of channel overwrites.</summary>
    Administrator = 1UL << 3,

    /// <summary>The permission to edit the guild's settings, and the bot's schedules.</summary>
    ManageGuild = 1UL << 5,

    ViewChannel = 1UL << 10,

    /// <summary>The permission to write in a channel, and to create posts in a forum.</summary>
    SendMessages = 1UL << 11,

    /// <summary>The permission to show embeds and previews of links.</summary>
    EmbedLinks = 1UL << 14,

    /// <summary>The permission to send files, such as pictures. Responses to interactions do not need it.</summary>
    AttachFiles = 1UL << 15,

    /// <summary>The permission to read earlier messages; without it Discord returns an empty history.</summary>
    ReadMessageHistory = 1UL << 16,

    /// <summary>The permission to notify all members, and all roles.</summary>
    MentionEveryone = 1UL << 17,

    /// <summary>The permission to open public threads under messages.</summary>
    CreatePublicThreads = 1UL << 35,

    /// <summary>The permission to write in threads; <see cref="SendMessages"/> has no effect there.</summary>
    SendMessagesInThreads = 1UL << 38,
}
