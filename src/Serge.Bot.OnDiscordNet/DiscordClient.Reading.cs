using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Discord.WebSocket;

namespace Serge.Bot.OnDiscordNet;

/// <content>What happens on Discord: over the gateway, or over HTTP.</content>
public sealed partial class DiscordClient
{
    /// <summary>Between two attempts to learn who we are.</summary>
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(2);

    /// <summary>Where HTTP interactions go.</summary>
    public IInteractionEndpoint Endpoint => _endpoint;

    /// <inheritdoc/>
    public async IAsyncEnumerable<DiscordEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rest = TimeSpan.FromSeconds(1);
        while (await LoginAsync(cancellationToken) is { } failed)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (failed.Error is { } error && Verdict.IsBadToken(error))
            {
                yield return new DiscordEvent.Stopped(StopCause.BadToken, failed.Words);
                yield break;
            }

            yield return new DiscordEvent.Disconnected(failed.Words);
            await Task.Delay(rest, _wire, cancellationToken);
            rest = rest * 2 < LongestRest ? rest * 2 : LongestRest;
        }

        await foreach (
            var happened in _options.InteractionsOverHttp
                ? ReadHttpAsync(cancellationToken)
                : ReadGatewayAsync(cancellationToken)
        )
        {
            yield return happened;
        }
    }

    private async IAsyncEnumerable<DiscordEvent> ReadGatewayAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var socket = new DiscordSocketClient(_config());
        _socket = socket;
        try
        {
            // Asked for at the login, so no request is made.
            var application = await _rest.GetApplicationInfoAsync();
            await foreach (
                var happened in new GatewayReader(application.Id, _wire, _log).ReadAsync(
                    socket,
                    _options.Token.Trim(),
                    cancellationToken
                )
            )
            {
                yield return happened;
            }
        }
        finally
        {
            // Its connection has ended, but what is being sent through it may go on: it is disposed of after the next one, or with the client.
            _socket = null;
            if (Interlocked.Exchange(ref _left, socket) is { } earlier)
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
                StopCause.BadSetup,
                "Discord names no key to check requests with (verify_key of /oauth2/applications/@me)."
            );
            yield break;
        }

        Answer<List<GuildId>> guilds;
        while ((guilds = await GuildsAsync(cancellationToken)) is not Answer<List<GuildId>>.Got)
        {
            yield return new DiscordEvent.Disconnected(Verdict.Reason(guilds));
            await Task.Delay(LongestRest / 4, _wire, cancellationToken);
        }

        var arriving = Channel.CreateBounded<DiscordEvent>(new BoundedChannelOptions(256) { SingleReader = true });
        _endpoint.Open(key, arriving.Writer);
        try
        {
            yield return new DiscordEvent.Ready(
                application.Id,
                _rest.CurrentUser.Username,
                Shard.Only,
                ((Answer<List<GuildId>>.Got)guilds).Value
            );
            await foreach (var happened in arriving.Reader.ReadAllAsync(cancellationToken))
            {
                yield return happened;
            }
        }
        finally
        {
            _endpoint.Close();
        }
    }

    private Task<Answer<List<GuildId>>> GuildsAsync(CancellationToken cancellationToken) =>
        ReadAsync(
            async options =>
            {
                List<GuildId>? guilds = [];
                await foreach (var page in _rest.GetGuildSummariesAsync(options).WithCancellation(cancellationToken))
                {
                    guilds.AddRange(page.Select(guild => new GuildId(guild.Id)));
                }

                return guilds;
            },
            cancellationToken
        );
}
