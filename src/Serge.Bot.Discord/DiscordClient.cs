using Serge.Bot.Discord.Gateway;
using Serge.Bot.Discord.Http;
using Serge.Bot.Discord.Model;
using Serge.Bot.Discord.Rest;

namespace Serge.Bot.Discord;

/// <summary>A small Discord client: the gateway for interactions, and the REST calls of a bot that posts.</summary>
/// <remarks>It has no cache of guilds, members or messages. Gateway version 10, JSON, without compression; REST API
/// version 10.</remarks>
public sealed class DiscordClient : IDiscord, IAsyncDisposable
{
    private readonly RestClient _rest;
    private readonly GatewayReader _gateway;
    private readonly InteractionEndpoint _endpoint;
    private readonly HttpInteractionReader? _http;
    private readonly CurrentApplication _application;
    private readonly Channels _channels;
    private readonly Messages _messages;
    private readonly MessageLookup _lookup;
    private readonly FollowUps _followUps;
    private readonly ForumPosts _forumPosts;
    private readonly InteractionReplies _replies;
    private readonly ApplicationCommands _commands;

    /// <summary>Creates a client. It connects when it is first used.</summary>
    /// <param name="options">The token and the addresses.</param>
    /// <param name="clock">The system clock, for heartbeats, rate limits and timeouts.</param>
    /// <param name="random">The source of jitter. Used by several threads.</param>
    /// <param name="loggers">Creates the loggers.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the token has an invalid
    /// character.</exception>
    public DiscordClient(DiscordClientOptions options, TimeProvider clock, Random random, ILoggerFactory loggers)
        : this(
            options,
            clock,
            random,
            loggers,
            PlatformTransport.CreateForDiscord(),
            () => new GatewaySocket(GetUserAgent(options))
        ) { }

    internal DiscordClient(
        DiscordClientOptions options,
        TimeProvider clock,
        Random random,
        ILoggerFactory loggers,
        HttpMessageHandler transport,
        Func<IGatewaySocket> createSocket
    )
    {
        options.ThrowIfInvalid();
        var token = options.Token.Trim();
        var timeout = options.CallTimeout;
        var settings = new RestSettings
        {
            Address = options.ApiAddress,
            Token = token,
            UserAgent = GetUserAgent(options),
            RequestsPerSecond = options.RequestsPerSecond,
        };
        _rest = new RestClient(settings, clock, random, loggers, transport);
        _gateway = new GatewayReader(token, options.Shards, GetGatewayAsync, createSocket, clock, random, loggers);
        _application = new CurrentApplication(_rest, timeout);
        _endpoint = new InteractionEndpoint(clock);
        if (options.InteractionsOverHttp)
        {
            _http = new HttpInteractionReader(_rest, _application, _endpoint, timeout, clock, random);
        }

        _channels = new Channels(_rest, _application, timeout, clock);
        var links = new MessageLinks(_channels, options.ApiAddress);
        _messages = new Messages(_rest, links, timeout);
        _lookup = new MessageLookup(_rest, _application, _channels, links, timeout);
        _followUps = new FollowUps(_rest, timeout);
        _forumPosts = new ForumPosts(_rest, _application, links, timeout);
        _replies = new InteractionReplies(_rest, _application, options.ReplyTimeout, timeout);
        _commands = new ApplicationCommands(_rest, _application, timeout);

        Task<Result<GatewayBot>> GetGatewayAsync(CancellationToken cancellationToken) =>
            _rest.ReadAsync(Route.GatewayBot(), GatewayBot.Read, timeout, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>Discord keeps a nonce for "the past few minutes" (docs, Resources/Message, Create Message); the client
    /// relies on two.</remarks>
    public Capabilities Capabilities { get; } =
        new(SupportsIdempotency: true, KeyWindow: TimeSpan.FromMinutes(2), SupportsLookup: true);

    /// <inheritdoc/>
    public IAsyncEnumerable<DiscordEvent> ReadAsync(CancellationToken cancellationToken) =>
        _http?.ReadAsync(cancellationToken) ?? _gateway.ReadAsync(cancellationToken);

    /// <summary>Receives HTTP interactions. It accepts none unless
    /// <see cref="DiscordClientOptions.InteractionsOverHttp"/> is set and <see cref="ReadAsync"/> is running.</summary>
    public IInteractionEndpoint Endpoint => _endpoint;

    /// <inheritdoc/>
    public Task<Result<CommandRegistration>> RegisterCommandsAsync(
        IReadOnlyList<CommandDefinition> commands,
        CancellationToken cancellationToken
    ) => _commands.RegisterAsync(commands, cancellationToken);

    /// <inheritdoc/>
    public Task<Result<bool>> HasCommandsAsync(
        IReadOnlyList<CommandDefinition> commands,
        CancellationToken cancellationToken
    ) => _commands.AreRegisteredAsync(commands, cancellationToken);

    /// <inheritdoc/>
    public Task<SendOutcome> RespondAsync(Interaction interaction, Reply reply, CancellationToken cancellationToken) =>
        _replies.RespondAsync(interaction, reply, cancellationToken);

    /// <inheritdoc/>
    public Task<SendOutcome> SendAsync(
        ChannelId channel,
        DiscordMessage message,
        string key,
        SendDeadline deadline,
        CancellationToken cancellationToken
    ) => _messages.SendAsync(channel, message, key, deadline, cancellationToken);

    /// <inheritdoc/>
    public Task<LookupResult> FindPublishedAsync(
        ChannelId channel,
        string text,
        DateTimeOffset since,
        CancellationToken cancellationToken
    ) => _lookup.FindPublishedAsync(channel, text, since, cancellationToken);

    /// <inheritdoc/>
    public Task<SendOutcome> EditAsync(
        ChannelId channel,
        string messageId,
        DiscordMessage message,
        CancellationToken cancellationToken
    ) => _messages.EditAsync(channel, messageId, message, cancellationToken);

    /// <inheritdoc/>
    public Task<SendOutcome> DeleteAsync(ChannelId channel, string messageId, CancellationToken cancellationToken) =>
        _messages.DeleteAsync(channel, messageId, cancellationToken);

    /// <inheritdoc/>
    public Task<SendOutcome> StartForumPostAsync(
        ChannelId forum,
        string title,
        DiscordMessage message,
        SendDeadline deadline,
        CancellationToken cancellationToken
    ) => _forumPosts.StartAsync(forum, title, message, deadline, cancellationToken);

    /// <inheritdoc/>
    public Task<LookupResult> FindForumPostAsync(
        ChannelId forum,
        string text,
        DateTimeOffset since,
        CancellationToken cancellationToken
    ) => _forumPosts.FindAsync(forum, text, since, cancellationToken);

    /// <inheritdoc/>
    public Task<SendOutcome> StartThreadAsync(
        ChannelId channel,
        string messageId,
        string name,
        CancellationToken cancellationToken
    ) => _followUps.StartThreadAsync(channel, messageId, name, cancellationToken);

    /// <inheritdoc/>
    public Task<SendOutcome> CrosspostAsync(ChannelId channel, string messageId, CancellationToken cancellationToken) =>
        _followUps.CrosspostAsync(channel, messageId, cancellationToken);

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<DiscordRole>>> GetRolesAsync(GuildId guild, CancellationToken cancellationToken) =>
        _channels.GetRolesAsync(guild, cancellationToken);

    /// <inheritdoc/>
    public async Task<Result<DiscordApplication>> GetApplicationAsync(CancellationToken cancellationToken)
    {
        var read = await _application.ReadApplicationAsync(cancellationToken);
        if (!read.TryGetValue(out var model))
        {
            return read.AsFailure<DiscordApplication>();
        }

        var endpoint = model.InteractionsEndpointUrl;
        if (endpoint == "")
        {
            endpoint = null;
        }

        return new DiscordApplication(model.Id!.Value, model.Name ?? "", endpoint)
        {
            AllowsGuildInstall = model.AllowsGuildInstall,
            AllowsUserInstall = model.AllowsUserInstall,
            IsPublic = model.IsPublic,
            InstallPermissions = (DiscordPermissions?)model.InstallPermissions,
            CustomInstallUrl = model.CustomInstallUrl,
        };
    }

    /// <inheritdoc/>
    public Task<Result<DiscordGuild>> GetGuildAsync(GuildId guild, CancellationToken cancellationToken) =>
        _channels.GetGuildAsync(guild, cancellationToken);

    /// <inheritdoc/>
    public Task<Result<ChannelAccess>> GetChannelAccessAsync(ChannelId channel, CancellationToken cancellationToken) =>
        _channels.GetAccessAsync(channel, cancellationToken);

    /// <summary>Closes the connections to the REST API. The gateway connections end with their reader.</summary>
    public ValueTask DisposeAsync()
    {
        _rest.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string GetUserAgent(DiscordClientOptions options) =>
        $"DiscordBot ({options.Website.AbsoluteUri}, {ProgramVersion.Text})";
}
