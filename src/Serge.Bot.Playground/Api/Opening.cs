namespace Serge.Bot.Playground.Api;

/// <summary>Fills the page before it is opened: the posts of two days, and then a day with an event, whose first post
/// is due a few seconds after the first visit.</summary>
/// <param name="playground">The playground.</param>
/// <param name="calendar">Lets the posts of the days before be sent.</param>
internal sealed class Opening(PlaygroundContext playground, CalendarApi calendar)
{
    private const int DaysBefore = 2;

    /// <summary>Posts of the days before. With a schedule that posts more often, fewer days have posts.</summary>
    private const int MaxPosts = 12;

    private const int DaysToSearch = 366;

    /// <summary>The time from the first visit to the next post: enough to read the top of the page.</summary>
    private static readonly TimeSpan Countdown = TimeSpan.FromSeconds(5);

    /// <summary>Until somebody opens the page, the next post is this far away.</summary>
    private static readonly TimeSpan WaitingTime = TimeSpan.FromMinutes(30);

    /// <summary>Sets the schedule clock to the days before. Call it before the worker starts, so that the jump misses
    /// no post.</summary>
    /// <returns>The day with the event.</returns>
    public static DateOnly MoveToStart(PlaygroundContext playground, QuoteCatalogue catalogue)
    {
        var zone = playground.Settings.TimeZone;
        var today = ClockJumps.GetDay(playground.ScheduleClock.GetUtcNow(), zone);
        var day = FindDay(catalogue, today);
        var first = day.AddDays(-DaysBefore);
        var start = ClockJumps.GetTimeOnDay(first, zone, playground.Settings.Schedules);
        playground.ScheduleClock.MoveTo(start - WaitingTime);
        return day;
    }

    /// <summary>Returns the next day with an event that needs no content warning, so that it can be read at once;
    /// tomorrow if there is none.</summary>
    public static DateOnly FindDay(QuoteCatalogue catalogue, DateOnly today)
    {
        for (var day = today.AddDays(1); day < today.AddDays(DaysToSearch); day = day.AddDays(1))
        {
            var events = catalogue.GetDayContent(day).Events;
            if (events.Count > 0 && events.All(found => found.Warning is null))
            {
                return day;
            }
        }

        return today.AddDays(1);
    }

    /// <summary>Sends the posts of the days before, waits for the first visit, and sets the clock to just before the
    /// next post.</summary>
    /// <param name="day">The day with the event.</param>
    /// <param name="firstVisit">Completes when somebody opens the page.</param>
    /// <param name="cancellationToken">Cancelled when the playground stops.</param>
    public async Task RunAsync(DateOnly day, Task firstVisit, CancellationToken cancellationToken)
    {
        try
        {
            await calendar.RunAloneAsync(() => PostBeforeAsync(day, cancellationToken), cancellationToken);
            await firstVisit.WaitAsync(cancellationToken);
            await calendar.RunAloneAsync(() => MoveBeforeNextAsync(cancellationToken), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The playground stops.
        }
        catch (LedgerException e)
        {
            var text = $"The posts of the last days could not be sent: {e.Message}";
            playground.EventLog.Write(EventLogSource.Worker, EventLogLevel.Warning, text);
        }
    }

    private async Task PostBeforeAsync(DateOnly day, CancellationToken cancellationToken)
    {
        var zone = playground.Settings.TimeZone;
        // A worker posts only what falls due after its first plan.
        await playground.Worker.PlanDueAsync(cancellationToken);
        for (var posts = 0; await GetNextAsync(cancellationToken) is { } due && posts < MaxPosts; posts++)
        {
            if (ClockJumps.GetDay(due, zone) >= day)
            {
                playground.ScheduleClock.MoveTo(due - WaitingTime);
                return;
            }

            await calendar.SendDueAsync(due, cancellationToken);
        }
    }

    private async Task MoveBeforeNextAsync(CancellationToken cancellationToken)
    {
        if (await GetNextAsync(cancellationToken) is { } due)
        {
            playground.ScheduleClock.MoveTo(due - Countdown);
            playground.Changes.Set();
        }
    }

    private async Task<DateTimeOffset?> GetNextAsync(CancellationToken cancellationToken)
    {
        var schedules = await playground.GetSchedulesAsync(cancellationToken);
        var now = playground.ScheduleClock.GetUtcNow();
        return schedules.Min(schedule => schedule.GetNextOccurrence(now));
    }
}
