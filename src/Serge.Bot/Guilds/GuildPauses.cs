namespace Serge.Bot.Guilds;

/// <summary>Pauses schedules that can no longer post, and informs the admins of the server.</summary>
/// <remarks>The pause is stored first and needs no network. The notice is a post in the ledger like any other. If
/// Discord cannot tell at that moment where to post it, the next <c>/schedule</c> reports the pause.</remarks>
internal sealed partial class GuildPauses(
    GuildDirectory directory,
    IGuildStore guilds,
    ILedger ledger,
    IDiscord discord,
    BotSettings settings,
    Clocks clocks,
    Random random,
    ILogger<GuildPauses> logger
)
{
    /// <summary>A notice that cannot be posted within a week is dropped.</summary>
    private static readonly TimeSpan NoticeGracePeriod = TimeSpan.FromDays(7);

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

                return Pause(current, paused, cause, reason);
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
            var text = GuildNotices.Paused(paused, cause);
            await NotifyAdminsAsync(guild.Guild, $"Paused {channel}", text, paused, cancellationToken);
        }
    }

    /// <summary>The bot was removed from a server: its schedules are no longer due.</summary>
    /// <exception cref="LedgerException">The database could not be read or written.</exception>
    public Task MarkLeftAsync(GuildId guild, CancellationToken cancellationToken) =>
        MarkLeftAsync(guild, wronglyPaused: [], cancellationToken);

    /// <summary>The bot was invited back before the server's data was deleted: its schedules are due again. Earlier
    /// occurrences are not missed.</summary>
    /// <exception cref="LedgerException">The database could not be read or written.</exception>
    public async Task MarkReturnedAsync(GuildId guild, CancellationToken cancellationToken)
    {
        var hadLeft = false;
        var after = await directory.ChangeAsync(
            guild,
            current =>
            {
                hadLeft = current.LeftAt is not null;
                if (!hadLeft)
                {
                    return null;
                }

                var returned = current with { LeftAt = null };
                return new GuildChange(returned.DueAfter(Now, settings.TimeZone));
            },
            cancellationToken
        );
        if (!hadLeft)
        {
            return;
        }

        GuildSchedule[] active = [.. after.Schedules.Where(schedule => schedule.Paused is null)];
        LogReturned(guild, active.Length);
        if (active.Length > 0)
        {
            var text = GuildNotices.Returned(active);
            await NotifyAdminsAsync(guild, "Returned", text, paused: [], cancellationToken);
        }
    }

    /// <param name="guild">The server.</param>
    /// <param name="wronglyPaused">Schedules that were paused because the channel seemed forbidden; in fact the whole
    /// server is. They become active again when the bot returns.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    private async Task MarkLeftAsync(
        GuildId guild,
        IReadOnlyList<GuildSchedule> wronglyPaused,
        CancellationToken cancellationToken
    )
    {
        var isNew = false;
        await directory.ChangeAsync(
            guild,
            current =>
            {
                isNew = current.LeftAt is null;
                return isNew || wronglyPaused.Count > 0 ? Leave(current, wronglyPaused) : null;
            },
            cancellationToken
        );
        if (isNew)
        {
            LogLeft(guild, GuildLifecycleService.RetentionPeriod.Days);
        }
    }

    private GuildChange Pause(
        GuildSettings guild,
        IReadOnlyList<GuildSchedule> schedules,
        PauseCause cause,
        string reason
    )
    {
        var after = guild;
        foreach (var schedule in schedules)
        {
            after = after.With(schedule with { Paused = cause, PausedAt = Now, Skip = null, NextDue = null });
        }

        return new GuildChange(after)
        {
            Superseded = [.. schedules.Select(schedule => (schedule, $"Paused: {reason}"))],
        };
    }

    private GuildChange Leave(GuildSettings guild, IReadOnlyList<GuildSchedule> wronglyPaused)
    {
        var after = guild with { LeftAt = guild.LeftAt ?? Now };
        foreach (var paused in wronglyPaused)
        {
            if (after.Find(paused.Name) is { } schedule)
            {
                after = after.With(schedule with { Paused = null, PausedAt = null });
            }
        }

        return new GuildChange(after.DueAfter(Now, settings.TimeZone))
        {
            Superseded = [.. guild.Schedules.Select(schedule => (schedule, "The bot was removed from the server."))],
        };
    }

    private static bool IsActiveIn(ChannelId channel, GuildSchedule schedule) =>
        schedule.Channel == channel && schedule.Paused is null;

    /// <summary>Plans a notice in the server's system channel, if the bot may post there.</summary>
    private async Task NotifyAdminsAsync(
        GuildId guild,
        string topic,
        string text,
        IReadOnlyList<GuildSchedule> paused,
        CancellationToken cancellationToken
    )
    {
        var answer = await discord.GetGuildAsync(guild, cancellationToken);
        if (answer is Result<DiscordGuild>.Refused { Kind: Refusal.Gone or Refusal.Forbidden })
        {
            await MarkLeftAsync(guild, paused, cancellationToken);
            return;
        }

        if (
            answer is Result<DiscordGuild>.Success({ SystemChannel: { } channel })
            && await MayPostAsync(channel, cancellationToken)
        )
        {
            var notice = CreateNotice(guild, topic, channel, text);
            await ledger.PlanAsync(notice.Schedule.Name, mark: null, [notice], cancellationToken);
            return;
        }

        LogNotNotified(guild);
    }

    private async Task<bool> MayPostAsync(ChannelId channel, CancellationToken cancellationToken)
    {
        var answer = await discord.GetChannelAccessAsync(channel, cancellationToken);
        return answer is Result<ChannelAccess>.Success(var access)
            && ChannelNeeds.Missing(access) == DiscordPermissions.None;
    }

    /// <param name="guild">The server.</param>
    /// <param name="topic">Distinguishes notices of the same moment. Begins with a capital letter, which
    /// the name of a schedule cannot contain.</param>
    /// <param name="channel">Where to post it.</param>
    /// <param name="text">The notice.</param>
    private Post CreateNotice(GuildId guild, string topic, ChannelId channel, string text) =>
        new()
        {
            Key = IdempotencyKey.Create(random),
            Schedule = new ScheduleId(GuildSchedule.GetOwner(guild), topic),
            Kind = PostKind.Notice,
            Occurrence = Now,
            Destination = Destinations.OfChannel(channel),
            State = PostState.Planned,
            Payload = new Payload { Text = text },
            Deadline = Now + NoticeGracePeriod,
        };

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
        "The bot was invited back to server {Guild}; {Count} schedules are active again"
    )]
    private partial void LogReturned(GuildId guild, int count);

    [LoggerMessage(
        LogLevel.Information,
        "Server {Guild} has no system channel that the bot may post in; its admins are told when they next use /schedule"
    )]
    private partial void LogNotNotified(GuildId guild);
}
