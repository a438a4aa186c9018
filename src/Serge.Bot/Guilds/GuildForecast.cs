namespace Serge.Bot.Guilds;

/// <summary>What a server's schedules will post, exactly as it will be posted.</summary>
internal sealed class GuildForecast(
    ILedger ledger,
    LiveCatalogue catalogue,
    PostPlanner planner,
    BotSettings settings,
    Clocks clocks
)
{
    /// <summary>Plays some of a server's schedules forward from now.</summary>
    /// <param name="place">The server.</param>
    /// <param name="wanted">Those to be shown. Others to the same channels, the operator's too, are played along: what they say is not said again.</param>
    /// <param name="ahead">How far.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IEnumerable<PlannedPost>> PlayAsync(
        GuildSettings place,
        IReadOnlyList<GuildSchedule> wanted,
        TimeSpan ahead,
        CancellationToken cancellationToken
    )
    {
        var now = clocks.Schedule.GetUtcNow();
        var histories = new Dictionary<Destination, DestinationHistory>();
        List<Post> known = [];
        foreach (var destination in wanted.Select(schedule => schedule.Destination).Distinct())
        {
            histories[destination] = await DestinationHistory.ReadAsync(
                ledger,
                destination,
                now,
                now + ahead,
                cancellationToken
            );
            known.AddRange(await ledger.GetPostsAsync(destination, now, now + ahead, cancellationToken));
        }

        var own = settings.Schedules.Select(schedule =>
            schedule with
            {
                To = [.. schedule.To.Where(histories.ContainsKey)],
            }
        );
        var servers = place
            .Schedules.Where(schedule => schedule.NextDue is not null && histories.ContainsKey(schedule.Destination))
            .Select(schedule => place.ToSchedule(schedule, settings.TimeZone));
        var names = wanted.Select(schedule => schedule.LedgerName).ToHashSet(StringComparer.Ordinal);
        return Forecast
            .Play(
                [.. own, .. servers.OfType<Schedule>()],
                histories,
                known,
                planner,
                catalogue.Current,
                now,
                now + ahead
            )
            .Where(foreseen => names.Contains(foreseen.Schedule.Name));
    }
}
