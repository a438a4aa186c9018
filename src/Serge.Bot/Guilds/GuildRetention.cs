namespace Serge.Bot.Guilds;

/// <summary>Deletes the data of servers that the bot left long ago, if Discord confirms that it is not in
/// them.</summary>
/// <remarks>Discord reports an invitation over the gateway only, so over HTTP the bot may be in such a server again.
/// During an outage Discord's answer may be wrong, so only a second one, some time after the first, counts.</remarks>
internal sealed partial class GuildRetention(
    IGuildStore guilds,
    GuildDirectory directory,
    GuildPauses pauses,
    BotSettings settings,
    Clocks clocks,
    ILogger<GuildRetention> logger
)
{
    /// <summary>How long the data of a server is kept after the bot was removed.
    /// Promised in <c>docs/privacy.md</c>.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromDays(30);

    /// <summary>Discord blocks a bot that makes too many requests it refuses, and other tasks wait
    /// meanwhile.</summary>
    internal const int MaxPerRun = 20;

    private readonly Dictionary<GuildId, Check> _checks = [];

    /// <summary>Asks about some of the servers whose time has passed. The next run asks about the others.</summary>
    /// <exception cref="LedgerException">The database could not be read or written.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clocks.Schedule.GetUtcNow();
        var leftBefore = now - Period;
        var expired = directory.GetLeftBefore(leftBefore).ToHashSet();
        foreach (var returned in _checks.Keys.Except(expired).ToArray())
        {
            _checks.Remove(returned);
        }

        // Those that were asked about least recently come first, so that one server cannot delay the others.
        var due = expired.Where(guild => IsDue(guild, now)).OrderBy(GetAskedAt).Take(MaxPerRun);
        foreach (var guild in due.ToArray())
        {
            var answer = await pauses.CheckLeftAsync(guild, cancellationToken);
            if (answer is Result<DiscordGuild>.Success)
            {
                _checks.Remove(guild);
                continue;
            }

            var absentSince = FindAbsence(guild, now);
            if (GuildPauses.IsAbsence(answer))
            {
                absentSince ??= now;
            }

            var problem = GuildPauses.IsAbsence(answer) ? null : answer.GetReason();
            if (problem is not null && _checks.GetValueOrDefault(guild)?.Problem != problem)
            {
                LogNotConfirmed(guild, Period.Days, problem);
            }

            _checks[guild] = new Check(now, absentSince, problem);
            if (answer is Result<DiscordGuild>.Unavailable or Result<DiscordGuild>.Unauthorized)
            {
                // Questions about the other servers would probably fail too.
                return;
            }

            if (GuildPauses.IsAbsence(answer) && IsConfirmed(absentSince, now))
            {
                await DeleteAsync(guild, leftBefore, cancellationToken);
            }
        }
    }

    private async Task DeleteAsync(GuildId guild, DateTimeOffset leftBefore, CancellationToken cancellationToken)
    {
        if (await guilds.DeleteAsync(guild, leftBefore, cancellationToken))
        {
            LogDeleted(guild, Period.Days);
        }
    }

    /// <summary>Whether to ask about a server now: the second question waits for a while.</summary>
    private bool IsDue(GuildId guild, DateTimeOffset now) =>
        FindAbsence(guild, now) is not { } since || IsConfirmed(since, now);

    private DateTimeOffset GetAskedAt(GuildId guild) =>
        _checks.TryGetValue(guild, out var check) ? check.AskedAt : DateTimeOffset.MinValue;

    /// <remarks>A moment in the future is from before the schedule clock was set back.</remarks>
    private DateTimeOffset? FindAbsence(GuildId guild, DateTimeOffset now)
    {
        var isKnown = _checks.TryGetValue(guild, out var check) && check.AbsentSince <= now;
        return isKnown ? check!.AbsentSince : null;
    }

    private bool IsConfirmed(DateTimeOffset? absentSince, DateTimeOffset now) =>
        now - absentSince >= settings.Delivery.RefusalDelay;

    [LoggerMessage(
        LogLevel.Information,
        "Deleted time zone, schedules and posts of server {Guild}, which removed the bot {Days} days ago or earlier"
    )]
    private partial void LogDeleted(GuildId guild, int days);

    /// <remarks>Once per server and problem.</remarks>
    [LoggerMessage(
        LogLevel.Warning,
        "The data of server {Guild} is kept although the bot left it {Days} days ago or earlier: Discord does not "
            + "confirm that the bot is not in it. It is asked again every minute: {Problem}"
    )]
    private partial void LogNotConfirmed(GuildId guild, int days, string problem);

    /// <param name="AskedAt">When Discord was last asked, on the schedule clock.</param>
    /// <param name="AbsentSince">When Discord first answered that the bot is not in the server.</param>
    /// <param name="Problem">Why the last answer did not show whether the bot is in the server.</param>
    private sealed record Check(DateTimeOffset AskedAt, DateTimeOffset? AbsentSince, string? Problem);
}
