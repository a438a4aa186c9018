using System.Globalization;
using System.Text.Json.Nodes;
using Discord;
using Discord.Net;
using Discord.Rest;
using Discord.WebSocket;
using Polly.Timeout;

namespace Serge.Bot.OnDiscordNet;

/// <summary>The seam to Discord on the package Discord.Net: its gateway, its calls and builders, and our <see cref="Transport"/> beneath them.</summary>
/// <remarks>Where it differs from our own client: <c>docs/platforms.md</c>.</remarks>
public sealed partial class DiscordClient : IDiscord, IAsyncDisposable
{
    private readonly DiscordClientOptions _options;
    private readonly TimeProvider _wire;
    private readonly ILogger<DiscordClient> _log;
    private readonly Func<DiscordSocketConfig> _config;
    private readonly DiscordRestClient _rest;
    private readonly InteractionEndpoint _endpoint;
    private readonly Transport _callbacks;
    private readonly SemaphoreSlim _login = new(1, 1);
    private volatile DiscordSocketClient? _socket;
    private DiscordSocketClient? _left;

    /// <summary>Makes a client. Nothing is connected before it is first used.</summary>
    /// <param name="options">Who we are, and where Discord is.</param>
    /// <param name="wire">The clock of waits and time-outs, as far as they are ours: Discord.Net has its own.</param>
    /// <param name="random">Spreads retries.</param>
    /// <param name="loggers">What is worth knowing and is no event or outcome.</param>
    /// <exception cref="ArgumentException">The token or the address cannot be one.</exception>
    public DiscordClient(DiscordClientOptions options, TimeProvider wire, Random random, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (
            options.Token.Trim() is not { Length: > 0 and <= 1000 } token
            || token.AsSpan().ContainsAnyExceptInRange('!', '~')
        )
        {
            throw new ArgumentException(
                "The token is empty, longer than 1,000 characters, or has a character in it that no token has, such as a space.",
                nameof(options)
            );
        }

        if (options.ApiAddress is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            throw new ArgumentException("The address does not begin with https:// or http://.", nameof(options));
        }

        _options = options;
        _wire = wire;
        _log = loggers.CreateLogger<DiscordClient>();
        var pace = new Pace(options.RequestsPerSecond, wire);
        Transport Connect() => new(options, pace, wire, random, _log);
        _callbacks = Connect();
        _callbacks.SetHeader("user-agent", DiscordConfig.UserAgent);
        _config = () =>
            new DiscordSocketConfig
            {
                RestClientProvider = _ => Connect(),
                GatewayIntents = GatewayIntents.Guilds,
                LogGatewayIntentWarnings = false,
                HandlerTimeout = null,

                // A server that is away must not keep the others waiting.
                MaxWaitBetweenGuildAvailablesBeforeReady = 2000,

                // Discord decides whether an answer comes too late.
                ResponseInternalTimeCheck = false,
            };
        _rest = new DiscordRestClient(_config());
        _endpoint = new InteractionEndpoint(_rest, wire, _log);
    }

    /// <inheritdoc/>
    /// <remarks>The <see cref="Transport"/> adds what Discord.Net cannot say (<c>enforce_nonce</c>) and sees what it hides.</remarks>
    public Capabilities Capabilities { get; } =
        new(HonoursKey: true, KeyWindow: TimeSpan.FromMinutes(2), CanLook: true);

    /// <inheritdoc/>
    public async Task<Answer<Registration>> RegisterCommandsAsync(
        IReadOnlyList<CommandDefinition> commands,
        CancellationToken cancellationToken
    ) =>
        await HasCommandsAsync(commands, cancellationToken) switch
        {
            Answer<bool>.Got(true) => new Answer<Registration>.Got(new Registration(Changed: false, commands.Count)),
            Answer<bool>.Got => await ReadAsync(
                async options => new Registration(
                    Changed: true,
                    (await _rest.BulkOverwriteGlobalCommands([.. commands.Select(CommandMap.ToDiscord)], options)).Count
                ),
                cancellationToken,
                body => CommandMap.PutNames(body, commands)
            ),
            var answer => Verdict.As<bool, Registration>(answer),
        };

    /// <inheritdoc/>
    public async Task<Answer<bool>> HasCommandsAsync(
        IReadOnlyList<CommandDefinition> commands,
        CancellationToken cancellationToken
    ) =>
        await ReadAsync(
            async options => await _rest.GetGlobalApplicationCommands(withLocalizations: true, locale: null, options),
            cancellationToken
        ) switch
        {
            Answer<IReadOnlyCollection<RestGlobalCommand>>.Got(var registered) => new Answer<bool>.Got(
                CommandMap.AreSame(commands, registered)
            ),
            var answer => Verdict.As<IReadOnlyCollection<RestGlobalCommand>, bool>(answer),
        };

    /// <inheritdoc/>
    public async Task<SendOutcome> SendAsync(
        ChannelId channel,
        DiscordMessage message,
        string key,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(message);
        if (key is not { Length: >= 1 and <= 25 })
        {
            throw new ArgumentException("A key has 1 to 25 characters.", nameof(key));
        }

        var answer = await PlaceAsync(channel, cancellationToken);
        if (answer is not Answer<IMessageChannel>.Got(var place))
        {
            return Verdict.Unsent(answer);
        }

        var (call, sent) = await CallAsync(
            options =>
                place.SendMessageAsync(
                    message.Text,
                    options: options,
                    allowedMentions: AllowedMentions.None,
                    components: Buttons(message),
                    flags: FlagsOf(message)
                ),
            _options.Patience,
            cancellationToken,
            isRepeatable: false,
            amend: body =>
            {
                body["nonce"] = key;
                body["enforce_nonce"] = true;
            }
        );
        return call.IsSuccess && sent is not null ? new SendOutcome.Sent(Text(sent.Id), Link(place, sent.Id))
            // The key was used before, and the message it made has been deleted since: it was sent.
            : Verdict.IsUnknownMessage(call.Error) ? new SendOutcome.Sent(null, null)
            : Verdict.OfWrite(call, _wire.GetUtcNow());
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
        var answer = await PlaceAsync(channel, cancellationToken);
        if (answer is not Answer<IMessageChannel>.Got(var place))
        {
            return Verdict.Unsent(answer);
        }

        var (call, _) = await CallAsync(
            options => place.ModifyMessageAsync(IdOf(messageId), edit => Fill(edit, message), options),
            _options.Patience,
            cancellationToken
        );
        return call.IsSuccess
            ? new SendOutcome.Sent(messageId, Link(place, IdOf(messageId)))
            : Verdict.OfWrite(call, _wire.GetUtcNow());
    }

    /// <inheritdoc/>
    public async Task<SendOutcome> DeleteAsync(ChannelId channel, string messageId, CancellationToken cancellationToken)
    {
        var answer = await PlaceAsync(channel, cancellationToken);
        if (answer is not Answer<IMessageChannel>.Got(var place))
        {
            return Verdict.Unsent(answer);
        }

        var (call, _) = await CallAsync(
            options => Done(place.DeleteMessageAsync(IdOf(messageId), options)),
            _options.Patience,
            cancellationToken
        );
        return call.IsSuccess || Verdict.IsUnknownMessage(call.Error)
            ? new SendOutcome.Sent(messageId, null)
            : Verdict.OfWrite(call, _wire.GetUtcNow());
    }

    /// <inheritdoc/>
    public Task<Answer<DiscordApplication>> ApplicationAsync(CancellationToken cancellationToken) =>
        ReadAsync(
            async options =>
                await _rest.GetApplicationInfoAsync(options) is { } application
                    ? new DiscordApplication(
                        application.Id,
                        application.Name ?? "",
                        application.InteractionsEndpointUrl is { Length: > 0 } url ? url : null
                    )
                    : null,
            cancellationToken
        );

    /// <inheritdoc/>
    public Task<Answer<DiscordGuild>> GuildAsync(GuildId guild, CancellationToken cancellationToken) =>
        ReadAsync(
            async options =>
                await _rest.GetGuildAsync(guild.Value, options) is { } found
                    ? new DiscordGuild(
                        found.Name ?? "",
                        found.SystemChannelId is { } channel ? new ChannelId(channel) : null
                    )
                    : null,
            cancellationToken
        );

    /// <inheritdoc/>
    public Task<Answer<ChannelAccess>> AccessAsync(ChannelId channel, CancellationToken cancellationToken) =>
        ReadAsync(
            async options =>
            {
                var found = await _rest.GetChannelAsync(channel.Value, options);
                if (found is not IGuildChannel place)
                {
                    return found is null
                        ? null
                        : new ChannelAccess(null, "", found is IMessageChannel, (DiscordPermissions)ulong.MaxValue);
                }

                // A thread has no overwrites of its own: its channel's count.
                var owner = found is RestThreadChannel thread
                    ? await _rest.GetChannelAsync(thread.ParentChannelId, options) as IGuildChannel
                    : place;
                var me = await _rest.GetGuildUserAsync(place.GuildId, _rest.CurrentUser.Id, options);
                return owner is null || me is null
                    ? null
                    : new ChannelAccess(
                        new GuildId(place.GuildId),
                        place.Name,
                        found is IMessageChannel,
                        (DiscordPermissions)me.GetPermissions(owner).RawValue
                    );
            },
            cancellationToken
        );

    /// <summary>Closes the connections to the REST interface. The gateway's ends with its reader.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_left is { } left)
        {
            await left.DisposeAsync();
        }

        await _rest.DisposeAsync();
        _callbacks.Dispose();
        _login.Dispose();
    }

    /// <summary>A channel to write in: out of Discord.Net's copy of our servers, else asked for.</summary>
    private async Task<Answer<IMessageChannel>> PlaceAsync(ChannelId channel, CancellationToken cancellationToken)
    {
        if (_socket?.GetChannel(channel.Value) is IMessageChannel known)
        {
            return new Answer<IMessageChannel>.Got(known);
        }

        return await ReadAsync(
            async options => await _rest.GetChannelAsync(channel.Value, options),
            cancellationToken
        ) switch
        {
            Answer<RestChannel>.Got(IMessageChannel place) => new Answer<IMessageChannel>.Got(place),
            Answer<RestChannel>.Got => new Answer<IMessageChannel>.Refused(
                Refusal.Forbidden,
                "The channel takes no messages."
            ),
            var answer => Verdict.As<RestChannel, IMessageChannel>(answer),
        };
    }

    private async Task<Answer<T>> ReadAsync<T>(
        Func<RequestOptions, Task<T?>> work,
        CancellationToken cancellationToken,
        Action<JsonNode>? amend = null
    )
        where T : class
    {
        if (await LoginAsync(cancellationToken) is { } failed)
        {
            return Verdict.OfRead<T>(failed, null);
        }

        var (call, value) = await CallAsync(work, _options.Patience, cancellationToken, amend: amend);
        return Verdict.OfRead(call, value);
    }

    /// <summary>Makes Discord.Net ask who we are, once.</summary>
    /// <returns>How it failed, or <see langword="null"/>.</returns>
    private async Task<Call?> LoginAsync(CancellationToken cancellationToken)
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
            return new Call(cancellationToken) { Words = "Gave up waiting for Discord." };
        }

        try
        {
            if (_rest.LoginState == LoginState.LoggedIn)
            {
                return null;
            }

            var (call, _) = await CallAsync(
                _ => Done(_rest.LoginAsync(TokenType.Bot, _options.Token.Trim(), validateToken: false)),
                _options.Patience,
                cancellationToken
            );
            return _rest.LoginState == LoginState.LoggedIn ? null : call;
        }
        finally
        {
            _login.Release();
        }
    }

    /// <summary>Calls Discord.Net and writes down how it went.</summary>
    private async Task<(Call Call, T? Value)> CallAsync<T>(
        Func<RequestOptions, Task<T?>> work,
        TimeSpan patience,
        CancellationToken cancellationToken,
        bool isRepeatable = true,
        bool isAnswer = false,
        Action<JsonNode>? amend = null
    )
        where T : class
    {
        using var limit = new CancellationTokenSource(patience, _wire);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var call = new Call(both.Token)
        {
            IsRepeatable = isRepeatable,
            IsAnswer = isAnswer,
            Amend = amend,
        };
        Call.Current = call;
        try
        {
            // Discord.Net's own repetitions know no harm, so it has none but those after a limit.
            return (
                call,
                await work(
                    new RequestOptions
                    {
                        CancelToken = both.Token,
                        RetryMode = RetryMode.RetryRatelimit,
                        Timeout = (int)patience.TotalMilliseconds,
                    }
                )
            );
        }
        catch (HttpException e)
        {
            call.Error = e;
            call.Words = Verdict.Words(e);
        }
        catch (RateLimitedException)
        {
            call.IsHeldBack = true;
            call.Words = "Discord's rate limit is used up.";
        }
        catch (TimeoutRejectedException e)
        {
            call.Words = $"Discord did not answer within {e.Timeout.TotalSeconds:0} s.";
        }
        catch (HttpRequestException e)
        {
            call.Words = Verdict.Line($"Discord cannot be reached: {e.Message} {e.InnerException?.Message}");
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException)
        {
            call.Words = "Gave up waiting for Discord.";
        }
        catch (ArgumentException e) when (!call.MayHaveExecuted)
        {
            call.IsInvalid = true;
            call.Words = Verdict.Line(e.Message);
        }
        catch (Exception e) when (call.Status is not null)
        {
            call.Words = Verdict.Line($"Discord.Net could not read the answer: {e.Message}");
        }

        return (call, null);
    }

    private static async Task<object?> Done(Task task)
    {
        await task;
        return task;
    }

    private static void Fill(MessageProperties edit, DiscordMessage message)
    {
        edit.Content = message.Text;
        edit.AllowedMentions = AllowedMentions.None;
        edit.Components = Buttons(message);
        edit.Flags = FlagsOf(message);
    }

    private static MessageFlags FlagsOf(DiscordMessage message) =>
        message.SuppressEmbeds ? MessageFlags.SuppressEmbeds : MessageFlags.None;

    private static MessageComponent Buttons(DiscordMessage message)
    {
        var builder = new ComponentBuilder();
        foreach (var button in message.Buttons)
        {
            builder.WithButton(button.Label, button.CustomId, ButtonStyle.Secondary);
        }

        return builder.Build();
    }

    /// <summary>Where a person can see a message: on Discord's own web client, and no other server's.</summary>
    private Uri? Link(IMessageChannel place, ulong message) =>
        _options.ApiAddress is { Scheme: "https", Host: "discord.com" }
            ? new Uri(
                $"https://discord.com/channels/{(place is IGuildChannel { GuildId: var guild } ? Text(guild) : "@me")}/{Text(place.Id)}/{Text(message)}"
            )
            : null;

    private static string Text(ulong id) => id.ToString(CultureInfo.InvariantCulture);

    private static ulong IdOf(string messageId) =>
        ulong.TryParse(messageId, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new ArgumentException("A message's id is a number.", nameof(messageId));
}
