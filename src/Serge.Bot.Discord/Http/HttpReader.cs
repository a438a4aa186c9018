using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Serge.Bot.Discord.Model;
using Serge.Bot.Discord.Rest;

namespace Serge.Bot.Discord.Http;

/// <summary>Reads interactions that come over HTTP. There is no gateway: a channel's or server's end shows when something is sent there.</summary>
internal sealed class HttpReader(
    RestClient rest,
    Self self,
    InteractionEndpoint endpoint,
    TimeSpan patience,
    TimeProvider wire,
    Random random
)
{
    /// <summary>How many interactions wait for their turn. Each is answered within 3 s or not at all.</summary>
    private const int Capacity = 256;

    /// <remarks>Source: Discord docs, Resources/User, Get Current User Guilds.</remarks>
    private const int GuildsOnAPage = 200;

    /// <summary>Opens the endpoint and yields what arrives there until cancelled.</summary>
    public async IAsyncEnumerable<DiscordEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var setUp = await AskUntilAnsweredAsync(cancellationToken);
        if (setUp is not Result<SetUp>.Success(var known))
        {
            yield return new DiscordEvent.Stopped(
                setUp is Result<SetUp>.Unauthorized ? StopCause.BadToken : StopCause.BadSetup,
                setUp.Reason()!
            );
            yield break;
        }

        var arriving = System.Threading.Channels.Channel.CreateBounded<DiscordEvent>(
            new BoundedChannelOptions(Capacity) { SingleReader = true }
        );
        using var open = endpoint.Open(known.Key, arriving.Writer);
        yield return new DiscordEvent.Ready(known.Application, known.UserName, Shard.Only, known.Guilds);
        await foreach (var happened in arriving.Reader.ReadAllAsync(cancellationToken))
        {
            yield return happened;
        }
    }

    /// <summary>Asks who we are: again and again while Discord is away, for without the key nothing can be believed.</summary>
    private Task<Result<SetUp>> AskUntilAnsweredAsync(CancellationToken cancellationToken) =>
        new Persistence<Result<SetUp>>(static answer => answer is Result<SetUp>.Unavailable, wire, random).RunAsync(
            AskAsync,
            cancellationToken
        );

    private async Task<Result<SetUp>> AskAsync(CancellationToken cancellationToken)
    {
        var answer = await self.ApplicationAsync(cancellationToken)
            .Then(application =>
                self.UserAsync(cancellationToken)
                    .Then(user =>
                        GuildsAsync(cancellationToken)
                            .Select(guilds => new SetUp(
                                application.Id!.Value,
                                Ed25519Signature.KeyFrom(application.VerifyKey) ?? [],
                                user.Username ?? "",
                                guilds
                            ))
                    )
            );
        cancellationToken.ThrowIfCancellationRequested();
        return answer is Result<SetUp>.Success({ Key: [] })
            ? new Result<SetUp>.Refused(
                Refusal.Payload,
                "Discord names no key to check requests with (verify_key of /applications/@me)."
            )
            : answer;
    }

    private async Task<Result<IReadOnlyList<GuildId>>> GuildsAsync(CancellationToken cancellationToken)
    {
        List<GuildId> guilds = [];
        while (true)
        {
            var after = guilds.Count == 0 ? (ulong?)null : guilds[^1].Value;
            var answer = await rest.ReadAsync(
                Route.MyGuilds(GuildsOnAPage, after),
                DiscordJson.Default.GuildArray,
                patience,
                cancellationToken
            );
            if (answer is not Result<Guild[]>.Success(var page))
            {
                return answer.Select<Guild[], IReadOnlyList<GuildId>>(_ => throw new InvalidOperationException());
            }

            guilds.AddRange(
                page.Where(guild => guild.Id is not null)
                    .Select(guild => new GuildId(guild.Id!.Value))
                    .Where(id => after is null || id.Value > after)
            );
            if (page.Length < GuildsOnAPage || guilds.Count == 0 || guilds[^1].Value == after)
            {
                return new Result<IReadOnlyList<GuildId>>.Success(guilds);
            }
        }
    }

    private sealed record SetUp(ulong Application, byte[] Key, string UserName, IReadOnlyList<GuildId> Guilds);
}
