using System.Globalization;

namespace Serge.Bot.Guilds;

/// <summary>A schedule of a Discord server.</summary>
internal sealed record GuildSchedule
{
    private const string OwnerPrefix = "guild:";

    public required GuildId Guild { get; init; }

    /// <summary>See <see cref="ScheduleName"/>.</summary>
    public required string Name { get; init; }

    public required ChannelId Channel { get; init; }

    /// <summary>Whether the channel is a forum, where each post is a thread.</summary>
    public bool IsForum { get; init; }

    /// <summary>Local time of day, to the minute.</summary>
    public required TimeOnly Time { get; init; }

    /// <summary>At least one day.</summary>
    public required Weekdays Days { get; init; }

    public required ScheduleContent Content { get; init; }

    /// <summary>IANA name of the time zone; <see langword="null"/> for the server's.</summary>
    public string? Zone { get; init; }

    /// <summary>What accompanies its posts. Default <see cref="PostOptions.Default"/>.</summary>
    public PostOptions Options { get; init; } = PostOptions.Default;

    /// <summary>Why it is paused; <see langword="null"/> while it is active.</summary>
    public PauseCause? Paused { get; init; }

    /// <summary>Since when it is paused, on the schedule clock.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>The occurrence that an admin has skipped.</summary>
    public DateTimeOffset? Skip { get; init; }

    /// <summary>On the schedule clock; <see langword="null"/> while it is paused or the bot is not
    /// in the server.</summary>
    public DateTimeOffset? NextDue { get; init; }

    /// <summary>Its id in the ledger.</summary>
    public ScheduleId Id => new(GetOwner(Guild), Name);

    public Destination Destination => IsForum ? Destinations.OfForum(Channel) : Destinations.OfChannel(Channel);

    /// <summary>Time and days as a cron expression.</summary>
    public string Cron => string.Create(CultureInfo.InvariantCulture, $"{Time.Minute} {Time.Hour} * * {Days.ToCron()}");

    /// <summary>The owner of a server's schedules in the ledger.</summary>
    public static string GetOwner(GuildId guild) => $"{OwnerPrefix}{guild}";

    /// <summary>The server that owns a schedule; <see langword="null"/> for the operator's.</summary>
    public static GuildId? GetGuild(ScheduleId schedule)
    {
        if (!schedule.Owner.StartsWith(OwnerPrefix, StringComparison.Ordinal))
        {
            return null;
        }

        var digits = schedule.Owner.AsSpan(OwnerPrefix.Length);
        if (!ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return null;
        }

        return new GuildId(id);
    }
}
