namespace Serge.Bot.Guilds;

/// <summary>Stops what can no longer be posted, and says so where the server's admins will read it.</summary>
/// <remarks>The pause is written first and needs no network. The word to the admins then goes the way of every post, through the ledger: once, or told.
/// If Discord cannot be asked at that moment where to say it, the pause is told at the next <c>/schedule</c> only.</remarks>
internal sealed partial class GuildPauses(
    GuildDirectory directory,
    IGuildStore places,
    ILedger ledger,
    IDiscord discord,
    BotSettings settings,
    Clocks clocks,
    Random random,
    ILogger<GuildPauses> logger
)
{
    /// <summary>A word to the admins that is a week late is no news.</summary>
    private static readonly TimeSpan NoticeLateBy = TimeSpan.FromDays(7);

    /// <summary>What a server's notices are called in the ledger: no schedule's name begins with a space.</summary>
    /// <param name="guild">The server.</param>
    /// <param name="about">What it is about; two notices of one moment must not take each other's place.</param>
    public static string NoticeName(GuildId guild, string about) =>
        $"{GuildSchedule.LedgerPrefix(guild)} notice {about}";

    /// <summary>Whether a post is a notice.</summary>
    public static bool IsNotice(Post post) =>
        GuildSchedule.GetGuild(post.Schedule) is { } guild
        && post.Schedule.StartsWith(NoticeName(guild, ""), StringComparison.Ordinal);

    /// <summary>A channel is gone or closed: whatever posts there rests until an admin has seen to it.</summary>
    /// <param name="channel">Which.</param>
    /// <param name="cause">Gone or closed.</param>
    /// <param name="reason">What Discord said, for the log.</param>
    /// <param name="tell">Whether to tell the server's admins.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task PauseChannelAsync(
        ChannelId channel,
        PauseCause cause,
        string reason,
        bool tell,
        CancellationToken cancellationToken
    )
    {
        if (await places.FindByChannelAsync(channel, cancellationToken) is not { LeftAt: null } there)
        {
            return;
        }

        GuildSchedule[] paused = [];
        await directory.ChangeAsync(
            there.Guild,
            place =>
            {
                paused = [.. place.Schedules.Where(schedule => schedule.Channel == channel && schedule.Paused is null)];
                var after = paused.Aggregate(
                    place,
                    (changed, schedule) =>
                        changed.With(schedule with { Paused = cause, PausedAt = Now, Skip = null, NextDue = null })
                );
                return paused.Length == 0
                    ? null
                    : new GuildChange(after)
                    {
                        Cancelled = [.. paused.Select(schedule => (schedule, $"Paused: {reason}"))],
                    };
            },
            cancellationToken
        );
        if (paused.Length == 0)
        {
            return;
        }

        foreach (var schedule in paused)
        {
            LogPaused(schedule.LedgerName, channel, reason);
        }

        if (tell)
        {
            await NotifyAdminsAsync(there.Guild, $"{channel}", GuildNotices.Paused(paused, cause), paused, cancellationToken);
        }
    }

    /// <summary>We were removed from a server: nothing falls due there any more.</summary>
    public Task MarkLeftAsync(GuildId guild, CancellationToken cancellationToken) =>
        MarkLeftAsync(guild, mistaken: [], cancellationToken);

    private async Task MarkLeftAsync(
        GuildId guild,
        IReadOnlyList<GuildSchedule> mistaken,
        CancellationToken cancellationToken
    )
    {
        var hasLeft = false;
        await directory.ChangeAsync(
            guild,
            place =>
            {
                hasLeft = place.LeftAt is null;
                var after = mistaken
                    .Where(schedule => place.Find(schedule.Name) is not null)
                    .Aggregate(
                        place with
                        {
                            LeftAt = place.LeftAt ?? Now,
                        },
                        (changed, schedule) =>
                            changed.With(changed.Find(schedule.Name)! with { Paused = null, PausedAt = null })
                    );
                return !hasLeft && mistaken.Count == 0
                    ? null
                    : new GuildChange(after.DueAfter(Now, settings.TimeZone))
                    {
                        Cancelled =
                        [
                            .. place.Schedules.Select(schedule => (schedule, "The bot was removed from the server.")),
                        ],
                    };
            },
            cancellationToken
        );
        if (hasLeft)
        {
            LogLeft(guild, GuildLifecycleService.RetentionPeriod.Days);
        }
    }

    /// <summary>We were invited back before the server's data was deleted: its schedules go on as they were, and owe nothing from before.</summary>
    public async Task MarkReturnedAsync(GuildId guild, CancellationToken cancellationToken)
    {
        var wasAway = false;
        var place = await directory.ChangeAsync(
            guild,
            place =>
            {
                wasAway = place.LeftAt is not null;
                return wasAway
                    ? new GuildChange((place with { LeftAt = null }).DueAfter(Now, settings.TimeZone))
                    : null;
            },
            cancellationToken
        );
        if (!wasAway)
        {
            return;
        }

        GuildSchedule[] atWork = [.. place.Schedules.Where(schedule => schedule.Paused is null)];
        LogBack(guild, atWork.Length);
        if (atWork.Length > 0)
        {
            await NotifyAdminsAsync(guild, "back", GuildNotices.Returned(atWork), paused: [], cancellationToken);
        }
    }

    private DateTimeOffset Now => clocks.Schedule.GetUtcNow();

    /// <summary>Says something in the server's system channel, if it has one that takes our messages.</summary>
    /// <param name="guild">The server.</param>
    /// <param name="about">What it is about, for its name.</param>
    /// <param name="words">What to say.</param>
    /// <param name="paused">What was paused just now. If it turns out that the whole server is closed to us, that was the wrong reason.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private async Task NotifyAdminsAsync(
        GuildId guild,
        string about,
        string words,
        IReadOnlyList<GuildSchedule> paused,
        CancellationToken cancellationToken
    )
    {
        switch (await discord.GetGuildAsync(guild, cancellationToken))
        {
            case Result<DiscordGuild>.Refused(Refusal.Gone or Refusal.Forbidden, _):
                await MarkLeftAsync(guild, paused, cancellationToken);
                break;
            case Result<DiscordGuild>.Success({ SystemChannel: { } channel })
                when await discord.GetChannelAccessAsync(channel, cancellationToken) is Result<ChannelAccess>.Success(var access)
                    && ChannelNeeds.Missing(access) == DiscordPermissions.None:
                await ledger.PlanAsync(
                    NoticeName(guild, about),
                    mark: null,
                    [Notice(NoticeName(guild, about), channel, words)],
                    cancellationToken
                );
                break;
            default:
                LogNotTold(guild);
                break;
        }
    }

    private Post Notice(string name, ChannelId channel, string words) =>
        new()
        {
            Key = IdempotencyKey.New(random),
            Schedule = name,
            Occurrence = Now,
            Destination = new Destination(channel),
            State = PostState.Planned,
            Payload = new Payload { Text = words },
            Deadline = Now + NoticeLateBy,
        };

    [LoggerMessage(LogLevel.Warning, "{Schedule} is paused, for channel {Channel} cannot be posted to: {Reason}")]
    private partial void LogPaused(string schedule, ChannelId channel, string reason);

    [LoggerMessage(
        LogLevel.Warning,
        "The bot is no longer in server {Guild}: its schedules rest, and are deleted in {Days} days unless it is invited back"
    )]
    private partial void LogLeft(GuildId guild, int days);

    [LoggerMessage(LogLevel.Information, "The bot is back in server {Guild}: {Count} schedules go on as they were")]
    private partial void LogBack(GuildId guild, int count);

    [LoggerMessage(
        LogLevel.Information,
        "Server {Guild} has no system channel that takes our messages; its admins are told at their next /schedule"
    )]
    private partial void LogNotTold(GuildId guild);
}
