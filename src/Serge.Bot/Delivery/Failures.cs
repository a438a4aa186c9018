using Serge.Bot.Schedules;

namespace Serge.Bot.Delivery;

/// <summary>Which posts a person should know of.</summary>
internal static class Failures
{
    /// <summary>Whether a post came to a bad end: refused, missed, of unknown fate and no longer looked for, or called off by a cap on posts a day.</summary>
    public static bool Is(Post post, DateTimeOffset calendarNow) =>
        post.State switch
        {
            PostState.Refused or PostState.Missed => true,
            PostState.Unknown => Transitions.IsStuck(post, calendarNow),
            _ => FloodGuard.Stopped(post),
        };
}
