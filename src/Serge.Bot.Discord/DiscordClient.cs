using System.Net;
using Serge.Bot.Discord.Gateway;
using Serge.Bot.Discord.Http;
using Serge.Bot.Discord.Model;
using Serge.Bot.Discord.Rest;

namespace Serge.Bot.Discord;

/// <summary>A lean Discord client: the gateway for interactions, and the REST calls that a posting bot needs.</summary>
/// <remarks>It keeps no copy of servers, members or messages. Gateway version 10, JSON, not compressed; REST version 10.</remarks>
public sealed class DiscordClient : IDiscord, IAsyncDisposable
{
    private readonly RestClient _rest;
    private readonly GatewayReader _gateway;
    private readonly InteractionEndpoint _endpoint;
    private readonly HttpReader? _http;
    private readonly Self _self;
    private readonly Channels _channels;
    private readonly Messages _messages;
    private readonly Replies _replies;
    private readonly CommandSet _commands;

    /// <summary>Makes a client. Nothing is connected before it is first used.</summary>
    /// <param name="options">Who we are, and where Discord is.</param>
    /// <param name="wire">The clock of the network: heartbeats, limits, time-outs.</param>
    /// <param name="random">Spreads heartbeats and retries. It is asked from several threads.</param>
    /// <param name="loggers">What is worth knowing and is no event or outcome.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or the token has a character that no token has.</exception>
    public DiscordClient(DiscordClientOptions options, TimeProvider wire, Random random, ILoggerFactory loggers)
        : this(options, wire, random, loggers, Transport(), () => new GatewaySocket(UserAgent(options))) { }

    internal DiscordClient(
        DiscordClientOptions options,
        TimeProvider wire,
        Random random,
        ILoggerFactory loggers,
        HttpMessageHandler transport,
        Func<IGatewaySocket> dial
    )
    {
        options.ThrowIfInvalid();
        _rest = new RestClient(options, UserAgent(options), wire, random, loggers, transport);
        _gateway = new GatewayReader(
            options.Token.Trim(),
            options.Shards,
            cancellationToken =>
                _rest.ReadAsync(
                    Route.GatewayBot(),
                    DiscordJson.Default.GatewayBot,
                    options.Patience,
                    cancellationToken
                ),
            dial,
            wire,
            random,
            loggers
        );
        _self = new Self(_rest, options.Patience);
        _endpoint = new InteractionEndpoint(wire);
        _http = options.InteractionsOverHttp
            ? new HttpReader(_rest, _self, _endpoint, options.Patience, wire, random)
            : null;
        _channels = new Channels(_rest, _self, options.Patience, wire);
        _messages = new Messages(
            _rest,
            _self,
            _channels,
            new Links(_channels, options.ApiAddress),
            options.Patience,
            wire
        );
        _replies = new Replies(_rest, _self, options.AnswerPatience, options.Patience);
        _commands = new CommandSet(_rest, _self, options.Patience);
    }

    /// <inheritdoc/>
    /// <remarks>Discord honours a nonce "in the past few minutes" (docs, Resources/Message, Create Message); we rely on two.</remarks>
    public Capabilities Capabilities { get; } =
        new(SupportsIdempotency: true, KeyWindow: TimeSpan.FromMinutes(2), SupportsLookup: true);

    /// <inheritdoc/>
    public IAsyncEnumerable<DiscordEvent> ReadAsync(CancellationToken cancellationToken) =>
        _http?.ReadAsync(cancellationToken) ?? _gateway.ReadAsync(cancellationToken);

    /// <summary>Where HTTP interactions go. It takes none unless <see cref="DiscordClientOptions.InteractionsOverHttp"/> is set and somebody reads.</summary>
    public IInteractionEndpoint Endpoint => _endpoint;

    /// <inheritdoc/>
    public Task<Result<Registration>> RegisterCommandsAsync(
        IReadOnlyList<CommandDefinition> commands,
        CancellationToken cancellationToken
    ) => _commands.RegisterAsync(commands, cancellationToken);

    /// <inheritdoc/>
    public Task<Result<bool>> HasCommandsAsync(
        IReadOnlyList<CommandDefinition> commands,
        CancellationToken cancellationToken
    ) => _commands.IsRegisteredAsync(commands, cancellationToken);

    /// <inheritdoc/>
    public Task<SendOutcome> RespondAsync(Interaction interaction, Reply reply, CancellationToken cancellationToken) =>
        _replies.RespondAsync(interaction, reply, cancellationToken);

    /// <inheritdoc/>
    public Task<SendOutcome> SendAsync(
        ChannelId channel,
        DiscordMessage message,
        string key,
        CancellationToken cancellationToken
    ) => _messages.SendAsync(channel, message, key, cancellationToken);

    /// <inheritdoc/>
    public Task<LookupResult> FindPublishedAsync(
        ChannelId channel,
        string text,
        DateTimeOffset since,
        CancellationToken cancellationToken
    ) => _messages.FindOwnAsync(channel, text, since, cancellationToken);

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
    public Task<Result<DiscordApplication>> GetApplicationAsync(CancellationToken cancellationToken) =>
        _self
            .ApplicationAsync(cancellationToken)
            .Select(application => new DiscordApplication(
                application.Id!.Value,
                application.Name ?? "",
                application.InteractionsEndpointUrl is { Length: > 0 } url ? url : null
            ));

    /// <inheritdoc/>
    public Task<Result<DiscordGuild>> GetGuildAsync(GuildId guild, CancellationToken cancellationToken) =>
        _channels.GuildAsync(guild, cancellationToken);

    /// <inheritdoc/>
    public Task<Result<ChannelAccess>> GetChannelAccessAsync(ChannelId channel, CancellationToken cancellationToken) =>
        _channels.AccessAsync(channel, cancellationToken);

    /// <summary>Closes the connections to the REST interface. The gateway's ends with its reader.</summary>
    public ValueTask DisposeAsync()
    {
        _rest.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string UserAgent(DiscordClientOptions options) =>
        $"DiscordBot ({options.Website.AbsoluteUri}, {typeof(DiscordClient).Assembly.GetName().Version?.ToString(3)})";

    private static SocketsHttpHandler Transport() =>
        new()
        {
            // A redirect of an API is a fault, and cookies would tie requests together that have nothing to do with each other.
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            // Addresses change: a connection is not kept for ever.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        };
}
