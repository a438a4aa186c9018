using System.Collections.Concurrent;

namespace Serge.Bot.Posting.Scheduling;

/// <summary>Logs what was planned.</summary>
public sealed partial class PlanningLog(ILogger<PlanningLog> logger)
{
    /// <summary>Above this number of destinations a reached daily limit may be logged more than once a day.</summary>
    private const int MaxRemembered = 10_000;

    /// <summary>The last logged reason per destination. It contains the date, so it differs each day.</summary>
    private readonly ConcurrentDictionary<Destination, string> _limits = [];

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
