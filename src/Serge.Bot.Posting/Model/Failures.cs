namespace Serge.Bot.Posting.Model;

/// <summary>Which posts an operator should know about.</summary>
public static class Failures
{
    /// <summary>Whether a post was refused, missed, cancelled by the daily limit, or is unknown and no
    /// longer looked up. An occurrence that a clock that was ahead has missed is planned again when it
    /// is due.</summary>
    public static bool IsFailure(Post post, DateTimeOffset scheduleNow) =>
        post.State switch
        {
            PostState.Refused => true,
            PostState.Missed => post.Attempts > 0 || post.Occurrence <= scheduleNow,
            PostState.Unknown => Transitions.IsStuck(post, scheduleNow),
            PostState.Cancelled => post.CancelCause == CancelCause.DailyLimit,
            _ => false,
        };
}
