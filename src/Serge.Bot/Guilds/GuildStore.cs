using System.Data.Common;
using static Serge.Bot.Storage.ColumnValues;

namespace Serge.Bot.Guilds;

/// <summary>What servers have set up, in the ledger's database.</summary>
/// <remarks>The schema is explained in <c>docs/ledger.md</c>.</remarks>
internal sealed class GuildStore(Database database) : IGuildStore
{
    private const string Columns =
        "p.guild, p.zone, p.left_at, s.name, s.channel, s.time, s.days, s.content, s.zone, s.paused, s.paused_at, s.skip, s.next_due";

    /// <summary>Schedules with their servers, for conditions on schedules.</summary>
    private const string Schedules = "place_schedules s JOIN places p ON p.guild = s.guild";

    /// <summary>Servers with their schedules, those without any too.</summary>
    private const string Everything = "places p LEFT JOIN place_schedules s ON s.guild = p.guild";

    public Task<GuildSettings?> FindAsync(GuildId guild, CancellationToken cancellationToken) =>
        database.ReadAsync(session => LoadAsync(session, guild, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<GuildSettings>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => QueryAsync(session, Everything, "ORDER BY p.guild, s.name", cancellationToken),
            cancellationToken
        );

    public Task<IReadOnlyList<GuildSettings>> GetDueAsync(
        DateTimeOffset calendarNow,
        int limit,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync(
            session =>
                QueryAsync(
                    session,
                    Schedules,
                    "WHERE s.next_due <= @now ORDER BY s.next_due, s.guild, s.name LIMIT @limit",
                    cancellationToken,
                    ("@now", Milliseconds(calendarNow)),
                    ("@limit", limit)
                ),
            cancellationToken
        );

    public Task<GuildSettings?> FindByChannelAsync(ChannelId channel, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session =>
                await QueryAsync(
                    session,
                    Schedules,
                    "WHERE s.channel = @channel ORDER BY s.guild, s.name",
                    cancellationToken,
                    ("@channel", Id(channel.Value))
                )
                    is [var place, ..]
                    ? place
                    : null,
            cancellationToken
        );

    public Task<GuildSettings> ChangeAsync(
        GuildId guild,
        Func<GuildSettings, GuildChange?> decide,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            async session =>
            {
                var before = await LoadAsync(session, guild, cancellationToken) ?? new GuildSettings(guild);
                if (decide(before) is not { } change)
                {
                    return before;
                }

                await session.ExecuteAsync(
                    """
                    INSERT INTO places (guild, zone, left_at) VALUES (@guild, @zone, @left_at)
                    ON CONFLICT (guild) DO UPDATE SET zone = @zone, left_at = @left_at
                    """,
                    cancellationToken,
                    ("@guild", Id(guild.Value)),
                    ("@zone", change.After.Zone),
                    ("@left_at", Milliseconds(change.After.LeftAt))
                );
                foreach (var gone in before.Schedules.Where(schedule => change.After.Find(schedule.Name) is null))
                {
                    await session.ExecuteAsync(
                        "DELETE FROM place_schedules WHERE guild = @guild AND name = @name",
                        cancellationToken,
                        ("@guild", Id(guild.Value)),
                        ("@name", gone.Name)
                    );
                }

                foreach (
                    var schedule in change.After.Schedules.Where(schedule => schedule != before.Find(schedule.Name))
                )
                {
                    await SaveAsync(session, guild, schedule, cancellationToken);
                }

                foreach (var (schedule, reason) in change.Cancelled)
                {
                    await PostRows.CancelAsync(session, schedule.LedgerName, reason, cancellationToken);
                }

                return change.After;
            },
            cancellationToken
        );

    public Task<IReadOnlyList<Post>?> TryPlanAsync(
        GuildSchedule before,
        DateTimeOffset? nextDue,
        IReadOnlyList<Post> posts,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            async session =>
            {
                // A change of time or zone moves the due time, a pause takes it away: these columns tell every change that matters here.
                var moved = await session.ExecuteAsync(
                    """
                    UPDATE place_schedules SET next_due = @next_due, skip = CASE WHEN skip < @next_due THEN NULL ELSE skip END
                    WHERE guild = @guild AND name = @name AND next_due = @was AND channel = @channel AND content = @content AND COALESCE(skip, 0) = @skip
                    """,
                    cancellationToken,
                    ("@next_due", Milliseconds(nextDue)),
                    ("@guild", Id(before.Guild.Value)),
                    ("@name", before.Name),
                    ("@was", Milliseconds(before.NextDue)),
                    ("@channel", Id(before.Channel.Value)),
                    ("@content", ScheduleContentNames.GetName(before.Content)),
                    ("@skip", Milliseconds(before.Skip) ?? 0)
                );
                if (moved == 0)
                {
                    return null;
                }

                List<Post> added = [];
                foreach (var post in posts)
                {
                    if (await PostRows.AddAsync(session, post, cancellationToken))
                    {
                        added.Add(post);
                    }
                }

                return (IReadOnlyList<Post>?)added;
            },
            cancellationToken
        );

    public Task<bool> DeleteAsync(GuildId guild, DateTimeOffset? leftBefore, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                (string, object?)[] values =
                [
                    ("@guild", Id(guild.Value)),
                    ("@before", Milliseconds(leftBefore)),
                    ("@prefix", GuildSchedule.LedgerPrefix(guild)),
                ];
                var condition = leftBefore is null ? "" : " AND left_at < @before";
                if (
                    await session.ExecuteAsync(
                        $"DELETE FROM places WHERE guild = @guild{condition}",
                        cancellationToken,
                        values
                    ) == 0
                )
                {
                    return false;
                }

                await session.ExecuteAsync(
                    "DELETE FROM place_schedules WHERE guild = @guild",
                    cancellationToken,
                    values
                );
                await session.ExecuteAsync(
                    "DELETE FROM posts WHERE SUBSTR(schedule, 1, LENGTH(@prefix)) = @prefix",
                    cancellationToken,
                    values
                );
                return true;
            },
            cancellationToken
        );

    private async Task<GuildSettings?> LoadAsync(DatabaseSession session, GuildId guild, CancellationToken cancellationToken) =>
        (
            await QueryAsync(
                session,
                Everything,
                "WHERE p.guild = @guild ORDER BY s.name",
                cancellationToken,
                ("@guild", Id(guild.Value))
            )
        ).SingleOrDefault();

    private async Task<IReadOnlyList<GuildSettings>> QueryAsync(
        DatabaseSession session,
        string tables,
        string rest,
        CancellationToken cancellationToken,
        params (string Name, object? Value)[] values
    )
    {
        // Neighbouring rows of one server become one place. Where the order is another, a server may come twice, each time with a part of its schedules.
        List<(GuildSettings Place, List<GuildSchedule> Schedules)> found = [];
        await using var command = session.Command($"SELECT {Columns} FROM {tables} {rest}", values);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var guild = new GuildId((ulong)reader.GetInt64(0));
            if (found.Count == 0 || found[^1].Place.Guild != guild)
            {
                found.Add((new GuildSettings(guild) { Zone = reader.Text(1), LeftAt = reader.Moment(2) }, []));
            }

            if (!reader.IsDBNull(3))
            {
                found[^1].Schedules.Add(Read(guild, reader));
            }
        }

        return [.. found.Select(one => one.Place with { Schedules = one.Schedules })];
    }

    private static GuildSchedule Read(GuildId guild, DbDataReader reader) =>
        new()
        {
            Guild = guild,
            Name = reader.GetString(3),
            Channel = new ChannelId((ulong)reader.GetInt64(4)),
            Time = TimeOnly.MinValue.AddMinutes(reader.Number(5)),
            Days = (Weekdays)reader.Number(6),
            Content =
                ScheduleContentNames.Find(reader.GetString(7))
                ?? throw new InvalidOperationException($"Unknown content {reader.GetString(7)}."),
            Zone = reader.Text(8),
            Paused = reader.Text(9) is { } cause ? Enum.Parse<PauseCause>(cause) : null,
            PausedAt = reader.Moment(10),
            Skip = reader.Moment(11),
            NextDue = reader.Moment(12),
        };

    private Task<int> SaveAsync(
        DatabaseSession session,
        GuildId guild,
        GuildSchedule schedule,
        CancellationToken cancellationToken
    ) =>
        session.ExecuteAsync(
            """
            INSERT INTO place_schedules (guild, name, channel, time, days, content, zone, paused, paused_at, skip, next_due)
            VALUES (@guild, @name, @channel, @time, @days, @content, @zone, @paused, @paused_at, @skip, @next_due)
            ON CONFLICT (guild, name) DO UPDATE
            SET channel = @channel, time = @time, days = @days, content = @content, zone = @zone, paused = @paused, paused_at = @paused_at, skip = @skip, next_due = @next_due
            """,
            cancellationToken,
            ("@guild", Id(guild.Value)),
            ("@name", schedule.Name),
            ("@channel", Id(schedule.Channel.Value)),
            ("@time", (schedule.Time.Hour * 60) + schedule.Time.Minute),
            ("@days", (int)schedule.Days),
            ("@content", ScheduleContentNames.GetName(schedule.Content)),
            ("@zone", schedule.Zone),
            ("@paused", schedule.Paused?.ToString()),
            ("@paused_at", Milliseconds(schedule.PausedAt)),
            ("@skip", Milliseconds(schedule.Skip)),
            ("@next_due", Milliseconds(schedule.NextDue))
        );

    /// <summary>Databases count with a sign; ids never reach so far.</summary>
    private static long Id(ulong id) => checked((long)id);
}
