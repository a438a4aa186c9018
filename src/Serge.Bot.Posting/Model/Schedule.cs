using Cronos;

namespace Serge.Bot.Posting.Model;

/// <summary>What to post where and when.</summary>
public sealed record Schedule
{
    /// <summary>Must not change: the ledger refers to it.</summary>
    public required ScheduleId Id { get; init; }

    /// <summary>Cron expression of five fields, minute to day of the week.</summary>
    public required string Cron { get; init; }

    public required TimeZoneInfo TimeZone { get; init; }

    public required ScheduleContent Content { get; init; }

    /// <summary>At least one destination.</summary>
    public required IReadOnlyList<Destination> To { get; init; }

    /// <summary>How late a post may be sent, 1 min to 7 days. Default 6 h.</summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Who sees its posts, where the platform distinguishes it; <see langword="null"/> for
    /// the platform's setting.</summary>
    public PostVisibility? Visibility { get; init; }

    /// <summary>What accompanies its posts. Default <see cref="PostOptions.Default"/>.</summary>
    public PostOptions Options { get; init; } = PostOptions.Default;

    /// <summary>One occurrence that its owner has skipped.</summary>
    public DateTimeOffset? Skip { get; init; }

    /// <summary>Equal for two versions of a schedule with the same occurrences.</summary>
    public string Timing => $"{Cron} {TimeZone.Id}";

    /// <summary>The first occurrence after a moment; <see langword="null"/> if there is none.</summary>
    /// <remarks>A local time that the start of summer time skips occurs at the end of the gap. One that its end repeats
    /// occurs once, unless the expression is an interval such as every hour.</remarks>
    public DateTimeOffset? GetNextOccurrence(DateTimeOffset moment)
    {
        var cron = CronExpression.Parse(Cron);
        // For a moment in a gap or at its end, Cronos can return a time whose occurrence is that same end. The search
        // continues a minute later, the resolution of an expression.
        for (var from = moment; ; from = from.AddMinutes(1))
        {
            if (cron.GetNextOccurrence(from, TimeZone)?.ToUniversalTime() is not { } found)
            {
                return null;
            }

            var next = MoveToEndOfGap(cron, found);
            if (next > moment)
            {
                return next;
            }
        }
    }

    /// <summary>Whether a moment is an occurrence. Of a local time that the end of summer time repeats, both moments
    /// are.</summary>
    public bool IsOccurrence(DateTimeOffset moment)
    {
        var cron = CronExpression.Parse(Cron);
        if (HasLocalTime(cron, moment))
        {
            return true;
        }

        // It can be the end of a gap. The search begins a day earlier, because near a gap Cronos is not exact.
        var next = GetNextOccurrence(moment.AddDays(-1));
        while (next is { } earlier && earlier < moment)
        {
            next = GetNextOccurrence(earlier);
        }

        return next == moment;
    }

    /// <summary>The first occurrence on a local day; <see langword="null"/> if there is none.</summary>
    public DateTimeOffset? FindOccurrence(DateOnly day)
    {
        // Two days before UTC midnight is earlier than the start of that day in every zone.
        var start = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddDays(-2);
        var next = GetNextOccurrence(start);
        while (next is { } earlier && GetLocalDate(earlier) < day)
        {
            next = GetNextOccurrence(earlier);
        }

        return next is { } found && GetLocalDate(found) == day ? found : null;
    }

    /// <summary>The date of a moment in the schedule's time zone.</summary>
    public DateOnly GetLocalDate(DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, TimeZone);
        return DateOnly.FromDateTime(local.DateTime);
    }

    /// <summary>Until when an occurrence may be posted: "on this day" posts never appear on another day.</summary>
    public DateTimeOffset GetDeadline(DateTimeOffset occurrence)
    {
        var deadline = occurrence + GracePeriod;
        if (Content == ScheduleContent.Quote)
        {
            return deadline;
        }

        var midnight = GetEndOfDay(occurrence);
        return deadline < midnight ? deadline : midnight;
    }

    /// <summary>The end of the local day of a moment.</summary>
    public DateTimeOffset GetEndOfDay(DateTimeOffset moment)
    {
        var day = GetLocalDate(moment);
        return GetMidnightAfter(day);
    }

    private DateTimeOffset GetMidnightAfter(DateOnly day)
    {
        var midnight = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        while (TimeZone.IsInvalidTime(midnight))
        {
            // Summer time may start at midnight. Gaps begin and end at multiples of 15 minutes.
            midnight = midnight.AddMinutes(15);
        }

        var offset = TimeZone.GetUtcOffset(midnight);
        if (TimeZone.IsAmbiguousTime(midnight))
        {
            // Summer time may end an hour after midnight; the day begins with the first of two midnights.
            offset = TimeZone.GetAmbiguousTimeOffsets(midnight).Max();
        }

        return new DateTimeOffset(midnight, offset).ToUniversalTime();
    }

    /// <summary>Where Morocco's summer time resumes after Ramadan, Cronos returns a moment before the gap each time;
    /// the occurrence is at its end.</summary>
    private DateTimeOffset MoveToEndOfGap(CronExpression cron, DateTimeOffset found)
    {
        if (HasLocalTime(cron, found))
        {
            return found;
        }

        // No summer time skips more than 2 h (Antarctica/Troll); 3 h bounds the search.
        var end = found;
        while (!ChangesOffset(end) && end < found.AddHours(3))
        {
            end = end.AddMinutes(1);
        }

        return end;
    }

    /// <summary>Whether the local time of a moment is one of the expression.</summary>
    private bool HasLocalTime(CronExpression cron, DateTimeOffset moment)
    {
        // Cronos needs UTC to evaluate an expression without a time zone, so the local time is passed as if it were
        // UTC.
        var local = DateTime.SpecifyKind(TimeZoneInfo.ConvertTime(moment, TimeZone).DateTime, DateTimeKind.Utc);
        return cron.GetNextOccurrence(local, inclusive: true) == local;
    }

    private bool ChangesOffset(DateTimeOffset at)
    {
        var before = TimeZone.GetUtcOffset(at.AddMinutes(-1));
        return TimeZone.GetUtcOffset(at) != before;
    }
}

/// <summary>What a schedule posts.</summary>
public enum ScheduleContent
{
    /// <summary><c>quote</c>: a quotation.</summary>
    Quote,

    /// <summary><c>on-this-day</c>: the day's events; nothing on a day without any.</summary>
    OnThisDay,

    /// <summary><c>on-this-day-or-quote</c>: the day's events, or a quotation on a day without any.</summary>
    OnThisDayOrQuote,
}
