using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Serge.Bot.Discord.Gateway;
using Serge.Bot.Discord.Model;
using Serge.Bot.Discord.Rest;

namespace Serge.Bot.Discord.Http;

/// <summary>Reads interactions that Discord sends over HTTP. Without the gateway, the end of a channel or a guild shows
/// in the next send.</summary>
internal sealed class HttpInteractionReader(
    RestClient rest,
    CurrentApplication application,
    InteractionEndpoint endpoint,
    TimeSpan timeout,
    TimeProvider clock,
    Random random
)
{
    /// <summary>The most interactions in the queue. Each expires after 3 s.</summary>
    private const int Capacity = 256;

    /// <remarks>Source: Discord docs, Resources/User, Get Current User Guilds.</remarks>
    private const int GuildsPerPage = 200;

    private readonly ReconnectPolicy<Result<Identity>> _retry = new(
        static result => result is Result<Identity>.Unavailable,
        clock,
        random
    );

    /// <summary>Opens the endpoint and yields its interactions until cancelled.</summary>
    public async IAsyncEnumerable<DiscordEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Without the key no request can be verified, so this is retried until Discord responds.
        var read = await _retry.RunAsync(ReadIdentityAsync, cancellationToken);
        if (!read.TryGetValue(out var identity))
        {
            var isUnauthorized = read is Result<Identity>.Unauthorized;
            var cause = isUnauthorized ? StopCause.InvalidToken : StopCause.InvalidConfiguration;
            yield return new DiscordEvent.Stopped(cause, read.GetReason());
            yield break;
        }

        var options = new BoundedChannelOptions(Capacity) { SingleReader = true };
        var interactions = Channel.CreateBounded<DiscordEvent>(options);
        using var opened = endpoint.Open(identity.Key, interactions.Writer);
        yield return new DiscordEvent.Ready(identity.ApplicationId, identity.UserName, Shard.Only, identity.Guilds);
        await foreach (var interaction in interactions.Reader.ReadAllAsync(cancellationToken))
        {
            yield return interaction;
        }
    }

    private async Task<Result<Identity>> ReadIdentityAsync(CancellationToken cancellationToken)
    {
        var result = await TryReadIdentityAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return result;
    }

    private async Task<Result<Identity>> TryReadIdentityAsync(CancellationToken cancellationToken)
    {
        var readApplication = await application.GetApplicationAsync(cancellationToken);
        if (!readApplication.TryGetValue(out var model))
        {
            return readApplication.AsFailure<Identity>();
        }

        var readUser = await application.GetUserAsync(cancellationToken);
        if (!readUser.TryGetValue(out var user))
        {
            return readUser.AsFailure<Identity>();
        }

        var readGuilds = await ReadGuildsAsync(cancellationToken);
        if (!readGuilds.TryGetValue(out var guilds))
        {
            return readGuilds.AsFailure<Identity>();
        }

        if (Ed25519Signature.ParseKey(model.VerifyKey) is not { } key)
        {
            return new Result<Identity>.Refused(
                Refusal.Payload,
                "Discord's response has no key to verify requests (verify_key of /applications/@me)."
            );
        }

        return new Identity(model.Id!.Value, key, user.Username ?? "", guilds);
    }

    private async Task<Result<List<GuildId>>> ReadGuildsAsync(CancellationToken cancellationToken)
    {
        List<GuildId> guilds = [];
        ulong? last = null;
        while (true)
        {
            var route = Route.CurrentUserGuilds(GuildsPerPage, last);
            var read = await rest.ReadListAsync(route, GuildModel.Read, timeout, cancellationToken);
            if (!read.TryGetValue(out var page))
            {
                return read.AsFailure<List<GuildId>>();
            }

            // A server may repeat guilds of an earlier page.
            List<GuildId> ids = [];
            foreach (var id in page.Select(guild => guild.Id).OfType<ulong>())
            {
                if (last is null || id > last)
                {
                    ids.Add(new GuildId(id));
                }
            }

            guilds.AddRange(ids);
            if (page.Length < GuildsPerPage || ids.Count == 0)
            {
                return guilds;
            }

            last = ids[^1].Value;
        }
    }

    /// <param name="ApplicationId">The id of the bot's application.</param>
    /// <param name="Key">The key that verifies requests.</param>
    /// <param name="UserName">The bot's name.</param>
    /// <param name="Guilds">The bot's guilds.</param>
    private sealed record Identity(ulong ApplicationId, byte[] Key, string UserName, IReadOnlyList<GuildId> Guilds);
}
