namespace Serge.Bot.Guilds;

/// <summary>Forecasts what the schedules of a server will post.</summary>
internal sealed class GuildForecast(
    ILedger ledger,
    LiveCatalogue catalogue,
    PublishTargets targets,
    PostPlanner planner,
    BotSettings settings,
    Clocks clocks
)
{
    /// <summary>The time zone of servers that have set none: the setting <c>TimeZone</c>.</summary>
    public TimeZoneInfo DefaultZone => settings.TimeZone;

    /// <param name="guild">The server.</param>
    /// <param name="wanted">The schedules to show. Others to the same channels, also the operator's, are simulated with
    /// them, because a quotation that one posts is not posted again by another.</param>
    /// <param name="period">How far ahead.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public async Task<IEnumerable<PlannedPost>> PlayAsync(
        GuildSettings guild,
        IReadOnlyList<GuildSchedule> wanted,
        TimeSpan period,
        CancellationToken cancellationToken
    )
    {
        var now = clocks.Schedule.GetUtcNow();
        var end = now + period;
        var to = wanted.Select(schedule => schedule.Destination);
        var (histories, known) = await ForecastBasis.ReadAsync(ledger, targets, to, now, end, cancellationToken);
        var schedules = GetSchedules(guild, histories);
        var ids = wanted.Select(schedule => schedule.Id).ToHashSet();
        var posts = Forecast.Simulate(schedules, histories, known, planner, catalogue.Current, after: now, until: end);
        return posts.Where(post => ids.Contains(post.Schedule.Id));
    }

    /// <summary>The operator's schedules first, as the worker plans them.</summary>
    private List<Schedule> GetSchedules(
        GuildSettings guild,
        IReadOnlyDictionary<Destination, DestinationHistory> histories
    )
    {
        List<Schedule> schedules = [];
        foreach (var schedule in settings.Schedules)
        {
            Destination[] to = [.. schedule.To.Where(histories.ContainsKey)];
            if (to.Length > 0)
            {
                schedules.Add(schedule with { To = to });
            }
        }

        var ofGuild = guild.ListActive(settings.TimeZone);
        schedules.AddRange(ofGuild.Where(schedule => schedule.To.All(histories.ContainsKey)));
        return schedules;
    }
}
