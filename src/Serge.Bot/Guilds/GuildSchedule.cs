using System.Globalization;

namespace Serge.Bot.Guilds;

/// <summary>One of a server's schedules: at this time, on these days, this into that channel.</summary>
internal sealed record GuildSchedule
{
    /// <summary>The server. A schedule is only ever looked up together with it.</summary>
    public required GuildId Guild { get; init; }

    /// <summary>Its name in that server, see <see cref="ScheduleName"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Where to.</summary>
    public required ChannelId Channel { get; init; }

    /// <summary>At what time of the day, to the minute.</summary>
    public required TimeOnly Time { get; init; }

    /// <summary>On which days of the week; at least one.</summary>
    public required Weekdays Days { get; init; }

    /// <summary>What, and so also what on days without an event.</summary>
    public required ScheduleContent Content { get; init; }

    /// <summary>The zone its time is meant in, an IANA name; <see langword="null"/> for the server's.</summary>
    public string? Zone { get; init; }

    /// <summary>Why nothing is posted; <see langword="null"/> while it is at work.</summary>
    public PauseCause? Paused { get; init; }

    /// <summary>Since when, on the calendar.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>The one occurrence that an admin has called off.</summary>
    public DateTimeOffset? Skip { get; init; }

    /// <summary>When it falls due next, on the calendar; <see langword="null"/> while it is paused or we are not in the server.</summary>
    public DateTimeOffset? NextDue { get; init; }

    /// <summary>Its name in the ledger. An operator's own schedule cannot have such a name: no key of a setting has a colon.</summary>
    public string LedgerName => $"{LedgerPrefix(Guild)}{Name}";

    /// <summary>As a destination.</summary>
    public Destination Destination => new(Channel);

    /// <summary>Its times as a cron expression.</summary>
    public string Cron => string.Create(CultureInfo.InvariantCulture, $"{Time.Minute} {Time.Hour} * * {Days.ToCron()}");

    /// <summary>What all of a server's names in the ledger begin with.</summary>
    public static string LedgerPrefix(GuildId guild) => $"guild:{guild}:";

    /// <summary>The server that a name in the ledger belongs to; <see langword="null"/> when it is an operator's own schedule.</summary>
    public static GuildId? GetGuild(string ledgerName) =>
        ledgerName.Split(':', 3) is ["guild", var id, _]
        && ulong.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var guild)
            ? new GuildId(guild)
            : null;
}

/// <summary>Why a schedule is paused.</summary>
internal enum PauseCause
{
    /// <summary>An admin of the server wanted it so.</summary>
    Admin,

    /// <summary>Its channel was deleted.</summary>
    ChannelDeleted,

    /// <summary>We may not write in its channel.</summary>
    ChannelForbidden,

    /// <summary>This machine does not know its zone.</summary>
    UnknownZone,
}
