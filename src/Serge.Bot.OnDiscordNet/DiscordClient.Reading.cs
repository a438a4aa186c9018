using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Discord;
using Discord.WebSocket;

namespace Serge.Bot.OnDiscordNet;

/// <content>Reads Discord's events over the gateway or over HTTP.</content>
public sealed partial class DiscordClient
{
    /// <summary>The most interactions in the queue of HTTP interactions.</summary>
    private const int Capacity = 256;

    private static readonly TimeSpan MaxLoginWait = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan GuildsRetryWait = TimeSpan.FromSeconds(30);

    /// <summary>Receives HTTP interactions.</summary>
    public IInteractionEndpoint Endpoint => _endpoint;

    /// <inheritdoc/>
    public async IAsyncEnumerable<DiscordEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var wait = TimeSpan.FromSeconds(1);
        while (await LogInAsync(cancellationToken) is { } failed)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (failed.Error is { } error && ResponseDecoder.IsInvalidToken(error))
            {
                yield return new DiscordEvent.Stopped(StopCause.InvalidToken, failed.Reason);
                yield break;
            }

            yield return new DiscordEvent.Disconnected(failed.Reason);
            var rateLimit = failed.ResetTime - _clock.GetUtcNow();
            await Task.Delay(rateLimit > wait ? rateLimit.Value : wait, _clock, cancellationToken);
            wait *= 2;
            if (wait > MaxLoginWait)
            {
                wait = MaxLoginWait;
            }
        }

        var events = _options.InteractionsOverHttp
            ? ReadHttpAsync(cancellationToken)
            : ReadGatewayAsync(cancellationToken);
        await foreach (var discordEvent in events)
        {
            yield return discordEvent;
        }
    }

    private async IAsyncEnumerable<DiscordEvent> ReadGatewayAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var socket = new DiscordSocketClient(CreateConfig());
        _socket = socket;
        try
        {
            // Discord.Net has read it at the login, so it sends no request.
            var application = await _rest.GetApplicationInfoAsync();
            var reader = new GatewayReader(application.Id, _clock, _logger);
            await foreach (var discordEvent in reader.ReadAsync(socket, _options.Token.Trim(), cancellationToken))
            {
                yield return discordEvent;
            }
        }
        finally
        {
            // Calls through it may still be in progress, so it is disposed after the next one, or with the client.
            _socket = null;
            if (Interlocked.Exchange(ref _previousSocket, socket) is { } earlier)
            {
                await earlier.DisposeAsync();
            }
        }
    }

    private async IAsyncEnumerable<DiscordEvent> ReadHttpAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var application = await _rest.GetApplicationInfoAsync();
        if (application.VerifyKey is not { Length: 64 } key || !key.All(char.IsAsciiHexDigit))
        {
            yield return new DiscordEvent.Stopped(
                StopCause.InvalidConfiguration,
                "Discord's response has no key to verify requests (verify_key of /oauth2/applications/@me)."
            );
            yield break;
        }

        var readGuilds = await ReadGuildsAsync(cancellationToken);
        List<GuildId>? guilds;
        while (!readGuilds.TryGetValue(out guilds))
        {
            yield return new DiscordEvent.Disconnected(readGuilds.GetReason());
            await Task.Delay(GuildsRetryWait, _clock, cancellationToken);
            readGuilds = await ReadGuildsAsync(cancellationToken);
        }

        var options = new BoundedChannelOptions(Capacity) { SingleReader = true };
        var interactions = Channel.CreateBounded<DiscordEvent>(options);
        _endpoint.Open(key, interactions.Writer);
        try
        {
            yield return new DiscordEvent.Ready(application.Id, _rest.CurrentUser.Username, Shard.Only, guilds);
            await foreach (var interaction in interactions.Reader.ReadAllAsync(cancellationToken))
            {
                yield return interaction;
            }
        }
        finally
        {
            _endpoint.Close();
        }
    }

    private Task<Result<List<GuildId>>> ReadGuildsAsync(CancellationToken cancellationToken)
    {
        return ReadAsync(ReadPagesAsync, cancellationToken);

        async Task<List<GuildId>?> ReadPagesAsync(RequestOptions options)
        {
            List<GuildId> guilds = [];
            var pages = _rest.GetGuildSummariesAsync(options);
            await foreach (var page in pages.WithCancellation(cancellationToken))
            {
                guilds.AddRange(page.Select(guild => new GuildId(guild.Id)));
            }

            return guilds;
        }
    }
}
