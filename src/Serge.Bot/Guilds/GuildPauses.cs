namespace Serge.Bot.Guilds;

/// <summary>Pauses schedules that can no longer post, and informs the admins of the server.</summary>
/// <remarks>The pause is stored first and needs no network. The notice is a post in the ledger like any other. If
/// Discord does not say at that moment where to post it, the next <c>/schedule</c> reports the pause.</remarks>
internal sealed partial class GuildPauses(
    GuildDirectory directory,
    IGuildStore guilds,
    ILedger ledger,
    IDiscord discord,
    SystemChannelNotices notices,
    BotSettings settings,
    Clocks clocks,
    ILogger<GuildPauses> logger
)
{
    private DateTimeOffset Now => clocks.Schedule.GetUtcNow();

    /// <summary>Pauses the active schedules of a channel that was deleted or is forbidden.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="cause">Deleted or forbidden.</param>
    /// <param name="reason">What Discord answered, for the log.</param>
    /// <param name="notify">Whether to inform the server's admins.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="LedgerException">The database could not be read or written.</exception>
    public async Task PauseChannelAsync(
        ChannelId channel,
        PauseCause cause,
        string reason,
        bool notify,
        CancellationToken cancellationToken
    )
    {
        if (await guilds.FindByChannelAsync(channel, cancellationToken) is not { LeftAt: null } guild)
        {
            return;
        }

        var pausedAt = Now;
        GuildSchedule[] paused = [];
        await directory.ChangeAsync(
            guild.Guild,
            current =>
            {
                paused = [.. current.Schedules.Where(schedule => IsActiveIn(channel, schedule))];
                if (paused.Length == 0)
                {
                    return null;
                }

                return Pause(current, paused, cause, pausedAt, reason);
            },
            cancellationToken
        );
        if (paused.Length == 0)
        {
            return;
        }

        foreach (var schedule in paused)
        {
            LogPaused(schedule.Id, channel, reason);
        }

        if (notify)
        {
            await NotifyAdminsAsync(
                guild.Guild,
                $"Paused {channel}",
                () => DescribePauseAsync(channel, paused, cause, cancellationToken),
                pausedAt,
                cancellationToken
            );
        }
    }

    /// <summary>Asks Discord whether the bot can post in a channel, and pauses its schedules if it cannot.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="LedgerException">The database could not be read or written.</exception>
    public async Task CheckChannelAsync(ChannelId channel, CancellationToken cancellationToken)
    {
        var answer = await discord.GetChannelAccessAsync(channel, cancellationToken);
        if (FindObstacle(answer) is var (cause, reason))
        {
            await PauseChannelAsync(channel, cause, reason, notify: true, cancellationToken);
        }
    }

    /// <summary>The bot was removed from a server: its schedules are no longer due.</summary>
    /// <exception cref="LedgerException">The database could not be read or written.</exception>
    public async Task MarkLeftAsync(GuildId guild, CancellationToken cancellationToken)
    {
        var isNew = false;
        await directory.ChangeAsync(
            guild,
            current =>
            {
                isNew = current.LeftAt is null;
                return isNew ? Leave(current) : null;
            },
            cancellationToken
        );
        if (isNew)
        {
            LogLeft(guild, GuildRetention.Period.Days);
        }
    }

    /// <summary>Discord answered that the bot is not in a server. During an outage that may be wrong, so only a second
    /// answer, some time after the first one, counts.</summary>
    /// <param name="guild">The server.</param>
    /// <param name="at">When it answered, on the schedule clock.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="LedgerException">The database could not be read or written.</exception>
    public async Task MarkMissingAsync(GuildId guild, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var after = await directory.ChangeAsync(
            guild,
            current =>
            {
                if (current.LeftAt is not null)
                {
                    return new GuildChange(Unpause(current, at));
                }

                // A moment in the future is from before the schedule clock was set back.
                var isKnown = current.MissingSince <= at;
                if (isKnown)
                {
                    return null;
                }

                return new GuildChange(current with { MissingSince = at });
            },
            cancellationToken
        );
        if (after is { LeftAt: null, MissingSince: { } since } && IsConfirmed(since))
        {
            await MarkLeftAsync(guild, cancellationToken);
        }
    }

    /// <summary>Asks Discord again about a server that the bot is perhaps not in.</summary>
    /// <param name="guild">The server.</param>
    /// <param name="since">When Discord first answered that the bot is not in it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="LedgerException">The database could not be read or written.</exception>
    public async Task CheckMissingAsync(GuildId guild, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (!IsConfirmed(since) && since <= Now)
        {
            return;
        }

        var answer = await discord.GetGuildAsync(guild, cancellationToken);
        if (IsAbsence(answer))
        {
            await MarkMissingAsync(guild, Now, cancellationToken);
        }
        else if (answer is Result<DiscordGuild>.Success)
        {
            await directory.ChangeAsync(
                guild,
                current => new GuildChange(current with { MissingSince = null }),
                cancellationToken
            );
        }
    }

    /// <summary>Asks Discord about a server that the bot has left. If the bot is in it, it is marked as returned:
    /// Discord reports an invitation over the gateway only.</summary>
    /// <returns>The answer.</returns>
    /// <exception cref="LedgerException">The database could not be read or written.</exception>
    public async Task<Result<DiscordGuild>> CheckLeftAsync(GuildId guild, CancellationToken cancellationToken)
    {
        var answer = await discord.GetGuildAsync(guild, cancellationToken);
        if (answer is Result<DiscordGuild>.Success)
        {
            await MarkReturnedAsync(guild, cancellationToken);
        }

        return answer;
    }

    /// <summary>The bot was invited back before the server's data was deleted: its schedules are due again. Earlier
    /// occurrences are not missed.</summary>
    /// <returns>Whether the bot had left the server.</returns>
    /// <exception cref="LedgerException">The database could not be read or written.</exception>
    public async Task<bool> MarkReturnedAsync(GuildId guild, CancellationToken cancellationToken)
    {
        GuildSettings? before = null;
        var after = await directory.ChangeAsync(
            guild,
            current =>
            {
                before = current;
                if (current.LeftAt is null)
                {
                    return null;
                }

                var returned = current with { LeftAt = null, MissingSince = null };
                return new GuildChange(returned.DueAfter(Now, settings.TimeZone));
            },
            cancellationToken
        );
        if (before?.LeftAt is null)
        {
            return false;
        }

        foreach (var schedule in after.Schedules.Where(schedule => schedule.Paused == PauseCause.UnknownZone))
        {
            if (before.Find(schedule.Name) is { Paused: null })
            {
                GuildScheduler.LogUnknownZone(logger, schedule.Id);
            }
        }

        GuildSchedule[] active = [.. after.Schedules.Where(schedule => schedule.Paused is null)];
        LogReturned(guild, active.Length);
        if (active.Length > 0)
        {
            var text = GuildNotices.Returned(active);
            await NotifyAdminsAsync(guild, "Returned", () => Task.FromResult(text), pausedAt: null, cancellationToken);
        }

        return true;
    }

    /// <summary>Whether Discord answered that the bot is not in the server.</summary>
    public static bool IsAbsence(Result<DiscordGuild> answer) =>
        answer is Result<DiscordGuild>.Refused { Kind: Refusal.Gone or Refusal.Forbidden };

    private static (PauseCause Cause, string Reason)? FindObstacle(Result<ChannelAccess> answer)
    {
        switch (answer)
        {
            case Result<ChannelAccess>.Refused { Kind: Refusal.Gone, Reason: var reason }:
                return (PauseCause.ChannelDeleted, reason);
            case Result<ChannelAccess>.Refused { Kind: Refusal.Forbidden, Reason: var reason }:
                return (PauseCause.ChannelForbidden, reason);
            case Result<ChannelAccess>.Success(var access):
                var missing = ChannelRequirements.FindMissing(access);
                return missing == DiscordPermissions.None
                    ? null
                    : (PauseCause.ChannelForbidden, $"Missing permissions: {missing}.");
            default:
                return null;
        }
    }

    private bool IsConfirmed(DateTimeOffset since) => Now - since >= settings.Delivery.RefusalDelay;

    private GuildChange Pause(
        GuildSettings guild,
        IReadOnlyList<GuildSchedule> schedules,
        PauseCause cause,
        DateTimeOffset pausedAt,
        string reason
    )
    {
        var after = guild;
        foreach (var schedule in schedules)
        {
            after = after.With(schedule with { Paused = cause, PausedAt = pausedAt, Skip = null, NextDue = null });
        }

        return new GuildChange(after)
        {
            Superseded = [.. schedules.Select(schedule => (schedule, $"Paused: {reason}"))],
        };
    }

    private GuildChange Leave(GuildSettings guild)
    {
        var left = guild with { LeftAt = Now, MissingSince = null };
        var after = guild.MissingSince is { } since ? Unpause(left, since) : left;
        return new GuildChange(after.DueAfter(Now, settings.TimeZone))
        {
            Superseded = [.. guild.Schedules.Select(schedule => (schedule, "The bot was removed from the server."))],
        };
    }

    /// <summary>Schedules that were paused because their channel seemed to be forbidden, when in fact the whole server
    /// was, become active again when the bot returns.</summary>
    private static GuildSettings Unpause(GuildSettings guild, DateTimeOffset since)
    {
        var after = guild;
        foreach (var schedule in guild.Schedules.Where(schedule => schedule.PausedAt >= since))
        {
            if (schedule.Paused is PauseCause.ChannelDeleted or PauseCause.ChannelForbidden)
            {
                after = after.With(schedule with { Paused = null, PausedAt = null });
            }
        }

        return after;
    }

    private static bool IsActiveIn(ChannelId channel, GuildSchedule schedule) =>
        schedule.Channel == channel && schedule.Paused is null;

    /// <summary>The notice of a pause. A thread requires other permissions than a channel. If Discord does not say
    /// which kind it is, the notice names those of a channel, and <c>/schedule resume</c> what is still
    /// missing.</summary>
    private async Task<string> DescribePauseAsync(
        ChannelId channel,
        IReadOnlyList<GuildSchedule> paused,
        PauseCause cause,
        CancellationToken cancellationToken
    )
    {
        var kind = ChannelKind.Text;
        if (cause == PauseCause.ChannelForbidden)
        {
            var answer = await discord.GetChannelAccessAsync(channel, cancellationToken);
            if (answer.TryGetValue(out var access))
            {
                kind = access.Kind;
            }
        }

        return GuildNotices.Paused(paused, cause, kind);
    }

    /// <summary>Plans a notice in the server's system channel, if the bot may post there.</summary>
    private async Task NotifyAdminsAsync(
        GuildId guild,
        string topic,
        Func<Task<string>> getText,
        DateTimeOffset? pausedAt,
        CancellationToken cancellationToken
    )
    {
        var answer = await discord.GetGuildAsync(guild, cancellationToken);
        if (IsAbsence(answer))
        {
            // Since the pause, so that the schedules become active again when the bot returns.
            await MarkMissingAsync(guild, pausedAt ?? Now, cancellationToken);
            return;
        }

        if (
            answer is Result<DiscordGuild>.Success(var known)
            && await notices.FindChannelAsync(known, cancellationToken) is { } channel
        )
        {
            var text = await getText();
            var notice = notices.Create(guild, topic, channel, text);
            await ledger.PlanAsync(notice.Schedule.Name, mark: null, [notice], cancellationToken);
            return;
        }

        LogNotNotified(guild);
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Schedule {Schedule} is paused: posting to channel {Channel} is not possible. {Reason}"
    )]
    private partial void LogPaused(ScheduleId schedule, ChannelId channel, string reason);

    [LoggerMessage(
        LogLevel.Warning,
        "The bot was removed from server {Guild}; its data will be deleted in {Days} days unless the "
            + "bot is invited back"
    )]
    private partial void LogLeft(GuildId guild, int days);

    [LoggerMessage(
        LogLevel.Information,
        "The bot was invited back to server {Guild}; schedules that are active again: {Count}"
    )]
    private partial void LogReturned(GuildId guild, int count);

    [LoggerMessage(
        LogLevel.Information,
        "No notice was planned for server {Guild}: it has no system channel that the bot may post in, or Discord did "
            + "not answer; /schedule shows its admins the state of the schedules"
    )]
    private partial void LogNotNotified(GuildId guild);
}
