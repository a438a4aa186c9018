namespace Serge.Bot.Posting.Model;

/// <summary>Which posts a person should know of.</summary>
public static class Failures
{
    /// <summary>Whether a post came to a bad end: refused, missed, of unknown fate and no longer looked for, or called off by a cap on posts a day.</summary>
    public static bool IsFailure(Post post, DateTimeOffset calendarNow) =>
        post.State switch
        {
            PostState.Refused or PostState.Missed => true,
            PostState.Unknown => Transitions.IsStuck(post, calendarNow),
            _ => DailyPostLimit.IsCauseOf(post),
        };
}
