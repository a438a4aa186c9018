namespace Serge.Bot.Guilds;

/// <summary>Which moments the tables of servers can contain.</summary>
internal sealed class GuildMomentRules : IMomentRules
{
    /// <summary>An admin skips the next occurrence, which is at most a week ahead.</summary>
    private static readonly TimeSpan MaxSkip = TimeSpan.FromDays(8);

    public IEnumerable<MomentRule> Get(DateTimeOffset scheduleNow, DateTimeOffset systemNow)
    {
        const string Schedule = "CAST(guild AS TEXT) || ' ' || name";
        return
        [
            MomentRule.OfPast("guilds", "CAST(guild AS TEXT)", "left_at", scheduleNow),
            MomentRule.OfPast("guilds", "CAST(guild AS TEXT)", "missing_since", scheduleNow),
            MomentRule.OfPast("guild_schedules", Schedule, "paused_at", scheduleNow),
            new MomentRule("guild_schedules", Schedule, "skip", scheduleNow + MaxSkip, Replacement: null),
        ];
    }
}
