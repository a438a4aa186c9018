using Serge.Bot.Delivery;

namespace Serge.Bot.Schedules;

/// <summary>Says in the log what has been planned, whoever planned it.</summary>
internal static partial class PlanningLog
{
    /// <summary>One line a post.</summary>
    public static void Tell(ILogger logger, IEnumerable<Post> posts)
    {
        foreach (var post in posts)
        {
            if (post.State == PostState.Planned)
            {
                LogPlanned(logger, post.Schedule, post.Occurrence, post.Destination);
            }
            else if (FloodGuard.Stopped(post))
            {
                LogFlood(logger, post.Schedule, post.Occurrence, post.Reason);
            }
            else
            {
                LogNotPosted(logger, post.Schedule, post.Occurrence, post.Destination, post.State, post.Reason);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "{Schedule} of {Occurrence:yyyy-MM-dd HH:mm}Z to {Destination} is planned")]
    private static partial void LogPlanned(ILogger logger, string schedule, DateTimeOffset occurrence, Destination destination);

    [LoggerMessage(LogLevel.Warning, "{Schedule} of {Occurrence:yyyy-MM-dd HH:mm}Z is not posted. {Reason}")]
    private static partial void LogFlood(ILogger logger, string schedule, DateTimeOffset occurrence, string? reason);

    [LoggerMessage(LogLevel.Information, "{Schedule} of {Occurrence:yyyy-MM-dd HH:mm}Z to {Destination} is not posted ({State}): {Reason}")]
    private static partial void LogNotPosted(ILogger logger, string schedule, DateTimeOffset occurrence, Destination destination, PostState state, string? reason);
}
