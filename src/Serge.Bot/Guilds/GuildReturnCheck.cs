namespace Serge.Bot.Guilds;

/// <summary>Asks Discord once a day whether the bot was invited back to a server, where interactions arrive over HTTP.
/// Discord reports an invitation over the gateway only.</summary>
internal sealed class GuildReturnCheck(
    GuildDirectory directory,
    GuildPauses pauses,
    BotSettings settings,
    Clocks clocks
)
{
    internal static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    /// <summary>When Discord was last asked about a server that the bot has left, of the monotonic clock.</summary>
    private readonly Dictionary<GuildId, long> _askedAt = [];

    /// <summary>Asks about some of the servers that the bot has left. The next run asks about the others.</summary>
    /// <exception cref="LedgerException">The database could not be read or written.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (settings.Discord is not { InteractionsOverHttp: true })
        {
            return;
        }

        var now = clocks.System.GetTimestamp();
        UpdateServers(now);
        var due = _askedAt
            .Where(pair => clocks.System.GetElapsedTime(pair.Value, now) >= Interval)
            .OrderBy(pair => pair.Value);
        var next = due.Select(pair => pair.Key).Take(GuildRetention.MaxPerRun);
        foreach (var guild in next.ToArray())
        {
            _askedAt[guild] = now;
            var answer = await pauses.CheckLeftAsync(guild, cancellationToken);
            if (answer is Result<DiscordGuild>.Unavailable or Result<DiscordGuild>.Unauthorized)
            {
                // Questions about the other servers would probably fail too.
                return;
            }
        }
    }

    /// <summary>A server is first asked about after a day: at the start of the bot, and when it leaves a server,
    /// Discord has just said which servers it is in.</summary>
    private void UpdateServers(long now)
    {
        var left = directory.Left.ToHashSet();
        foreach (var returned in _askedAt.Keys.Except(left).ToArray())
        {
            _askedAt.Remove(returned);
        }

        foreach (var guild in left)
        {
            _askedAt.TryAdd(guild, now);
        }
    }
}
