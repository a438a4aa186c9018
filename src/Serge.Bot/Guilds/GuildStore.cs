using System.Data.Common;
using static Serge.Bot.Posting.Storage.ColumnValues;

namespace Serge.Bot.Guilds;

/// <summary>What servers have configured, in the ledger's database. <c>docs/ledger.md</c>
/// explains the schema.</summary>
internal sealed class GuildStore(Database database) : IGuildStore
{
    /// <summary>In the order of the schema, like every list of columns below.</summary>
    private const string Columns = """
        g.guild, g.zone, g.left_at, g.missing_since, s.name, s.channel, s.time, s.days, s.content, s.zone, s.buttons,
        s.picture, s.thread, s.crosspost, s.mention, s.forum, s.paused, s.paused_at, s.skip, s.next_due
        """;

    /// <summary>Schedules with their servers.</summary>
    private const string Schedules = "guild_schedules s JOIN guilds g ON g.guild = s.guild";

    /// <summary>Servers with their schedules, also those without any.</summary>
    private const string Guilds = "guilds g LEFT JOIN guild_schedules s ON s.guild = g.guild";

    public Task<GuildSettings?> FindAsync(GuildId guild, CancellationToken cancellationToken) =>
        database.ReadAsync(session => FindAsync(session, guild, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<GuildSettings>> ListAsync(
        GuildId? after,
        int limit,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync(
            session =>
                QueryAsync(
                    session,
                    """
                    (SELECT * FROM guilds WHERE guild > @after ORDER BY guild LIMIT @limit) AS g
                    LEFT JOIN guild_schedules s ON s.guild = g.guild
                    ORDER BY g.guild, s.name
                    """,
                    cancellationToken,
                    ("@after", ToNumber(after?.Value ?? 0)),
                    ("@limit", limit)
                ),
            cancellationToken
        );

    public Task<IReadOnlyList<GuildSettings>> GetDueAsync(
        DateTimeOffset scheduleNow,
        int limit,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync(
            session =>
                QueryAsync(
                    session,
                    // The limit is inside, so that PostgreSQL uses the index of due times also without statistics.
                    """
                    (SELECT * FROM guild_schedules WHERE next_due <= @now
                        ORDER BY next_due, guild, name LIMIT @limit) AS s
                    JOIN guilds g ON g.guild = s.guild
                    ORDER BY s.next_due, s.guild, s.name
                    """,
                    cancellationToken,
                    ("@now", ToMilliseconds(scheduleNow)),
                    ("@limit", limit)
                ),
            cancellationToken
        );

    public Task<DateTimeOffset?> GetNextDueAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session =>
            {
                var rows = await session.QueryAsync(
                    "SELECT MIN(next_due) FROM guild_schedules WHERE next_due IS NOT NULL",
                    reader => reader.GetOptionalMoment(0),
                    cancellationToken
                );
                return rows.Single();
            },
            cancellationToken
        );

    public async Task<GuildSettings?> FindByChannelAsync(ChannelId channel, CancellationToken cancellationToken)
    {
        var found = await database.ReadAsync(
            session =>
                QueryAsync(
                    session,
                    $"{Schedules} WHERE s.channel = @channel ORDER BY s.guild, s.name",
                    cancellationToken,
                    ("@channel", ToNumber(channel.Value))
                ),
            cancellationToken
        );
        return found is [var guild, ..] ? guild : null;
    }

    public Task<GuildSettings> ChangeAsync(
        GuildId guild,
        Func<GuildSettings, GuildChange?> decide,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            async session =>
            {
                var found = await FindAsync(session, guild, cancellationToken);
                var before = found ?? new GuildSettings(guild) { IsNew = true };
                if (decide(before) is not { } change)
                {
                    return before;
                }

                await ApplyAsync(session, before, change, cancellationToken);
                return change.After with { IsNew = false };
            },
            cancellationToken
        );

    public Task<IReadOnlyList<Post>?> TryPlanAsync(
        GuildSchedule before,
        DateTimeOffset? nextDue,
        IReadOnlyList<Post> posts,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync<IReadOnlyList<Post>?>(
            async session =>
            {
                if (!await TryMoveAsync(session, before, nextDue, cancellationToken))
                {
                    return null;
                }

                return await PostRows.AddAsync(session, posts, cancellationToken);
            },
            cancellationToken
        );

    public Task<bool> DeleteAsync(GuildId guild, DateTimeOffset? leftBefore, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                (string, object?)[] values =
                [
                    ("@guild", ToNumber(guild.Value)),
                    ("@before", ToMilliseconds(leftBefore)),
                ];
                var condition = leftBefore is null ? "" : " AND left_at < @before";
                var sql = $"DELETE FROM guilds WHERE guild = @guild{condition}";
                if (await session.ExecuteAsync(sql, cancellationToken, values) == 0)
                {
                    return false;
                }

                await session.ExecuteAsync(
                    "DELETE FROM guild_schedules WHERE guild = @guild",
                    cancellationToken,
                    values
                );
                await PostRows.DeleteAsync(session, GuildSchedule.GetOwner(guild), cancellationToken);
                return true;
            },
            cancellationToken
        );

    private static async Task<GuildSettings?> FindAsync(
        DatabaseSession session,
        GuildId guild,
        CancellationToken cancellationToken
    )
    {
        var found = await QueryAsync(
            session,
            $"{Guilds} WHERE g.guild = @guild ORDER BY s.name",
            cancellationToken,
            ("@guild", ToNumber(guild.Value))
        );
        return found.SingleOrDefault();
    }

    private static async Task ApplyAsync(
        DatabaseSession session,
        GuildSettings before,
        GuildChange change,
        CancellationToken cancellationToken
    )
    {
        var after = change.After;
        await session.ExecuteAsync(
            """
            INSERT INTO guilds (guild, zone, left_at, missing_since) VALUES (@guild, @zone, @left_at, @missing_since)
            ON CONFLICT (guild) DO UPDATE SET zone = @zone, left_at = @left_at, missing_since = @missing_since
            """,
            cancellationToken,
            ("@guild", ToNumber(after.Guild.Value)),
            ("@zone", after.Zone),
            ("@left_at", ToMilliseconds(after.LeftAt)),
            ("@missing_since", ToMilliseconds(after.MissingSince))
        );
        foreach (var removed in before.Schedules.Where(schedule => after.Find(schedule.Name) is null))
        {
            await session.ExecuteAsync(
                "DELETE FROM guild_schedules WHERE guild = @guild AND name = @name",
                cancellationToken,
                ("@guild", ToNumber(after.Guild.Value)),
                ("@name", removed.Name)
            );
        }

        foreach (var schedule in after.Schedules.Where(schedule => schedule != before.Find(schedule.Name)))
        {
            await SaveAsync(session, schedule, cancellationToken);
        }

        await PostRows.AddAsync(session, change.Notices, cancellationToken);
        foreach (var (schedule, reason) in change.Superseded)
        {
            await PostRows.CancelAsync(session, schedule.Id, CancelCause.ScheduleStopped, reason, cancellationToken);
        }
    }

    /// <summary>Sets the next due time if the schedule has not changed. A change of time or zone changes the due time
    /// and a pause removes it, so these columns detect every change that matters.</summary>
    private static async Task<bool> TryMoveAsync(
        DatabaseSession session,
        GuildSchedule before,
        DateTimeOffset? nextDue,
        CancellationToken cancellationToken
    )
    {
        var changed = await session.ExecuteAsync(
            """
            UPDATE guild_schedules
            SET skip = CASE WHEN skip < @next_due THEN NULL ELSE skip END, next_due = @next_due
            WHERE guild = @guild AND name = @name AND channel = @channel AND content = @content
                AND COALESCE(skip, 0) = @skip AND next_due = @was
            """,
            cancellationToken,
            ("@guild", ToNumber(before.Guild.Value)),
            ("@name", before.Name),
            ("@channel", ToNumber(before.Channel.Value)),
            ("@content", ScheduleContentNames.GetName(before.Content)),
            ("@skip", ToMilliseconds(before.Skip) ?? 0),
            ("@was", ToMilliseconds(before.NextDue)),
            ("@next_due", ToMilliseconds(nextDue))
        );
        return changed > 0;
    }

    private static Task<int> SaveAsync(
        DatabaseSession session,
        GuildSchedule schedule,
        CancellationToken cancellationToken
    ) =>
        session.ExecuteAsync(
            """
            INSERT INTO guild_schedules
                (guild, name, channel, time, days, content, zone, buttons, picture, thread, crosspost, mention, forum,
                paused, paused_at, skip, next_due)
            VALUES
                (@guild, @name, @channel, @time, @days, @content, @zone, @buttons, @picture, @thread, @crosspost,
                @mention, @forum, @paused, @paused_at, @skip, @next_due)
            ON CONFLICT (guild, name) DO UPDATE
            SET channel = @channel, time = @time, days = @days, content = @content, zone = @zone, buttons = @buttons,
                picture = @picture, thread = @thread, crosspost = @crosspost, mention = @mention, forum = @forum,
                paused = @paused, paused_at = @paused_at, skip = @skip, next_due = @next_due
            """,
            cancellationToken,
            ("@guild", ToNumber(schedule.Guild.Value)),
            ("@name", schedule.Name),
            ("@channel", ToNumber(schedule.Channel.Value)),
            ("@time", (schedule.Time.Hour * 60) + schedule.Time.Minute),
            ("@days", (int)schedule.Days),
            ("@content", ScheduleContentNames.GetName(schedule.Content)),
            ("@zone", schedule.Zone),
            ("@buttons", ColumnValues.ToNumber(schedule.Options.Buttons)),
            ("@picture", ColumnValues.ToNumber(schedule.Options.Picture)),
            ("@thread", ColumnValues.ToNumber(schedule.Options.Thread)),
            ("@crosspost", ColumnValues.ToNumber(schedule.Options.Crosspost)),
            ("@mention", schedule.Options.Mention),
            ("@forum", ColumnValues.ToNumber(schedule.IsForum)),
            ("@paused", ToName(schedule.Paused)),
            ("@paused_at", ToMilliseconds(schedule.PausedAt)),
            ("@skip", ToMilliseconds(schedule.Skip)),
            ("@next_due", ToMilliseconds(schedule.NextDue))
        );

    /// <summary>Adjacent rows of one server become one result. In another order a server may occur several times, each
    /// time with a part of its schedules.</summary>
    private static async Task<IReadOnlyList<GuildSettings>> QueryAsync(
        DatabaseSession session,
        string from,
        CancellationToken cancellationToken,
        params (string Name, object? Value)[] values
    )
    {
        var rows = await session.QueryAsync($"SELECT {Columns} FROM {from}", ReadRow, cancellationToken, values);
        List<GuildSettings> found = [];
        foreach (var (guild, schedule) in rows)
        {
            if (found.Count == 0 || found[^1].Guild != guild.Guild)
            {
                found.Add(guild);
            }

            if (schedule is not null)
            {
                var last = found[^1];
                found[^1] = last with { Schedules = [.. last.Schedules, schedule] };
            }
        }

        return found;
    }

    private static (GuildSettings Guild, GuildSchedule? Schedule) ReadRow(DbDataReader reader)
    {
        GuildId guild = new((ulong)reader.GetInt64(0));
        GuildSettings settings = new(guild)
        {
            Zone = reader.GetText(1),
            LeftAt = reader.GetOptionalMoment(2),
            MissingSince = reader.GetOptionalMoment(3),
        };
        return (settings, reader.IsDBNull(4) ? null : ReadSchedule(guild, reader));
    }

    private static GuildSchedule ReadSchedule(GuildId guild, DbDataReader reader)
    {
        var content = reader.GetString(8);
        return new GuildSchedule
        {
            Guild = guild,
            Name = reader.GetString(4),
            Channel = new ChannelId((ulong)reader.GetInt64(5)),
            Time = TimeOnly.MinValue.AddMinutes(reader.GetNumber(6)),
            Days = (Weekdays)reader.GetNumber(7),
            Content =
                ScheduleContentNames.Find(content)
                ?? throw new InvalidOperationException($"Unknown content {content}."),
            Zone = reader.GetText(9),
            Options = new PostOptions
            {
                Buttons = reader.GetFlag(10),
                Picture = reader.GetFlag(11),
                Thread = reader.GetFlag(12),
                Crosspost = reader.GetFlag(13),
                Mention = reader.GetText(14),
            },
            IsForum = reader.GetFlag(15),
            Paused = reader.GetOptionalEnum<PauseCause>(16),
            PausedAt = reader.GetOptionalMoment(17),
            Skip = reader.GetOptionalMoment(18),
            NextDue = reader.GetOptionalMoment(19),
        };
    }

    /// <summary>The database has signed integers; ids never exceed them.</summary>
    private static long ToNumber(ulong id) => checked((long)id);
}
