using Discord;
using Discord.Rest;
using Discord.WebSocket;

namespace Serge.Bot.OnDiscordNet;

/// <summary>A client with the package Discord.Net: its gateway, its calls and builders, over the
/// <see cref="DiscordNetTransport"/>.</summary>
/// <remarks>Differences to the bot's own client: <c>docs/platforms.md</c>.</remarks>
public sealed partial class DiscordClient : IDiscord, IAsyncDisposable
{
    private readonly DiscordClientOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<DiscordClient> _logger;
    private readonly Func<DiscordNetTransport> _createTransport;
    private readonly DiscordRestClient _rest;
    private readonly InteractionEndpoint _endpoint;
    private readonly DiscordNetTransport _callbacks;
    private readonly SemaphoreSlim _login = new(1, 1);
    private volatile DiscordSocketClient? _socket;
    private DiscordSocketClient? _previousSocket;

    /// <summary>Creates a client. It connects when it is first used.</summary>
    /// <param name="options">The token and the addresses.</param>
    /// <param name="clock">The system clock, for this client's waits and timeouts; Discord.Net has its own.</param>
    /// <param name="random">The source of jitter. Used by several threads.</param>
    /// <param name="loggers">Creates the logger.</param>
    /// <exception cref="ArgumentException">The token or the address is not valid.</exception>
    public DiscordClient(DiscordClientOptions options, TimeProvider clock, Random random, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        var token = options.Token.Trim();
        if (token.Length is 0 or > 1000 || token.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException(
                "The token is empty, longer than 1,000 characters, or has a character that no token has.",
                nameof(options)
            );
        }

        if (options.ApiAddress is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            throw new ArgumentException("The address does not begin with https:// or http://.", nameof(options));
        }

        _options = options;
        _clock = clock;
        _logger = loggers.CreateLogger<DiscordClient>();
        var pacer = new RequestPacer(options.RequestsPerSecond, clock, random);
        _createTransport = () => new DiscordNetTransport(options, pacer, clock, random, _logger);
        _callbacks = _createTransport();
        _callbacks.SetHeader("user-agent", DiscordConfig.UserAgent);
        _rest = new DiscordRestClient(CreateConfig());
        _endpoint = new InteractionEndpoint(_rest, clock, _logger);
    }

    /// <inheritdoc/>
    /// <remarks>The <see cref="DiscordNetTransport"/> adds <c>enforce_nonce</c>, which Discord.Net lacks.</remarks>
    public Capabilities Capabilities { get; } =
        new(SupportsIdempotency: true, KeyWindow: TimeSpan.FromMinutes(2), SupportsLookup: true);

    /// <inheritdoc/>
    public async Task<Result<CommandRegistration>> RegisterCommandsAsync(
        IReadOnlyList<CommandDefinition> commands,
        CancellationToken cancellationToken
    )
    {
        var read = await ReadCommandsAsync(cancellationToken);
        if (!read.TryGetValue(out var current))
        {
            return read.AsFailure<CommandRegistration>();
        }

        if (CommandConverter.AreSame(commands, current))
        {
            return new CommandRegistration(Changed: false, commands.Count) { Ids = CommandConverter.GetIds(current) };
        }

        return await ReadAsync(OverwriteAsync, cancellationToken, body => CommandConverter.AddNames(body, commands));

        async Task<CommandRegistration?> OverwriteAsync(RequestOptions options)
        {
            var properties = commands.Select(CommandConverter.ToDiscord).ToArray();
            var registered = await _rest.BulkOverwriteGlobalCommands(properties, options);
            return new CommandRegistration(Changed: true, registered.Count)
            {
                Ids = CommandConverter.GetIds(registered),
            };
        }
    }

    /// <inheritdoc/>
    public async Task<Result<bool>> HasCommandsAsync(
        IReadOnlyList<CommandDefinition> commands,
        CancellationToken cancellationToken
    )
    {
        var read = await ReadCommandsAsync(cancellationToken);
        if (!read.TryGetValue(out var registered))
        {
            return read.AsFailure<bool>();
        }

        return CommandConverter.AreSame(commands, registered);
    }

    /// <summary>Closes the connections to the REST API. The gateway connection ends with its reader.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_previousSocket is { } socket)
        {
            await socket.DisposeAsync();
        }

        await _rest.DisposeAsync();
        _callbacks.Dispose();
        _login.Dispose();
    }

    private Task<Result<IReadOnlyCollection<RestGlobalCommand>>> ReadCommandsAsync(
        CancellationToken cancellationToken
    ) =>
        ReadAsync<IReadOnlyCollection<RestGlobalCommand>>(
            async options => await _rest.GetGlobalApplicationCommands(withLocalizations: true, locale: null, options),
            cancellationToken
        );

    private DiscordSocketConfig CreateConfig() =>
        new()
        {
            RestClientProvider = _ => _createTransport(),
            GatewayIntents = GatewayIntents.Guilds,
            LogGatewayIntentWarnings = false,
            HandlerTimeout = null,

            // An unavailable guild must not delay the others.
            MaxWaitBetweenGuildAvailablesBeforeReady = 2000,

            // Discord decides whether a response is too late.
            ResponseInternalTimeCheck = false,

            // The age of an interaction counts from its arrival: the clocks may differ.
            UseInteractionSnowflakeDate = false,
        };
}
