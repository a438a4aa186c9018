using System.Collections.Concurrent;

namespace Serge.Bot.Posting.Scheduling;

/// <summary>Logs what was planned.</summary>
public sealed partial class PlanningLog(ILogger<PlanningLog> logger)
{
    /// <summary>Above this number of destinations a reached daily limit may be logged more than once a day.</summary>
    private const int MaxRemembered = 10_000;

    /// <summary>The last logged reason per destination. It contains the date, so it differs each day.</summary>
    private readonly ConcurrentDictionary<Destination, string> _limits = [];

    private readonly ConcurrentDictionary<ScheduleId, string> _faulty = [];

    /// <summary>Logs each post, but a reached daily limit only once per day and destination.</summary>
    public void Log(IEnumerable<Post> posts)
    {
        foreach (var post in posts)
        {
            if (post.State == PostState.Planned)
            {
                LogPlanned(post.Schedule, post.Occurrence, post.Destination);
            }
            else if (post.CancelCause != CancelCause.DailyLimit)
            {
                LogNotPosted(post.Schedule, post.Occurrence, post.Destination, post.State, post.Reason);
            }
            else if (IsNew(post.Destination, post.Reason ?? ""))
            {
                LogDailyLimit(post.Schedule, post.Occurrence, post.Destination, post.Reason);
            }
        }
    }

    /// <summary>Logs that a stored due time was wrong and is corrected.</summary>
    public void LogCorrection(ScheduleId schedule, Occurrences found)
    {
        if (found.WrongDueTime is { } wrong)
        {
            LogDueTimeCorrected(schedule, wrong, found.Mark.NextDue);
        }
    }

    /// <summary>Logs once that a schedule could not be planned. It is retried; the other schedules are
    /// planned.</summary>
    public void LogFault(ScheduleId schedule, Exception e)
    {
        if (_faulty.Count < MaxRemembered && _faulty.TryAdd(schedule, e.Message))
        {
            LogPlanningFailed(schedule, ExceptionText.Describe(e));
        }
    }

    private bool IsNew(Destination destination, string reason)
    {
        if (_limits.TryGetValue(destination, out var logged) && logged == reason)
        {
            return false;
        }

        if (_limits.Count >= MaxRemembered)
        {
            _limits.Clear();
        }

        _limits[destination] = reason;
        return true;
    }

    [LoggerMessage(LogLevel.Error, "Planning {Schedule} failed; retrying every second: {Problem}")]
    private partial void LogPlanningFailed(ScheduleId schedule, string problem);

    [LoggerMessage(
        LogLevel.Warning,
        "Corrected the due time of {Schedule} in the ledger, which was written while the clock was wrong: "
            + "{Old:yyyy-MM-dd HH:mm}Z is now {New:yyyy-MM-dd HH:mm}Z"
    )]
    private partial void LogDueTimeCorrected(ScheduleId schedule, DateTimeOffset old, DateTimeOffset? @new);

    [LoggerMessage(LogLevel.Information, "Planned {Schedule}, due {Occurrence:yyyy-MM-dd HH:mm} UTC, to {Destination}")]
    private partial void LogPlanned(ScheduleId schedule, DateTimeOffset occurrence, Destination destination);

    [LoggerMessage(
        LogLevel.Warning,
        "Not posting {Schedule}, due {Occurrence:yyyy-MM-dd HH:mm} UTC, nor anything else to {Destination} "
            + "on that day. {Reason}"
    )]
    private partial void LogDailyLimit(
        ScheduleId schedule,
        DateTimeOffset occurrence,
        Destination destination,
        string? reason
    );

    [LoggerMessage(
        LogLevel.Information,
        "Not posting {Schedule}, due {Occurrence:yyyy-MM-dd HH:mm} UTC, to {Destination} ({State}): {Reason}"
    )]
    private partial void LogNotPosted(
        ScheduleId schedule,
        DateTimeOffset occurrence,
        Destination destination,
        PostState state,
        string? reason
    );
}
