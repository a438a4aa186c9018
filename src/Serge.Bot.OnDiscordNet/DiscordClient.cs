using System.Text.Json.Nodes;
using Discord;
using Discord.Net;
using Discord.Rest;
using Discord.WebSocket;
using Polly.Timeout;

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

    /// <inheritdoc/>
    public async Task<SendOutcome> SendAsync(
        ChannelId channel,
        DiscordMessage message,
        string key,
        SendDeadline deadline,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(message);
        if (key is not { Length: >= 1 and <= DiscordMessage.MaxKeyLength })
        {
            throw new ArgumentException($"A key has 1 to {DiscordMessage.MaxKeyLength} characters.", nameof(key));
        }

        var read = await GetMessageChannelAsync(channel, cancellationToken);
        if (!read.TryGetValue(out var messageChannel))
        {
            return ResponseDecoder.ToUnsent(read);
        }

        var (call, sent) = await CallAsync(
            options =>
                messageChannel.SendMessageAsync(
                    message.Text,
                    options: options,
                    allowedMentions: GetAllowedMentions(message),
                    components: CreateButtons(message),
                    flags: GetFlags(message)
                ),
            _options.CallTimeout,
            cancellationToken,
            isIdempotent: false,
            changeBody: body =>
            {
                body["nonce"] = key;
                body["enforce_nonce"] = true;
                SetAttachments(body, message);
            },
            deadline: deadline,
            picture: message.Picture
        );
        if (call.IsSuccess && (sent?.Id ?? ResponseDecoder.ReadId(call)) is { } id)
        {
            return new SendOutcome.Sent(DiscordMessageIds.Format(id), GetLink(messageChannel, id));
        }

        // An earlier attempt with this key created the message, and it has been deleted since.
        if (ResponseDecoder.IsUnknownMessage(call.Error))
        {
            return new SendOutcome.Sent(null, null);
        }

        return ResponseDecoder.ToOutcome(call, _clock.GetUtcNow());
    }

    /// <inheritdoc/>
    public async Task<SendOutcome> EditAsync(
        ChannelId channel,
        string messageId,
        DiscordMessage message,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(message);
        var read = await GetMessageChannelAsync(channel, cancellationToken);
        if (!read.TryGetValue(out var messageChannel))
        {
            return ResponseDecoder.ToUnsent(read);
        }

        var id = DiscordMessageIds.Parse(messageId);
        var (call, _) = await CallAsync(
            options => messageChannel.ModifyMessageAsync(id, edit => Fill(edit, message), options),
            _options.CallTimeout,
            cancellationToken,
            changeBody: body => ReplaceAttachments(body, message),
            picture: message.Picture
        );
        if (call.IsSuccess)
        {
            return new SendOutcome.Sent(messageId, GetLink(messageChannel, id));
        }

        return ResponseDecoder.ToOutcome(call, _clock.GetUtcNow());
    }

    /// <inheritdoc/>
    public async Task<SendOutcome> DeleteAsync(ChannelId channel, string messageId, CancellationToken cancellationToken)
    {
        var read = await GetMessageChannelAsync(channel, cancellationToken);
        if (!read.TryGetValue(out var messageChannel))
        {
            return ResponseDecoder.ToUnsent(read);
        }

        var id = DiscordMessageIds.Parse(messageId);
        var (call, _) = await CallAsync(
            options => ToObjectAsync(messageChannel.DeleteMessageAsync(id, options)),
            _options.CallTimeout,
            cancellationToken
        );
        if (call.IsSuccess || ResponseDecoder.IsUnknownMessage(call.Error))
        {
            return new SendOutcome.Sent(messageId, null);
        }

        return ResponseDecoder.ToOutcome(call, _clock.GetUtcNow());
    }

    /// <inheritdoc/>
    public async Task<SendOutcome> StartForumPostAsync(
        ChannelId forum,
        string title,
        DiscordMessage message,
        SendDeadline deadline,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(message);
        var read = await ReadForumAsync(forum, cancellationToken);
        if (!read.TryGetValue(out var channel))
        {
            return ResponseDecoder.ToUnsent(read);
        }

        var (call, thread) = await CallAsync(
            options =>
                channel.CreatePostAsync(
                    title,
                    ThreadArchiveDuration.OneDay,
                    text: message.Text,
                    options: options,
                    allowedMentions: GetAllowedMentions(message),
                    components: CreateButtons(message),
                    flags: GetFlags(message)
                ),
            _options.CallTimeout,
            cancellationToken,
            isIdempotent: false,
            changeBody: body => SetAttachments(body["message"]!, message),
            deadline: deadline,
            picture: message.Picture
        );
        if (call.IsSuccess && (thread?.Id ?? ResponseDecoder.ReadId(call)) is { } id)
        {
            return new SendOutcome.Sent(DiscordMessageIds.Format(id), null);
        }

        return ResponseDecoder.ToOutcome(call, _clock.GetUtcNow());
    }

    /// <inheritdoc/>
    public async Task<LookupResult> FindForumPostAsync(
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

        var readForum = await ReadForumAsync(forum, cancellationToken);
        if (!readForum.TryGetValue(out var channel))
        {
            return LookupResult.FromFailure(readForum);
        }

        var readThreads = await ReadAsync<IReadOnlyCollection<RestThreadChannel>>(
            async options =>
            {
                var active = await channel.GetActiveThreadsAsync(options);
                return [.. active, .. await channel.GetPublicArchivedThreadsAsync(options: options)];
            },
            cancellationToken
        );
        if (!readThreads.TryGetValue(out var threads))
        {
            return LookupResult.FromFailure(readThreads);
        }

        foreach (var thread in threads.Where(thread => IsCandidate(thread, forum, since)))
        {
            var read = await ReadAsync<IReadOnlyCollection<IMessage>>(
                async options => await thread.GetMessageAsync(thread.Id, options) is { } first ? [first] : [],
                cancellationToken
            );
            if (!read.TryGetValue(out var messages))
            {
                return LookupResult.FromFailure(read);
            }

            if (messages.Any(message => NormalizedPostText.FromText(message.Content ?? "") == normalized))
            {
                return new LookupResult.Found(DiscordMessageIds.Format(thread.Id), null);
            }
        }

        return new LookupResult.NotFound();
    }

    private bool IsCandidate(RestThreadChannel thread, ChannelId forum, DateTimeOffset since) =>
        thread.ParentChannelId == forum.Value
        && thread.OwnerId == _rest.CurrentUser.Id
        && SnowflakeUtils.FromSnowflake(thread.Id) >= since - ClockTolerance;

    private async Task<Result<RestForumChannel>> ReadForumAsync(ChannelId forum, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(
            async options => await _rest.GetChannelAsync(forum.Value, options),
            cancellationToken
        );
        if (!read.TryGetValue(out var found))
        {
            return read.AsFailure<RestForumChannel>();
        }

        if (found is RestForumChannel channel)
        {
            return channel;
        }

        return new Result<RestForumChannel>.Refused(Refusal.Forbidden, "The channel is not a forum.");
    }

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
            (message, options) =>
                ((ITextChannel)message.Channel).CreateThreadAsync(name, message: message, options: options),
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

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<DiscordRole>>> GetRolesAsync(GuildId guild, CancellationToken cancellationToken)
    {
        return ReadAsync(ReadRolesAsync, cancellationToken);

        async Task<IReadOnlyList<DiscordRole>?> ReadRolesAsync(RequestOptions options)
        {
            var found = await _rest.GetGuildAsync(guild.Value, options);
            return found?.Roles.Select(role => new DiscordRole(role.Id, role.IsMentionable)).ToArray();
        }
    }

    /// <inheritdoc/>
    public Task<Result<DiscordApplication>> GetApplicationAsync(CancellationToken cancellationToken)
    {
        return ReadAsync(ReadApplicationAsync, cancellationToken);

        async Task<DiscordApplication?> ReadApplicationAsync(RequestOptions options)
        {
            if (await _rest.GetApplicationInfoAsync(options) is not { } application)
            {
                return null;
            }

            var endpoint = application.InteractionsEndpointUrl;
            if (endpoint == "")
            {
                endpoint = null;
            }

            var types = application.IntegrationTypesConfig;
            var install = types?.GetValueOrDefault(ApplicationIntegrationType.GuildInstall);
            return new DiscordApplication(application.Id, application.Name ?? "", endpoint)
            {
                AllowsGuildInstall = types?.ContainsKey(ApplicationIntegrationType.GuildInstall),
                AllowsUserInstall = types?.ContainsKey(ApplicationIntegrationType.UserInstall),
                InstallPermissions = (DiscordPermissions?)(ulong?)install?.Permission,
                CustomInstallUrl = application.CustomInstallUrl,
            };
        }
    }

    /// <inheritdoc/>
    public Task<Result<DiscordGuild>> GetGuildAsync(GuildId guild, CancellationToken cancellationToken)
    {
        return ReadAsync(ReadGuildAsync, cancellationToken);

        async Task<DiscordGuild?> ReadGuildAsync(RequestOptions options)
        {
            if (await _rest.GetGuildAsync(guild.Value, options) is not { } found)
            {
                return null;
            }

            ChannelId? systemChannel = found.SystemChannelId is { } id ? new ChannelId(id) : null;
            return new DiscordGuild(found.Name ?? "", systemChannel) { Locale = found.PreferredLocale ?? "en-US" };
        }
    }

    /// <inheritdoc/>
    public Task<Result<ChannelAccess>> GetChannelAccessAsync(ChannelId channel, CancellationToken cancellationToken)
    {
        return ReadAsync(ReadAccessAsync, cancellationToken);

        async Task<ChannelAccess?> ReadAccessAsync(RequestOptions options)
        {
            var found = await _rest.GetChannelAsync(channel.Value, options);
            if (found is null)
            {
                return null;
            }

            var acceptsMessages = found is IMessageChannel;
            if (found is not IGuildChannel guildChannel)
            {
                var all = (DiscordPermissions)ulong.MaxValue;
                return new ChannelAccess(null, "", acceptsMessages, all) { Kind = ChannelKind.Other };
            }

            // A thread has no overwrites of its own; those of its channel apply.
            var parent = guildChannel;
            if (found is RestThreadChannel thread)
            {
                parent = await _rest.GetChannelAsync(thread.ParentChannelId, options) as IGuildChannel;
            }

            var user = await _rest.GetGuildUserAsync(guildChannel.GuildId, _rest.CurrentUser.Id, options);
            if (parent is null || user is null)
            {
                return null;
            }

            var permissions = (DiscordPermissions)user.GetPermissions(parent).RawValue;
            return new ChannelAccess(new GuildId(guildChannel.GuildId), guildChannel.Name, acceptsMessages, permissions)
            {
                Kind = GetKind(found),
            };
        }
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
        if (call.IsSuccess || (int?)call.Error?.DiscordCode == doneCode)
        {
            return new SendOutcome.Sent(null, null);
        }

        return ResponseDecoder.ToOutcome(call, _clock.GetUtcNow());
    }

    private static ChannelKind GetKind(IChannel channel) =>
        channel switch
        {
            IForumChannel => ChannelKind.Forum,
            IThreadChannel or IVoiceChannel => ChannelKind.Other,
            INewsChannel => ChannelKind.Announcement,
            ITextChannel => ChannelKind.Text,
            _ => ChannelKind.Other,
        };

    private static AllowedMentions GetAllowedMentions(DiscordMessage message) =>
        message.MentionedRole is { } role ? new AllowedMentions { RoleIds = [role] } : AllowedMentions.None;

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
        };

    /// <summary>Finds a channel for messages in Discord.Net's cache, or reads it.</summary>
    private async Task<Result<IMessageChannel>> GetMessageChannelAsync(
        ChannelId channel,
        CancellationToken cancellationToken
    )
    {
        if (_socket?.GetChannel(channel.Value) is IMessageChannel cached)
        {
            return new Result<IMessageChannel>.Success(cached);
        }

        var read = await ReadAsync(
            async options => await _rest.GetChannelAsync(channel.Value, options),
            cancellationToken
        );
        if (!read.TryGetValue(out var found))
        {
            return read.AsFailure<IMessageChannel>();
        }

        if (found is IMessageChannel messageChannel)
        {
            return new Result<IMessageChannel>.Success(messageChannel);
        }

        return new Result<IMessageChannel>.Refused(Refusal.Forbidden, "The channel does not accept messages.");
    }

    private async Task<Result<T>> ReadAsync<T>(
        Func<RequestOptions, Task<T?>> read,
        CancellationToken cancellationToken,
        Action<JsonNode>? changeBody = null
    )
        where T : class
    {
        if (await LogInAsync(cancellationToken) is { } failed)
        {
            return ResponseDecoder.ToResult<T>(failed, null);
        }

        var (call, value) = await CallAsync(read, _options.CallTimeout, cancellationToken, changeBody: changeBody);
        return ResponseDecoder.ToResult(call, value);
    }

    /// <summary>Logs in once; Discord.Net then reads the bot's user.</summary>
    /// <returns>The failed call; <see langword="null"/> after success.</returns>
    private async Task<DiscordCall?> LogInAsync(CancellationToken cancellationToken)
    {
        if (_rest.LoginState == LoginState.LoggedIn)
        {
            return null;
        }

        try
        {
            await _login.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return new DiscordCall(cancellationToken)
            {
                Reason = "Discord had not responded when the bot stopped waiting.",
            };
        }

        try
        {
            if (_rest.LoginState == LoginState.LoggedIn)
            {
                return null;
            }

            var token = _options.Token.Trim();
            var (call, _) = await CallAsync(
                _ => ToObjectAsync(_rest.LoginAsync(TokenType.Bot, token, validateToken: false)),
                _options.CallTimeout,
                cancellationToken
            );
            return _rest.LoginState == LoginState.LoggedIn ? null : call;
        }
        finally
        {
            _login.Release();
        }
    }

    /// <summary>Calls Discord.Net and notes the result.</summary>
    private async Task<(DiscordCall Call, T? Value)> CallAsync<T>(
        Func<RequestOptions, Task<T?>> run,
        TimeSpan timeout,
        CancellationToken cancellationToken,
        bool isIdempotent = true,
        bool isInteractionResponse = false,
        Action<JsonNode>? changeBody = null,
        SendDeadline? deadline = null,
        Picture? picture = null
    )
        where T : class
    {
        using var timeoutSource = new CancellationTokenSource(timeout, _clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeoutSource.Token);
        var call = new DiscordCall(linked.Token)
        {
            IsIdempotent = isIdempotent,
            IsInteractionResponse = isInteractionResponse,
            ChangeBody = changeBody,
            Deadline = deadline ?? SendDeadline.None,
            Picture = picture,
        };
        DiscordCall.Current = call;

        // Discord.Net would retry messages, too, so it retries after rate limits only.
        var options = new RequestOptions
        {
            CancelToken = linked.Token,
            RetryMode = RetryMode.RetryRatelimit,
            Timeout = (int)timeout.TotalMilliseconds,
        };
        try
        {
            var value = await run(options);
            if (!call.IsForeign)
            {
                return (call, value);
            }

            call.Reason = ResponseDecoder.DescribeForeign(call);
        }
        catch (HttpException e)
        {
            call.Error = e;
            call.Reason = call.IsForeign ? ResponseDecoder.DescribeForeign(call) : ResponseDecoder.Describe(e);
        }
        catch (RateLimitedException)
        {
            call.IsRateLimited = true;
            call.Reason = "The wait for Discord's rate limit is longer than the timeout.";
        }
        catch (TimeoutRejectedException e)
        {
            call.Reason = $"Timeout: Discord did not respond within {e.Timeout.TotalSeconds:0} s.";
        }
        catch (SendDeadlineException e)
        {
            call.Reason = e.Message;
        }
        catch (HttpRequestException e)
        {
            call.Reason = ResponseDecoder.ToLine($"Connection to Discord failed: {PlatformTransport.Describe(e)}");
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException)
        {
            call.Reason = "Discord had not responded when the bot stopped waiting.";
        }
        catch (ArgumentException e) when (!call.MayHaveExecuted)
        {
            call.IsInvalid = true;
            call.Reason = ResponseDecoder.ToLine(e.Message);
        }
        catch (Exception e) when (call.Status is not null)
        {
            var problem = $"{e.GetType().Name}: {e.Message}";
            call.Reason = ResponseDecoder.ToLine($"Discord.Net could not read the response ({problem})");
        }

        return (call, null);
    }

    /// <summary>Makes a task without a result fit for <c>CallAsync</c>.</summary>
    private static async Task<object?> ToObjectAsync(Task task)
    {
        await task;
        return task;
    }

    private static void Fill(MessageProperties edit, DiscordMessage message)
    {
        edit.Content = message.Text;
        edit.AllowedMentions = AllowedMentions.None;
        edit.Components = CreateButtons(message);
        edit.Flags = GetFlags(message);
    }

    /// <summary>Describes the file in the part <c>files[0]</c>. Discord.Net would send it with requests of its
    /// own.</summary>
    private static void SetAttachments(JsonNode message, DiscordMessage content)
    {
        if (content.Picture is { } picture)
        {
            JsonObject attachment = new()
            {
                ["id"] = 0,
                ["filename"] = picture.FileName,
                ["description"] = picture.Description,
            };
            message["attachments"] = new JsonArray(attachment);
        }
    }

    /// <summary>Without the field the files of the edited message would stay.</summary>
    private static void ReplaceAttachments(JsonNode message, DiscordMessage content)
    {
        message["attachments"] = new JsonArray();
        SetAttachments(message, content);
    }

    private static MessageFlags GetFlags(DiscordMessage message) =>
        message.SuppressEmbeds ? MessageFlags.SuppressEmbeds : MessageFlags.None;

    private static MessageComponent CreateButtons(DiscordMessage message)
    {
        var builder = new ComponentBuilder();
        foreach (var button in message.Buttons)
        {
            builder.WithButton(button.Label, button.CustomId, ButtonStyle.Secondary);
        }

        return builder.Build();
    }

    /// <summary>The web address of a message in Discord's own web client; other servers have none.</summary>
    private Uri? GetLink(IMessageChannel channel, ulong message)
    {
        if (_options.ApiAddress is not { Scheme: "https", Host: "discord.com" })
        {
            return null;
        }

        var guild = channel is IGuildChannel { GuildId: var guildId } ? DiscordMessageIds.Format(guildId) : "@me";
        var path = $"{guild}/{DiscordMessageIds.Format(channel.Id)}/{DiscordMessageIds.Format(message)}";
        return new Uri($"https://discord.com/channels/{path}");
    }
}
