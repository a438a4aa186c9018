namespace Serge.Bot.Simulator.Discord.Model;

/// <summary>Creates ascending ids. Use it under the world's lock.</summary>
internal sealed class SnowflakeSource(TimeProvider clock)
{
    private ulong _last;

    public Snowflake Create()
    {
        var first = Snowflake.GetFirstValue(clock.GetUtcNow());
        _last = Math.Max(_last + 1, first);
        return new Snowflake(_last);
    }
}
