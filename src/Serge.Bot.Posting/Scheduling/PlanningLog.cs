using System.Collections.Concurrent;

namespace Serge.Bot.Posting.Scheduling;

/// <summary>Says in the log what has been planned, whoever planned it.</summary>
public sealed partial class PlanningLog(ILogger<PlanningLog> logger)
{
    /// <summary>Of so many destinations it is remembered what was said. Beyond that it is said again.</summary>
    private const int MostRemembered = 10_000;

    /// <summary>Why the flood guard called off a destination's posts last. It names the day, so it is another one tomorrow.</summary>
    private readonly ConcurrentDictionary<Destination, string> _floods = [];

    /// <summary>One line a post, but one line a day and destination for what the flood guard calls off: a flood of warnings would be no better.</summary>
    public void Log(IEnumerable<Post> posts)
    {
        foreach (var post in posts)
        {
            if (post.State == PostState.Planned)
            {
                LogPlanned(post.Schedule, post.Occurrence, post.Destination);
            }
            else if (!DailyPostLimit.IsCauseOf(post))
            {
                LogNotPosted(post.Schedule, post.Occurrence, post.Destination, post.State, post.Reason);
            }
            else if (IsNews(post.Destination, post.Reason!))
            {
                LogFlood(post.Schedule, post.Occurrence, post.Reason);
            }
        }
    }

    private bool IsNews(Destination destination, string reason)
    {
        if (_floods.TryGetValue(destination, out var told) && told == reason)
        {
            return false;
        }

        if (_floods.Count >= MostRemembered)
        {
            _floods.Clear();
        }

        _floods[destination] = reason;
        return true;
    }

    [LoggerMessage(LogLevel.Information, "{Schedule} of {Occurrence:yyyy-MM-dd HH:mm}Z to {Destination} is planned")]
    private partial void LogPlanned(string schedule, DateTimeOffset occurrence, Destination destination);

    [LoggerMessage(
        LogLevel.Warning,
        "{Schedule} of {Occurrence:yyyy-MM-dd HH:mm}Z is not posted, and nothing else that is due there on that day. {Reason}"
    )]
    private partial void LogFlood(string schedule, DateTimeOffset occurrence, string? reason);

    [LoggerMessage(
        LogLevel.Information,
        "{Schedule} of {Occurrence:yyyy-MM-dd HH:mm}Z to {Destination} is not posted ({State}): {Reason}"
    )]
    private partial void LogNotPosted(
        string schedule,
        DateTimeOffset occurrence,
        Destination destination,
        PostState state,
        string? reason
    );
}
