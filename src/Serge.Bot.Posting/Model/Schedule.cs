using Cronos;

namespace Serge.Bot.Posting.Model;

/// <summary>What to post where and when; one entry of the section <c>Schedules</c>.</summary>
public sealed record Schedule
{
    /// <summary>Its key in the section; stays the same, for the ledger knows it by this name.</summary>
    public required string Name { get; init; }

    /// <summary><c>Cron</c>: five fields, minute to day of the week.</summary>
    public required string Cron { get; init; }

    /// <summary><c>TimeZone</c>: an IANA name. Default: the setting <c>TimeZone</c>.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary><c>Content</c>.</summary>
    public required ScheduleContent Content { get; init; }

    /// <summary><c>To</c>: at least one destination.</summary>
    public required IReadOnlyList<Destination> To { get; init; }

    /// <summary><c>LateBy</c>: how late a post may still go out, 1 min to 7 days. Default 6 h.</summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromHours(6);

    /// <summary><c>Visibility</c>: of its posts on Mastodon. Default: the setting <c>Mastodon:Visibility</c>.</summary>
    public MastodonVisibility? Visibility { get; init; }

    /// <summary>One occurrence that was called off; the schedules in the settings have none.</summary>
    public DateTimeOffset? Skip { get; init; }

    /// <summary>What makes two versions of a schedule fall due at the same times.</summary>
    public string Timing => $"{Cron} {TimeZone.Id}";

    /// <summary>The first time it falls due after the given moment; <see langword="null"/> if never again.</summary>
    /// <remarks>A local time that the clocks skip in spring is due at the end of the gap; one that they repeat in autumn is due
    /// once, unless the expression names an interval such as every hour.</remarks>
    public DateTimeOffset? GetNextOccurrence(DateTimeOffset moment)
    {
        var cron = CronExpression.Parse(Cron);
        for (var from = moment; ; from = from.AddMinutes(1))
        {
            if (cron.GetNextOccurrence(from, TimeZone)?.ToUniversalTime() is not { } found)
            {
                return null;
            }

            var next = EndOfGap(cron, found);
            if (next > moment)
            {
                return next;
            }
        }
    }

    /// <summary>Where Morocco's summer time comes back after Ramadan, the library names a moment before the gap, again and again: it is due at the end.</summary>
    private DateTimeOffset EndOfGap(CronExpression cron, DateTimeOffset found)
    {
        var shown = DateTime.SpecifyKind(TimeZoneInfo.ConvertTime(found, TimeZone).DateTime, DateTimeKind.Utc);
        if (cron.GetNextOccurrence(shown, inclusive: true) == shown)
        {
            return found;
        }

        var end = found;
        while (TimeZone.GetUtcOffset(end) == TimeZone.GetUtcOffset(end.AddMinutes(-1)) && end < found.AddHours(3))
        {
            end = end.AddMinutes(1);
        }

        return end;
    }

    /// <summary>The date that a moment has where the schedule lives.</summary>
    public DateOnly GetLocalDate(DateTimeOffset moment) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, TimeZone).DateTime);

    /// <summary>The first time it falls due on a day of where it lives; <see langword="null"/> if it does not.</summary>
    public DateTimeOffset? FindOccurrence(DateOnly day)
    {
        // From well before that day, whatever the clocks do.
        var at = GetNextOccurrence(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddDays(-2));
        while (at is { } moment && GetLocalDate(moment) < day)
        {
            at = GetNextOccurrence(moment);
        }

        return at is { } found && GetLocalDate(found) == day ? found : null;
    }

    /// <summary>Until when an occurrence may still be posted. What is said of "this day" is never said on another.</summary>
    public DateTimeOffset GetDeadline(DateTimeOffset occurrence)
    {
        var late = occurrence + GracePeriod;
        if (Content == ScheduleContent.Quote)
        {
            return late;
        }

        var midnight = GetLocalDate(occurrence).AddDays(1).ToDateTime(TimeOnly.MinValue);
        while (TimeZone.IsInvalidTime(midnight))
        {
            midnight = midnight.AddMinutes(15);
        }

        var dayEnds = new DateTimeOffset(midnight, TimeZone.GetUtcOffset(midnight)).ToUniversalTime();
        return late < dayEnds ? late : dayEnds;
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
