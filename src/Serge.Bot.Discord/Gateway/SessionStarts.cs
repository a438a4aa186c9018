using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Gateway;

/// <summary>Spends the budget of new sessions with care: who exceeds it has the token reset.</summary>
/// <remarks>Source: Discord docs, Events/Gateway, Session Start Limit: 1000 in 24 hours, over all processes that use the token, and
/// one in 5 s for a bot with one connection. What is left of it <c>ask</c> asks <c>GET /gateway/bot</c>.</remarks>
internal sealed partial class SessionStarts(
    Func<CancellationToken, Task<Answer<GatewayBot>>> ask, TimeProvider wire, Random random, ILogger<SessionStarts> logger)
{
    /// <summary>What is left for a person who has to start the bot by hand a few times; of a small budget a twentieth.</summary>
    public const int Reserve = 50;

    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(24);

    private long? _last;

    /// <summary>Waits until a new session may be asked for.</summary>
    /// <param name="rest">Whether Discord has just declined a session: then 1 to 5 s go by first, by chance, so that not all
    /// bots of the world come back at once.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Where the gateway is, or why there is no session to be had.</returns>
    public async Task<SessionStart> NextAsync(bool rest, CancellationToken cancellationToken)
    {
        if (rest)
        {
            await Task.Delay(TimeSpan.FromSeconds(1 + (4 * random.NextDouble())), wire, cancellationToken);
        }

        if (_last is { } last && Spacing - wire.GetElapsedTime(last) is var wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, wire, cancellationToken);
        }

        var said = false;
        while (true)
        {
            var answer = await ask(cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            switch (answer)
            {
                case Answer<GatewayBot>.Unauthorized(var reason):
                    return new SessionStart.No(new Fate.Stop(StopCause.BadToken), reason);
                case Answer<GatewayBot>.Refused(_, var reason):
                    return new SessionStart.No(new Fate.Identify(), reason);
                case Answer<GatewayBot>.Unavailable(var reason):
                    return new SessionStart.No(new Fate.Identify(), reason);
                case Answer<GatewayBot>.Got({ SessionStartLimit: { Remaining: { } remaining } limit }) when remaining < ReserveOf(limit):
                    var reset = WaitFor(limit);
                    if (!said)
                    {
                        LogBudget(remaining, wire.GetUtcNow() + reset);
                        said = true;
                    }

                    await Task.Delay(reset, wire, cancellationToken);
                    break;
                case Answer<GatewayBot>.Got(var gateway):
                    if (GatewayAddress.From(gateway.Url) is not { } address)
                    {
                        return new SessionStart.No(new Fate.Identify(), "The answer to /gateway/bot names no WebSocket's address.");
                    }

                    _last = wire.GetTimestamp();
                    return new SessionStart.Yes(address);
            }
        }
    }

    private static int ReserveOf(SessionStartLimit limit) => Math.Min(Reserve, (limit.Total ?? int.MaxValue) / 20);

    private static TimeSpan WaitFor(SessionStartLimit limit) =>
        TimeSpan.FromMilliseconds(Math.Clamp(limit.ResetAfter ?? 0, ShortestWait.TotalMilliseconds, LongestWait.TotalMilliseconds));

    [LoggerMessage(LogLevel.Error, "Only {Remaining} new Discord sessions are left before the token would be reset, "
        + "so none is started until {Reset:u}. Something starts the bot over and over")]
    private partial void LogBudget(int remaining, DateTimeOffset reset);
}

/// <summary>Whether a new session may be asked for. A closed set.</summary>
internal abstract record SessionStart
{
    private SessionStart()
    {
    }

    /// <summary>Yes, here.</summary>
    public sealed record Yes(Uri Address) : SessionStart;

    /// <summary>Not now, or never.</summary>
    public sealed record No(Fate Fate, string Reason) : SessionStart;
}
